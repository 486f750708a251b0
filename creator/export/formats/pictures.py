"""Plain picture files: one PNG, WebP or JPEG for each portrait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from creator.export.formats.options import FormatOptions, checked_options
from creator.export.portrait_set import ExportFile, PortraitSet
from creator.portrait_file import PictureKind, picture_bytes

ENDINGS: dict[PictureKind, str] = {"png": ".png", "webp": ".webp", "jpeg": ".jpg"}


class _Options(FormatOptions):
    kind: PictureKind = "png"


class Pictures:
    """Options: ``kind`` is "png" (the default), "webp" or "jpeg"."""

    label = "Pictures"

    def files(self, portraits: PortraitSet, options: Mapping[str, Any]) -> Iterator[ExportFile]:
        kind = checked_options(_Options, self.label, options).kind
        for portrait in portraits.portraits:
            content = partial(picture_bytes, portrait.pixels, kind, portrait.origin)
            yield ExportFile(portrait.name + ENDINGS[kind], content)
