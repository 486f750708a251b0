"""How a portrait is called among the portraits of its character."""

from __future__ import annotations

from collections.abc import Sequence

from creator.errors import UsageError
from creator.export.portrait_set import Portrait

NEUTRAL = "neutral"


def look_words(portraits: Sequence[Portrait]) -> list[tuple[str, ...]]:
    """For each portrait its expression, and pose and light where they tell portraits apart: no two alike.

    ``portraits``: those of one character. Raises :class:`UsageError` when two have the same look.
    """
    poses = len({portrait.tags.pose for portrait in portraits}) > 1
    lights = len({portrait.tags.light for portrait in portraits}) > 1
    words = []
    for portrait in portraits:
        tags = portrait.tags
        words.append((tags.expression, *((tags.pose,) * poses), *((tags.light,) * lights)))
    if len(set(words)) < len(words):
        twice = next(word for word in words if words.count(word) > 1)
        raise UsageError(f"'{portraits[0].tags.character}' has two portraits of the look '{' '.join(twice)}'")
    return words


def default_index(portraits: Sequence[Portrait]) -> int:
    """The portrait to show when a script names none: the first neutral one, or else the first."""
    return next((i for i, portrait in enumerate(portraits) if portrait.tags.expression == NEUTRAL), 0)
