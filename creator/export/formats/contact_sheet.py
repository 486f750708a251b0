"""Contact sheets: A4 pages of portraits with their names, as PNG or PDF, to look at and to print."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Literal

import numpy as np
from PIL import Image, ImageDraw
from pydantic import Field

from creator.export.formats.map_pictures import png
from creator.export.formats.options import FormatOptions, checked_options
from creator.export.lettering import fitting, font
from creator.export.portrait_set import ExportFile, Portrait, PortraitSet
from creator.resampling import framed, over

DOTS_PER_INCH = 200
PAGE = (1654, 2339)  # A4, upright
_MARGIN, _HEADER, _FOOTER, _GAP = 110, 150, 70, 24
_PAPER, _CARD, _INK, _FAINT = (255, 255, 255), (228, 230, 234), (32, 35, 42), (112, 118, 128)
_LAST_LETTER = "\u052f"  # Latin, Greek and Cyrillic
_JPEG_QUALITY = 90  # of the pages inside a PDF

_Cell = Portrait | None  # None: left empty


class _Options(FormatOptions):
    kind: Literal["png", "pdf"] = "pdf"
    columns: int = Field(default=5, ge=2, le=12)


class ContactSheet:
    """``NAME.pdf``, or one PNG for each page.

    Options: ``kind`` "pdf" or "png"; ``columns`` of a page, 2 to 12.
    """

    label = "Contact sheet"

    def files(self, portraits: PortraitSet, options: Mapping[str, Any]) -> Iterator[ExportFile]:
        chosen = checked_options(_Options, self.label, options)
        pages = _pages(portraits, chosen.columns)
        if chosen.kind == "pdf":
            yield ExportFile(f"{portraits.name}.pdf", partial(_pdf_bytes, portraits, pages, chosen.columns))
            return
        for number, page in enumerate(pages):
            name = portraits.name if number == 0 else f"{portraits.name}_{number + 1}"
            yield ExportFile(f"{name}.png", partial(_png_bytes, portraits, page, number, len(pages), chosen.columns))


def _pages(portraits: PortraitSet, columns: int) -> list[tuple[_Cell, ...]]:
    """What stands on each page, row by row. A character with several portraits begins a row of its own."""
    cells: list[_Cell] = []
    alone = len(portraits.characters) == len(portraits.portraits)
    for character in portraits.characters:
        if not alone:
            cells += [None] * (-len(cells) % columns)
        cells += portraits.of(character)
    room = columns * _rows(columns)
    return [tuple(cells[start : start + room]) for start in range(0, max(len(cells), 1), room)]


def _cell(columns: int) -> int:
    return (PAGE[0] - 2 * _MARGIN - (columns - 1) * _GAP) // columns


def _caption_height(columns: int) -> int:
    return 2 * _text_size(columns) + 26


def _text_size(columns: int) -> int:
    return max(14, min(30, _cell(columns) // 9))


def _rows(columns: int) -> int:
    height = PAGE[1] - _MARGIN - _HEADER - _FOOTER
    return (height + _GAP) // (_cell(columns) + _caption_height(columns) + _GAP)


def _page(portraits: PortraitSet, page: Sequence[_Cell], number: int, count: int, columns: int) -> Image.Image:
    picture = Image.new("RGB", PAGE, _PAPER)
    draw = ImageDraw.Draw(picture)
    people, pictures = len(portraits.characters), len(portraits.portraits)
    told = _shown_name(portraits.portraits[0]) if people == 1 else f"{people} characters, {pictures} portraits"
    draw.text((_MARGIN, _MARGIN - 20), told, _INK, font(44))
    draw.text((PAGE[0] - _MARGIN, PAGE[1] - _FOOTER), f"{number + 1} of {count}", _FAINT, font(24), anchor="rm")
    side, text = _cell(columns), _text_size(columns)
    for index, portrait in enumerate(page):
        if portrait is None:
            continue
        row, column = divmod(index, columns)
        x = _MARGIN + column * (side + _GAP)
        y = _MARGIN + _HEADER - 60 + row * (side + _caption_height(columns) + _GAP)
        shown = Image.fromarray(over(framed(portrait.pixels, side), _CARD))
        corners = Image.new("L", (side * 2, side * 2))
        ImageDraw.Draw(corners).rounded_rectangle((0, 0, side * 2 - 1, side * 2 - 1), 20, 255)
        picture.paste(shown, (x, y), corners.resize((side, side), Image.Resampling.BOX))
        tags = portrait.tags
        name, look = _shown_name(portrait), " ".join((tags.expression, *_unusual(portrait)))
        for line, (words, ink) in enumerate(((name, _INK), (look, _FAINT))):
            place = (x, y + side + 10 + line * (text + 6))
            draw.text(place, fitting(words, side, font(text)), ink, font(text))
    return picture


def _unusual(portrait: Portrait) -> Iterator[str]:
    if portrait.tags.pose != "front":
        yield portrait.tags.pose
    if portrait.tags.light != "own":
        yield portrait.tags.light


def _shown_name(portrait: Portrait) -> str:
    """The name as written, or its form in file names where the font has not its letters."""
    name = portrait.tags.display_name
    return name if name and max(name) <= _LAST_LETTER else portrait.tags.character


def _png_bytes(portraits: PortraitSet, page: Sequence[_Cell], number: int, count: int, columns: int) -> bytes:
    return png(np.asarray(_page(portraits, page, number, count, columns)), portraits.origin, colours=True)


def _pdf_bytes(portraits: PortraitSet, pages: Sequence[Sequence[_Cell]], columns: int) -> bytes:
    drawn = [_page(portraits, page, number, len(pages), columns) for number, page in enumerate(pages)]
    stream = io.BytesIO()
    drawn[0].save(
        stream, "PDF", save_all=True, append_images=drawn[1:], resolution=DOTS_PER_INCH, quality=_JPEG_QUALITY,
        title=portraits.name.rpartition("/")[2], producer="Facewright", creationDate=None, modDate=None,
    )  # fmt: skip
    return stream.getvalue()
