"""File names: templates, and what each engine lets a name be."""

from __future__ import annotations

import re
import string
import unicodedata
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from creator.attributes import nearest_name
from creator.errors import UsageError
from creator.wording import one_line

TEXT_FIELDS = ("character", "expression", "pose", "light", "crop", "preset")
NUMBER_FIELDS = ("index", "number", "size", "seed")
FIELDS = (*TEXT_FIELDS, *NUMBER_FIELDS)
SET_FIELDS = ("character", "crop", "preset", "number", "size")
MAXIMUM_TEMPLATE = 200

_MAXIMUM_FIELD_BYTES = 60
_MAXIMUM_PART_BYTES = 180  # file systems end at 255 bytes; endings, numbers and temporary files need some
_MAXIMUM_FOLDERS = 8
_WIDTH = re.compile(r"0?[1-9]?")
# Windows keeps these names for devices, with any ending.
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_SPELLED = {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
            "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i"}  # fmt: skip
_SPELLING = str.maketrans(_SPELLED)  # letters that are more than a letter with an accent


@dataclass(frozen=True)
class NameRules:
    """What an engine lets a name be.

    ``kept``: the characters that stay, as the inside of a regular expression's brackets, or "" for all that file
    systems allow. ``lower``: in small letters. ``blank``: what stands for blanks and forbidden characters inside a
    field. ``starts_with_letter``: a field is an identifier of a script.
    """

    kept: str = ""
    lower: bool = False
    blank: str = " "
    starts_with_letter: bool = False

    def field(self, text: str) -> str:
        """``text`` as part of a name; never empty, never a path, at most 60 bytes."""
        kept = self._kept(text, self.kept.replace(" ", ""))
        kept = re.sub(r"\s+", self.blank, kept).strip(" ._-")
        if not any(letter.isalnum() for letter in kept):
            # Writing systems that the engine cannot spell: a name all the same, and always the same one.
            kept = f"name{self.blank}{zlib.crc32(text.encode(errors='replace')):08x}"
        if self.starts_with_letter and not kept[0].isalpha():
            kept = f"n{kept}"
        return _cut(kept, _MAXIMUM_FIELD_BYTES)

    def part(self, text: str) -> str:
        """``text`` as the name of one file or folder; empty when nothing of it may stay."""
        kept = _cut(self._kept(text, self.kept).strip(" ").lstrip(".").rstrip(". "), _MAXIMUM_PART_BYTES)
        return _RESERVED.sub(lambda found: f"{found[0]}_", kept)

    def _kept(self, text: str, kept: str) -> str:
        if kept:
            text = unicodedata.normalize("NFKD", text.translate(_SPELLING))
            text = "".join(letter for letter in text if not unicodedata.combining(letter))
            text = re.sub(f"[^{kept}]+", " " if self.blank == " " else self.blank, text)
        text = unicodedata.normalize("NFC", text)
        text = "".join(letter if letter.isprintable() or letter == " " else " " for letter in text)
        text = _FORBIDDEN.sub(" " if self.blank == " " else self.blank, text)
        return text.lower() if self.lower else text


NAME_RULES: Mapping[str, NameRules] = {
    "any": NameRules(),
    "plain": NameRules("A-Za-z0-9_ -", blank="_"),
    "lower": NameRules("a-z0-9A-Z_-", lower=True, blank="_"),
    "renpy": NameRules("a-z0-9A-Z_ ", lower=True, blank="_", starts_with_letter=True),
}


@dataclass(frozen=True)
class NameTemplate:
    """A path without an ending, such as ``images/{character} {expression}`` or ``{preset}/{index:03}``.

    Raises :class:`UsageError` for fields that do not exist and for paths that would leave the export's folder.
    """

    text: str
    fields: tuple[str, ...] = FIELDS

    def __post_init__(self) -> None:
        if not 0 < len(self.text) <= MAXIMUM_TEMPLATE or not self.text.isprintable():
            raise UsageError(f"a name template has 1 to {MAXIMUM_TEMPLATE} printable characters in one line")
        shown = one_line(self.text, 80)
        for _, field, width, conversion in self._pieces():
            if field is None:
                continue
            if field not in self.fields:
                known = ", ".join(f"{{{name}}}" for name in self.fields)
                raise UsageError(
                    f"the name template '{shown}' has an unknown field '{{{one_line(field, 30)}}}'"
                    f"{nearest_name(field, self.fields)}; it may have {known}"
                )
            if conversion or (width and (field not in NUMBER_FIELDS or not _WIDTH.fullmatch(width))):
                raise UsageError(f"the name template '{shown}' may only say a width, as in {{index:03}}")
        parts = self.text.split("/")
        if any(part.strip(" .") == "" for part in parts) or "\\" in self.text or re.match("[A-Za-z]:", self.text):
            raise UsageError(f"the name template '{shown}' must stay inside the folder: no '..', no '/' at an end")
        if len(parts) > _MAXIMUM_FOLDERS:
            raise UsageError(f"the name template '{shown}' has more than {_MAXIMUM_FOLDERS} folders")

    @property
    def used(self) -> frozenset[str]:
        """The fields that the template has."""
        return frozenset(field for _, field, _, _ in self._pieces() if field)

    def filled(self, values: Mapping[str, str | int], rules: NameRules) -> str:
        """The path for ``values`` (one for each field), fit for the engine; "/" between folders, no ending."""
        pieces = []
        for literal, field, width, _ in self._pieces():
            pieces.append(literal)
            if field:
                value = values[field]
                pieces.append(f"{value:{width or ''}}" if isinstance(value, int) else rules.field(value))
        parts = [rules.part(part) or "portrait" for part in "".join(pieces).split("/")]
        return "/".join(parts)

    def _pieces(self) -> list[tuple[str, str | None, str | None, str | None]]:
        try:
            return list(string.Formatter().parse(self.text))
        except ValueError as error:
            raise UsageError(f"the name template '{one_line(self.text, 80)}' is not complete: {error}") from None


def unique_names(names: Iterable[str], rules: NameRules) -> tuple[str, ...]:
    """Each name as a field, made unlike all others by a number; file systems may not tell capitals from small letters.

    The first of equal names stays as it is.
    """
    fields = [rules.field(name) for name in names]
    taken = set[str]()
    later = dict.fromkeys(fields, 2)
    wanted = {field.casefold() for field in fields}
    unique = []
    for field in fields:
        name = field
        while name.casefold() in taken or (name != field and name.casefold() in wanted):
            number = f"{rules.blank}{later[field]}"
            name = _cut(field, _MAXIMUM_FIELD_BYTES - len(number)) + number  # a name is cut there again when it is used
            later[field] += 1
        taken.add(name.casefold())
        unique.append(name)
    return tuple(unique)


def _cut(text: str, limit: int) -> str:
    return text.encode()[:limit].decode(errors="ignore").rstrip(". ")
