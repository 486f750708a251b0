"""What a reader is to tell of a picture: one column for each slider, two for a hue, one for each choice.

Sliders are standardised by mean and spread of the people it learns from; a hue is (cosine, sine); of a choice the
reader gives logits. Shares of an ancestry count as parts of their sum, as the renderer takes them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

import torch
from torch import Tensor
from torch.nn import functional

from creator.attributes import Attribute, AttributeSchema
from creator.training.head.head_model import AttributeReader
from creator.visibility import Condition

MIXTURES = (("ancestry_african", "ancestry_east_asian", "ancestry_european"),)
"""Attributes of which only the shares in their sum count."""

_COVERS_EARS = ("bob", "wavy", "curly", "long", "fringe", "dreadlocks", "afro")
_COVERS_FOREHEAD = ("bob", "fringe")
_COVERS_NECK = ("turtleneck", "scarf", "plate_armour", "doublet", "scifi_suit")
_NO_ACCENT = ("t_shirt", "shirt", "turtleneck", "hoodie", "hooded_cloak", "plate_armour")
_COVERS_CHIN = ("goatee", "short_beard", "full_beard", "long_beard")
_COVERS_LIP = ("moustache", "goatee", "short_beard", "full_beard", "long_beard")
_HAIR = Condition("hair_style", none_of=("bald",))
_EARS = (Condition("hair_style", none_of=_COVERS_EARS),)
_CLOTH = Condition("garment", none_of=("plate_armour",))  # bare steel
_EYES = (Condition("blink_left", at_most=0.5), Condition("blink_right", at_most=0.5))
_CHIN = (Condition("beard_style", none_of=_COVERS_CHIN),)
_BEARD = (Condition("beard_style", none_of=("none",)),)

SHOWN: dict[str, tuple[Condition, ...]] = {
    "hair_dye": (_HAIR,),
    "hair_dye_hue": (_HAIR, Condition("hair_dye", at_least=0.25)),
    "hair_lightness": (_HAIR, Condition("hair_dye", at_most=0.5), Condition("hair_grey", at_most=0.7)),
    "hair_red": (_HAIR, Condition("hair_dye", at_most=0.5), Condition("hair_grey", at_most=0.7)),
    "hair_grey": (_HAIR, Condition("hair_dye", at_most=0.5)),
    "beard_density": _BEARD,
    "beard_colour": _BEARD,
    "expression": (Condition("expression_strength", at_least=0.3),),
    "expression_strength": (Condition("expression", none_of=("neutral",)),),
    "garment_hue": (_CLOTH, Condition("garment_saturation", at_least=0.15)),
    "garment_saturation": (_CLOTH,),
    "garment_lightness": (_CLOTH,),
    "accent_hue": (Condition("accent_saturation", at_least=0.15), Condition("garment", none_of=_NO_ACCENT)),
    "accent_saturation": (Condition("garment", none_of=_NO_ACCENT),),
    "accent_lightness": (Condition("garment", none_of=_NO_ACCENT),),
    "forehead_height": (Condition("hair_style", none_of=_COVERS_FOREHEAD),),
    "neck_width": (Condition("garment", none_of=_COVERS_NECK),),
    "chin_cleft": _CHIN,
    "chin_width": _CHIN,
    "philtrum": (Condition("beard_style", none_of=_COVERS_LIP),),
    "iris_colour": _EYES,
    "pupil_size": _EYES,
    "gaze_x": _EYES,
    "gaze_y": _EYES,
    "ear_size": _EARS,
    "ear_flare": _EARS,
    "ear_lobe": _EARS,
}
"""When an attribute shows at all; the others always do, some of them faintly."""

_CHOICE_WEIGHT = 0.3

Kind = Literal["slider", "hue", "choice"]


def kind_of(attribute: Attribute) -> Kind:
    """How an attribute is read. The ends of a hue are the same."""
    if attribute.kind == "choice":
        return "choice"
    return "hue" if attribute.name.endswith("_hue") and attribute.unit == "°" else "slider"


class ReaderTargets:
    """Columns of a reader's output for a schema, and what they should be for encoded attributes (B, E).

    ``columns`` maps attribute names to slices of the ``size`` columns.
    """

    def __init__(self, schema: AttributeSchema) -> None:
        self.schema = schema
        self.kinds = {attribute.name: kind_of(attribute) for attribute in schema.attributes}
        self.columns: dict[str, slice] = {}
        start = 0
        for attribute in schema.attributes:
            width = {"slider": 1, "hue": 2, "choice": len(attribute.choices)}[self.kinds[attribute.name]]
            self.columns[attribute.name] = slice(start, start + width)
            start += width
        self.size = start
        self._values = AttributeReader(schema)

    def wanted(self, encoded: Tensor) -> Tensor:
        """Targets (B, size), not yet standardised: sliders as encoded, hues (cosine, sine), choices one-hot."""
        parts = {name: encoded[:, at] for name, at in self.schema.encoded_slices.items()}
        for names in MIXTURES:
            if set(names) <= set(parts):
                shares = torch.cat([self._values.value(encoded, name)[:, None] for name in names], 1) + 1e-3
                shares = shares / shares.sum(1, keepdim=True)
                parts |= {name: 2.0 * shares[:, i : i + 1] - 1.0 for i, name in enumerate(names)}
        for name, kind in self.kinds.items():
            if kind == "hue":
                turn = math.pi * (parts[name] + 1.0)
                parts[name] = torch.cat([torch.cos(turn), torch.sin(turn)], 1)
        return torch.cat([parts[name] for name in self.columns], 1)

    def shown(self, encoded: Tensor) -> Tensor:
        """Which attributes show (B, attributes), bool, by the table ``SHOWN``."""
        found = []
        for name in self.columns:
            visible = torch.ones(len(encoded), dtype=torch.bool, device=encoded.device)
            for condition in SHOWN.get(name, ()):
                if condition.name in self.columns:
                    visible &= self._holds(condition, encoded)
            found.append(visible)
        return torch.stack(found, 1)

    def _holds(self, condition: Condition, encoded: Tensor) -> Tensor:
        attribute = self.schema[condition.name]
        if attribute.kind == "choice":
            refused = [attribute.choices.index(each) for each in condition.none_of if each in attribute.choices]
            return self._values.one_hot(encoded, condition.name)[:, refused].sum(1) < 0.5
        value = self._values.value(encoded, condition.name)
        return (value >= condition.at_least - 1e-5) & (value <= condition.at_most + 1e-5)

    def spread(self, encoded: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and spread (size,) of the sliders among people (N, E); 0 and 1 for hues and choices."""
        wanted = self.wanted(encoded)
        mean, spread = torch.zeros(self.size), torch.ones(self.size)
        for name, at in self.columns.items():
            if self.kinds[name] == "slider":
                mean[at] = wanted[:, at].mean(0).cpu()
                spread[at] = wanted[:, at].std(0, unbiased=False).clamp_min(0.02).cpu()
        return mean, spread


