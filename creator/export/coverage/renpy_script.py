"""Reads which images a Ren'Py script shows. Follows Ren'Py's lexer: logical lines, words of image names, keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from creator.errors import ScriptError
from creator.export.coverage.portrait_use import DefinedImage, PortraitUse, SpeakerTag, SpokenLine, Statement

ENDING = ".rpy"
SIDE = "side"

_MAXIMUM_LOGICAL_LINE = 65_536  # Ren'Py's own limit
_IMAGE_WORD = re.compile(r"[-0-9a-zA-Z_\u00a0-\ufffd]+")
_NAME = re.compile(r"[a-zA-Z_\u00a0-\ufffd][0-9a-zA-Z_\u00a0-\ufffd]*")
_NOT_IN_IMAGES = frozenset(
    ("as", "at", "behind", "if", "in", "onlayer", "return", "transform", "while", "with", "zorder")
)
# Statements whose blocks are another language.
_OTHER_BLOCKS = re.compile(r"(?:init\s+(?:[-+]?\d+\s+)?)?(?:python|screen|style|transform|layeredimage|testcase)\b")
_TRANSLATED_STRINGS = re.compile(r"translate\s+\w+\s+(?:strings|python|style)\b")
_CHARACTER = re.compile(
    r"(?:define|default|\$)\s*(?:[-+]?\d+\s+)?(?P<speaker>[^\W\d][\w.]*)\s*=\s*(?:\w+\.)?(?:Dynamic)?Character\s*\("
)
_LINKED_TAG = re.compile(r"""[(,\s]image\s*=\s*[uU]?["'](?P<tag>[^"'\\]*)["']""")
_SHOW_CALL = re.compile(r"""\brenpy\s*\.\s*(?:show|scene)\s*\(\s*[uU]?["'](?P<name>[^"'\\]*)["']""")
_STRING_START = re.compile(r"""r?["'`]""")
_BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


class LogicalLine(NamedTuple):
    """One statement: ``number`` of its first line from 1, ``indent`` in spaces, ``text`` without indent and comment."""

    number: int
    indent: int
    text: str


def read_statements(text: str) -> Iterator[Statement]:
    """What the script shows, says and defines, in order. Raises :class:`ScriptError` where it is not Ren'Py."""
    skipped_below: int | None = None
    for line in logical_lines(text):
        if skipped_below is not None:
            if line.indent > skipped_below:
                yield from _python_calls(line)
                continue
            skipped_below = None
        if _OTHER_BLOCKS.match(line.text) or _TRANSLATED_STRINGS.match(line.text):
            skipped_below = line.indent
        yield from _statement(line)


def logical_lines(text: str) -> Iterator[LogicalLine]:
    """Join what brackets, strings and backslashes continue, leave out comments and empty lines.

    Raises :class:`ScriptError` for a tab outside a string, an endless line or string, or an open bracket at the end.
    """
    text = text.removeprefix("\ufeff").replace("\r", "") + "\n"
    position, number = 0, 1
    while position < len(text):
        start, first, depth = position, number, 0
        pieces: list[str] = []
        while position < len(text):
            letter = text[position]
            if letter == "\n":
                number += 1
                position += 1
                if depth == 0:
                    break
                pieces.append(" ")
            elif letter == "\t":
                raise ScriptError(f"line {number} holds a tab; Ren'Py scripts are indented with spaces")
            elif letter == "\\" and text[position + 1] == "\n":
                number += 1
                position += 2
                pieces.append(" ")
            elif letter == "#":
                position = text.index("\n", position)
            elif letter in "\"'`":
                end = _string_end(text, position, number)
                pieces.append(text[position:end])
                number += text.count("\n", position, end)
                position = end
            else:
                depth = max(depth + _BRACKETS.get(letter, 0), 0)
                pieces.append(letter)
                position += 1
            if position - start > _MAXIMUM_LOGICAL_LINE:
                raise ScriptError(f"the statement at line {first} does not end; check its strings and brackets")
        if depth:
            raise ScriptError(f"a bracket of the statement at line {first} is never closed")
        joined = "".join(pieces)
        content = joined.strip()
        if content:
            yield LogicalLine(first, len(joined) - len(joined.lstrip(" ")), content)


def _string_end(text: str, start: int, number: int) -> int:
    quote = text[start]
    if text.startswith(quote * 3, start):
        quote *= 3
    position = start + len(quote)
    while position < len(text):
        if text[position] == "\\":
            position += 2
        elif text.startswith(quote, position):
            return position + len(quote)
        else:
            position += 1
        if position - start > _MAXIMUM_LOGICAL_LINE:
            break
    raise ScriptError(f"the string that begins at line {number} is never closed")


def _statement(line: LogicalLine) -> Iterator[Statement]:
    word = _NAME.match(line.text)
    keyword = word[0] if word else line.text[0]
    if keyword in ("show", "scene"):
        yield from _shown(_image_name(line.text, len(keyword)), line.number)
    elif keyword == "image":
        yield from defined_images(_image_name(line.text, len(keyword)))
    elif keyword in ("define", "default", "$"):
        yield from _linked_speaker(line.text)
        yield from _python_calls(line)
    elif word:
        yield from _spoken(line, word.end())


def _image_name(text: str, start: int) -> tuple[str, ...]:
    """The words of an image's name from ``start``; empty where there is none, as after ``show screen``."""
    words: list[str] = []
    while True:
        start += len(text[start:]) - len(text[start:].lstrip())
        match = _IMAGE_WORD.match(text, start)
        if not match or match[0] in _NOT_IN_IMAGES:
            return tuple(words)
        if not words and match[0] in ("expression", "screen", "layer", "camera"):
            return ()
        words.append(match[0])
        start = match.end()


def _tag_and_attributes(words: tuple[str, ...]) -> tuple[str, tuple[str, ...], bool]:
    side = len(words) > 1 and words[0] == SIDE
    return (words[1], words[2:], True) if side else (words[0], words[1:], False)


def _shown(words: tuple[str, ...], line: int) -> Iterator[PortraitUse]:
    if words:
        tag, attributes, side = _tag_and_attributes(words)
        yield from uses_of(tag, attributes, line, side)


def uses_of(tag: str, attributes: tuple[str, ...], line: int, side: bool = False) -> Iterator[PortraitUse]:
    """One use for each attribute that is put on (``-happy`` takes one off), or one without expression."""
    worn = tuple(name for name in attributes if not name.startswith("-"))
    for expression in worn or ("",):
        yield PortraitUse(tag, expression, line, side)


def defined_images(words: tuple[str, ...]) -> Iterator[DefinedImage]:
    """What the image called ``words`` provides: one entry for each attribute, or one without."""
    if words:
        tag, attributes, side = _tag_and_attributes(words)
        for expression in attributes or ("",):
            yield DefinedImage(tag, expression, side)


def _linked_speaker(text: str) -> Iterator[SpeakerTag]:
    character = _CHARACTER.match(text)
    if character:
        linked = _LINKED_TAG.search(text, character.end() - 1)
        if linked and linked["tag"].split():
            yield SpeakerTag(character["speaker"], linked["tag"].split()[0])


def _python_calls(line: LogicalLine) -> Iterator[Statement]:
    for call in _SHOW_CALL.finditer(line.text):
        yield from _shown(tuple(_IMAGE_WORD.findall(call["name"])), line.number)


def _spoken(line: LogicalLine, start: int) -> Iterator[SpokenLine]:
    """``speaker happy @ laughing "text"``: attributes for good, and after ``@`` for this line alone."""
    text, attributes = line.text, []
    while True:
        start += len(text[start:]) - len(text[start:].lstrip())
        if _STRING_START.match(text, start):
            break
        match = _IMAGE_WORD.match(text, start)
        if match:
            attributes.append(match[0])
            start = match.end()
        elif text.startswith("@", start):
            start += 1
        else:
            return
    if attributes:
        speaker = _NAME.match(text)
        assert speaker
        yield SpokenLine(speaker[0], tuple(attributes), line.number)
