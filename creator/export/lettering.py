"""The shipped font, for words on pictures."""

from __future__ import annotations

from functools import lru_cache

from PIL import ImageFont

from creator.paths import resource_folder


@lru_cache(maxsize=8)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font at ``size`` pixels, laid out by Pillow itself: the same picture on every machine."""
    path = resource_folder() / "fonts" / "DejaVuSans.ttf"
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def fitting(text: str, width: int, of: ImageFont.FreeTypeFont) -> str:
    """``text``, cut with an ellipsis where it is wider than ``width`` pixels."""
    if of.getlength(text) <= width:
        return text
    while text and of.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def wrapped(text: str, width: int, of: ImageFont.FreeTypeFont) -> list[str]:
    """``text`` in lines of at most ``width`` pixels, broken at spaces; a longer word is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if of.getlength(longer) <= width:
            lines[-1] = longer
        elif lines[-1]:
            lines.append(fitting(word, width, of))
        else:
            lines[-1] = fitting(word, width, of)
    return lines
