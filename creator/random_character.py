"""Plausible random people: every attribute drawn from its prior, the related ones drawn together.

The draws use NumPy's legacy ``RandomState``, whose stream is frozen by NumPy's compatibility policy (NEP 19), so that a
seed means the same person in years to come.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from creator.attributes import Attribute, AttributeSchema, Value

_PERSON_KINDS = ("gender", "gamma", "age")
_ANCESTRY = ("ancestry_african", "ancestry_east_asian", "ancestry_european")


def person_seed(seed: int, index: int) -> int:
    """The seed (0..2**32-1) of person ``index`` in the batch that ``seed`` names; independent of the batch's length."""
    return _number(f"facewright person {seed} {index}")


def identity_vector(seed: int, size: int) -> NDArray[np.float32]:
    """The Gaussian draw of a seed: float32, shape (size,). NumPy froze this generator's stream for good."""
    return np.random.RandomState(seed).standard_normal(size).astype(np.float32)


def _number(text: str) -> int:
    """A number in 0..2**32-1 that depends on the whole text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little")


def random_values(schema: AttributeSchema, seed: int) -> dict[str, Value]:
    """A value for every attribute of ``schema``; the same for the same schema and seed."""
    # Seeded anew for each attribute, so that a schema with more attributes draws the same for the old ones. Making
    # a generator costs a hundred times as much as seeding one.
    random = np.random.RandomState(0)
    values: dict[str, Value] = {}
    facts = _Facts()

    def drawn(attribute: Attribute) -> Value:
        random.seed(_number(f"facewright {attribute.name} of {seed}"))
        draw = _draw(attribute, random, facts)
        return draw if isinstance(draw, str) else _clipped(attribute, draw)

    # Person first: the rest follows from gender, age and ancestry.
    for attribute in schema.attributes:
        if attribute.prior.get("kind") in _PERSON_KINDS or attribute.name == "age":
            values[attribute.name] = drawn(attribute)
    shares = [float(values.get(name, 0.0)) for name in _ANCESTRY]
    total = sum(shares)
    if total > 0:
        shares = [share / total for share in shares]
        values |= {n: round(s, 3) for n, s in zip(_ANCESTRY, shares, strict=True) if n in values}
    facts = _Facts(float(values.get("gender", 0.5)), float(values.get("age", 30.0)), *shares)
    for attribute in schema.attributes:
        if attribute.name not in values:
            values[attribute.name] = drawn(attribute)
    return {name: values[name] for name in schema.names}


class _Facts:
    """What the related draws look at."""

    def __init__(
        self, gender: float = 0.5, age: float = 30.0, african: float = 0.0, asian: float = 0.0, european: float = 1.0
    ) -> None:
        self.gender, self.age = gender, age
        self.african, self.asian, self.european = african, asian, european


def _clipped(attribute: Attribute, value: float | str) -> float:
    low = max(attribute.minimum, float(attribute.prior.get("low", attribute.minimum)))
    high = min(attribute.maximum, float(attribute.prior.get("high", attribute.maximum)))
    if attribute.prior.get("kind") == "rare":  # its range is of those who have it
        low = attribute.minimum
    stepped = round(float(value) / attribute.step) * attribute.step  # as a person would set it
    return round(min(max(stepped, low), high), 3)


def _draw(attribute: Attribute, random: np.random.RandomState, facts: _Facts) -> float | str:
    prior = attribute.prior
    kind = prior.get("kind", "uniform")
    if attribute.kind == "choice":
        return _draw_choice(attribute, random, facts)
    if kind == "normal":
        return float(random.normal(float(prior["mean"]), float(prior["sigma"])))
    if kind == "gamma":
        return float(random.gamma(float(prior["shape"])))
    if kind == "gender":
        near_end = min(abs(random.normal(0.0, 0.09)), 0.5)
        return float(near_end if random.uniform() < 0.5 else 1.0 - near_end)
    if kind == "age":
        return _age(random)
    if kind == "body_weight":
        return float(random.normal(-0.05 + 0.003 * (min(facts.age, 60.0) - 30.0), 0.22))
    if kind == "rare":
        shown = random.uniform() < float(prior["share"])
        return float(random.uniform(float(prior["low"]), float(prior["high"]))) if shown else 0.0
    if kind in _PERSONAL:
        return float(_PERSONAL[kind](random, facts))
    if kind == "light_azimuth":
        side = -1.0 if random.uniform() < 0.7 else 1.0
        return float(side * abs(random.normal(36.0, 14.0)))
    low, high = float(prior.get("low", attribute.minimum)), float(prior.get("high", attribute.maximum))
    return float(random.uniform(low, high))


def _age(random: np.random.RandomState) -> float:
    """Mostly adults, as a game's cast has them; one in nine under 16, one in eight over 65."""
    band = random.uniform()
    if band < 0.11:
        return float(random.uniform(8.0, 16.0))
    if band > 0.875:
        return float(random.uniform(65.0, 88.0))
    return float(16.0 + 49.0 * random.beta(1.3, 1.9))


def _is_made_up(random: np.random.RandomState, facts: _Facts, share: float) -> bool:
    return bool(random.uniform() < share * (1.0 - facts.gender) ** 3 and facts.age >= 17)


def _skin_tone(random: np.random.RandomState, facts: _Facts) -> float:
    usual = 7.6 * facts.african + 3.9 * facts.asian + 2.9 * facts.european
    # The ends of the scale are rare.
    return min(max(usual + random.normal(0.0, 0.6), 1.5), 9.4)


