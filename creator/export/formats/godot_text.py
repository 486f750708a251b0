"""Writes values in Godot 4's text form, as its ``var_to_str`` does and its ``str_to_var`` reads."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


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


Variant = (
    bool | int | float | str | Vector2 | Color | NodePath | ExtResource | Sequence["Variant"] | Mapping[str, "Variant"]
)


def variant_text(value: Variant) -> str:
    """``value`` as Godot writes it. Raises ``ValueError`` for a number that is not finite."""
    match value:
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
        case Mapping():
            if not value:
                return "{}"
            pairs = ",\n".join(f"{string_text(key)}: {variant_text(item)}" for key, item in value.items())
            return "{\n" + pairs + "\n}"
        case Sequence():
            return "[" + ", ".join(variant_text(item) for item in value) + "]"


def string_text(text: str) -> str:
    """A quoted string. Godot escapes backslash and quote and keeps everything else, line ends too."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def number_text(number: float) -> str:
    """A real number, always with a point, so that Godot reads a float and not an integer."""
    if not math.isfinite(number):
        raise ValueError(f"{number} has no place in a resource")
    text = repr(float(number))
    return text if "." in text or "e" in text else f"{text}.0"


def _argument(number: float) -> str:
    """A number inside ``Vector2(...)`` or ``Color(...)``, where Godot leaves out ``.0``."""
    return number_text(number).removesuffix(".0")
