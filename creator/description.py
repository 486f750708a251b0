"""A portrait in words: read out by screen readers, and the alt text of exported pictures.

The words come from the model's schema; what a model does not have is not spoken of. ``tr`` translates the fixed phrases
(the English text is its key); labels are taken from the schema as they are, in whatever language that is.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Mapping

from creator.attributes import Attribute, AttributeSchema, Value
from creator.character import Character

Translate = Callable[[str], str]

_ADULT, _TEENAGER = 18, 13
_FEMININE, _MASCULINE = 0.38, 0.62
_ANCESTRY_SHARE = 0.25  # a smaller share does not show
_STRIKING = 0.5  # of the way from the default to the end of the range
_MAXIMUM_STRIKING = 3
_FEATURE_GROUPS = ("Head", "Eyes", "Brows", "Nose", "Mouth", "Ears")
_PASSING = ("gaze_x", "gaze_y", "pupil_size", "iris_colour")
_TURNED_DEGREES = 12.0


def describe(character: Character, schema: AttributeSchema, tr: Translate = str) -> str:
    """Several short sentences: person, skin and eyes, hair, striking features, expression, clothes."""
    values = {**schema.defaults(), **character.values}
    sentences = [
        _person(values, tr),
        _skin_and_eyes(values, tr),
        _hair(values, schema, tr),
        _choice(values, schema, "beard_style", tr("Beard: {style}."), leave_out="none"),
        _striking(values, schema, tr),
        _expression(values, schema, tr),
        _clothes(values, schema, tr),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def alt_text(character: Character, schema: AttributeSchema, tr: Translate = str) -> str:
    """The text for a picture of ``character``: begins with the name, if there is one."""
    words = describe(character, schema, tr)
    return (
        tr("Portrait of {name}. {description}").format(name=character.name, description=words)
        if character.name
        else words
    )


def _person(values: Mapping[str, Value], tr: Translate) -> str:
    if "age" not in values:
        return ""
    age, gender = float(values["age"]), float(values.get("gender", 0.5))
    if age < _ADULT:
        feminine, masculine = tr("A girl of {age}"), tr("A boy of {age}")
        between = tr("A child of {age}") if age < _TEENAGER else tr("A teenager of {age}")
    else:
        feminine, masculine, between = tr("A woman of {age}"), tr("A man of {age}"), tr("A person of {age}")
    noun = feminine if gender < _FEMININE else masculine if gender > _MASCULINE else between
    return f"{noun.format(age=round(age))}{_ancestry(values, tr)}."


def _ancestry(values: Mapping[str, Value], tr: Translate) -> str:
    names = {
        "ancestry_african": tr("African"),
        "ancestry_east_asian": tr("East Asian"),
        "ancestry_european": tr("European"),
    }
    shares = {word: float(values[name]) for name, word in names.items() if name in values}
    total = sum(shares.values())
    if total <= 0:
        return ""
    shown = sorted((word for word in shares if shares[word] >= _ANCESTRY_SHARE * total), key=lambda w: -shares[w])
    if len(shown) == 1:
        return tr(", {ancestry} ancestry").format(ancestry=shown[0])
    first, last = ", ".join(shown[:-1]), shown[-1]
    return tr(", {ancestry} and {last} ancestry").format(ancestry=first, last=last)


def _band(value: float, limits: tuple[float, ...], words: tuple[str, ...]) -> str:
    """The word for the band that ``value`` lies in: one word more than ``limits``."""
    return words[bisect.bisect_right(limits, value)]


def _skin_and_eyes(values: Mapping[str, Value], tr: Translate) -> str:
    parts = []
    if "skin_tone" in values:
        tones = (tr("very light skin"), tr("light skin"), tr("medium skin"), tr("brown skin"), tr("dark brown skin"),
                 tr("very dark skin"))  # fmt: skip
        parts.append(_band(float(values["skin_tone"]), (2.5, 4.5, 5.7, 7.0, 8.5), tones))
    if float(values.get("freckles", 0.0)) >= 0.35:
        parts.append(tr("freckles"))
    if "iris_colour" in values:
        eyes = (tr("dark brown eyes"), tr("brown eyes"), tr("hazel eyes"), tr("green eyes"), tr("blue eyes"),
                tr("pale grey eyes"))  # fmt: skip
        parts.append(_band(float(values["iris_colour"]), (0.12, 0.3, 0.45, 0.6, 0.88), eyes))
    if not parts:
        return ""
    return f"{_capitalised(', '.join(parts))}."


def _hair(values: Mapping[str, Value], schema: AttributeSchema, tr: Translate) -> str:
    style = _label(values, schema, "hair_style")
    if not style:
        return ""
    colour = _hair_colour(values, tr)
    if values["hair_style"] == "bald" or not colour:
        return tr("Hair: {style}.").format(style=style)
    return tr("Hair: {style}, {colour}.").format(style=style, colour=colour)


def _hair_colour(values: Mapping[str, Value], tr: Translate) -> str:
    if "hair_lightness" not in values:
        return ""
    if float(values.get("hair_dye", 0.0)) >= 0.35:
        return tr("dyed {hue}").format(hue=_hue(float(values.get("hair_dye_hue", 0.0)), tr))
    if float(values.get("hair_grey", 0.0)) >= 0.55:
        return tr("grey")
    lightness, red = float(values["hair_lightness"]), float(values.get("hair_red", 0.0))
    if red >= 0.55 and lightness >= 0.2:
        return tr("auburn") if lightness < 0.4 else tr("red")
    colours = (tr("black"), tr("dark brown"), tr("brown"), tr("light brown"), tr("blond"))
    return _band(lightness, (0.12, 0.3, 0.48, 0.62), colours)


def _hue(degrees: float, tr: Translate) -> str:
    hues = (tr("red"), tr("orange"), tr("yellow"), tr("green"), tr("turquoise"), tr("blue"), tr("violet"), tr("pink"),
            tr("red"))  # fmt: skip
    return _band(degrees % 360.0, (16.0, 44.0, 68.0, 160.0, 195.0, 255.0, 290.0, 345.0), hues)


def _striking(values: Mapping[str, Value], schema: AttributeSchema, tr: Translate) -> str:
    """The features that lie farthest from their defaults, in the schema's order."""
    far: list[tuple[float, Attribute]] = []
    for attribute in schema.attributes:
        if attribute.group not in _FEATURE_GROUPS or attribute.kind != "continuous" or attribute.name in _PASSING:
            continue
        way = _way(attribute, float(values[attribute.name]))
        if abs(way) >= _STRIKING and (attribute.high_word if way > 0 else attribute.low_word):
            far.append((way, attribute))
    far.sort(key=lambda item: -abs(item[0]))
    names = {attribute.name: way for way, attribute in far[:_MAXIMUM_STRIKING]}
    told = [
        f"{attribute.label}: {attribute.high_word if names[attribute.name] > 0 else attribute.low_word}"
        for attribute in schema.attributes
        if attribute.name in names
    ]
    return tr("Striking – {features}.").format(features="; ".join(told)) if told else ""


