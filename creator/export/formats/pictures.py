"""Plain picture files: one PNG, WebP or JPEG for each portrait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, get_args

from creator.errors import UsageError
from creator.export.portrait_set import ExportFile, PortraitSet
from creator.portrait_file import PictureKind, picture_bytes

_ENDINGS: dict[PictureKind, str] = {"png": ".png", "webp": ".webp", "jpeg": ".jpg"}


class Pictures:
    """Options: ``kind`` is "png" (the default), "webp" or "jpeg"."""

    label = "Pictures"

    def files(self, portraits: PortraitSet, options: Mapping[str, Any]) -> Iterator[ExportFile]:
        kind = options.get("kind", "png")
        if unknown := options.keys() - {"kind"}:
            raise UsageError(f"the format 'pictures' has no option '{min(unknown)}'; it has 'kind'")
        if kind not in get_args(PictureKind):
            raise UsageError(f"a picture is of kind {', '.join(get_args(PictureKind))}, not '{kind}'")
        for portrait in portraits.portraits:
            content = partial(picture_bytes, portrait.pixels, kind, portrait.origin)
            yield ExportFile(portrait.name + _ENDINGS[kind], content)
