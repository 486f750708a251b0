"""The report as a page and as a picture: its bars are as long as the counts say."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from creator.attributes import AttributeSchema
from creator.character import Character, new_character
from creator.errors import SaveError, UsageError
from creator.export.representation_page import representation_html, representation_png, save_representation
from creator.random_character import random_values
from creator.representation import Representation, represent

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def report(schema: AttributeSchema) -> Representation:
    return represent([Character(values=random_values(schema, seed)) for seed in range(23)], schema)


def drawings(page: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(f"<svg{part.partition('</svg>')[0]}</svg>") for part in page.split("<svg")[1:]]


def test_the_pages_bars_are_the_counts(report: Representation) -> None:
    found = drawings(representation_html(report))
    assert len(found) == len(report.spreads)
    for drawing, spread in zip(found, report.spreads, strict=True):
        grooves = [float(r.get("width", "")) for r in drawing.iter(f"{SVG}rect") if r.get("class") == "groove"]
        bars = [float(r.get("width", "")) for r in drawing.iter(f"{SVG}rect") if r.get("class") == "bar"]
        assert [bar / groove for bar, groove in zip(bars, grooves, strict=True)] == pytest.approx(
            [group.count / report.total for group in spread.groups], abs=1e-3
        )
        for group in spread.groups:
            assert f"{group.label}: {group.count} (" in str(drawing.get("aria-label")), "it is spoken, too"


def test_the_page_is_whole_and_asks_nothing_of_the_network(report: Representation) -> None:
    page = representation_html(report, "de")
    opened: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in ("script", "link", "img", "iframe")
            assert not {"src", "href"} & {name for name, _ in attrs}
            if tag not in ("meta", "rect"):
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag not in ("meta", "rect"):
                assert opened.pop() == tag

    Reader().feed(page)
    assert opened == []
    assert '<html lang="de">' in page
    assert "prefers-color-scheme: dark" in page
    assert all(sentence in page for sentence in report.summary)


def test_texts_cannot_become_markup(schema: AttributeSchema) -> None:
    page = representation_html(represent([new_character(schema)], schema, lambda text: f"<b>{text}&"))
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_the_picture_has_a_bar_for_everybody(schema: AttributeSchema) -> None:
    def accent(people: int) -> int:
        cast = [new_character(schema, values={"age": 20 + 50 * (n < people)}) for n in range(10)]
        with Image.open(io.BytesIO(representation_png(represent(cast, schema)))) as picture:
            pixels = np.asarray(picture.convert("RGB"))
        return int((pixels == (0x2A, 0x76, 0xBD)).all(axis=-1).sum())

    assert accent(5) == pytest.approx(accent(0), rel=0.01), "bars together are as long as all people"
    assert accent(0) > 10_000


def test_equal_reports_give_equal_pictures(report: Representation) -> None:
    assert representation_png(report) == representation_png(report)


def test_the_ending_chooses_and_other_endings_are_refused(report: Representation, tmp_path: Path) -> None:
    for name in ("cast.html", "cast.PNG"):
        save_representation(report, tmp_path / name)
    assert (tmp_path / "cast.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    with Image.open(tmp_path / "cast.PNG") as picture:
        picture.load()
    with pytest.raises(UsageError, match=r"cast\.pdf"):
        save_representation(report, tmp_path / "cast.pdf")
    with pytest.raises(SaveError, match="does not exist"):
        save_representation(report, tmp_path / "gone" / "cast.png")
