"""Unity: sprite sheets with their secondary textures, and JSON that says how to slice them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from pydantic import Field

from creator.export.formats.atlas import atlas_pages, frame_names, normals_page, page_bytes
from creator.export.formats.map_pictures import MASK_CHANNELS, NO_MASK, mask_picture, png
from creator.export.formats.options import FormatOptions, checked_options
from creator.export.formats.sheets import MAXIMUM_SHEET_SIDE, Grid, laid_out
from creator.export.portrait_set import ExportFile, Portrait, PortraitSet

NORMAL_MAP, MASK = "_NormalMap", "_MaskTex"  # Unity's own names of the secondary textures


class _Options(FormatOptions):
    padding: int = Field(default=4, ge=0, le=64)
    maximum_side: int = Field(default=4096, ge=64, le=MAXIMUM_SHEET_SIDE)
    pixels_per_unit: float = Field(default=100.0, gt=0, le=10_000, allow_inf_nan=False)


class Unity:
    """``NAME.png``, with maps ``NAME_NormalMap.png`` and ``NAME_MaskTex.png``, and ``NAME.json``. Never a ``.meta``.

    Options: ``padding`` between sprites and ``maximum_side`` of a sheet, in pixels; ``pixels_per_unit``.
    """

    label = "Unity"

    def files(self, portraits: PortraitSet, options: Mapping[str, Any]) -> Iterator[ExportFile]:
        chosen = checked_options(_Options, self.label, options)
        names = frame_names(portraits.portraits)
        lit = all(portrait.maps is not None for portrait in portraits.portraits)
        for name, grid, page in atlas_pages(portraits, chosen.padding, chosen.maximum_side):
            here = portraits.portraits[page]
            yield ExportFile(f"{name}.png", partial(page_bytes, grid, here, portraits))
            if lit:
                yield ExportFile(f"{name}{NORMAL_MAP}.png", partial(_normal_map_bytes, grid, here, portraits))
                yield ExportFile(f"{name}{MASK}.png", partial(_mask_bytes, grid, here, portraits))
            content = partial(_json_bytes, name.rpartition("/")[2], grid, here, names[page], lit, chosen)
            yield ExportFile(f"{name}.json", content)


def _normal_map_bytes(grid: Grid, page: Sequence[Portrait], portraits: PortraitSet) -> bytes:
    return png(normals_page(grid, page), portraits.origin)


def _mask_bytes(grid: Grid, page: Sequence[Portrait], portraits: PortraitSet) -> bytes:
    masks = [mask_picture(portrait.maps) for portrait in page if portrait.maps is not None]
    return png(laid_out(grid, masks, NO_MASK), portraits.origin)


def _json_bytes(
    name: str, grid: Grid, page: Sequence[Portrait], names: Sequence[str], lit: bool, options: _Options
) -> bytes:
    """``rect`` as Unity's sprite editor counts it: from the left lower corner, y up."""
    sprites = []
    for index, (portrait, sprite) in enumerate(zip(page, names, strict=True)):
        x, top = grid.corner(index)
        sprites.append(
            {
                "name": sprite,
                "rect": {"x": x, "y": grid.height - top - grid.cell, "width": grid.cell, "height": grid.cell},
                "pivot": {"x": 0.5, "y": 0.5},
                "character": portrait.tags.character,
                "expression": portrait.tags.expression,
                "pose": portrait.tags.pose,
                "light": portrait.tags.light,
            }
        )
    secondary = [{"name": kind, "texture": f"{name}{kind}.png"} for kind in (NORMAL_MAP, MASK)] if lit else []
    data = {
        "kind": "facewright unity sheet",
        "format": 1,
        "texture": f"{name}.png",
        "size": {"width": grid.width, "height": grid.height},
        "pixelsPerUnit": options.pixels_per_unit,
        "secondaryTextures": secondary,
        "maskChannels": dict(zip("rgba", MASK_CHANNELS, strict=True)) if lit else {},
        "sprites": sprites,
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
