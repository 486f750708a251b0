"""Random rolls around a person, and the way back."""

from __future__ import annotations

import secrets

from PySide6.QtCore import QObject, Signal

from creator.attributes import AttributeSchema
from creator.character import MAXIMUM_SEED, Character
from creator.ui.attribute_marks import AttributeMarks
from creator.ui.language import tr, translated_word
from creator.ui.session import Session
from creator.variations import Scope, neighbour, roll

# A roll is about who it is, not how the person looks at the camera; the user may tick these, too.
_NOT_AT_FIRST = frozenset({"Expression", "Action units", "View", "Light"})
DEFAULT_STRENGTH = 0.4


class Exploration(QObject):
    """Scope, strength and seed of random rolls and of the grid of neighbours. ``changed``: one of them did.

    Rolls in a row all start from the same person, so that they do not wander off; any other edit makes a new start.
    Locked attributes stay.
    """

    changed = Signal()

    def __init__(self, session: Session, marks: AttributeMarks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._marks = marks
        self._groups = frozenset(session.schema.groups) - _NOT_AT_FIRST
        self._with_seed = True
        self._strength = DEFAULT_STRENGTH
        self._seed = drawn_seed()
        self._before: Character | None = None  # where the present row of rolls began
        self._rolled: Character | None = None
        session.character_changed.connect(self._on_character)
        marks.changed.connect(self.changed)

    @property
    def schema(self) -> AttributeSchema:
        return self.session.schema

    @property
    def groups(self) -> frozenset[str]:
        return self._groups

    @property
    def with_seed(self) -> bool:
        """Whether the identity seed may change, too."""
        return self._with_seed

    @property
    def strength(self) -> float:
        return self._strength

    @property
    def seed(self) -> int:
        """What the next roll, and the present grid, is drawn from."""
        return self._seed

    @property
    def scope(self) -> Scope:
        return Scope(self._groups, self._marks.locked, self._with_seed)

    @property
    def can_go_back(self) -> bool:
        return self._before is not None

    def set_groups(self, groups: frozenset[str]) -> None:
        if groups != self._groups:
            self._groups = groups
            self.changed.emit()

    def set_with_seed(self, on: bool) -> None:
        if on != self._with_seed:
            self._with_seed = on
            self.changed.emit()

    def set_strength(self, strength: float) -> None:
        """0 is no change, 1 is somebody else."""
        if strength != self._strength:
            self._strength = strength
            self.changed.emit()

    def set_seed(self, seed: int | None = None) -> None:
        """Draw from ``seed`` (0..2**32-1), by default from a new random one."""
        seed = drawn_seed() if seed is None else seed
        if seed != self._seed:
            self._seed = seed
            self.changed.emit()

    def roll(self, groups: frozenset[str] | None = None) -> None:
        """Another random person near the present one, one undo step; ``groups`` stand for the scope, just once.

        The seed that was used stays visible until the next roll draws another.
        """
        character = self.session.character
        if self._rolled == character:
            self._seed = drawn_seed()
        start = self._before if self._before is not None and self._rolled == character else character
        scope = self.scope if groups is None else Scope(groups, self._marks.locked)
        strength = self._strength if groups is None else 1.0
        rolled = roll(self.schema, start, self._seed, strength, scope)
        self._before, self._rolled = start, rolled
        names = "" if groups is None else ": " + ", ".join(translated_word(group) for group in sorted(groups))
        self.session.apply(rolled, tr("Random {seed}").format(seed=self._seed) + names)
        self.changed.emit()

    def go_back(self) -> None:
        """The person from before the present row of rolls, one undo step."""
        if self._before is not None:
            self.session.apply(self._before, tr("Back to before"))

    def neighbour(self, index: int) -> Character:
        """Number ``index`` of the grid around the present person."""
        return neighbour(self.schema, self.session.character, self._seed, index, self._strength, self.scope)

    def go_on_with(self, character: Character) -> None:
        """A neighbour becomes the person, and new neighbours are drawn around it."""
        self._seed = drawn_seed()
        self.session.apply(character, tr("Variation"))

    def _on_character(self) -> None:
        if self._before is not None and self.session.character != self._rolled:
            self._before = self._rolled = None
            self.changed.emit()


def drawn_seed() -> int:
    return secrets.randbelow(MAXIMUM_SEED + 1)
