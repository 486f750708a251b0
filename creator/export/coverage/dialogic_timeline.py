"""Reads which portraits a timeline of Dialogic 2 shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from creator.errors import ScriptError
from creator.export.coverage.portrait_use import PortraitUse

ENDING = ".dtl"

_MAXIMUM_LINE = 65_536
_NAME = r'(?:"(?P<quoted>[^"\n]*)"|(?P<plain>[^\s(:"\[]+))'
_CHARACTER_EVENT = re.compile(rf"(?:join|update)\s+{_NAME}\s*(?:\((?P<portrait>[^()\n]*)\))?")
_SPOKEN = re.compile(rf"{_NAME}\s*(?:\((?P<portrait>[^()\n]*)\))?\s*:")
_PORTRAIT_EFFECT = re.compile(r"(?<!\\)\[\s*portrait\s*=\s*(?P<portrait>[^\]\n]*?)\s*\]")
# Events with a syntax of their own, which a colon does not make a line of dialogue.
_OTHER_EVENT = re.compile(r"(?:#|\[|-|(?:if|elif|else|while|set|label|jump|return|do|leave|VAR)\b)")


def read_statements(text: str) -> Iterator[PortraitUse]:
    """The portraits that events and lines of dialogue ask for, in order. Raises :class:`ScriptError`."""
    speaker = ""
    continued = False
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if len(raw) > _MAXIMUM_LINE:
            raise ScriptError(f"line {number} is longer than any line of a timeline")
        line = raw.strip()
        if not continued:
            event = _CHARACTER_EVENT.match(line)
            if event:
                yield PortraitUse(_character(event), _portrait(event), number)
                continued = False
                continue
            speaker = ""
            spoken = None if _OTHER_EVENT.match(line) else _SPOKEN.match(line)
            if spoken:
                speaker = _character(spoken)
                if spoken["portrait"]:
                    yield PortraitUse(speaker, _portrait(spoken), number)
        if speaker:
            for effect in _PORTRAIT_EFFECT.finditer(line):
                if effect["portrait"]:
                    yield PortraitUse(speaker, effect["portrait"], number)
        continued = line.endswith("\\")


def _character(match: re.Match[str]) -> str:
    return match["quoted"] if match["quoted"] is not None else match["plain"]


def _portrait(match: re.Match[str]) -> str:
    return (match["portrait"] or "").strip()
