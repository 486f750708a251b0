"""Foundry VTT: a square portrait and a round token with a ring, both WebP, with names that every server takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from creator.errors import UsageError
from creator.export.formats.options import FormatOptions, checked_options
from creator.export.portrait_set import ExportFile, Portrait, PortraitSet
from creator.portrait_file import picture_bytes
from creator.wording import one_line

_Colour = Annotated[str, Field(pattern=re.compile(r"^#[0-9a-fA-F]{6}\Z"))]
_LIGHT = (-0.5, -0.866)  # where the bevel's light comes from, in the picture: left above (x right, y down)
_BEVEL = 0.38


class _Options(FormatOptions):
    token: bool = True
    ring: float = Field(default=0.045, ge=0.0, le=0.2)
    ring_colour: _Colour = "#b8924a"
    background: _Colour | None = "#39404d"


class Foundry:
    """``NAME.webp``, and ``NAME_token.webp`` in the same frame, cut round.

    Options: ``token`` (true); ``ring``: its width, a fraction of the picture's side; ``ring_colour`` and
    ``background`` of the token, "#rrggbb" (a ``background`` of null leaves it clear).
    """

    label = "Foundry VTT"

    def files(self, portraits: PortraitSet, options: Mapping[str, Any]) -> Iterator[ExportFile]:
        chosen = checked_options(_Options, self.label, options)
        for portrait in portraits.portraits:
            name = plain_path(portrait.name)
            yield ExportFile(f"{name}.webp", partial(picture_bytes, portrait.pixels, "webp", portrait.origin))
            if chosen.token:
                yield ExportFile(f"{name}_token.webp", partial(_token_bytes, portrait, chosen))


def plain_path(path: str) -> str:
    """``path`` in small ASCII letters, digits, ``-`` and ``_``: Foundry's servers refuse or mangle other names.

    Raises :class:`UsageError` when nothing is left of one of its parts.
    """
    parts = []
    for part in path.split("/"):
        letters = unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode().lower()
        plain = re.sub(r"[^a-z0-9_-]+", "-", letters).strip("-")
        if not plain:
            raise UsageError(
                f"'{one_line(part, 60)}' holds no letter that a file of Foundry VTT may have: give it a Latin name"
            )
        parts.append(plain)
    return "/".join(parts)


def _token_bytes(portrait: Portrait, options: _Options) -> bytes:
    background = None if options.background is None else _rgb(options.background)
    return picture_bytes(
        token(portrait.pixels, options.ring, _rgb(options.ring_colour), background), "webp", portrait.origin
    )


def token(
    pixels: NDArray[np.uint8],
    ring: float,
    ring_colour: tuple[int, int, int],
    background: tuple[int, int, int] | None,
) -> NDArray[np.uint8]:
    """Cut premultiplied ``pixels`` (uint8, (S, S, 4)) to the inscribed disc, over ``background``, inside a ring.

    ``ring``: its width in sides of the picture. Edges are smooth over one pixel. Returns the same shape, premultiplied.
    """
    side = pixels.shape[0]
    rows, columns = np.mgrid[:side, :side] + 0.5 - side / 2
    radius = np.hypot(columns, rows)
    outer, inner = side / 2 - 0.5, side / 2 - 0.5 - ring * side
    disc = np.clip(outer - radius + 0.5, 0, 1)[..., None]
    shown = pixels.astype(np.float64) / 255
    if background is not None:
        shown = shown + (1 - shown[..., 3:]) * _opaque(background)
    if ring > 0:
        covered = np.clip(radius - inner + 0.5, 0, 1)[..., None]
        # A round bevel: its slope goes from inward at the inner edge to outward at the outer one.
        across = np.clip((radius - (outer + inner) / 2) / (outer - inner) * 2, -1, 1)
        facing = (columns * _LIGHT[0] + rows * _LIGHT[1]) / np.maximum(radius, 1)
        shade = 1 + _BEVEL * across * facing - 0.25 * across**4
        metal = _opaque(ring_colour) * np.concatenate([np.repeat(shade[..., None], 3, 2), np.ones_like(disc)], axis=2)
        shown = shown * (1 - covered) + np.clip(metal, 0, 1) * covered
    return np.rint(shown * disc * 255).astype(np.uint8)


def _opaque(colour: tuple[int, int, int]) -> NDArray[np.float64]:
    return np.array([*colour, 255]) / 255


def _rgb(code: str) -> tuple[int, int, int]:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)
