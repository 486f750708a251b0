"""The state of the window: one character with its history and file."""

from __future__ import annotations

import secrets
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from creator.attributes import AttributeSchema, Value
from creator.character import MAXIMUM_SEED, Character, save_character
from creator.history import History
from creator.portrait_file import PORTRAIT_ENDING, load_recipe
from creator.random_character import random_values
from creator.ui.attribute_text import value_text


class Session(QObject):
    """Everything the user can do to the character goes through here.

    ``character_changed``: :attr:`character` is another one. ``edit_ended``: a slider came to rest. ``state_changed``:
    what can be undone, the saved mark or the file changed.
    """

    character_changed = Signal()
    edit_ended = Signal()
    state_changed = Signal()

    def __init__(self, schema: AttributeSchema, seed: int | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.schema = schema
        self.path: Path | None = None
        self._history = History(self._person(_drawn() if seed is None else seed))
        self._editing: str | None = None
        self._edit_began_with: Value = 0.0

    @property
    def character(self) -> Character:
        return self._history.current

    @property
    def is_editing(self) -> bool:
        """Whether a slider is being moved, so that drafts will do."""
        return self._editing is not None

    @property
    def is_saved(self) -> bool:
        return self._history.is_saved

    @property
    def undo_label(self) -> str:
        """What :meth:`undo` takes back, or an empty string."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str:
        return self._history.redo_label

    def set_attribute(self, name: str, value: Value, live: bool = False) -> None:
        """Give attribute ``name`` a value. ``live``: part of a movement that :meth:`end_edit` ends, one undo step.

        Raises :class:`UsageError` for a value that the attribute cannot have.
        """
        attribute = self.schema[name]
        value = attribute.validated(value)
        if self._editing != name or not live:
            self.end_edit()
        before = self.character.values[name]
        if value == before:
            return
        if live and self._editing is None:
            self._editing, self._edit_began_with = name, before
        began_with = self._edit_began_with if live else before
        label = f"{attribute.label} {value_text(attribute, began_with)} to {value_text(attribute, value)}"
        self._push(self.character.with_value(name, value), label, name if live else None)

    def end_edit(self) -> None:
        """The slider was released: the next movement is another undo step."""
        if self._editing is None:
            return
        self._editing = None
        self._history.close_merge()
        self.edit_ended.emit()
        self.state_changed.emit()

    def new_person(self, seed: int | None = None) -> None:
        """Another person with random attributes, by default of a random seed.

        The file of the present person is let go, so that saving cannot replace it.
        """
        self.end_edit()
        self.path = None
        self._push(self._person(_drawn() if seed is None else seed), "New person")

    def set_seed(self, seed: int | None = None) -> None:
        """Keep the attributes and draw all else anew. Raises :class:`UsageError` for a seed that cannot be."""
        self.end_edit()
        seed = _drawn() if seed is None else seed
        self._push(self.character.with_seed(seed), f"Seed {self.character.seed} to {seed}")

    def undo(self) -> None:
        self._editing = None
        self._history.undo()
        self._changed()

    def redo(self) -> None:
        self._editing = None
        self._history.redo()
        self._changed()

    def open(self, path: Path) -> tuple[str, ...]:
        """Go on with a saved character or the one inside a portrait; return notices about what could not be used.

        Raises :class:`CharacterFileError`; then nothing has changed.
        """
        loaded = load_recipe(path, self.schema)
        self._editing = None
        self.path = None if path.suffix.lower() == PORTRAIT_ENDING else path
        self._history.reset(loaded.character)
        self._changed()
        return loaded.notices

    def save(self, path: Path) -> None:
        """Write the character. Raises :class:`SaveError`; then the older file and the saved mark are untouched."""
        self.end_edit()
        save_character(self.character, path)
        self.path = path
        self._history.mark_saved()
        self.state_changed.emit()

    def _person(self, seed: int) -> Character:
        return Character("", seed, random_values(self.schema, seed))

    def _push(self, character: Character, label: str, merge_key: str | None = None) -> None:
        if self._history.push(character, label, merge_key):
            self._changed()

    def _changed(self) -> None:
        self.character_changed.emit()
        self.state_changed.emit()


def _drawn() -> int:
    return secrets.randbelow(MAXIMUM_SEED + 1)