def reading_loss(targets: ReaderTargets, read: Tensor, wanted: Tensor, shown: Tensor) -> Tensor:
    """Mean loss of sliders and hues, plus 0.3 of that of choices, each over the pictures that show the attribute.

    ``read`` and ``wanted`` (B, size), sliders standardised; ``shown`` (B, attributes). Sliders and hues: Huber with
    its bend at 2; choices: cross-entropy over the logarithm of their number, so that all begin at about 1. The few
    choices weigh six times as much each: most sliders can hardly be read, and the noise of their gradients drowned
    what a network learns soonest, the shapes of hair, beard, clothes and mouth.
    """
    numbers = functional.huber_loss(read, wanted, reduction="none", delta=2.0)
    losses: dict[bool, list[Tensor]] = {True: [], False: []}
    for index, (name, at) in enumerate(targets.columns.items()):
        choice = targets.kinds[name] == "choice"
        if choice:
            each = functional.cross_entropy(read[:, at], wanted[:, at], reduction="none") / math.log(at.stop - at.start)
        else:
            each = numbers[:, at].sum(1)
        counted = shown[:, index].to(read.dtype)
        losses[choice].append((each * counted).sum() / counted.sum().clamp_min(1.0))
    total = read.new_zeros(())
    for choice, part in losses.items():
        if part:
            total = total + (_CHOICE_WEIGHT if choice else 1.0) * torch.stack(part).mean()
    return total


_LEAST_VARIANCE = 0.01  # squared spreads


def reading_scores(targets: ReaderTargets, read: Tensor, wanted: Tensor, shown: Tensor) -> dict[str, dict[str, Any]]:
    """By attribute: ``people`` in whom it shows, and on them ``r2`` (sliders, hues) or ``accuracy`` (choices).

    R2 is 1 - (squared error) / (variance about the mean), both over all of an attribute's columns; also ``mae``, in
    spreads, of sliders. Attributes that fewer than three people show have no score, and where people hardly differ (by
    less than a tenth of a spread) there is no R2: it would compare the error with nothing.
    """
    found: dict[str, dict[str, Any]] = {}
    for index, (name, at) in enumerate(targets.columns.items()):
        chosen = shown[:, index]
        one, other = read[chosen][:, at].double(), wanted[chosen][:, at].double()
        found[name] = {"people": len(one)}
        if len(one) < 3:
            continue
        if targets.kinds[name] == "choice":
            right = (one.argmax(1) == other.argmax(1)).double().mean()
            found[name]["accuracy"] = round(float(right), 4)
            continue
        rest = (one - other).square().sum()
        whole = (other - other.mean(0)).square().sum()
        if float(whole) >= _LEAST_VARIANCE * len(one):
            found[name]["r2"] = round(float(1.0 - rest / whole), 4)
        if targets.kinds[name] == "slider":
            found[name]["mae"] = round(float((one - other).abs().mean()), 4)
    return found


def mean_score(scores: Mapping[str, Mapping[str, Any]], figure: str) -> float:
    """Mean of ``figure`` ("r2" or "accuracy") over the attributes that have it; NaN without any."""
    values = [float(entry[figure]) for entry in scores.values() if figure in entry]
    return sum(values) / len(values) if values else math.nan