def _iris(random: np.random.RandomState, facts: _Facts) -> float:
    light = facts.european**1.5 * random.uniform(0.1, 1.0)
    return 0.03 + light + abs(random.normal(0.0, 0.06))


def _hair_lightness(random: np.random.RandomState, facts: _Facts) -> float:
    # Many a brown head was blond as a child.
    child = 1.0 + 0.25 * min(max((14.0 - facts.age) / 6.0, 0.0), 1.0)
    light = facts.european**1.5 * random.uniform(0.0, 0.85) * child
    return 0.06 + light + abs(random.normal(0.0, 0.05))


def _hair_red(random: np.random.RandomState, facts: _Facts) -> float:
    red_head = random.uniform() < 0.10 * facts.european
    return random.uniform(0.6, 1.0) if red_head else abs(random.normal(0.0, 0.06 + 0.14 * facts.european))


def _hair_grey(random: np.random.RandomState, facts: _Facts) -> float:
    greying = (facts.age - 45.0) / 26.0 + random.normal(0.0, 0.2)
    dyed = random.uniform() < 0.15 + 0.35 * (1.0 - facts.gender)
    return 0.0 if dyed or facts.age < 38 else min(max(greying, 0.0), 1.0)


def _hair_dye(random: np.random.RandomState, facts: _Facts) -> float:
    dyed = random.uniform() < 0.035 and 14 <= facts.age < 60
    return random.uniform(0.4, 1.0) if dyed else 0.0


def _lip_colour(random: np.random.RandomState, facts: _Facts) -> float:
    return random.uniform(0.25, 0.75) if _is_made_up(random, facts, 0.45) else random.uniform(0.05, 0.3)


def _eye_makeup(random: np.random.RandomState, facts: _Facts) -> float:
    return random.uniform(0.1, 0.65) if _is_made_up(random, facts, 0.45) else 0.0


def _blush(random: np.random.RandomState, facts: _Facts) -> float:
    child = 0.04 * min(max((16.0 - facts.age) / 6.0, 0.0), 1.0)
    return abs(random.normal(0.05, 0.08)) + child + (0.12 if _is_made_up(random, facts, 0.3) else 0.0)


def _freckles(random: np.random.RandomState, facts: _Facts) -> float:
    return random.uniform(0.1, 0.9) if random.uniform() < 0.2 * facts.european else 0.0


def _undertone(random: np.random.RandomState, facts: _Facts) -> float:
    return random.normal(0.25 * facts.asian + 0.1 * facts.african - 0.02 * facts.european, 0.2)


def _epicanthus(random: np.random.RandomState, facts: _Facts) -> float:
    return random.normal(0.25 * facts.asian - 0.05 * facts.european, 0.2)


def _nose_width(random: np.random.RandomState, facts: _Facts) -> float:
    return random.normal(0.08 * facts.african - 0.08 * facts.european, 0.19)


def _eye_bags(random: np.random.RandomState, facts: _Facts) -> float:
    return random.normal(0.005 * (facts.age - 35.0) - 0.08, 0.18)


def _brow_thickness(random: np.random.RandomState, facts: _Facts) -> float:
    return random.normal(0.5 * (facts.gender - 0.5) - 0.1, 0.25)


# Kinds of prior that follow from gender, age and ancestry.
_PERSONAL: dict[str, Callable[[np.random.RandomState, _Facts], float]] = {
    "skin_tone": _skin_tone, "iris": _iris, "hair_lightness": _hair_lightness, "hair_red": _hair_red,
    "hair_grey": _hair_grey, "hair_dye": _hair_dye, "lip_colour": _lip_colour, "eye_makeup": _eye_makeup,
    "blush": _blush, "freckles": _freckles, "undertone": _undertone, "epicanthus": _epicanthus,
    "nose_width": _nose_width, "eye_bags": _eye_bags, "brow_thickness": _brow_thickness,
}  # fmt: skip


def _draw_choice(attribute: Attribute, random: np.random.RandomState, facts: _Facts) -> str:
    count = len(attribute.choices)
    feminine = np.asarray(attribute.prior.get("feminine", [1.0] * count), np.float64)
    masculine = np.asarray(attribute.prior.get("masculine", [1.0] * count), np.float64)
    male = min(max(1.6 * facts.gender - 0.3, 0.0), 1.0)
    weights = feminine * (1.0 - male) + masculine * male
    if attribute.name == "hair_style":
        factor = dict.fromkeys(("afro", "cornrows", "dreadlocks"), 0.02 + 2.5 * facts.african**1.5)
        # Coily hair seldom hangs straight, and straight hair seldom curls.
        straight = ("crop", "side_part", "slick_back", "bob", "long", "fringe", "pixie", "short", "wavy")
        factor |= dict.fromkeys(straight, 1.0 - 0.8 * facts.african)
        factor |= dict.fromkeys(("curly", "curly_short"), 0.12 + 0.6 * facts.european + 1.3 * facts.african)
        if facts.age > 60:
            factor |= dict.fromkeys(("braids", "mohawk", "undercut"), 0.1)
        factor["bald"] = 0.0 if facts.age < 18 else min(facts.age / 45.0, 2.0) ** 2
        weights = weights * [factor.get(choice, 1.0) for choice in attribute.choices]
    if attribute.name == "beard_style" and facts.age < 18:
        return attribute.choices[0]
    return attribute.choices[int(np.searchsorted(np.cumsum(weights / weights.sum()), random.uniform(), side="right"))]
