"""The attribute schema in code: everything that can be said about a synthetic person.

From this one list come the sampler's prior, the renderer's parameters, the network's input layout, the manifest,
the sliders and the command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creator.attributes import Attribute, AttributeSchema, Value

IDENTITY_SIZE = 64

HAIR_STYLES = {
    "bald": "Bald",
    "buzz": "Buzz cut",
    "crop": "Cropped, brushed forward",
    "short": "Short, swept up",
    "side_part": "Short, side parting",
    "slick_back": "Slicked back",
    "curly_short": "Short curls",
    "pixie": "Pixie",
    "undercut": "Undercut",
    "mohawk": "Mohawk",
    "bob": "Bob with fringe",
    "wavy": "Shoulder length, wavy",
    "curly": "Long curls",
    "long": "Long, parted",
    "fringe": "Long with fringe",
    "ponytail": "Ponytail",
    "bun": "Bun",
    "braid": "Plait over the shoulder",
    "braids": "Two plaits",
    "cornrows": "Cornrows",
    "dreadlocks": "Dreadlocks",
    "afro": "Afro",
}
BROW_STYLES = {
    "soft": "Soft",
    "straight": "Straight",
    "arched": "Arched",
    "bushy": "Bushy",
    "thin": "Thin",
    "rounded": "Rounded",
    "angular": "Angular",
}
BEARD_STYLES = {
    "none": "None",
    "stubble": "Stubble",
    "moustache": "Moustache",
    "goatee": "Goatee",
    "short_beard": "Short beard",
    "full_beard": "Full beard",
    "long_beard": "Long beard",
    "sideburns": "Sideburns",
    "chinstrap": "Chin strap",
}
GARMENTS = {
    "t_shirt": "T-shirt",
    "shirt": "Open shirt",
    "suit": "Suit and tie",
    "overalls": "Overalls",
    "jacket": "Leather jacket",
    "turtleneck": "Turtleneck",
    "hoodie": "Hoodie",
    "scarf": "Shirt and scarf",
    "robe": "Crossed robe",
    "tunic": "Laced tunic",
    "hooded_cloak": "Hooded cloak",
    "gown": "Gown",
    "ranger": "Leather armour",
    "plate_armour": "Plate armour",
    "uniform": "Dress uniform",
    "doublet": "Doublet and ruff",
    "scifi_suit": "Space suit",
}
EXPRESSIONS = {
    "neutral": "Neutral",
    "happy": "Happy",
    "laughing": "Laughing",
    "sad": "Sad",
    "angry": "Angry",
    "afraid": "Afraid",
    "disgusted": "Disgusted",
    "surprised": "Surprised",
    "contemptuous": "Contemptuous",
    "determined": "Determined",
    "smirking": "Smirking",
    "tired": "Tired",
    "pained": "Pained",
    "winking": "Winking",
}
# Name -> (label, values of the light's attributes).
LIGHT_PRESETS: dict[str, tuple[str, dict[str, float]]] = {
    "studio": ("Studio", {"light_azimuth": -35.0, "light_elevation": 32.0, "light_warmth": 0.0,
                          "light_contrast": 0.0, "light_rim": 0.2}),
    "soft": ("Soft", {"light_azimuth": -18.0, "light_elevation": 28.0, "light_warmth": 0.1,
                      "light_contrast": -0.7, "light_rim": -0.4}),
    "dramatic": ("Dramatic", {"light_azimuth": -68.0, "light_elevation": 38.0, "light_warmth": 0.1,
                              "light_contrast": 0.85, "light_rim": 0.5}),
    "sunset": ("Sunset", {"light_azimuth": 58.0, "light_elevation": 10.0, "light_warmth": 0.9,
                          "light_contrast": 0.35, "light_rim": 0.4}),
    "moonlight": ("Moonlight", {"light_azimuth": 42.0, "light_elevation": 52.0, "light_warmth": -0.9,
                                "light_contrast": 0.5, "light_rim": 0.3}),
    "underlight": ("From below", {"light_azimuth": -12.0, "light_elevation": -38.0, "light_warmth": 0.5,
                                  "light_contrast": 0.6, "light_rim": -0.3}),
    "backlit": ("Backlit", {"light_azimuth": 132.0, "light_elevation": 36.0, "light_warmth": 0.2,
                            "light_contrast": -0.1, "light_rim": 1.0}),
    "overcast": ("Overcast", {"light_azimuth": 0.0, "light_elevation": 62.0, "light_warmth": -0.25,
                              "light_contrast": -1.0, "light_rim": -1.0}),
}  # fmt: skip

# What changes sign when a picture is mirrored left to right, and what changes places.
MIRRORED_ATTRIBUTES = ("yaw", "roll", "gaze_x", "light_azimuth")
MIRRORED_PAIRS = (
    ("brow_raise_left", "brow_raise_right"),
    ("smile_left", "smile_right"),
    ("blink_left", "blink_right"),
)
# The asymmetry of a face: these components of the identity code change sign, too.
MIRRORED_IDENTITY = slice(48, 60)
# Hair, garments and expressions that are not symmetric: their pictures must not be mirrored.
UNMIRRORED_HAIR_STYLES = (
    "crop", "short", "side_part", "pixie", "undercut", "wavy", "curly", "ponytail", "braid",
)  # fmt: skip
UNMIRRORED_GARMENTS = ("shirt", "suit", "jacket", "scarf", "robe", "ranger", "uniform")
UNMIRRORED_EXPRESSIONS = ("contemptuous", "smirking", "winking")


def _slider(
    name: str, label: str, group: str, low_word: str, high_word: str, help_line: str, prior: Any = None, **more: Any
) -> Attribute:
    settings: dict[str, Any] = {"default": 0.0, "minimum": -1.0, "maximum": 1.0, "step": 0.02}
    settings |= more
    if prior is None:
        prior = _normal(0.19, 0.6)
    return Attribute(
        name, label, group, "continuous", help_line, low_word=low_word, high_word=high_word, prior=prior, **settings
    )


def _choice(
    name: str, label: str, group: str, choices: dict[str, str], default: str, help_line: str,
    feminine: dict[str, float], masculine: dict[str, float],
) -> Attribute:  # fmt: skip
    """Weights name choices; what they leave out counts 1."""
    return Attribute(
        name, label, group, "choice", help_line, default,
        choices=tuple(choices), choice_labels=tuple(choices.values()),
        prior={"kind": "choice", "feminine": [feminine.get(c, 1.0) for c in choices],
               "masculine": [masculine.get(c, 1.0) for c in choices]},
    )  # fmt: skip


def _share(name: str, label: str, default: float) -> Attribute:
    return _slider(
        name, label, "Person", "none", "much",
        "Share in the ancestry mixture; the three shares are scaled to sum to one.",
        {"kind": "gamma", "shape": 0.45}, default=default, minimum=0.0,
    )  # fmt: skip


def _unit(name: str, label: str, help_line: str, share: float = 0.008) -> Attribute:
    """An action unit: mostly at rest; the expression's own units are added to it."""
    prior = {"kind": "rare", "share": share, "low": 0.1, "high": 0.6}
    return _slider(name, label, "Action units", "at rest", "full", help_line, prior, minimum=0.0)


