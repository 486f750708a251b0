"""Options of a format: checked against a model, with errors that name the option."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from creator.attributes import nearest_name
from creator.errors import UsageError
from creator.wording import one_line


class FormatOptions(BaseModel):
    """Base of every format's options: unknown names are refused, values keep their kind."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Options = TypeVar("Options", bound=FormatOptions)


def checked_options(kind: type[Options], label: str, options: Mapping[str, Any]) -> Options:
    """``options`` as a value of ``kind``; raise :class:`UsageError`, naming the format by ``label`` and the option."""
    try:
        return kind.model_validate(dict(options))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            known = tuple(kind.model_fields)
            told = f"it has {', '.join(known)}" if known else "it has none"
            raise UsageError(
                f"the format '{label}' has no option '{one_line(name, 60)}'{nearest_name(name, known)}; {told}"
            ) from None
        raise UsageError(f"the option '{name}' of the format '{label}': {one_line(first['msg'], 160)}") from None
