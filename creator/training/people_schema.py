"""The attribute schema in code: everything that can be said about a synthetic person.

From this one list come the sampler's prior, the renderer's parameters, the network's input layout, the manifest,
the sliders and the command line.
"""

from __future__ import annotations

from typing import Any

from creator.attributes import Attribute, AttributeSchema

IDENTITY_SIZE = 64

HAIR_STYLES = {
    "bald": "Bald",
    "buzz": "Buzz cut",
    "short": "Short",
    "crop": "Swept short",
    "bob": "Bob with fringe",
    "long": "Long, parted",
    "ponytail": "Tied back",
    "afro": "Afro",
}
BROW_STYLES = {
    "soft": "Soft",
    "straight": "Straight",
    "arched": "Arched",
    "bushy": "Bushy",
}
EXPRESSIONS = {
    "neutral": "Neutral",
    "happy": "Happy",
    "sad": "Sad",
    "angry": "Angry",
    "surprised": "Surprised",
    "afraid": "Afraid",
    "disgusted": "Disgusted",
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

# What changes sign when a picture is mirrored left to right.
MIRRORED_ATTRIBUTES = ("yaw", "gaze_x", "light_azimuth")
# Styles whose groom is not symmetric: their pictures must not be mirrored.
UNMIRRORED_HAIR_STYLES = ("short", "crop", "bob")
# Garments that are crossed, buttoned or hang to one side.
UNMIRRORED_GARMENTS = ("shirt", "suit", "jacket", "scarf", "robe", "ranger", "uniform")


def _slider(
    name: str, label: str, group: str, low_word: str, high_word: str, help_line: str, prior: Any = None, **more: Any
) -> Attribute:
    settings: dict[str, Any] = {"default": 0.0, "minimum": -1.0, "maximum": 1.0, "step": 0.02}
    settings |= more
    if prior is None:
        prior = {"kind": "normal", "mean": 0.0, "sigma": 0.3, "low": -0.8, "high": 0.8}
    return Attribute(
        name, label, group, "continuous", help_line, low_word=low_word, high_word=high_word, prior=prior, **settings
    )


def _choice(
    name: str, label: str, group: str, choices: dict[str, str], default: str, help_line: str,
    feminine: list[float], masculine: list[float],
) -> Attribute:  # fmt: skip
    return Attribute(
        name, label, group, "choice", help_line, default,
        choices=tuple(choices), choice_labels=tuple(choices.values()),
        prior={"kind": "choice", "feminine": feminine, "masculine": masculine},
    )  # fmt: skip


def _share(name: str, label: str, default: float) -> Attribute:
    return _slider(
        name, label, "Person", "none", "much",
        "Share in the ancestry mixture; the three shares are scaled to sum to one.",
        {"kind": "gamma", "shape": 0.45}, default=default, minimum=0.0,
    )  # fmt: skip


_NARROW = {"kind": "normal", "mean": 0.0, "sigma": 0.22, "low": -0.7, "high": 0.7}

SCHEMA = AttributeSchema(
    (
        _slider("age", "Age", "Person", "child", "old", "Apparent age in years: proportions, skin and wrinkles follow.",
                {"kind": "normal", "mean": 36.0, "sigma": 19.0, "low": 16.0, "high": 85.0},
                default=30.0, minimum=8.0, maximum=90.0, step=1.0, unit="years"),
        _slider("gender", "Gender", "Person", "feminine", "masculine", "Feminine to masculine build of head and face.",
                {"kind": "gender"}, default=0.5, minimum=0.0),
        _share("ancestry_african", "African ancestry", 0.0),
        _share("ancestry_east_asian", "East Asian ancestry", 0.0),
        _share("ancestry_european", "European ancestry", 1.0),
        _slider("body_weight", "Body weight", "Person", "thin", "heavy", "Weight as seen in face and neck.", _NARROW),
        _slider("face_shape", "Face shape", "Head", "round", "rectangular", "Round to angular outline of the face."),
        _slider("head_width", "Head width", "Head", "narrow", "wide", "Width of the whole head.", _NARROW),
        _slider("forehead_height", "Forehead height", "Head", "low", "high", "Height of the forehead.", _NARROW),
        _slider("cheekbones", "Cheekbones", "Head", "flat", "prominent", "How far the cheekbones stand out."),
        _slider("cheek_fullness", "Cheek fullness", "Head", "hollow", "full", "Volume of the cheeks."),
        _slider("jaw_width", "Jaw width", "Head", "narrow", "wide", "Width of the jaw bone."),
        _slider("chin_height", "Chin height", "Head", "short", "long", "Height of the chin."),
        _slider("chin_width", "Chin width", "Head", "pointed", "broad", "Width of the chin."),
        _slider("chin_prominence", "Chin prominence", "Head", "receding", "prominent", "How far the chin stands out."),
        _slider("neck_width", "Neck width", "Head", "slender", "thick", "Width of the neck."),
        _slider("eye_size", "Eye size", "Eyes", "small", "large", "Size of both eyes."),
        _slider("eye_opening", "Eye opening", "Eyes", "narrow", "wide", "Height of the opening between the lids."),
        _slider("eye_spacing", "Eye spacing", "Eyes", "close", "apart", "Distance between the eyes."),
        _slider("eye_tilt", "Eye tilt", "Eyes", "downward", "upward", "Tilt of the outer corners of the eyes."),
        _slider("iris_colour", "Iris colour", "Eyes", "dark brown", "pale grey",
                "Dark brown, brown, hazel, green, blue, pale grey, continuous.",
                {"kind": "iris"}, default=0.2, minimum=0.0),
        _slider("gaze_x", "Gaze left-right", "Eyes", "left", "right", "Where both eyes look, as seen in the picture.",
                {"kind": "normal", "mean": 0.0, "sigma": 0.15, "low": -0.6, "high": 0.6}),
        _slider("gaze_y", "Gaze up-down", "Eyes", "down", "up", "Where both eyes look.",
                {"kind": "normal", "mean": 0.0, "sigma": 0.1, "low": -0.4, "high": 0.4}),
        _choice("brow_style", "Brow style", "Brows", BROW_STYLES, "soft", "Shape of the eyebrows.",
                [3, 2, 4, 0.5], [3, 3, 1, 3]),
        _slider("brow_height", "Brow height", "Brows", "low", "high", "Height of the eyebrows.", _NARROW),
        _slider("brow_angle", "Brow angle", "Brows", "inner end low", "inner end high", "Tilt of the brows.", _NARROW),
        _slider("nose_length", "Nose length", "Nose", "short", "long", "Length of the nose."),
        _slider("nose_width", "Nose width", "Nose", "narrow", "wide", "Width of the nose and its wings."),
        _slider("nose_bridge", "Nose bridge", "Nose", "concave", "convex", "Curve of the bridge, seen from the side."),
        _slider("nose_tip", "Nose tip", "Nose", "down", "up", "Where the tip of the nose points."),
        _slider("nose_size", "Nose size", "Nose", "flat", "projecting", "How far the nose stands out."),
        _slider("mouth_width", "Mouth width", "Mouth", "narrow", "wide", "Width of the mouth."),
        _slider("mouth_height", "Mouth height", "Mouth", "low", "high", "Where the mouth lies between nose and chin."),
        _slider("upper_lip", "Upper lip", "Mouth", "thin", "full", "Fullness of the upper lip."),
        _slider("lower_lip", "Lower lip", "Mouth", "thin", "full", "Fullness of the lower lip."),
        _slider("mouth_corners", "Mouth corners", "Mouth", "down", "up", "Resting tilt of the corners.", _NARROW),
        _slider("ear_size", "Ear size", "Ears", "small", "large", "Size of the ears."),
        _slider("ear_flare", "Ear flare", "Ears", "close", "standing out", "How far the ears stand out."),
        _slider("skin_tone", "Skin tone", "Skin", "lightest", "darkest", "Ten steps of the Monk scale, continuous.",
                {"kind": "skin_tone"}, default=3.0, minimum=1.0, maximum=10.0, step=0.1),
        _slider("lip_colour", "Lip colour", "Skin", "natural", "deep red", "Colour of the lips.",
                {"kind": "lip_colour"}, default=0.2, minimum=0.0),
        _choice("hair_style", "Hair style", "Hair", HAIR_STYLES, "short", "Cut of the hair.",
                [0.15, 0.4, 0.9, 1.0, 2.2, 3.0, 2.2, 1.2], [1.4, 2.2, 3.0, 2.6, 0.2, 0.4, 0.5, 1.0]),
        _slider("hair_lightness", "Hair lightness", "Hair", "black", "blond", "Natural pigment of hair and brows.",
                {"kind": "hair_lightness"}, default=0.25, minimum=0.0),
        _slider("hair_red", "Hair redness", "Hair", "ash", "red", "Red pigment in hair and brows.",
                {"kind": "hair_red"}, default=0.2, minimum=0.0),
        _slider("hair_grey", "Grey hair", "Hair", "none", "all grey", "Share of grey strands.",
                {"kind": "hair_grey"}, default=0.0, minimum=0.0),
        _choice("expression", "Expression", "Expression", EXPRESSIONS, "neutral", "The feeling shown.",
                [4, 2, 1, 1, 1, 1, 1], [4, 2, 1, 1, 1, 1, 1]),
        _slider("expression_strength", "Strength", "Expression", "faint", "full", "How strongly the feeling shows.",
                {"kind": "uniform", "low": 0.4, "high": 1.0}, default=0.8, minimum=0.0),
        _slider("yaw", "Head turn", "View", "left", "right", "Turn of the head, as seen in the picture.",
                {"kind": "normal", "mean": 0.0, "sigma": 12.0, "low": -30.0, "high": 30.0},
                minimum=-40.0, maximum=40.0, step=1.0, unit="°"),
        _slider("pitch", "Head nod", "View", "down", "up", "Nod of the head.",
                {"kind": "normal", "mean": 0.0, "sigma": 5.0, "low": -12.0, "high": 12.0},
                minimum=-20.0, maximum=20.0, step=1.0, unit="°"),
        _slider("light_azimuth", "Light direction", "Light", "from the left", "from the right",
                "Where the main light comes from, as seen in the picture.",
                {"kind": "light_azimuth"}, default=-35.0, minimum=-80.0, maximum=80.0, step=1.0, unit="°"),
        _slider("light_elevation", "Light height", "Light", "from below", "from above", "Height of the main light.",
                {"kind": "normal", "mean": 32.0, "sigma": 14.0, "low": 0.0, "high": 60.0},
                default=32.0, minimum=-20.0, maximum=70.0, step=1.0, unit="°"),
        _choice("garment", "Garment", "Clothes", GARMENTS, "t_shirt", "What the person wears.",
                [2, 1.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1],
                [2, 1.5, 1.5, 1, 1, 1, 1, 1, 1, 1, 1, 0.1, 1, 1, 1, 1, 1]),
        _slider("garment_hue", "Garment hue", "Clothes", "red", "red again", "Hue of the cloth around the circle.",
                {"kind": "uniform", "low": 0.0, "high": 360.0},
                default=215.0, minimum=0.0, maximum=360.0, step=1.0, unit="°"),
        _slider("garment_saturation", "Garment saturation", "Clothes", "grey", "vivid", "Saturation of the cloth.",
                {"kind": "uniform", "low": 0.0, "high": 0.8}, default=0.4, minimum=0.0),
        _slider("garment_lightness", "Garment lightness", "Clothes", "dark", "light", "Lightness of the cloth.",
                {"kind": "uniform", "low": 0.1, "high": 0.9}, default=0.4, minimum=0.0),
    )
)  # fmt: skip