def _angle(
    name: str, label: str, group: str, low_word: str, high_word: str, help_line: str, prior: Any, limit: float
) -> Attribute:
    return _slider(
        name, label, group, low_word, high_word, help_line, prior,
        minimum=-limit, maximum=limit, step=1.0, unit="°",
    )  # fmt: skip


def _hue(name: str, label: str, group: str, help_line: str, default: float) -> Attribute:
    return _slider(
        name, label, group, "red", "red again", help_line, {"kind": "uniform", "low": 0.0, "high": 360.0},
        default=default, minimum=0.0, maximum=360.0, step=1.0, unit="°",
    )  # fmt: skip


def _normal(sigma: float, limit: float, mean: float = 0.0) -> dict[str, Any]:
    return {"kind": "normal", "mean": mean, "sigma": sigma, "low": mean - limit, "high": mean + limit}


def _between(low: float, high: float) -> dict[str, Any]:
    return {"kind": "uniform", "low": low, "high": high}


_NARROW = _normal(0.15, 0.5)

_PERSON = (
    _slider("age", "Age", "Person", "child", "old", "Apparent age: proportions, skin and wrinkles follow.",
            {"kind": "age"}, default=30.0, minimum=8.0, maximum=90.0, step=1.0, unit="years"),
    _slider("gender", "Gender", "Person", "feminine", "masculine", "Feminine to masculine build of head and face.",
            {"kind": "gender"}, default=0.5, minimum=0.0),
    _share("ancestry_african", "African ancestry", 0.0),
    _share("ancestry_east_asian", "East Asian ancestry", 0.0),
    _share("ancestry_european", "European ancestry", 1.0),
    _slider("body_weight", "Body weight", "Person", "thin", "heavy", "Weight as seen in face and neck.",
            {"kind": "body_weight"}),
)  # fmt: skip

