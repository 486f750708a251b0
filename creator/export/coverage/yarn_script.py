"""Reads which portraits a Yarn Spinner script asks for.

Yarn has no portraits of its own. Three customs are understood, and named in the documentation:
``Ada: Hello! #expression:happy`` (also ``#mood:``, ``#emotion:``, ``#portrait:``, ``#face:``),
``<<portrait Ada happy>>`` (also ``expression``, ``emotion``, ``mood``, ``face``, ``show``) and ``Ada (happy): Hello!``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from creator.errors import ScriptError
from creator.export.coverage.portrait_use import PortraitUse

ENDING = ".yarn"

_MAXIMUM_LINE = 65_536
_TAG = re.compile(r"(?<!\\)#(?:expression|mood|emotion|portrait|face):(?P<expression>[^\s#]+)", re.IGNORECASE)
_COMMAND = re.compile(
    r'<<\s*(?:portrait|expression|emotion|mood|face|show)\s+(?:"(?P<quoted>[^"\n]*)"|(?P<plain>[^\s">]+))'
    r"(?:\s+\"?(?P<expression>[^\s\">]+)\"?)?[^>\n]*>>"
)
_SPOKEN = re.compile(r"(?P<speaker>[^\s:(<#\[{\\][^:(<#\[{\\]*)(?:\((?P<expression>[^():]*)\)\s*)?:(?!//)")
_OPTION = re.compile(r"(?:->|=>)\s*")


def read_statements(text: str) -> Iterator[PortraitUse]:
    """The portraits that lines and commands ask for, in order. Raises :class:`ScriptError`."""
    in_body = False
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if len(raw) > _MAXIMUM_LINE:
            raise ScriptError(f"line {number} is longer than any line of a Yarn script")
        line = raw.strip()
        if line in ("---", "==="):
            in_body = line == "---"
        elif in_body:
            yield from _line(_without_comment(line), number)


def _without_comment(line: str) -> str:
    """Cut a comment, but not the two strokes of a web address."""
    match = re.search(r"(?<![:\\])//", line)
    return line[: match.start()].rstrip() if match else line


def _line(line: str, number: int) -> Iterator[PortraitUse]:
    for command in _COMMAND.finditer(line):
        character = command["quoted"] if command["quoted"] is not None else command["plain"]
        yield PortraitUse(character, command["expression"] or "", number)
    start = _OPTION.match(line)
    spoken = _SPOKEN.match(line, start.end() if start else 0)
    if not spoken:
        return
    speaker = spoken["speaker"].strip()
    if spoken["expression"]:
        yield PortraitUse(speaker, spoken["expression"].strip(), number)
    for tag in _TAG.finditer(line, spoken.end()):
        yield PortraitUse(speaker, tag["expression"], number)
