"""Expressions: presets as tables of action units, action units as sums of morph targets, and what limits their sum.

The units follow the Facial Action Coding System (Ekman and Friesen 1978). Weights of targets were set by eye so that no
lip tears at full strength.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from creator.attributes import AttributeSchema
from creator.training.head.derived_targets import UNITS
from creator.training.people_schema import EXPRESSIONS

ACTION_UNITS = (
    "brow_raise", "brow_raise_left", "brow_raise_right", "inner_brow_raise", "brow_lower", "upper_lid_raise", "squint",
    "nose_wrinkle", "nostril_flare", "upper_lip_raise", "smile", "smile_left", "smile_right", "frown",
    "lower_lip_depress", "chin_raise", "lip_pucker", "lip_funnel", "lip_stretch", "lip_press", "lips_part", "jaw_open",
    "cheek_puff", "blink_left", "blink_right",
)  # fmt: skip


def _one_brow(side: str) -> dict[str, float]:
    return {f"eyebrows-{side}-up": 0.9, f"eyebrows-{side}-extern-up": 0.45, f"eyebrows-{side}-inner-up": 1.0}


# Action unit at 1 -> weights of the assets' expression targets, or of shape targets (those with a slash).
UNIT_TARGETS: dict[str, dict[str, float]] = {
    "brow_raise": _one_brow("left") | _one_brow("right"),
    "brow_raise_left": _one_brow("left"),
    "brow_raise_right": _one_brow("right"),
    "inner_brow_raise": {"eyebrows-*-inner-up": 1.0, "eyebrows-*-up": 0.12},
    "brow_lower": {"eyebrows-*-down": 0.85, "nose-compression": 0.8},
    "upper_lid_raise": {"eye-*-opened-up": 0.9},
    "squint": {"eye-*-slit": 0.65, "cheek/*-cheek-trans-up": 0.4},
    "nose_wrinkle": {"nose-*-elevation": 0.9, "nose-compression": 1.0, "mouth-elevation": 0.25, "eyebrows-*-down": 0.2},
    "nostril_flare": {"nose-*-dilatation": 1.8},
    "upper_lip_raise": {"mouth-elevation": 0.75, "nose-*-elevation": 0.25},
    "smile": {"mouth-corner-puller": 0.85, "mouth-compression": 0.1, "cheek/*-cheek-trans-up": 0.25},
    "smile_left": {"mouth-corner-puller@left": 0.85, "cheek/l-cheek-trans-up": 0.25},
    "smile_right": {"mouth-corner-puller@right": 0.85, "cheek/r-cheek-trans-up": 0.25},
    "frown": {"mouth-depression": 0.85},
    "lower_lip_depress": {"mouth-depression-retraction": 0.65},
    "chin_raise": {"mouth-eversion": 1.1, "mouth-depression": 0.12},
    "lip_pucker": {"mouth-pursing": 0.75},
    "lip_funnel": {"mouth-protusion": 0.75},
    "lip_stretch": {"mouth-retraction": 0.85, "mouth-depression": 0.3, "neck-platysma": 0.2},
    "lip_press": {"mouth/mouth-upperlip-volume-decr": 1.1, "mouth/mouth-lowerlip-volume-decr": 1.1,
                  "mouth/mouth-upperlip-height-decr": 0.75, "mouth/mouth-lowerlip-height-decr": 0.75},
    "lips_part": {"mouth-parling": 0.7, "mouth-depression-retraction": 0.12},
    "jaw_open": {"mouth-open": 0.7, "mouth-parling": 0.3},
    "cheek_puff": {"cheek/*-cheek-volume-incr": 1.2, "mouth-pursing": 0.12},
    "blink_left": {},  # the lids' seams close the eyes
    "blink_right": {},
}  # fmt: skip

PRESETS: dict[str, dict[str, float]] = {
    "neutral": {},
    "happy": {"smile": 1.0, "squint": 0.28, "lips_part": 0.75, "upper_lip_raise": 0.35, "jaw_open": 0.06,
              "brow_raise": 0.12},
    "laughing": {"smile": 1.0, "squint": 0.6, "jaw_open": 0.62, "upper_lip_raise": 0.42, "brow_raise": 0.2},
    "sad": {"inner_brow_raise": 1.0, "frown": 0.8, "squint": 0.12, "chin_raise": 0.35, "brow_lower": 0.1,
            "blink_left": 0.15, "blink_right": 0.15},
    "angry": {"brow_lower": 1.0, "squint": 0.2, "upper_lid_raise": 0.3, "nostril_flare": 0.8, "frown": 0.35,
              "nose_wrinkle": 0.3, "upper_lip_raise": 0.25, "lower_lip_depress": 0.5, "lips_part": 0.45,
              "lip_stretch": 0.2},
    "afraid": {"inner_brow_raise": 0.8, "brow_raise": 0.4, "upper_lid_raise": 0.6, "lip_stretch": 0.7,
               "jaw_open": 0.18, "lips_part": 0.3},
    "disgusted": {"nose_wrinkle": 0.9, "upper_lip_raise": 0.5, "brow_lower": 0.45, "squint": 0.4, "frown": 0.25,
                  "chin_raise": 0.2},
    "surprised": {"brow_raise": 0.95, "upper_lid_raise": 0.6, "jaw_open": 0.5, "lips_part": 0.2},
    "contemptuous": {"smile_left": 0.65, "blink_left": 0.24, "blink_right": 0.24, "brow_raise_right": 0.6,
                     "lip_press": 0.4, "chin_raise": 0.35},
    "determined": {"brow_lower": 0.55, "squint": 0.2, "lip_press": 0.65, "chin_raise": 0.25, "nostril_flare": 0.3},
    "smirking": {"smile_left": 1.0, "smile": 0.2, "squint": 0.22, "brow_raise_left": 0.55},
    "tired": {"inner_brow_raise": 0.25, "blink_left": 0.45, "blink_right": 0.45, "frown": 0.25, "jaw_open": 0.04,
              "lips_part": 0.2},
    "pained": {"brow_lower": 0.75, "inner_brow_raise": 0.55, "squint": 0.8, "blink_left": 0.35, "blink_right": 0.35,
               "nose_wrinkle": 0.4, "upper_lip_raise": 0.35, "lip_stretch": 0.5, "lips_part": 0.35},
    "winking": {"blink_left": 1.0, "smile": 0.55, "smile_left": 0.45, "lips_part": 0.45, "upper_lip_raise": 0.15,
                "brow_raise_right": 0.4},
}  # fmt: skip

_FIRST_HALF_LINEAR = 0.8  # units are taken as they are up to here
_OVERSHOOT = 0.3  # and can exceed it by at most this much
# How much room a unit takes of what the mouth's skin can give; together at most 1.7.
_MOUTH_LOAD = {
    "smile": 1.0, "smile_left": 0.7, "smile_right": 0.7, "frown": 0.9, "upper_lip_raise": 0.8, "lower_lip_depress": 0.8,
    "lip_pucker": 1.0, "lip_funnel": 0.9, "lip_stretch": 0.9, "jaw_open": 0.9, "chin_raise": 0.5, "nose_wrinkle": 0.2,
    "lips_part": 0.3, "cheek_puff": 0.4,
}  # fmt: skip
_MOUTH_LIMIT = 1.7
# Opposites: the weaker of the two gives way to the stronger.
_OPPOSITES = (
    ("smile", "frown"), ("smile_left", "frown"), ("smile_right", "frown"), ("smile", "lip_pucker"),
    ("smile", "lip_funnel"), ("lip_stretch", "lip_pucker"), ("brow_raise", "brow_lower"), ("upper_lid_raise", "squint"),
    ("lip_press", "jaw_open"), ("lip_press", "lips_part"), ("cheek_puff", "jaw_open"), ("cheek_puff", "smile"),
    ("chin_raise", "jaw_open"), ("lip_pucker", "lip_funnel"), ("upper_lip_raise", "lip_pucker"),
    ("lower_lip_depress", "lip_pucker"), ("lip_press", "upper_lip_raise"), ("lip_press", "lower_lip_depress"),
    ("lip_pucker", "frown"), ("lip_press", "lip_funnel"),
)  # fmt: skip


def saturated(value: Tensor) -> Tensor:
    """Sums of unit strengths >= 0, bounded smoothly: the identity up to 0.8, then rising to at most 1.1."""
    beyond = torch.relu(value - _FIRST_HALF_LINEAR)
    return value - beyond + _OVERSHOOT * (1.0 - torch.exp(-beyond / _OVERSHOOT))


class Expression(nn.Module):
    """Encoded attributes (B, D) -> strengths of the action units (B, A) as they act together, about 0..1.1."""

    presets: Tensor
    load: Tensor
    opposed: Tensor
    blink: Tensor

    def __init__(self, schema: AttributeSchema) -> None:
        super().__init__()
        index = {name: i for i, name in enumerate(ACTION_UNITS)}
        presets = torch.zeros(len(EXPRESSIONS), len(ACTION_UNITS))
        for row, name in enumerate(EXPRESSIONS):
            for unit, weight in PRESETS[name].items():
                presets[row, index[unit]] = weight
        self.register_buffer("presets", presets)
        self.register_buffer("load", torch.tensor([_MOUTH_LOAD.get(name, 0.0) for name in ACTION_UNITS]))
        self.register_buffer("blink", torch.tensor([name.startswith("blink") for name in ACTION_UNITS]))
        opposed = torch.zeros(len(ACTION_UNITS), len(ACTION_UNITS))
        for one, other in _OPPOSITES:
            opposed[index[one], index[other]] = opposed[index[other], index[one]] = 1.0
        self.register_buffer("opposed", opposed)
        self._feeling = schema.encoded_slices["expression"]
        self._strength = schema.encoded_slices["expression_strength"].start
        first = schema.encoded_slices[ACTION_UNITS[0]].start
        self._single = slice(first, first + len(ACTION_UNITS))
        if tuple(schema.names[schema.names.index(ACTION_UNITS[0]) :][: len(ACTION_UNITS)]) != ACTION_UNITS:
            raise ValueError("the schema's action units are not those of the expressions, in their order")

    def forward(self, attributes: Tensor) -> Tensor:
        strength = 0.5 * (attributes[:, self._strength : self._strength + 1] + 1.0)
        preset = (attributes[:, self._feeling] @ self.presets) * strength
        sums = preset + 0.5 * (attributes[:, self._single] + 1.0)
        units = torch.where(self.blink, sums.clamp(max=1.0), saturated(sums))
        # What an opposite takes away: its square, so that small amounts of both may mix.
        against = (units * units) @ self.opposed
        units = units / (1.0 + against * torch.rsqrt(units * units + 0.05))
        room = (units * self.load).sum(1, keepdim=True) / _MOUTH_LIMIT
        limited = torch.rsqrt(torch.sqrt(1.0 + room**4))
        return torch.where(self.load > 0.0, units * limited, units)


def _full_name(name: str) -> str:
    return name if "/" in name else f"{UNITS}/{name}"


def unit_table(row: dict[str, int], count: int) -> Tensor:
    """Weights of the targets (A, count) for each action unit; ``row`` gives a target's column."""
    table = torch.zeros(len(ACTION_UNITS), count)
    for index, unit in enumerate(ACTION_UNITS):
        for name, weight in UNIT_TARGETS[unit].items():
            table[index, row[_full_name(name)]] = weight
    return table


def expression_targets() -> list[str]:
    """Names of all targets that expressions use."""
    return sorted({_full_name(name) for weights in UNIT_TARGETS.values() for name in weights})