_HEAD = (
    _slider("face_shape", "Face shape", "Head", "round", "rectangular", "Round to angular outline of the face."),
    _slider("head_width", "Head width", "Head", "narrow", "wide", "Width of the whole head.", _NARROW),
    _slider("head_height", "Head height", "Head", "low", "high", "Height of head and face together.", _NARROW),
    _slider("forehead_height", "Forehead height", "Head", "low", "high", "Height of the forehead.", _NARROW),
    _slider("temples", "Temples", "Head", "hollow", "full", "How far the temples curve outwards.", _NARROW),
    _slider("cheekbones", "Cheekbones", "Head", "flat", "prominent", "How far the cheekbones stand out."),
    _slider("cheek_fullness", "Cheek fullness", "Head", "hollow", "full", "Volume of the cheeks."),
    _slider("jaw_width", "Jaw width", "Head", "narrow", "wide", "Width of the jaw bone."),
    _slider("jaw_angle", "Jaw angle", "Head", "soft", "angular", "How sharply the jaw turns below the ear."),
    _slider("chin_height", "Chin height", "Head", "short", "long", "Height of the chin."),
    _slider("chin_width", "Chin width", "Head", "pointed", "broad", "Width of the chin."),
    _slider("chin_prominence", "Chin prominence", "Head", "receding", "prominent", "How far the chin stands out."),
    _slider("chin_cleft", "Chin cleft", "Head", "none", "deep", "Depth of the dimple in the chin.",
            {"kind": "rare", "share": 0.15, "low": 0.3, "high": 0.9}, minimum=0.0),
    _slider("neck_width", "Neck width", "Head", "slender", "thick", "Width of the neck."),
)  # fmt: skip

_EYES = (
    _slider("eye_size", "Eye size", "Eyes", "small", "large", "Size of both eyes."),
    _slider("eye_opening", "Eye opening", "Eyes", "narrow", "wide", "Height of the opening between the lids."),
    _slider("eye_height", "Eye height", "Eyes", "low", "high", "Where the eyes lie between brow and nose.", _NARROW),
    _slider("eye_spacing", "Eye spacing", "Eyes", "close", "apart", "Distance between the eyes.", _NARROW),
    _slider("eye_tilt", "Eye tilt", "Eyes", "downward", "upward", "Height of the outer corners against the inner."),
    _slider("eye_inner_corner", "Inner corner", "Eyes", "low", "high", "Height of the inner corners of the eyes."),
    _slider("eye_outer_corner", "Outer corner", "Eyes", "low", "high", "Height of the outer corners of the eyes."),
    _slider("epicanthus", "Epicanthus", "Eyes", "open corner", "full fold",
            "Fold of the upper lid over the inner corner, beyond what the ancestry brings.", {"kind": "epicanthus"}),
    _slider("eye_fold", "Lid fold", "Eyes", "hidden", "high", "Height of the crease above the upper lid."),
    _slider("eye_bags", "Eye bags", "Eyes", "flat", "heavy", "Swelling below the eyes.", {"kind": "eye_bags"}),
    _slider("iris_colour", "Iris colour", "Eyes", "dark brown", "pale grey",
            "Dark brown, brown, hazel, green, blue, pale grey, continuous.",
            {"kind": "iris"}, default=0.2, minimum=0.0),
    _slider("pupil_size", "Pupil", "Eyes", "narrow", "wide", "Width of the pupils."),
    _slider("gaze_x", "Gaze left-right", "Eyes", "left", "right", "Where both eyes look, as seen in the picture.",
            _normal(0.18, 0.7)),
    _slider("gaze_y", "Gaze up-down", "Eyes", "down", "up", "Where both eyes look; the lids follow.",
            _normal(0.12, 0.5)),
)  # fmt: skip

