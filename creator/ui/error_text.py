"""What the core says, in the window's language.

The core's errors are whole English lines, which the command line prints as they are. ``errors_LANGUAGE.ts`` holds their
forms, with %1 to %9 where a line names something, and the same in another language. A line is matched with the forms;
what it names may be such a line again, as in "cannot use the character 'a': it is not JSON". The file is read as it is:
in a compiled one only whole texts can be looked up.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from functools import lru_cache

from creator import paths
from creator.ui.language import present_language

_FIELD = re.compile("%([1-9])")
_MAXIMUM_DEPTH = 3


def error_text(error: Exception | str) -> str:
    """An error or notice of the core in the window's language; as it is where no form fits. For any thread."""
    return _told(str(error), _forms(present_language()), _MAXIMUM_DEPTH)


def _told(text: str, forms: tuple[tuple[re.Pattern[str], str], ...], depth: int) -> str:
    for pattern, form in forms:
        if (found := pattern.fullmatch(text)) is not None:
            parts = tuple(_told(part, forms, depth - 1) if depth and part else part for part in found.groups())
            return _filled(form, parts)
    return text


def _filled(form: str, parts: tuple[str, ...]) -> str:
    return _FIELD.sub(lambda field: parts[int(field[1]) - 1], form)


@lru_cache(maxsize=4)
def _forms(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pattern and translation of each form, those that say most first."""
    file = paths.resource_folder() / "translations" / f"errors_{language}.ts"
    if not file.is_file():
        return ()
    found = []
    for message in ElementTree.parse(file).getroot().iter("message"):
        source, form = message.findtext("source") or "", message.findtext("translation") or ""
        if source and form:
            literals = _FIELD.split(source)[::2]
            found.append((sum(map(len, literals)), re.compile("(.*?)".join(map(re.escape, literals)), re.DOTALL), form))
    found.sort(key=lambda one: -one[0])
    return tuple((pattern, form) for _, pattern, form in found)
