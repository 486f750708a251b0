"""From a picture of the generator to a PNG for a game: size, alpha, and where the picture came from.

Resizing happens in linear light on colours premultiplied by alpha, with weights that are never negative when reducing
and a limit at the neighbours when enlarging: no dark or light fringe can appear that was not in the picture.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from creator import __version__
from creator.atomic_write import write_atomically
from creator.attributes import AttributeSchema
from creator.character import FILE_ENDING, LoadedCharacter, from_json_bytes, load_character, read_limited, to_json
from creator.errors import AttributeValueError, CharacterFileError, UsageError
from creator.generator import RenderResult
from creator.wording import one_line

MINIMUM_SIZE = 16
MAXIMUM_SIZE = 2048
RECIPE_KEYWORD = "facewright"
PORTRAIT_ENDING = ".png"

_MAXIMUM_PORTRAIT_BYTES = 64 << 20
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BLEED_LEVELS = 3  # 2**3 pixels: more than any texture filter reaches, and little enough to compress well
_XMP_KEYWORD = "XML:com.adobe.xmp"
_DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


def save_portrait(result: RenderResult, path: Path, size: int | None = None) -> None:
    """Write the picture as a PNG of ``size`` pixels a side (by default the generator's own), in one step.

    Raises :class:`UsageError` for a size or file ending that cannot be and :class:`SaveError` if the file cannot be
    written; an older file is then untouched.
    """
    check_path(path)
    write_atomically(path, portrait_bytes(result, size))


def check_path(path: Path) -> None:
    """Raise :class:`UsageError` unless ``path`` ends in ``.png``."""
    if path.suffix.lower() != PORTRAIT_ENDING:
        raise UsageError(f"portraits are PNG files: write '{path.with_suffix(PORTRAIT_ENDING)}' instead of '{path}'")


def check_size(size: int) -> None:
    """Raise :class:`AttributeValueError` for a side that no portrait can have."""
    if not MINIMUM_SIZE <= size <= MAXIMUM_SIZE:
        nearest = min(max(size, MINIMUM_SIZE), MAXIMUM_SIZE)
        raise AttributeValueError(
            f"the size is {size}, outside {MINIMUM_SIZE} to {MAXIMUM_SIZE} pixels; the nearest valid value is {nearest}"
        )


def portrait_bytes(result: RenderResult, size: int | None = None) -> bytes:
    """A PNG file: straight alpha, sRGB, recipe and origin inside; the same bytes for the same picture."""
    pixels = straight_rgba(result.pixels, size)
    info = PngImagePlugin.PngInfo()
    info.add(b"sRGB", b"\x00")
    info.add_itxt(RECIPE_KEYWORD, json.dumps(recipe(result), ensure_ascii=False, allow_nan=False))
    info.add_itxt(_XMP_KEYWORD, _xmp(result))
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", pnginfo=info, compress_level=6)
    return stream.getvalue()


def recipe(result: RenderResult) -> dict[str, Any]:
    """What makes the picture again: the character, and the weights that were used."""
    data = to_json(result.request.character)
    if result.model is not None:
        data["model"] = {"name": result.model.name, "version": result.model.version, "sha256": result.model.sha256}
    return data


def load_recipe(path: Path, schema: AttributeSchema) -> LoadedCharacter:
    """Read a character from a ``.face.json`` file or from inside a portrait that Facewright wrote.

    Raises :class:`CharacterFileError`, naming the file.
    """
    if path.suffix.lower() != PORTRAIT_ENDING:
        return load_character(path, schema)
    raw = read_limited(path, _MAXIMUM_PORTRAIT_BYTES)
    text: object = None
    if raw.startswith(_PNG_SIGNATURE) and len(raw) <= _MAXIMUM_PORTRAIT_BYTES:
        try:
            with Image.open(io.BytesIO(raw), formats=("PNG",)) as image:  # reads the chunks before the pixels
                text = image.info.get(RECIPE_KEYWORD)
        except Exception as error:  # a damaged PNG fails in many ways inside Pillow
            raise CharacterFileError(f"cannot read the portrait '{path}': {one_line(error, 120)}") from error
    if not isinstance(text, str):
        raise CharacterFileError(f"'{path}' holds no character; give a {FILE_ENDING} file or a portrait of Facewright")
    return from_json_bytes(str(text).encode(errors="replace"), schema, path)


def straight_rgba(pixels: NDArray[np.uint8], size: int | None = None) -> NDArray[np.uint8]:
    """Turn premultiplied sRGB ``pixels`` (uint8, (S, S, 4)) into straight RGBA of shape (size, size, 4).

    Transparent pixels close to the edge carry their neighbours' colour, so that an engine that filters the texture
    blends with that and not with black.
    """
    if size is not None:
        check_size(size)
    alpha = pixels[..., 3:].astype(np.float32) / 255.0
    colour = np.minimum(pixels[..., :3].astype(np.float32) / 255.0, alpha)
    straight = np.divide(colour, alpha, out=np.zeros_like(colour), where=alpha > 0)
    if size is not None and size != pixels.shape[0]:
        planes = np.concatenate([_to_linear(straight) * alpha, alpha], axis=2)
        planes = _resized(planes, size)
        alpha = np.clip(planes[..., 3:], 0.0, 1.0)
        colour = np.clip(planes[..., :3], 0.0, alpha)
        straight = _to_display(np.divide(colour, alpha, out=np.zeros_like(colour), where=alpha > 1e-6))
    alpha8 = np.rint(alpha * 255.0)
    straight = _bled(straight, np.where(alpha8 > 0, alpha, 0.0))
    return np.concatenate([np.rint(straight * 255.0), alpha8], axis=2).astype(np.uint8)


def _to_linear(display: NDArray[np.float32]) -> NDArray[np.float32]:
    """sRGB's decoding, 0..1 to 0..1."""
    return np.where(display <= 0.04045, display / 12.92, ((display + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _to_display(linear: NDArray[np.float32]) -> NDArray[np.float32]:
    """sRGB's encoding, 0..1 to 0..1."""
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055).astype(np.float32)


def _resized(planes: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Resize float32 (S, S, C) to (size, size, C), one axis after the other."""
    return _resized_rows(_resized_rows(planes, size).swapaxes(0, 1), size).swapaxes(0, 1)


def _resized_rows(planes: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Resize the first axis of float32 (S, W, C).

    The result of a row is limited to what its two nearest source rows hold when enlarging: the cubic filter is sharp,
    but would put dark rims beside light skin.
    """
    height, width = planes.shape[:2]
    reducing = size < height
    kind = Image.Resampling.HAMMING if reducing else Image.Resampling.BICUBIC
    resized = np.stack(
        [
            np.asarray(Image.fromarray(np.ascontiguousarray(planes[..., c])).resize((width, size), kind))
            for c in range(planes.shape[2])
        ],
        axis=2,
    )
    if reducing:
        return resized
    position = (np.arange(size) + 0.5) * height / size - 0.5
    above = planes[np.clip(np.floor(position).astype(int), 0, height - 1)]
    below = planes[np.clip(np.floor(position).astype(int) + 1, 0, height - 1)]
    return np.clip(resized, np.minimum(above, below), np.maximum(above, below))


def _bled(straight: NDArray[np.float32], alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give transparent pixels of (N, N, 3) the mean colour of the visible ones within 2 pixels, then of their block.

    The first keeps every texture filter from black at the edge, the second serves smaller mipmaps.
    """
    side = alpha.shape[0]
    planes = np.concatenate([straight * alpha, alpha], axis=2)
    filled = np.where(alpha > 0, straight, 0.0)
    known = alpha > 0
    near = _neighbour_sums(_neighbour_sums(planes).swapaxes(0, 1)).swapaxes(0, 1)
    for level in range(_BLEED_LEVELS + 1):
        if level > 0:
            near = planes = _halved(planes)
        block = 2**level
        mean = np.divide(near[..., :3], near[..., 3:], out=np.zeros_like(near[..., :3]), where=near[..., 3:] > 0)
        filled = np.where(known, filled, mean.repeat(block, 0).repeat(block, 1)[:side, :side])
        known = known | (near[..., 3:] > 0).repeat(block, 0).repeat(block, 1)[:side, :side]
    return filled


def _neighbour_sums(planes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sum each row of (N, N, C) with the two before and the two after it."""
    padded = np.pad(planes, ((2, 2), (0, 0), (0, 0)))
    return sum((padded[shift : shift + len(planes)] for shift in range(1, 5)), padded[: len(planes)])


def _halved(planes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sum blocks of 2x2; an odd side is padded with zeros."""
    padded = np.pad(planes, ((0, planes.shape[0] % 2), (0, planes.shape[1] % 2), (0, 0)))
    return padded[0::2, 0::2] + padded[1::2, 0::2] + padded[0::2, 1::2] + padded[1::2, 1::2]


def _xmp(result: RenderResult) -> str:
    """The origin of the picture in the words of IPTC and Creative Commons."""
    model = result.model
    version = f"{__version__}, model {model.name} {model.version}" if model else __version__
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about=""'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:cc="http://creativecommons.org/ns#">'
        f"<Iptc4xmpExt:DigitalSourceType>{_DIGITAL_SOURCE}</Iptc4xmpExt:DigitalSourceType>"
        "<Iptc4xmpExt:AISystemUsed>Facewright</Iptc4xmpExt:AISystemUsed>"
        f"<Iptc4xmpExt:AISystemVersionUsed>{escape(version)}</Iptc4xmpExt:AISystemVersionUsed>"
        f"<xmp:CreatorTool>{escape(f'Facewright {__version__}')}</xmp:CreatorTool>"
        f'<cc:license rdf:resource="{_LICENCE}"/>'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    )