_BROWS = (
    _choice("brow_style", "Brow style", "Brows", BROW_STYLES, "soft", "Shape of the eyebrows.",
            {"soft": 3, "straight": 2, "arched": 4, "bushy": 0.3, "thin": 2, "rounded": 2},
            {"soft": 3, "straight": 3, "arched": 0.8, "bushy": 3, "thin": 0.2, "rounded": 1}),
    _slider("brow_height", "Brow height", "Brows", "low", "high", "Height of the eyebrows.", _NARROW),
    _slider("brow_angle", "Brow angle", "Brows", "inner end low", "inner end high", "Tilt of the brows.",
            _normal(0.12, 0.4)),
    _slider("brow_thickness", "Brow thickness", "Brows", "thin", "thick", "Height and density of the brows.",
            {"kind": "brow_thickness"}),
    _slider("brow_colour", "Brow colour", "Brows", "lighter", "darker", "Colour of the brows against the hair's."),
)  # fmt: skip

_NOSE = (
    _slider("nose_length", "Nose length", "Nose", "short", "long", "Length of the nose."),
    _slider("nose_width", "Nose width", "Nose", "narrow", "wide", "Width of the nose and its wings.",
            {"kind": "nose_width"}),
    _slider("nose_bridge_height", "Bridge height", "Nose", "low", "high", "How far the bridge stands out."),
    _slider("nose_bridge", "Bridge curve", "Nose", "concave", "convex", "Curve of the bridge, seen from the side."),
    _slider("nose_hump", "Nose hump", "Nose", "none", "strong", "Hump at the upper third of the bridge."),
    _slider("nose_tip", "Nose tip", "Nose", "down", "up", "Where the tip of the nose points."),
    _slider("nose_tip_width", "Tip width", "Nose", "fine", "broad", "Width of the tip of the nose."),
    _slider("nostrils", "Nostrils", "Nose", "narrow", "flared", "Width of the nostrils."),
    _slider("nose_size", "Nose size", "Nose", "flat", "projecting", "How far the nose stands out."),
)  # fmt: skip

_MOUTH = (
    _slider("mouth_width", "Mouth width", "Mouth", "narrow", "wide", "Width of the mouth."),
    _slider("mouth_height", "Mouth height", "Mouth", "low", "high", "Where the mouth lies between nose and chin.",
            _NARROW),
    _slider("upper_lip", "Upper lip", "Mouth", "thin", "full", "Fullness of the upper lip."),
    _slider("lower_lip", "Lower lip", "Mouth", "thin", "full", "Fullness of the lower lip."),
    _slider("mouth_corners", "Mouth corners", "Mouth", "down", "up", "Resting tilt of the corners.", _NARROW),
    _slider("philtrum", "Philtrum", "Mouth", "smooth", "deep", "Depth of the groove between nose and upper lip."),
)  # fmt: skip

