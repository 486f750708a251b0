"""Foundry VTT, maps for Yarn Spinner and ink, contact sheets."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from creator.errors import UsageError
from creator.export.formats.contact_sheet import PAGE, ContactSheet
from creator.export.formats.foundry import plain_path, token
from creator.export.portrait_set import PortraitSet

Written = Callable[..., dict[str, bytes]]
MakeSet = Callable[..., PortraitSet]


def test_foundry_gets_a_portrait_and_a_token(make_set: MakeSet, written: Written) -> None:
    files = written("foundry", make_set(template="Cast Art/{character} {expression}!", size=64))
    assert "cast-art/ada-happy.webp" in files
    assert "cast-art/ada-happy_token.webp" in files
    assert all(re.fullmatch(r"[a-z0-9_/-]+\.webp", path) for path in files)
    with Image.open(io.BytesIO(files["cast-art/ada-happy_token.webp"])) as image:
        assert image.size == (64, 64)
        alpha = np.asarray(image)[..., 3]
    assert alpha[32, 32] == 255
    assert alpha[0, 0] == 0
    assert {*written("foundry", make_set(), {"token": False})} == {
        p for p in written("foundry", make_set()) if "token" not in p
    }


def test_a_token_is_round_and_its_ring_covers_the_edge() -> None:
    face = np.zeros((100, 100, 4), np.uint8)
    face[30:, :] = (60, 120, 180, 255)
    made = token(face, 0.1, (200, 150, 50), (10, 20, 30)).astype(int)
    rows, columns = np.mgrid[:100, :100] + 0.5 - 50
    radius = np.hypot(rows, columns)
    assert (made[radius > 50.5] == 0).all()
    assert (made[radius < 48.5][:, 3] == 255).all()
    assert np.abs(made[20, 50] - (10, 20, 30, 255)).max() <= 1, "background where the face is clear"
    assert (made[60, 50] == (60, 120, 180, 255)).all()
    ring = made[(radius > 42) & (radius < 48)]
    assert (ring[:, 0] > ring[:, 2] + 60).all(), "the ring's colour all around"
    clear = token(face, 0.0, (0, 0, 0), None)
    assert clear[10, 50, 3] == 0
    assert (clear[..., :3] <= clear[..., 3:]).all(), "premultiplied"


@given(st.text(min_size=1, max_size=40))
def test_any_path_is_plain_or_refused(text: str) -> None:
    try:
        path = plain_path(text)
    except UsageError as error:
        assert "Latin name" in str(error)
        return
    assert re.fullmatch(r"[a-z0-9_-]+(/[a-z0-9_-]+)*", path)
    assert plain_path(path) == path


def test_a_map_finds_every_picture(
    make_set: MakeSet, written: Written, fits_schema: Callable[[str, bytes], Any]
) -> None:
    shown = {"ada": "Ada Ω"}
    files = written("dialogue_map", make_set(display_names=shown), {"kind": "jpeg"})
    data = fits_schema("portraits", files["art/cast.json"])
    assert data["characters"]["ada"]["name"] == "Ada Ω"
    assert data["characters"]["ada"]["default"] == "neutral"
    for character in data["characters"].values():
        for look in character["portraits"].values():
            assert f"art/{look['image']}" in files
    assert data["characters"]["ada"]["portraits"]["happy"]["alt"] == "Ada Ω, happy"


def test_a_map_in_another_folder_goes_up(
    make_set: MakeSet, written: Written, fits_schema: Callable[[str, bytes], Any]
) -> None:
    files = written("dialogue_map", make_set(name="data/maps/cast"))
    image = fits_schema("portraits", files["data/maps/cast.json"])["characters"]["ada"]["portraits"]["happy"]["image"]
    assert image == "../../art/ada/ada_happy.png"


def test_a_contact_sheet_shows_everybody(make_set: MakeSet, written: Written) -> None:
    portraits = make_set(characters=[f"c{number}" for number in range(8)], expressions=("neutral",), size=48)
    files = written("contact_sheet", portraits, {"kind": "png", "columns": 4})
    assert set(files) == {"art/cast.png"}
    with Image.open(io.BytesIO(files["art/cast.png"])) as image:
        assert image.size == PAGE
        page = np.asarray(image.convert("RGB"))[::4, ::4].astype(int)
    for portrait in portraits.portraits:
        colour = portrait.pixels[24, 24, :3].astype(int)
        assert (np.abs(page - colour).max(axis=2) <= 1).sum() > 100


def test_characters_begin_rows_and_pages_follow(make_set: MakeSet) -> None:
    portraits = make_set(characters=[f"c{number}" for number in range(12)], size=32)
    files = [file.path for file in ContactSheet().files(portraits, {"kind": "png", "columns": 2})]
    assert files == ["art/cast.png", *(f"art/cast_{number}.png" for number in range(2, len(files) + 1))]
    alone = make_set(characters=[f"c{number}" for number in range(36)], expressions=("neutral",), size=32)
    assert len(files) > len(list(ContactSheet().files(alone, {"kind": "png", "columns": 2}))), "rows are filled up"


def test_a_pdf_holds_all_pages_and_no_clock(make_set: MakeSet, written: Written) -> None:
    portraits = make_set(size=32)
    data = written("contact_sheet", portraits, {"columns": 2})["art/cast.pdf"]
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    pages = list(ContactSheet().files(portraits, {"columns": 2, "kind": "png"}))
    assert len(re.findall(rb"/Type /Page\b", data)) == len(pages) >= 2
    assert b"CreationDate" not in data
    assert b"ModDate" not in data


def test_names_that_the_font_lacks_take_the_file_names_form(make_set: MakeSet, written: Written) -> None:
    named = {"ada": "阿达"}
    only = {"characters": ("ada",), "expressions": ("neutral",)}
    told = written("contact_sheet", make_set(**only, display_names=named), {"kind": "png"})
    assert told == written("contact_sheet", make_set(**only, display_names={"ada": "ada"}), {"kind": "png"})
    accented = written("contact_sheet", make_set(**only, display_names={"ada": "Ädä"}), {"kind": "png"})
    assert accented != told


def test_a_look_that_is_not_usual_is_told(make_set: MakeSet, written: Written) -> None:
    assert written("contact_sheet", make_set(poses=("left",))) != written("contact_sheet", make_set(poses=("front",)))


@pytest.mark.parametrize("writer", ["contact_sheet"])
def test_an_empty_set_gives_an_empty_page(writer: str, written: Written) -> None:
    assert list(written(writer, PortraitSet("empty", (), 32, "bust", "test"))) == ["empty.pdf"]
