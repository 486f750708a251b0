"""The representation report as a file to keep and to show: a web page without scripts, or a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from creator.atomic_write import write_atomically
from creator.errors import UsageError
from creator.export.lettering import fitting, font, wrapped
from creator.png_encoding import png_bytes
from creator.representation import Group, Representation, Spread

_LABEL, _BAR, _ROW, _COUNT = 190, 360, 26, 110  # of the bars, in CSS pixels
_THICKNESS = 14
_INK, _FAINT, _ACCENT, _GROOVE, _PAPER = "#24272c", "#5c636d", "#2a76bd", "#e3e6ea", "#ffffff"
_SCALE = 2  # the picture's pixels for each of the page's
_MARGIN = 36
_STYLE = f"""
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: {_LABEL + _BAR + _COUNT}px; margin: 2rem auto;
  padding: 0 1rem; color: {_INK}; background: {_PAPER}; }}
h1 {{ font-size: 1.6rem; margin-bottom: .5rem; }}
h2 {{ font-size: 1.1rem; margin: 0; }}
section {{ margin-top: 1.6rem; }}
svg {{ width: 100%; height: auto; margin-top: .4rem; }}
text {{ font: 14px system-ui, sans-serif; fill: {_INK}; }}
.quiet {{ color: {_FAINT}; margin: 0; }}
.groove {{ fill: {_GROOVE}; }}
.bar {{ fill: {_ACCENT}; }}
@media (prefers-color-scheme: dark) {{
  body {{ color: #e3e5e8; background: #24262b; }}
  text {{ fill: #e3e5e8; }}
  .quiet {{ color: #a7aeb8; }}
  .groove {{ fill: #3a3e46; }}
  .bar {{ fill: #5a9bd8; }}
}}
"""


def save_representation(report: Representation, path: Path, language: str = "en") -> None:
    """Write ``report`` as ``path``'s ending says, ``.html`` or ``.png``, in one step.

    ``language``: the code of the report's language, for screen readers. Raises :class:`UsageError` for another ending
    and :class:`SaveError`; an older file is then untouched.
    """
    check_page_path(path)
    write_atomically(path, _WRITERS[path.suffix.lower()](report, language))


def check_page_path(path: Path) -> None:
    """Raise :class:`UsageError` unless ``path`` ends in ``.html`` or ``.png``."""
    if path.suffix.lower() not in _WRITERS:
        raise UsageError(f"the report is an .html page or a .png picture, not '{path.name}'")


def bar_text(group: Group) -> str:
    """What stands behind a group's bar."""
    return f"{group.count} ({group.share * 100:.0f} %)"


def representation_html(report: Representation, language: str = "en") -> str:
    """One page with the summary and a drawing of bars for each spread. It asks nothing of the network."""
    sections = "\n".join(_section(spread, report) for spread in report.spreads)
    summary = "\n".join(f"<p>{escape(sentence)}</p>" for sentence in report.summary)
    return f"""<!DOCTYPE html>
<html lang="{escape(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(report.title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{escape(report.title)}</h1>
<p class="quiet">{escape(report.total_text)}</p>
{summary}
{sections}
<section><p class="quiet">{escape(report.reading)}</p></section>
</main>
</body>
</html>
"""


def _section(spread: Spread, report: Representation) -> str:
    spoken = "; ".join(f"{group.label}: {bar_text(group)}" for group in spread.groups)
    width, height = _LABEL + _BAR + _COUNT, _ROW * len(spread.groups)
    rows = "\n".join(_row(group, number) for number, group in enumerate(spread.groups))
    return f"""<section>
<h2>{escape(spread.title)}</h2>
<p class="quiet">{escape(report.evenness_text(spread))}</p>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(spoken)}">
{rows}
</svg>
</section>"""


def _row(group: Group, number: int) -> str:
    top, middle = number * _ROW + (_ROW - _THICKNESS) // 2, number * _ROW + _ROW // 2
    shape = f'x="{_LABEL}" y="{top}" height="{_THICKNESS}" rx="3"'
    return (
        f'<text x="0" y="{middle + 5}">{escape(group.label)}</text>'
        f'<rect class="groove" {shape} width="{_BAR}" fill="{_GROOVE}"/>'
        f'<rect class="bar" {shape} width="{_bar_width(group):g}" fill="{_ACCENT}"/>'
        f'<text x="{_LABEL + _BAR + 12}" y="{middle + 5}">{bar_text(group)}</text>'
    )


def _bar_width(group: Group) -> float:
    """CSS pixels: the whole groove is everybody."""
    return round(group.share * _BAR, 2)


def representation_png(report: Representation) -> bytes:
    """The same as a picture on white, sRGB; equal reports give equal bytes."""
    width = (_LABEL + _BAR + _COUNT + 2 * _MARGIN) * _SCALE
    picture = Image.new("RGB", (width, _draw(None, report)), _PAPER)
    _draw(ImageDraw.Draw(picture), report)
    return png_bytes(np.asarray(picture), {}, is_srgb=True)


def _draw(draw: ImageDraw.ImageDraw | None, report: Representation) -> int:
    """Draw the report from the top, or only measure it; return the height in pixels."""
    left, y = _MARGIN * _SCALE, _MARGIN * _SCALE
    for text, size, ink, gap in _texts_above(report):
        y = _paragraph(draw, text, y, size, ink) + gap * _SCALE
    for spread in report.spreads:
        y = _paragraph(draw, spread.title, y + 14 * _SCALE, 17, _INK)
        y = _paragraph(draw, report.evenness_text(spread), y, 14, _FAINT) + 4 * _SCALE
        for group in spread.groups:
            if draw is not None:
                _draw_row(draw, group, left, y)
            y += _ROW * _SCALE
    return _paragraph(draw, report.reading, y + 16 * _SCALE, 14, _FAINT) + _MARGIN * _SCALE


def _texts_above(report: Representation) -> Iterator[tuple[str, int, str, int]]:
    """Texts, their sizes and colours, and the gaps below them."""
    yield report.title, 26, _INK, 4
    yield report.total_text, 15, _FAINT, 10
    for sentence in report.summary:
        yield sentence, 15, _INK, 5


def _paragraph(draw: ImageDraw.ImageDraw | None, text: str, y: int, size: int, ink: str) -> int:
    letters = font(size * _SCALE)
    for line in wrapped(text, (_LABEL + _BAR + _COUNT) * _SCALE, letters):
        if draw is not None:
            draw.text((_MARGIN * _SCALE, y), line, ink, letters)
        y += round(size * _SCALE * 1.4)
    return y


def _draw_row(draw: ImageDraw.ImageDraw, group: Group, left: int, y: int) -> None:
    letters, middle = font(14 * _SCALE), y + _ROW * _SCALE // 2
    start, half = left + _LABEL * _SCALE, _THICKNESS * _SCALE // 2
    draw.text((left, middle), fitting(group.label, (_LABEL - 12) * _SCALE, letters), _INK, letters, anchor="lm")
    for width, colour in ((_BAR, _GROOVE), (_bar_width(group), _ACCENT)):
        if width > 0:
            end = start + max(round(width * _SCALE), 1) - 1
            radius = min(3 * _SCALE, (end - start) // 2)
            draw.rounded_rectangle((start, middle - half, end, middle + half - 1), radius, colour)
    draw.text((start + (_BAR + 12) * _SCALE, middle), bar_text(group), _INK, letters, anchor="lm")


_WRITERS: Mapping[str, Callable[[Representation, str], bytes]] = {
    ".html": lambda report, language: representation_html(report, language).encode(),
    ".png": lambda report, _language: representation_png(report),
}
