"""Plausible random people: every attribute drawn from its prior, the related ones drawn together.

The draws use NumPy's legacy ``RandomState``, whose stream is frozen by NumPy's compatibility policy (NEP 19), so that a
seed means the same person in years to come.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from creator.attributes import Attribute, AttributeSchema, Value

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
    # A generator of its own for each attribute, so that a schema with more attributes draws the same for the old ones.
    own = {name: np.random.RandomState(_number(f"facewright {name} of {seed}")) for name in schema.names}
    values: dict[str, Value] = {}
    facts = _Facts()
    # Person first: the rest follows from gender, age and ancestry.
    person = [a for a in schema.attributes if a.prior.get("kind") in ("gender", "gamma") or a.name == "age"]
    rest = [a for a in schema.attributes if a not in person]
    for attribute in person:
        values[attribute.name] = _clipped(attribute, _draw(attribute, own[attribute.name], facts))
    shares = [float(values.get(name, 0.0)) for name in _ANCESTRY]
    total = sum(shares)
    if total > 0:
        shares = [share / total for share in shares]
        values |= {n: round(s, 3) for n, s in zip(_ANCESTRY, shares, strict=True) if n in values}
    facts = _Facts(float(values.get("gender", 0.5)), float(values.get("age", 30.0)), *shares)
    for attribute in rest:
        draw = _draw(attribute, own[attribute.name], facts)
        values[attribute.name] = draw if isinstance(draw, str) else _clipped(attribute, draw)
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
        near_end = min(abs(random.normal(0.0, 0.14)), 0.5)
        return float(near_end if random.uniform() < 0.5 else 1.0 - near_end)
    if kind == "skin_tone":
        usual = 8.0 * facts.african + 3.9 * facts.asian + 2.6 * facts.european
        return float(usual + random.normal(0.0, 0.9))
    if kind == "iris":
        light = facts.european**1.5 * random.uniform(0.1, 1.0)
        return float(0.03 + light + abs(random.normal(0.0, 0.06)))
    if kind == "hair_lightness":
        return float(0.06 + facts.european**1.5 * random.uniform(0.0, 0.85) + abs(random.normal(0.0, 0.05)))
    if kind == "hair_red":
        red_head = random.uniform() < 0.10 * facts.european
        return float(random.uniform(0.6, 1.0) if red_head else abs(random.normal(0.0, 0.2)))
    if kind == "hair_grey":
        greying = (facts.age - 42.0) / 28.0 + random.normal(0.0, 0.25)
        dyed = random.uniform() < 0.15 + 0.35 * (1.0 - facts.gender)
        return 0.0 if dyed or facts.age < 32 else float(min(max(greying, 0.0), 1.0))
    if kind == "lip_colour":
        painted = random.uniform() < 0.5 * (1.0 - facts.gender) and facts.age > 16
        return float(random.uniform(0.3, 0.9) if painted else random.uniform(0.0, 0.3))
    if kind == "light_azimuth":
        side = -1.0 if random.uniform() < 0.7 else 1.0
        return float(side * abs(random.normal(36.0, 13.0)))
    low, high = float(prior.get("low", attribute.minimum)), float(prior.get("high", attribute.maximum))
    return float(random.uniform(low, high))


def _draw_choice(attribute: Attribute, random: np.random.RandomState, facts: _Facts) -> str:
    count = len(attribute.choices)
    feminine = np.asarray(attribute.prior.get("feminine", [1.0] * count), np.float64)
    masculine = np.asarray(attribute.prior.get("masculine", [1.0] * count), np.float64)
    weights = feminine * (1.0 - facts.gender) + masculine * facts.gender
    if attribute.name == "hair_style":
        factor = {"afro": 0.1 + 2.5 * facts.african, "bald": min(facts.age / 45.0, 2.0) ** 2}
        weights = weights * [factor.get(choice, 1.0) for choice in attribute.choices]
    return attribute.choices[int(np.searchsorted(np.cumsum(weights / weights.sum()), random.uniform(), side="right"))]
