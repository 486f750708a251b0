"""The state of the window: one character with its history and file."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from creator.attributes import AttributeSchema, Value
from creator.character import MAXIMUM_SEED, Character, LoadedCharacter, save_character
from creator.history import History
from creator.portrait_file import PORTRAIT_ENDING, load_recipe
from creator.random_character import random_values
from creator.recovery import Unsaved
from creator.ui.attribute_text import value_text
from creator.ui.language import tr


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

    @property
    def steps(self) -> tuple[str, ...]:
        """What was done, oldest first, with what can be redone at the end. The first stands for the beginning."""
        return ("", *self._history.labels[1:])

    @property
    def position(self) -> int:
        """Which of :attr:`steps` led to the present character."""
        return self._history.position

    @property
    def step_characters(self) -> tuple[Character, ...]:
        """The characters that :attr:`steps` led to."""
        return self._history.values

    @property
    def saved_positions(self) -> frozenset[int]:
        """Which of :attr:`steps` led to what the file holds."""
        saved = self._history.saved
        return frozenset(at for at, value in enumerate(self._history.values) if value == saved)

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
        label = tr("{attribute} {before} to {after}").format(
            attribute=attribute.label,
            before=value_text(attribute, began_with),
            after=value_text(attribute, value),
        )
        self._push(self.character.with_value(name, value), label, name if live else None)

    def end_edit(self) -> None:
        """The slider was released: the next movement is another undo step."""
        if self._editing is None:
            return
        self._editing = None
        self._history.close_merge()
        self.edit_ended.emit()
        self.state_changed.emit()

    def apply(self, character: Character, label: str, live: bool = False) -> None:
        """Go on with ``character``, one undo step called ``label``. ``live``: part of a movement of that name that
        :meth:`end_edit` ends."""
        if self._editing != label or not live:
            self.end_edit()
        if live and character != self.character:
            self._editing = label
        self._push(character, label, label if live else None)

    def new_person(self, seed: int | None = None, keep: Collection[str] = ()) -> None:
        """Another person with random attributes, by default of a random seed; those that ``keep`` names stay.

        The file of the present person is let go, so that saving cannot replace it.
        """
        self.end_edit()
        self.path = None
        kept = {name: self.character.values[name] for name in keep}
        self._push(self._person(_drawn() if seed is None else seed).with_values(kept), tr("New person"))

    def set_seed(self, seed: int | None = None) -> None:
        """Keep the attributes and draw all else anew. Raises :class:`UsageError` for a seed that cannot be."""
        seed = _drawn() if seed is None else seed
        label = tr("Seed {before} to {after}").format(before=self.character.seed, after=seed)
        self.apply(self.character.with_seed(seed), label)

    def set_name(self, name: str) -> None:
        """Raises :class:`UsageError` for a name that cannot be kept."""
        name = name.strip()
        self.apply(self.character.with_name(name), tr("Name {name}").format(name=name) if name else tr("No name"))

    def undo(self) -> None:
        self.go_to(self._history.position - 1)

    def redo(self) -> None:
        self.go_to(self._history.position + 1)

    def go_to(self, position: int) -> None:
        """Undo or redo until :attr:`position` is ``position``."""
        self._editing = None
        self._history.go_to(position)
        self._changed()

    def open(self, path: Path) -> tuple[str, ...]:
        """Go on with a saved character or the one inside a portrait; return notices about what could not be used.

        Raises :class:`CharacterFileError`; then nothing has changed.
        """
        loaded = load_recipe(path, self.schema)
        self.begin(loaded, None if path.suffix.lower() == PORTRAIT_ENDING else path)
        return loaded.notices

    def begin(self, loaded: LoadedCharacter, path: Path | None) -> None:
        """Begin anew with a character that was read from ``path`` (None: it has no file), with nothing to undo."""
        self._editing = None
        self.path = path
        self._history.reset(loaded.character)
        self._changed()

    def recover(self, unsaved: Unsaved) -> None:
        """Begin anew with the changes of a session that died, which no file has yet.

        Nothing can be undone: what was here before must not be saved over the recovered character's file.
        """
        self._editing = None
        self.path = unsaved.path
        self._history.reset(unsaved.character)
        self._history.forget_saved()
        self._changed()

    def save(self, path: Path) -> None:
        """Write the character. Raises :class:`SaveError`; then the older file and the saved mark are untouched."""
        self.end_edit()
        save_character(self.character, path)
        self.path = path
        self._history.mark_saved()
        self.state_changed.emit()

    def follow_file(self, path: Path, name: str, tags: Iterable[str]) -> None:
        """The library renamed or tagged the present character's file: take that over, in every undo step."""
        self.end_edit()
        self.path = path
        kept = tuple(tags)
        self._history.change_all(lambda character: character.with_name(name).with_tags(kept))
        self._changed()

    def lose_file(self) -> None:
        """The library took the present character's file away: it is unsaved now."""
        self.path = None
        self._history.forget_saved()
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
