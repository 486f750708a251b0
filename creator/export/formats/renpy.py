"""Ren'Py: pictures that define themselves by their names under ``game/images``, side images, and a script."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Literal

from pydantic import Field

from creator.errors import UsageError
from creator.export.formats.looks import default_index, look_words
from creator.export.formats.options import FormatOptions, checked_options
from creator.export.portrait_set import ExportFile, Portrait, PortraitSet
from creator.portrait_file import picture_bytes
from creator.resampling import MAXIMUM_SIZE, MINIMUM_SIZE, framed
from creator.wording import one_line

GAME_FOLDER = "game/"
SCRIPT_HEADER = "# Written by Facewright and replaced by the next export: keep your own lines in another file."
# Words that the lexers of Ren'Py 7 and 8 do not take inside an image's name.
KEYWORDS = frozenset((
    "as", "at", "behind", "call", "expression", "hide", "if", "image", "in", "init", "jump", "menu",
    "onlayer", "python", "return", "scene", "show", "transform", "while", "with", "zorder",
))  # fmt: skip
# Words with a meaning of their own as the first one: 'show screen', side images, and what begins a statement.
FIRST_WORDS = frozenset((
    "camera", "default", "define", "elif", "else", "for", "label", "layer", "nvl", "offset", "pass", "pause",
    "play", "queue", "rpy", "screen", "side", "stop", "style", "testcase", "translate", "voice", "window",
))  # fmt: skip
# Variables of Ren'Py that a character must not take the place of.
_TAKEN_VARIABLES = frozenset((
    "adv", "build", "config", "extend", "gui", "im", "main_menu", "name", "narrator", "nvl", "persistent",
    "preferences", "renpy", "save_name", "store", "theme", "ui",
))  # fmt: skip
_WORD = re.compile(r"[0-9a-z_\u00a0-\ufffd][-0-9a-z_\u00a0-\ufffd]*")


class _Options(FormatOptions):
    kind: Literal["png", "webp"] = "png"
    script: bool = True
    side: int | None = Field(default=None, ge=MINIMUM_SIZE, le=MAXIMUM_SIZE)


class Renpy:
    """``eileen happy.png`` is shown by ``show eileen happy``.

    Options: ``kind`` "png" or "webp"; ``script`` (true): a ``.rpy`` file with an ``image`` statement for each picture;
    ``side``: pixels of side images, the same pictures again beside the text box (none by default).
    """

    label = "Ren'Py"

    def files(self, portraits: PortraitSet, options: Mapping[str, Any]) -> Iterator[ExportFile]:
        chosen = checked_options(_Options, self.label, options)
        statements: list[str] = []
        tags: set[str] = set()
        for character in portraits.characters:
            of_character = portraits.of(character)
            tag = image_word(character, first=True)
            if tag in tags:
                raise UsageError(f"two characters would both be '{tag}' in Ren'Py: rename one of them")
            tags.add(tag)
            names = [" ".join((tag, *map(image_word, words))) for words in look_words(of_character)]
            paths = [
                f"{portrait.name.rpartition('/')[0]}/{name}.{chosen.kind}".lstrip("/")
                for portrait, name in zip(of_character, names, strict=True)
            ]
            for portrait, name, path in zip(of_character, names, paths, strict=True):
                yield ExportFile(path, partial(picture_bytes, portrait.pixels, chosen.kind, portrait.origin))
                statements.append(_image_statement(name, path))
            if chosen.side is not None:
                sides = [_beside(path) for path in paths]
                for portrait, name, path in zip(of_character, names, sides, strict=True):
                    yield ExportFile(path, partial(_side_bytes, portrait, chosen.side, chosen.kind))
                    statements.append(_image_statement(f"side {name}", path))
                statements.append(_image_statement(f"side {tag}", sides[default_index(of_character)]))
        if chosen.script:
            yield ExportFile(f"{portraits.name}.rpy", partial(_script_bytes, portraits, statements))


def image_word(text: str, first: bool = False) -> str:
    """``text`` as a word of an image's name: lower case; letters, digits, ``_`` and inner ``-``; no keyword.

    ``first``: it is the tag. Raises :class:`UsageError` when nothing is left of ``text``.
    """
    plain = "".join(letter if letter.isalnum() or letter == "-" else "_" for letter in text.lower())
    word = re.sub(r"[^-0-9a-z\u00a0-\ufffd]+", "_", plain).strip("-_")
    if not _WORD.fullmatch(word):
        raise UsageError(f"'{one_line(text, 60)}' cannot be part of a name in Ren'Py: it holds no letter and no digit")
    return f"{word}_" if word in KEYWORDS or (first and word in FIRST_WORDS) else word


def _beside(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}side {name}"


def _side_bytes(portrait: Portrait, size: int, kind: Literal["png", "webp"]) -> bytes:
    return picture_bytes(framed(portrait.pixels, size), kind, portrait.origin)


def _image_statement(name: str, path: str) -> str:
    return f"image {name} = {_quoted(path.removeprefix(GAME_FOLDER))}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _script_bytes(portraits: PortraitSet, statements: list[str]) -> bytes:
    lines = [SCRIPT_HEADER, "#"]
    for character in portraits.characters:
        tag = image_word(character, first=True)
        shown = portraits.of(character)[0].tags.display_name or character
        lines.append(f"# define {_variable(tag)} = Character({_shown_text(shown)}, image={_quoted(tag)})")
    return "\n".join([*lines, "", *statements, ""]).encode()


def _variable(tag: str) -> str:
    variable = re.sub(r"\W", "_", tag)
    if variable[0].isdigit():
        return f"c{variable}"
    return f"{variable}_" if keyword.iskeyword(variable) or variable in _TAKEN_VARIABLES else variable


def _shown_text(text: str) -> str:
    """A string that Ren'Py shows as it is: brackets and braces doubled, because they begin values and text tags."""
    return _quoted(text.replace("[", "[[").replace("{", "{{"))
