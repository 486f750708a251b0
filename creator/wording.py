"""Keeps messages fit to be shown: one line, bounded, without control characters."""

from __future__ import annotations

MAXIMUM_MESSAGE = 400


def one_line(text: object, limit: int = MAXIMUM_MESSAGE) -> str:
    """Return ``str(text)`` as one printable line of at most ``limit`` characters."""
    line = " ".join(str(text).split())
    line = "".join(letter if letter.isprintable() else "?" for letter in line)
    return line if len(line) <= limit else line[: limit - 1] + "…"
