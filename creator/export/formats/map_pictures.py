"""Normal maps and material masks as PNG files: data for lights, not colours for eyes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from creator.export.portrait_set import PictureMaps
from creator.png_encoding import png_bytes
from creator.portrait_file import XMP_KEYWORD
from creator.provenance import Origin, xmp

FLAT_NORMAL = (128, 128, 255)
NO_MASK = (0, 0, 0, 0)
MASK_CHANNELS = ("skin and lips", "hair, brows and beard", "eyes and teeth", "clothes")
_SKIN, _LIPS, _EYES, _BROWS, _HAIR, _BEARD, _TEETH, _CLOTHES = range(8)
_MASKS_OF_CHANNEL = ((_SKIN, _LIPS), (_HAIR, _BROWS, _BEARD), (_EYES, _TEETH), (_CLOTHES,))


def normal_picture(maps: PictureMaps, alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Normals (uint8, (S, S, 3), x right, y up, z to the viewer), turning flat as ``alpha`` (uint8, (S, S)) fades: at
    the picture's edge the direction of what is hardly there is a matter of chance."""
    cover = (alpha.astype(np.float32) / 255.0)[..., None]
    facing = np.array(FLAT_NORMAL, np.float32) - 128.0
    mixed = (maps.normals.astype(np.float32) - 128.0) * cover + facing * (1.0 - cover)
    length = np.linalg.norm(mixed, axis=-1, keepdims=True)
    turned = np.divide(mixed * 127.0, length, out=np.broadcast_to(facing, mixed.shape).copy(), where=length > 1.0)
    found = np.where(cover == 1.0, maps.normals, np.rint(turned + 128.0))
    return found.astype(np.uint8)


def downward_green(normals: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The same normals with y down, as DirectX and Unreal have it."""
    turned = normals.copy()
    turned[..., 1] = np.clip(256 - normals[..., 1].astype(np.int16), 0, 255)
    return turned


def mask_picture(maps: PictureMaps) -> NDArray[np.uint8]:
    """The eight masks in four channels (uint8, (S, S, 4)), named by :data:`MASK_CHANNELS`: red, green, blue, alpha."""
    channels = [
        np.minimum(maps.masks[..., list(which)].sum(axis=2, dtype=np.uint16), 255) for which in _MASKS_OF_CHANNEL
    ]
    return np.stack(channels, axis=2).astype(np.uint8)


def png(data: NDArray[np.uint8], origin: Origin | None, colours: bool = False) -> bytes:
    """``data`` (uint8, (H, W, 3 or 4)) as a PNG, number by number. ``colours``: they are sRGB, and the file says so."""
    return png_bytes(data, {XMP_KEYWORD: xmp(origin)} if origin is not None else {}, is_srgb=colours)
