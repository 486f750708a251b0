"""The schema of people: complete, described, and with priors inside the ranges."""

from __future__ import annotations

import numpy as np
import pytest

from creator.random_character import random_values
from creator.training import people_schema
from creator.training.people_schema import LIGHT_PRESETS, MIRRORED_ATTRIBUTES, MIRRORED_PAIRS, SCHEMA

REQUIRED = [
    "age",
    "gender",
    "ancestry_african",
    "ancestry_east_asian",
    "ancestry_european",
    "body_weight",
    "face_shape",
    "head_width",
    "head_height",
    "forehead_height",
    "temples",
    "cheekbones",
    "cheek_fullness",
    "jaw_width",
    "jaw_angle",
    "chin_height",
    "chin_width",
    "chin_prominence",
    "chin_cleft",
    "neck_width",
    "eye_size",
    "eye_opening",
    "eye_height",
    "eye_spacing",
    "eye_tilt",
    "eye_inner_corner",
    "eye_outer_corner",
    "epicanthus",
    "eye_fold",
    "eye_bags",
    "iris_colour",
    "pupil_size",
    "gaze_x",
    "gaze_y",
    "brow_style",
    "brow_height",
    "brow_angle",
    "brow_thickness",
    "brow_colour",
    "nose_length",
    "nose_width",
    "nose_bridge_height",
    "nose_bridge",
    "nose_hump",
    "nose_tip",
    "nose_tip_width",
    "nostrils",
    "nose_size",
    "mouth_width",
    "mouth_height",
    "upper_lip",
    "lower_lip",
    "mouth_corners",
    "philtrum",
    "ear_size",
    "ear_flare",
    "ear_lobe",
    "ear_point",
    "skin_tone",
    "undertone",
    "skin_smoothness",
    "freckles",
    "wrinkles",
    "oiliness",
    "blush",
    "lip_colour",
    "eye_makeup",
    "hair_style",
    "hair_lightness",
    "hair_red",
    "hair_grey",
    "hair_dye",
    "hair_dye_hue",
    "beard_style",
    "beard_density",
    "beard_colour",
    "expression",
    "expression_strength",
    "yaw",
    "pitch",
    "roll",
    "light_azimuth",
    "light_elevation",
    "light_warmth",
    "light_contrast",
    "light_rim",
    "garment",
    "garment_hue",
    "garment_saturation",
    "garment_lightness",
    "accent_hue",
    "accent_saturation",
    "accent_lightness",
]


def test_the_schema_holds_all_that_can_be_said():
    assert set(REQUIRED) <= set(SCHEMA.names)
    others = set(SCHEMA.names) - set(REQUIRED)
    assert {SCHEMA[name].group for name in others} == {"Action units"}


def test_everything_is_described():
    for attribute in SCHEMA.attributes:
        assert attribute.label, attribute.name
        assert attribute.group, attribute.name
        assert attribute.help.endswith("."), attribute.name
        if attribute.kind == "continuous":
            assert attribute.low_word, attribute.name
            assert attribute.high_word, attribute.name
        assert attribute.validated(attribute.default) == attribute.default
        assert attribute.prior, attribute.name
    assert type(SCHEMA).from_json(SCHEMA.to_json()) == SCHEMA


def test_light_presets_are_whole_and_within_range():
    lights = {a.name for a in SCHEMA.attributes if a.group == "Light"}
    assert len(LIGHT_PRESETS) == 8
    for label, values in LIGHT_PRESETS.values():
        assert label
        assert set(values) == lights
        for name, value in values.items():
            SCHEMA.validated(name, value)


def test_what_mirrors_has_a_symmetric_range_or_a_counterpart_alike():
    for name in MIRRORED_ATTRIBUTES:
        assert SCHEMA[name].minimum == -SCHEMA[name].maximum
    for left, right in MIRRORED_PAIRS:
        one, other = SCHEMA[left], SCHEMA[right]
        assert (one.minimum, one.maximum, one.default) == (other.minimum, other.maximum, other.default)
    sided = {name for name in SCHEMA.names if name.endswith(("_left", "_right"))}
    assert sided == {name for pair in MIRRORED_PAIRS for name in pair}


def test_one_sided_expressions_and_hair_are_not_mirrored():
    plain = {"expression": "happy", "expression_strength": 1.0, "hair_style": "buzz", "garment": "t_shirt"}
    assert people_schema.mirrorable(plain)
    assert not people_schema.mirrorable(plain | {"expression": "winking"})
    assert people_schema.mirrorable(plain | {"expression": "winking", "expression_strength": 0.0})
    assert not people_schema.mirrorable(plain | {"hair_style": people_schema.UNMIRRORED_HAIR_STYLES[0]})
    assert not people_schema.mirrorable(plain | {"garment": people_schema.UNMIRRORED_GARMENTS[0]})


@pytest.fixture(scope="module")
def crowd() -> list[dict]:
    return [random_values(SCHEMA, seed) for seed in range(3000)]


def column(crowd: list[dict], name: str) -> np.ndarray:
    return np.array([each[name] for each in crowd])


def test_children_have_neither_beards_nor_make_up_nor_grey_hair(crowd):
    children = [each for each in crowd if each["age"] < 16]
    assert 150 < len(children) < 600
    for child in children:
        assert child["beard_style"] == "none"
        assert child["eye_makeup"] == 0
        assert child["lip_colour"] <= 0.3
        assert child["hair_grey"] == 0
        assert child["hair_style"] != "bald"


def test_people_hang_together(crowd):
    def correlation(one: str, other: str) -> float:
        return float(np.corrcoef(column(crowd, one), column(crowd, other))[0, 1])

    assert correlation("ancestry_african", "skin_tone") > 0.6
    assert correlation("ancestry_european", "hair_lightness") > 0.4
    assert correlation("ancestry_east_asian", "epicanthus") > 0.3
    assert correlation("age", "hair_grey") > 0.4
    assert correlation("gender", "eye_makeup") < -0.3
    bearded = column(crowd, "beard_style") != "none"
    assert not bearded[column(crowd, "gender") < 0.05].mean() > 0.1
    assert 0.35 < bearded[(column(crowd, "gender") > 0.9) & (column(crowd, "age") > 20)].mean() < 0.8


def test_the_rare_stays_rare(crowd):
    assert 0.003 < (column(crowd, "ear_point") > 0).mean() < 0.02
    assert 0.02 < (column(crowd, "hair_dye") > 0).mean() < 0.08
    units = np.stack([column(crowd, a.name) for a in SCHEMA.attributes if a.group == "Action units"])
    assert (units > 0).mean() < 0.03
    assert (column(crowd, "expression") == "neutral").mean() > 0.3
    behind = np.abs(column(crowd, "light_azimuth")) > 90
    assert behind.mean() < 0.01