_EARS = (
    _slider("ear_size", "Ear size", "Ears", "small", "large", "Size of the ears."),
    _slider("ear_flare", "Ear flare", "Ears", "close", "standing out", "How far the ears stand out."),
    _slider("ear_lobe", "Ear lobe", "Ears", "small", "large", "Size of the lobes."),
    _slider("ear_point", "Pointed ears", "Ears", "round", "pointed", "Long pointed tips, as elves have them.",
            {"kind": "rare", "share": 0.01, "low": 0.4, "high": 1.0}, minimum=0.0),
)  # fmt: skip

_SKIN = (
    _slider("skin_tone", "Skin tone", "Skin", "lightest", "darkest", "Ten steps of the Monk scale, continuous.",
            {"kind": "skin_tone"}, default=3.0, minimum=1.0, maximum=10.0, step=0.1),
    _slider("undertone", "Undertone", "Skin", "cool", "warm", "Pink and cool to olive and warm.",
            {"kind": "undertone"}),
    _slider("skin_smoothness", "Smoothness", "Skin", "coarse", "smooth", "Size and depth of the pores."),
    _slider("freckles", "Freckles", "Skin", "none", "many", "Freckles on nose, cheeks and forehead.",
            {"kind": "freckles"}, minimum=0.0),
    _slider("wrinkles", "Wrinkles", "Skin", "fewer", "more", "Wrinkles, against what the age brings."),
    _slider("oiliness", "Oiliness", "Skin", "matt", "shining", "How much the skin shines.",
            _normal(0.14, 0.3, 0.3), default=0.3, minimum=0.0),
    _slider("blush", "Blush", "Skin", "none", "strong", "Redness of the cheeks.", {"kind": "blush"}, minimum=0.0),
    _slider("lip_colour", "Lip colour", "Skin", "natural", "deep red", "Colour of the lips.",
            {"kind": "lip_colour"}, default=0.2, minimum=0.0),
    _slider("eye_makeup", "Eye make-up", "Skin", "none", "strong", "Shadow and liner around the eyes.",
            {"kind": "eye_makeup"}, minimum=0.0),
)  # fmt: skip

_HAIR = (
    _choice("hair_style", "Hair style", "Hair", HAIR_STYLES, "short", "Cut of the hair.",
            {"bald": 0.02, "buzz": 0.12, "short": 0.2, "crop": 0.2, "bob": 2.4, "long": 3.2, "ponytail": 2.4,
             "wavy": 3.0, "fringe": 2.2, "curly": 2.0, "bun": 1.8, "pixie": 1.2, "mohawk": 0.1, "undercut": 0.2,
             "side_part": 0.1, "slick_back": 0.3, "curly_short": 0.7, "dreadlocks": 0.6},
            {"bald": 1.2, "buzz": 2.2, "short": 3.0, "crop": 2.8, "bob": 0.05, "long": 0.25, "ponytail": 0.3,
             "wavy": 0.4, "fringe": 0.05, "curly": 0.25, "bun": 0.25, "pixie": 0.05, "mohawk": 0.25, "undercut": 1.6,
             "side_part": 2.8, "slick_back": 2.0, "curly_short": 1.8, "braid": 0.03, "braids": 0.02}),
    _slider("hair_lightness", "Hair lightness", "Hair", "black", "blond", "Natural pigment of hair and brows.",
            {"kind": "hair_lightness"}, default=0.25, minimum=0.0),
    _slider("hair_red", "Hair redness", "Hair", "ash", "red", "Red pigment in hair and brows.",
            {"kind": "hair_red"}, default=0.2, minimum=0.0),
    _slider("hair_grey", "Grey hair", "Hair", "none", "all grey", "Share of grey strands.",
            {"kind": "hair_grey"}, default=0.0, minimum=0.0),
    _slider("hair_dye", "Hair dye", "Hair", "none", "strong", "How much of the dye's colour shows.",
            {"kind": "hair_dye"}, minimum=0.0),
    _hue("hair_dye_hue", "Dye hue", "Hair", "Hue of the dye around the circle.", 330.0),
)  # fmt: skip

