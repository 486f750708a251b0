"""Shader texts of the people renderer, with includes and the constants that Python knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_FOLDER = Path(__file__).parent / "shaders"
_INCLUDE = re.compile(r'^#include "([a-z_]+\.glsl)"$', re.MULTILINE)


def shader_source(name: str, constants: Mapping[str, float | int]) -> str:
    """The text of ``shaders/NAME`` with its includes; ``constants`` become ``#define`` lines after ``#version``."""
    text = _INCLUDE.sub(lambda found: (_FOLDER / found[1]).read_text(), (_FOLDER / name).read_text())
    version, rest = text.split("\n", 1)
    lines = [f"#define {key} {value!r}" for key, value in constants.items()]
    return "\n".join([version, *lines, rest])
