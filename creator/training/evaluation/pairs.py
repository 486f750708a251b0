"""The sheet of pairs: renders and generated pictures of the same people side by side, shuffled, for a glance."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from creator.training.evaluation.pictures import Pixels

COLUMNS = 4
_GAP, _CAPTION = 12, 26
_PAPER, _INK = (34, 36, 40), (225, 225, 225)
_BACKDROP = (128.0, 88.0)  # grey at the top and at the bottom of a picture


def pairs_sheet(rendered: Pixels, made: Pixels, seed: int = 0) -> Image.Image:
    """One picture of all pairs (N, S, S, 4), numbered; which of the two is generated is drawn at random from ``seed``.
    The key is the last line."""
    count, side = len(rendered), rendered.shape[1]
    left = (np.random.default_rng(seed).random(count) < 0.5).tolist()
    rows = -(-count // COLUMNS)
    width, height = 2 * side + _GAP, side + _CAPTION + _GAP
    sheet = Image.new("RGB", (COLUMNS * (width + _GAP) + _GAP, rows * height + _GAP + 3 * _CAPTION), _PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(17)
    for index in range(count):
        x = _GAP + (index % COLUMNS) * (width + _GAP)
        y = _GAP + (index // COLUMNS) * height
        draw.text((x, y), str(index + 1), fill=_INK, font=font)
        first, second = (made, rendered) if left[index] else (rendered, made)
        sheet.paste(_shown(first[index]), (x, y + _CAPTION))
        sheet.paste(_shown(second[index]), (x + side, y + _CAPTION))
    words = [f"{index + 1} {'left' if left[index] else 'right'}" for index in range(count)]
    half = -(-count // 2)
    for line, part in enumerate((words[:half], words[half:])):
        text = ("Generated: " if line == 0 else "") + ", ".join(part)
        draw.text((_GAP, rows * height + _GAP + _CAPTION * (0.5 + line)), text, fill=_INK, font=font)
    return sheet


def _shown(pixels: Pixels) -> Image.Image:
    """Over a soft backdrop."""
    rows = np.linspace(*_BACKDROP, len(pixels), dtype=np.float32)[:, None, None]
    shown = pixels[..., :3] + (1.0 - pixels[..., 3:] / 255.0) * rows
    return Image.fromarray(np.clip(np.rint(shown), 0, 255).astype(np.uint8))