_FACIAL_HAIR = (
    _choice("beard_style", "Beard style", "Facial hair", BEARD_STYLES, "none", "Cut of the beard.",
            {choice: 1.0 if choice == "none" else 0.0 for choice in BEARD_STYLES},
            {"none": 6.0, "stubble": 2.2, "moustache": 0.5, "goatee": 0.6, "short_beard": 1.6, "full_beard": 1.2,
             "long_beard": 0.3, "sideburns": 0.25, "chinstrap": 0.25}),
    _slider("beard_density", "Beard density", "Facial hair", "sparse", "dense", "Share of the beard's hairs.",
            _normal(0.18, 0.4, 0.75), default=0.8, minimum=0.0),
    _slider("beard_colour", "Beard colour", "Facial hair", "lighter", "darker", "Colour against the hair's."),
)  # fmt: skip

# Two thirds neutral or happy, as portraits of a cast are.
_FEELINGS = {"neutral": 14.0, "happy": 6.5, "laughing": 1.2, "smirking": 1.6, "determined": 1.6, "sad": 0.7,
             "angry": 0.8, "afraid": 0.5, "disgusted": 0.5, "surprised": 0.7, "contemptuous": 0.7, "tired": 0.7,
             "pained": 0.5, "winking": 0.6}  # fmt: skip

_EXPRESSION = (
    _choice("expression", "Expression", "Expression", EXPRESSIONS, "neutral", "The feeling shown.",
            _FEELINGS, _FEELINGS),
    _slider("expression_strength", "Strength", "Expression", "faint", "full", "How strongly the feeling shows.",
            _between(0.35, 1.0), default=0.8, minimum=0.0),
)  # fmt: skip

# Named after the Facial Action Coding System's units (Ekman and Friesen 1978), whose numbers stand in brackets.
_ACTION_UNITS = (
    _unit("brow_raise", "Brow raise", "Lift both brows (1 and 2)."),
    _unit("brow_raise_left", "Raise left brow", "Lift the brow at the right of the picture."),
    _unit("brow_raise_right", "Raise right brow", "Lift the brow at the left of the picture."),
    _unit("inner_brow_raise", "Inner brow raise", "Lift the inner ends of the brows (1)."),
    _unit("brow_lower", "Brow lower", "Draw the brows down and together (4)."),
    _unit("upper_lid_raise", "Upper lid raise", "Open the eyes wide (5)."),
    _unit("squint", "Squint", "Raise the cheeks and tighten the lids (6 and 7)."),
    _unit("nose_wrinkle", "Nose wrinkle", "Wrinkle the nose (9)."),
    _unit("nostril_flare", "Nostril flare", "Widen the nostrils (38)."),
    _unit("upper_lip_raise", "Upper lip raise", "Lift the upper lip (10)."),
    _unit("smile", "Smile", "Pull the corners of the mouth up and back (12)."),
    _unit("smile_left", "Smile on the left", "Pull up the corner at the right of the picture."),
    _unit("smile_right", "Smile on the right", "Pull up the corner at the left of the picture."),
    _unit("frown", "Mouth frown", "Draw the corners of the mouth down (15)."),
    _unit("lower_lip_depress", "Lower lip depress", "Draw the lower lip down and show the lower teeth (16)."),
    _unit("chin_raise", "Chin raise", "Push the lower lip up and out (17)."),
    _unit("lip_pucker", "Lip pucker", "Purse the lips as for a kiss (18)."),
    _unit("lip_funnel", "Lip funnel", "Round and open the lips as for an O (22)."),
    _unit("lip_stretch", "Lip stretch", "Stretch the mouth sideways (20)."),
    _unit("lip_press", "Lip press", "Press the lips together (24)."),
    _unit("lips_part", "Lips part", "Part the lips (25)."),
    _unit("jaw_open", "Jaw open", "Open the jaw (26 and 27)."),
    _unit("cheek_puff", "Cheek puff", "Blow up the cheeks (34)."),
    _unit("blink_left", "Close left eye", "Close the eye at the right of the picture (43).", 0.0),
    _unit("blink_right", "Close right eye", "Close the eye at the left of the picture (43).", 0.0),
)

