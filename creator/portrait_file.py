"""Portraits as files: PNG, WebP and JPEG with the recipe and the origin inside, and the way back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from creator.atomic_write import write_atomically
from creator.attributes import AttributeSchema
from creator.character import FILE_ENDING, LoadedCharacter, from_json_bytes, load_character, read_limited
from creator.errors import CharacterFileError, UsageError
from creator.generator import RenderResult
from creator.png_encoding import png_bytes
from creator.provenance import Origin, recipe, recipe_in_xmp, recipe_text, xmp
from creator.resampling import framed, over, straight_rgba
from creator.wording import one_line

PictureKind = Literal["png", "webp", "jpeg"]

RECIPE_KEYWORD = "facewright"
XMP_KEYWORD = "XML:com.adobe.xmp"
PORTRAIT_ENDING = ".png"
PICTURE_ENDINGS = (PORTRAIT_ENDING, ".webp", ".jpg", ".jpeg")
MAXIMUM_PORTRAIT_BYTES = 64 << 20
JPEG_QUALITY = 92
_MAXIMUM_JPEG_PACKET = 65_000  # a segment of JPEG ends at 64 KiB

_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"RIFF", b"\xff\xd8\xff")


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


def portrait_bytes(result: RenderResult, size: int | None = None) -> bytes:
    """A PNG file: straight alpha, sRGB, recipe and origin inside; the same bytes for the same picture."""
    pixels = result.pixels if size is None else framed(result.pixels, size)
    return picture_bytes(pixels, "png", Origin(recipe(result.request.character, result.model), result.model))


def picture_bytes(
    pixels: NDArray[np.uint8],
    kind: PictureKind = "png",
    origin: Origin | None = None,
    background: tuple[int, int, int] = (255, 255, 255),
) -> bytes:
    """Encode premultiplied sRGB ``pixels`` (uint8, (H, W, 4)); the same bytes for the same picture.

    PNG and WebP are lossless with straight alpha and colour bled beyond the edge; JPEG has no alpha and is composited
    over ``background``. ``origin`` goes inside: XMP, and the recipe (PNG: a text chunk of its own; WebP and JPEG: in
    the XMP). None writes no metadata.
    """
    if kind == "png":
        texts = {} if origin is None else {RECIPE_KEYWORD: recipe_text(origin), XMP_KEYWORD: xmp(origin)}
        return png_bytes(straight_rgba(pixels), {key: text for key, text in texts.items() if text}, is_srgb=True)
    stream = io.BytesIO()
    packet = xmp(origin, with_recipe=True).encode() if origin is not None else b""
    if kind == "webp":
        picture = Image.fromarray(straight_rgba(pixels))
        # exact: the colour beyond the edge stays. More effort costs three times the time for 3 % of the bytes.
        picture.save(stream, "WEBP", lossless=True, exact=True, quality=50, method=1, xmp=packet)
    else:
        if origin is not None and len(packet) > _MAXIMUM_JPEG_PACKET:
            packet = xmp(origin).encode()
        picture = Image.fromarray(over(pixels, background))
        picture.save(stream, "JPEG", quality=JPEG_QUALITY, subsampling=0, xmp=packet)
    return stream.getvalue()


def load_recipe(path: Path, schema: AttributeSchema) -> LoadedCharacter:
    """Read a character from a ``.face.json`` file or from inside a portrait (PNG, WebP, JPEG) that Facewright wrote.

    Raises :class:`CharacterFileError`, naming the file.
    """
    if path.suffix.lower() not in PICTURE_ENDINGS:
        return load_character(path, schema)
    raw = read_limited(path, MAXIMUM_PORTRAIT_BYTES)
    text: object = None
    if raw.startswith(_SIGNATURES) and len(raw) <= MAXIMUM_PORTRAIT_BYTES:
        try:
            with Image.open(io.BytesIO(raw), formats=("PNG", "WEBP", "JPEG")) as image:  # chunks, not pixels
                text = image.info.get(RECIPE_KEYWORD) or recipe_in_xmp(_packet(image))
        except Exception as error:  # a damaged picture fails in many ways inside Pillow
            raise CharacterFileError(f"cannot read the portrait '{path}': {one_line(error, 120)}") from error
    if not isinstance(text, str):
        raise CharacterFileError(f"'{path}' holds no character; give a {FILE_ENDING} file or a portrait of Facewright")
    return from_json_bytes(str(text).encode(errors="replace"), schema, path)


def _packet(image: Image.Image) -> bytes:
    packet = image.info.get("xmp", b"")
    return packet if isinstance(packet, bytes) else b""
