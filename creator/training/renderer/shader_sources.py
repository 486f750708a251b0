"""Shader texts of the people renderer, with includes and the constants that Python knows; setting uniforms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import moderngl
import numpy as np

_FOLDER = Path(__file__).parent / "shaders"
_INCLUDE = re.compile(r'^#include "([a-z_]+\.glsl)"$', re.MULTILINE)


def shader_source(name: str, constants: Mapping[str, float | int]) -> str:
    """The text of ``shaders/NAME`` with its includes; ``constants`` become ``#define`` lines after ``#version``."""
    text = _INCLUDE.sub(lambda found: (_FOLDER / found[1]).read_text(), (_FOLDER / name).read_text())
    version, rest = text.split("\n", 1)
    lines = [f"#define {key} {value!r}" for key, value in constants.items()]
    return "\n".join([version, *lines, rest])


def set_uniforms(program: moderngl.Program, **values: Any) -> None:
    """Set uniforms by name: numbers, or arrays written as float32 (matrices transposed to columns)."""
    for name, value in values.items():
        if name not in program:  # the compiler drops what a shader does not use
            continue
        if isinstance(value, np.ndarray):
            if value.ndim >= 2 and value.shape[-2:] == (4, 4):
                value = value.swapaxes(-1, -2)
            program[name].write(np.ascontiguousarray(value, np.float32).tobytes())
        else:
            program[name] = value