_VIEW = (
    _angle("yaw", "Head turn", "View", "left", "right", "Turn of the head, as seen in the picture.",
           _normal(12.0, 30.0), 40.0),
    _angle("pitch", "Head nod", "View", "down", "up", "Nod of the head.", _normal(5.0, 12.0), 20.0),
    _angle("roll", "Head tilt", "View", "to the left", "to the right",
           "Tilt of the head towards a shoulder, as seen in the picture.", _normal(3.5, 12.0), 25.0),
)  # fmt: skip

_LIGHT = (
    _slider("light_azimuth", "Light direction", "Light", "from the left", "from the right",
            "Where the main light comes from, as seen in the picture; beyond 90 degrees from behind.",
            {"kind": "light_azimuth"}, default=-35.0, minimum=-150.0, maximum=150.0, step=1.0, unit="°"),
    _slider("light_elevation", "Light height", "Light", "from below", "from above", "Height of the main light.",
            {"kind": "normal", "mean": 32.0, "sigma": 14.0, "low": -5.0, "high": 62.0},
            default=32.0, minimum=-45.0, maximum=75.0, step=1.0, unit="°"),
    _slider("light_warmth", "Light warmth", "Light", "blue", "golden", "Colour of the main light.",
            _normal(0.2, 0.9)),
    _slider("light_contrast", "Light contrast", "Light", "soft", "hard",
            "Main light against fill and surroundings.", _normal(0.35, 0.9)),
    _slider("light_rim", "Rim light", "Light", "none", "strong", "Light along the edges from behind.",
            _normal(0.4, 0.9)),
)  # fmt: skip

_CLOTHES = (
    _choice("garment", "Garment", "Clothes", GARMENTS, "t_shirt", "What the person wears.",
            {"t_shirt": 2.0, "shirt": 1.5, "gown": 2.0}, {"t_shirt": 2.0, "shirt": 1.5, "suit": 1.5, "gown": 0.0}),
    _hue("garment_hue", "Garment hue", "Clothes", "Hue of the cloth around the circle.", 215.0),
    _slider("garment_saturation", "Garment saturation", "Clothes", "grey", "vivid", "Saturation of the cloth.",
            _between(0.0, 0.8), default=0.4, minimum=0.0),
    _slider("garment_lightness", "Garment lightness", "Clothes", "dark", "light", "Lightness of the cloth.",
            _between(0.1, 0.9), default=0.4, minimum=0.0),
    _hue("accent_hue", "Accent hue", "Clothes", "Hue of trims, lining and tie around the circle.", 35.0),
    _slider("accent_saturation", "Accent saturation", "Clothes", "grey", "vivid", "Saturation of the trims.",
            _between(0.0, 0.9), default=0.3, minimum=0.0),
    _slider("accent_lightness", "Accent lightness", "Clothes", "dark", "light", "Lightness of the trims.",
            _between(0.1, 0.9), default=0.8, minimum=0.0),
)  # fmt: skip

SCHEMA = AttributeSchema(
    _PERSON + _HEAD + _EYES + _BROWS + _NOSE + _MOUTH + _EARS + _SKIN + _HAIR + _FACIAL_HAIR + _EXPRESSION
    + _ACTION_UNITS + _VIEW + _LIGHT + _CLOTHES
)  # fmt: skip


def mirrorable(values: Mapping[str, Value]) -> bool:
    """Whether the mirrored picture of a person is that of the mirrored attributes."""
    plain = values["expression"] not in UNMIRRORED_EXPRESSIONS or values["expression_strength"] == 0.0
    return plain and values["hair_style"] not in UNMIRRORED_HAIR_STYLES and values["garment"] not in UNMIRRORED_GARMENTS
