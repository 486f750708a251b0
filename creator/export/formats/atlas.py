"""Texture atlases with JSON in TexturePacker's hash or array form, and for Unreal's Paper2D."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from creator import __version__
from creator.errors import UsageError
from creator.export.formats.map_pictures import FLAT_NORMAL, downward_green, normal_picture, png
from creator.export.formats.options import FormatOptions, checked_options
from creator.export.formats.sheets import MAXIMUM_SHEET_SIDE, Grid, grids, laid_out
from creator.export.portrait_set import ExportFile, Portrait, PortraitSet
from creator.portrait_file import picture_bytes

Form = Literal["hash", "array", "paper2d"]
_ENDINGS: dict[Form, str] = {"hash": ".json", "array": ".json", "paper2d": ".paper2dsprites"}
_NORMALS: dict[Form, str] = {"hash": "_n.png", "array": "_n.png", "paper2d": "_N.png"}  # as Paper2D looks for it


class _Options(FormatOptions):
    form: Form = "hash"
    padding: int = Field(default=2, ge=0, le=64)
    maximum_side: int = Field(default=4096, ge=64, le=MAXIMUM_SHEET_SIDE)


class Atlas:
    """``NAME.png`` with all portraits of the set, ``NAME.json`` that says where each is; more pages when they must be.

    Options: ``form`` "hash", "array" or "paper2d" (Unreal: ``.paper2dsprites``); ``padding``: clear pixels between
    pictures; ``maximum_side``: of a page, in pixels. With maps a page of normals lies beside each page.
    """

    label = "Texture atlas"

    def files(self, portraits: PortraitSet, options: Mapping[str, Any]) -> Iterator[ExportFile]:
        chosen = checked_options(_Options, self.label, options)
        pages = atlas_pages(portraits, chosen.padding, chosen.maximum_side)
        frames = frame_names(portraits.portraits)
        lit = all(portrait.maps is not None for portrait in portraits.portraits)
        others = [f"{name.rpartition('/')[2]}{_ENDINGS[chosen.form]}" for name, _, _ in pages]
        for number, (name, grid, page) in enumerate(pages):
            here = portraits.portraits[page]
            yield ExportFile(f"{name}.png", partial(page_bytes, grid, here, portraits))
            if lit:
                content = partial(_normals_bytes, grid, here, portraits, chosen.form == "paper2d")
                yield ExportFile(name + _NORMALS[chosen.form], content)
            meta = _meta(name.rpartition("/")[2], grid, lit, chosen.form, others[:number] + others[number + 1 :])
            content = partial(_json_bytes, grid, frames[page], meta, chosen.form)
            yield ExportFile(name + _ENDINGS[chosen.form], content)


def atlas_pages(portraits: PortraitSet, padding: int, maximum_side: int) -> list[tuple[str, Grid, slice]]:
    """The pages that the set needs: name without ending, grid, and which portraits are on it.

    Raises :class:`UsageError` when not even one picture has room.
    """
    if maximum_side < portraits.size:
        raise UsageError(f"a page of {maximum_side} pixels has no room for a picture of {portraits.size} pixels")
    pages, start = [], 0
    for number, grid in enumerate(grids(len(portraits.portraits), portraits.size, padding, maximum_side)):
        name = portraits.name if number == 0 else f"{portraits.name}_{number + 1}"
        pages.append((name, grid, slice(start, start + grid.count)))
        start += grid.count
    return pages


def frame_names(portraits: Sequence[Portrait]) -> list[str]:
    """Names of the pictures in the atlas: without folders where that tells them apart, upper and lower case alike."""
    short = [portrait.name.rpartition("/")[2] for portrait in portraits]
    apart = len({name.casefold() for name in short}) == len(short)
    return short if apart else [portrait.name for portrait in portraits]


def page_bytes(grid: Grid, page: Sequence[Portrait], portraits: PortraitSet) -> bytes:
    """The page as a PNG with straight alpha."""
    pixels = laid_out(grid, [portrait.pixels for portrait in page], (0, 0, 0, 0))
    return picture_bytes(pixels, "png", portraits.origin)


def normals_page(grid: Grid, page: Sequence[Portrait]) -> NDArray[np.uint8]:
    """The page's normals (uint8, (H, W, 3)), flat between the pictures. Every portrait has maps."""
    pictures = [normal_picture(p.maps, p.pixels[..., 3]) for p in page if p.maps is not None]
    return laid_out(grid, pictures, FLAT_NORMAL)


def _normals_bytes(grid: Grid, page: Sequence[Portrait], portraits: PortraitSet, downward: bool) -> bytes:
    normals = normals_page(grid, page)
    return png(downward_green(normals) if downward else normals, portraits.origin)


def _meta(name: str, grid: Grid, lit: bool, form: Form, others: Sequence[str]) -> dict[str, Any]:
    meta: dict[str, Any] = {
        "app": "Facewright",
        "version": __version__,
        "image": f"{name}.png",
        "format": "RGBA8888",
        "size": {"w": grid.width, "h": grid.height},
        "scale": "1",
    }
    if lit:
        meta["normalMap"] = name + _NORMALS[form]
    if others:
        meta["related_multi_packs"] = list(others)
    return meta


def _json_bytes(grid: Grid, names: Sequence[str], meta: Mapping[str, Any], form: Form) -> bytes:
    side = grid.cell
    frames: dict[str, dict[str, Any]] = {}
    for index, name in enumerate(names):
        x, y = grid.corner(index)
        frames[name] = {
            "frame": {"x": x, "y": y, "w": side, "h": side},
            "rotated": False,
            "trimmed": False,
            "spriteSourceSize": {"x": 0, "y": 0, "w": side, "h": side},
            "sourceSize": {"w": side, "h": side},
            "pivot": {"x": 0.5, "y": 0.5},
        }
    listed: Any = [{"filename": name, **frame} for name, frame in frames.items()] if form == "array" else frames
    return (json.dumps({"frames": listed, "meta": dict(meta)}, ensure_ascii=False, indent=2) + "\n").encode()
