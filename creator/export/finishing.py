"""From the generator's pixels to a portrait of the export: frame, size and style."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from creator.export.crops import rounded
from creator.export.pixel_art import pixel_art
from creator.export.portrait_set import PictureMaps
from creator.export.presets import Preset
from creator.export.styles import STYLES
from creator.generator import PortraitMaps
from creator.resampling import Frame, framed, framed_planes

_LEAST_STYLED_SIDE = 256  # strokes and lines are drawn at this size at least, and then reduced


def finished(pixels: NDArray[np.uint8], preset: Preset, size: int, frame: Frame) -> NDArray[np.uint8]:
    """Premultiplied ``pixels`` (uint8, (S, S, 4)) in the preset's frame, size and style, but not yet in few colours:
    uint8 (size, size, 4), premultiplied, read-only. Pixel art comes at the side of its drawing."""
    side = preset.pixel_art.side if preset.pixel_art is not None else size
    style = STYLES.get(preset.style)
    if style is not None:
        drawn = style(framed(pixels, max(side, _LEAST_STYLED_SIDE), frame))
        picture = framed(drawn, side)
    else:
        picture = framed(pixels, side, frame)
    if preset.crop == "token" and preset.pixel_art is None:
        picture = rounded(picture)
    picture.flags.writeable = False
    return picture


def finished_set(pictures: list[NDArray[np.uint8]], preset: Preset, size: int) -> list[NDArray[np.uint8]]:
    """What the pictures of a set share: the palette of pixel art."""
    if preset.pixel_art is None:
        return pictures
    art = preset.pixel_art
    drawn = pixel_art(pictures, art.colours, art.outline, art.dither)
    if preset.crop == "token":
        drawn = [np.where(rounded(picture)[..., 3:] >= 128, picture, 0).astype(np.uint8) for picture in drawn]
    factor = max(1, size // art.side)
    return [np.ascontiguousarray(picture.repeat(factor, 0).repeat(factor, 1)) for picture in drawn]


def finished_maps(maps: PortraitMaps, size: int, frame: Frame) -> PictureMaps:
    """The maps in the picture's frame and size. Normals stay of length one; the rest is averaged."""
    side = maps.albedo.shape[0]
    planes = np.concatenate(
        [
            maps.albedo.astype(np.float32),
            maps.normals.astype(np.float32) - 128.0,
            np.asarray(maps.depth, np.float32).reshape(side, side, 1),
            maps.masks.astype(np.float32),
        ],
        axis=2,
    )
    resized = framed_planes(np.ascontiguousarray(planes.transpose(2, 0, 1)), size, frame)
    normals = resized[3:6]
    length = np.linalg.norm(normals, axis=0)
    normals = np.divide(normals * 127.0, length, out=np.zeros_like(normals), where=length > 1.0)
    return PictureMaps(
        albedo=_bytes(resized[:3]),
        normals=_bytes(normals + 128.0),
        depth=resized[6].astype(np.float16),
        masks=_bytes(resized[7:]),
    )


def _bytes(planes: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Planes (C, S, S) as a picture (S, S, C)."""
    return np.ascontiguousarray(np.clip(np.rint(planes), 0, 255).astype(np.uint8).transpose(1, 2, 0))