def _way(attribute: Attribute, value: float) -> float:
    """How far ``value`` lies from the default to the end of the range: -1..1."""
    default = float(attribute.default)
    reach = attribute.maximum - default if value > default else default - attribute.minimum
    return (value - default) / reach if reach > 0 else 0.0


def _expression(values: Mapping[str, Value], schema: AttributeSchema, tr: Translate) -> str:
    parts = []
    feeling = _label(values, schema, "expression")
    if feeling:
        parts.append(tr("Expression: {feeling}").format(feeling=feeling))
    yaw = float(values.get("yaw", 0.0))
    if abs(yaw) >= _TURNED_DEGREES:
        parts.append(tr("turned to the left") if yaw < 0 else tr("turned to the right"))
    return f"{_capitalised(', '.join(parts))}." if parts else ""


def _clothes(values: Mapping[str, Value], schema: AttributeSchema, tr: Translate) -> str:
    garment = _label(values, schema, "garment")
    if not garment:
        return ""
    if "garment_hue" not in values:
        return tr("Wears: {garment}.").format(garment=garment)
    saturation, lightness = float(values.get("garment_saturation", 1.0)), float(values.get("garment_lightness", 0.5))
    if saturation < 0.15 or lightness < 0.12:
        colour = tr("black") if lightness < 0.2 else tr("grey") if lightness < 0.8 else tr("white")
    else:
        colour = _hue(float(values["garment_hue"]), tr)
    return tr("Wears: {garment}, {colour}.").format(garment=garment, colour=colour)


def _choice(values: Mapping[str, Value], schema: AttributeSchema, name: str, sentence: str, leave_out: str) -> str:
    label = _label(values, schema, name)
    return sentence.format(style=label) if label and values[name] != leave_out else ""


def _label(values: Mapping[str, Value], schema: AttributeSchema, name: str) -> str:
    attribute = schema.by_name.get(name)
    if attribute is None or attribute.kind != "choice":
        return ""
    return attribute.choice_labels[attribute.choices.index(str(values[name]))]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
