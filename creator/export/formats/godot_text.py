"""Values in Godot 4's text form, as its ``var_to_str`` writes them and its ``str_to_var`` reads them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from creator.errors import ScriptError
from creator.wording import one_line

MAXIMUM_DEPTH = 64

_SPACE = re.compile(r"(?:\s|;[^\n]*)*")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_KEYWORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True)
class Vector2:
    x: float
    y: float


@dataclass(frozen=True)
class Color:
    """Red, green, blue, alpha: 0..1, sRGB."""

    r: float
    g: float
    b: float
    a: float = 1.0


@dataclass(frozen=True)
class NodePath:
    path: str


@dataclass(frozen=True)
class ExtResource:
    """A reference to an ``[ext_resource]`` of the same file."""

    id: str


@dataclass(frozen=True)
class Verbatim:
    """A value that was read and is only kept: ``Resource(...)``, ``PackedStringArray(...)`` and the like."""

    text: str


class StringName(str):
    """A string that Godot writes as ``&"..."``; equal to the plain one."""

    __slots__ = ()


Variant = (
    bool
    | int
    | float
    | str
    | Vector2
    | Color
    | NodePath
    | ExtResource
    | Verbatim
    | Sequence["Variant"]
    | Mapping[str, "Variant"]
    | None
)


def variant_text(value: Variant) -> str:
    """``value`` as Godot writes it. Raises ``ValueError`` for a number that is not finite."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return number_text(value)
        case str():
            return string_text(value)
        case Vector2():
            return f"Vector2({_argument(value.x)}, {_argument(value.y)})"
        case Color():
            return f"Color({', '.join(_argument(part) for part in (value.r, value.g, value.b, value.a))})"
        case NodePath():
            return f"NodePath({string_text(value.path)})"
        case ExtResource():
            return f"ExtResource({string_text(value.id)})"
        case Verbatim():
            return value.text
        case Mapping():
            if not value:
                return "{}"
            pairs = ",\n".join(f"{string_text(key)}: {variant_text(item)}" for key, item in value.items())
            return "{\n" + pairs + "\n}"
        case Sequence():
            return "[" + ", ".join(variant_text(item) for item in value) + "]"


def string_text(text: str) -> str:
    """A quoted string. Godot escapes backslash and quote and keeps everything else, line ends too."""
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"&{quoted}" if isinstance(text, StringName) else quoted


def number_text(number: float) -> str:
    """A real number, always with a point, so that Godot reads a float and not an integer."""
    if not math.isfinite(number):
        raise ValueError(f"{number} has no place in a resource")
    text = repr(float(number))
    return text if "." in text or "e" in text else f"{text}.0"


def _argument(number: float) -> str:
    """A number inside ``Vector2(...)`` or ``Color(...)``, where Godot leaves out ``.0``."""
    return number_text(number).removesuffix(".0")


def parse_variant(text: str) -> Variant:
    """Read one value; what :func:`variant_text` wrote comes back equal, except that Godot's constructors stay verbatim.

    Raises :class:`ScriptError`, naming the line.
    """
    reader = _Reader(text)
    value = reader.value(0)
    if reader.peek():
        raise reader.error("something follows the value")
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.position = text.removeprefix("\ufeff"), 0

    def error(self, reason: str) -> ScriptError:
        line = self.text.count("\n", 0, self.position) + 1
        return ScriptError(f"line {line}: {reason}")

    def peek(self) -> str:
        """The next letter that is no blank, or nothing at the end."""
        blank = _SPACE.match(self.text, self.position)
        assert blank
        self.position = blank.end()
        return self.text[self.position : self.position + 1]

    def take(self, letter: str) -> bool:
        if self.peek() != letter:
            return False
        self.position += 1
        return True

    def value(self, depth: int) -> Variant:
        if depth > MAXIMUM_DEPTH:
            raise self.error("it is nested too deeply")
        letter = self.peek()
        if letter == "{":
            return self.mapping(depth)
        if letter == "[":
            return self.sequence(depth)
        if letter in ('"', "&", "^"):
            return self.string()
        number = _NUMBER.match(self.text, self.position)
        if number:
            self.position = number.end()
            if re.fullmatch(r"[-+]?\d{1,18}", number[0]):
                return int(number[0])
            if not math.isfinite(float(number[0])):
                raise self.error("a number is too large")
            return float(number[0])
        word = _WORD.match(self.text, self.position)
        if not word:
            raise self.error("a value was expected")
        if word[0] in _KEYWORDS:
            self.position = word.end()
            return _KEYWORDS[word[0]]
        return self.constructed(word.end())

    def mapping(self, depth: int) -> Mapping[str, Variant]:
        self.position += 1
        found: dict[str, Variant] = {}
        while not self.take("}"):
            key = self.value(depth + 1)
            if not isinstance(key, str):
                raise self.error("a key must be a string")
            if not self.take(":"):
                raise self.error("':' was expected after a key")
            found[key] = self.value(depth + 1)
            if not self.take(",") and self.peek() != "}":
                raise self.error("',' or '}' was expected")
        return found

    def sequence(self, depth: int) -> Sequence[Variant]:
        self.position += 1
        found: list[Variant] = []
        while not self.take("]"):
            found.append(self.value(depth + 1))
            if not self.take(",") and self.peek() != "]":
                raise self.error("',' or ']' was expected")
        return found

    def string(self) -> str:
        kind = self.text[self.position]
        match = _STRING.match(self.text, self.position + (kind != '"'))
        if not match:
            raise self.error("a string is never closed")
        self.position = match.end()
        plain = _ESCAPE.sub(_unescaped, match[1])
        return StringName(plain) if kind == "&" else plain

    def constructed(self, end: int) -> Verbatim:
        """``Name(...)`` or ``Array[Type]([...])``: brackets are matched, the inside is not understood."""
        start, self.position = self.position, end
        depth = 0
        while self.position < len(self.text):
            letter = self.text[self.position]
            if letter == '"':
                self.string()
                continue
            if letter in "([{":
                depth += 1
            elif letter in ")]}":
                if depth == 0:
                    break
                depth -= 1
            elif depth == 0 and letter in ",:\n":
                break
            self.position += 1
        if depth or self.position == end:
            raise self.error(f"'{one_line(self.text[start : start + 40])}' is no value that can be read")
        return Verbatim(self.text[start : self.position].strip())


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return _ESCAPED.get(match[3], match[3])
