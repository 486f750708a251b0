"""PNG files are read back by Pillow, pixel for pixel."""

from __future__ import annotations

import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from creator.png_encoding import png_bytes


@given(
    height=st.integers(1, 70), width=st.integers(1, 40), channels=st.sampled_from([3, 4]),
    seed=st.integers(0, 2**32 - 1), clear=st.sampled_from([0.0, 0.5, 0.99]), smooth=st.booleans(),
)  # fmt: skip
def test_any_picture_comes_back(height: int, width: int, channels: int, seed: int, clear: float, smooth: bool) -> None:
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, 256, (height, width, channels), dtype=np.uint8)
    if smooth:
        pixels[:] = np.add.outer(np.arange(height), np.arange(width))[..., None]
    pixels[rng.random((height, width)) < clear] = 0
    with Image.open(io.BytesIO(png_bytes(pixels, {}, is_srgb=False))) as image:
        assert image.mode == ("RGBA" if channels == 4 else "RGB")
        assert "srgb" not in image.info
        assert np.array_equal(np.asarray(image), pixels)


def test_texts_and_the_colour_space_are_inside() -> None:
    data = png_bytes(np.zeros((2, 3, 4), np.uint8), {"facewright": "{}", "XML:com.adobe.xmp": "Zoë \U0001f642"}, True)
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (3, 2)
        assert "srgb" in image.info
        assert image.info["facewright"] == "{}"
        assert image.info["XML:com.adobe.xmp"] == "Zoë \U0001f642"
