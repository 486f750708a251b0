"""What networks that look at the finished picture say about an edit: is it still the same person, what else moved?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from creator.attribute_reader import AttributeReader
from creator.attributes import AttributeSchema, Value
from creator.character import Character
from creator.generator import DRAFT, PortraitRenderer, RenderRequest
from creator.identity import IdentityEmbedding, distance
from creator.readings import SideEffect
from creator.variations import circular_span

Pixels = NDArray[np.uint8]


class Identity(Protocol):
    """What is used of an :class:`IdentityEmbedding`."""

    same_person_below: float

    def embed(self, pixels: Pixels) -> NDArray[np.float32]: ...


class Reader(Protocol):
    """What is used of an :class:`AttributeReader`."""

    def side_effects(self, before: Pixels, after: Pixels, edited: Collection[str]) -> list[SideEffect]: ...


@dataclass(frozen=True)
class SecondLook:
    """``drift``: how far the person is from the one it is compared with, 1 being the border of "still the same person";
    None without an identity network. ``side_effects``: what changed though nobody edited it, strongest first."""

    drift: float | None
    side_effects: tuple[SideEffect, ...] = ()


class Onlooker:
    """Looks at draft pictures, which are as large as the networks see. Used in the renderer's thread only."""

    def __init__(self, identity: Identity | None, reader: Reader | None) -> None:
        self._identity, self._reader = identity, reader
        self._embedded: tuple[Character, NDArray[np.float32]] | None = None  # of the person compared with

    @staticmethod
    def load(renderer: PortraitRenderer) -> Onlooker:
        """With the networks that the model has. Raises :class:`~creator.errors.ModelError` for a damaged one."""
        return Onlooker(IdentityEmbedding.load(renderer.manifest), AttributeReader.load(renderer.manifest))

    def look(self, renderer: PortraitRenderer, origin: Character, before: Character, after: Character) -> SecondLook:
        """Compare ``after`` with the person ``origin``, and with ``before``, from which an edit led to it.

        Raises :class:`~creator.errors.RenderError`.
        """
        pixels = renderer.render(RenderRequest(after, DRAFT)).pixels
        drift: float | None = None
        if self._identity is not None:
            if self._embedded is None or self._embedded[0] != origin:
                seen = renderer.render(RenderRequest(origin, DRAFT)).pixels
                self._embedded = origin, self._identity.embed(seen)
            drift = distance(self._embedded[1], self._identity.embed(pixels)) / self._identity.same_person_below
        edited = edited_names(before, after)
        if self._reader is None or not edited:
            return SecondLook(drift)
        earlier = renderer.render(RenderRequest(before, DRAFT)).pixels
        return SecondLook(drift, tuple(self._reader.side_effects(earlier, pixels, edited)))


def edited_names(before: Character, after: Character) -> frozenset[str]:
    """The attributes in which two characters of one model differ."""
    return frozenset(name for name, value in after.values.items() if before.values.get(name) != value)


def compensated(schema: AttributeSchema, person: Character, effect: SideEffect) -> dict[str, Value]:
    """The value that takes back what a side effect changed, in steps and within the range; nothing for a choice."""
    attribute = schema[effect.name]
    if attribute.kind != "continuous":
        return {}
    change = float(effect.after) - float(effect.before)
    value = float(person.values[effect.name])
    if circle := circular_span(attribute):
        change = (change + circle / 2) % circle - circle / 2
        value = attribute.minimum + (value - change - attribute.minimum) % circle
    else:
        value -= change
    stepped = round(round(value / attribute.step) * attribute.step, 6)
    return {effect.name: min(max(stepped, attribute.minimum), attribute.maximum)}
