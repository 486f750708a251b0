"""The window that reads a game's scripts and exports what they lack."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from creator import paths
from creator.attributes import AttributeSchema
from creator.character import new_character, save_character
from creator.export.link_file import LINK_FILE, load_link
from creator.ui.coverage_window import CoverageWindow
from creator.ui.main_window import MainWindow

from .conftest import PATIENCE, ScriptedRenderer

SCRIPT = """
define e = Character("Eileen", image="eileen")
label start:
    show eileen happy
    e sad "Oh no."
    show eileen grumpy
    show ghost
"""


@pytest.fixture
def game(tmp_path: Path, schema: AttributeSchema) -> Path:
    """A Ren'Py game that shows Eileen, who is in the library, and a ghost, who is not."""
    library, folder = paths.user_library_folder(), tmp_path / "novel"
    library.mkdir(parents=True)
    save_character(new_character(schema, 4, "Eileen"), library / "eileen.face.json")
    save_character(new_character(schema, 5, "Bo"), library / "bo.face.json")
    (folder / "game").mkdir(parents=True)
    (folder / "game" / "script.rpy").write_text(SCRIPT)
    return folder


@pytest.fixture
def shown(window: MainWindow, game: Path, qtbot: QtBot) -> CoverageWindow:
    window.actions_.coverage.trigger()
    coverage = window.workspace.show_coverage()
    coverage.folder_line.setText(str(game))
    with qtbot.waitSignal(coverage.covered, timeout=PATIENCE):
        coverage.read_button.click()
    return coverage


def rows(coverage: CoverageWindow) -> list[tuple[str, ...]]:
    items = [coverage.table.topLevelItem(row) for row in range(coverage.table.topLevelItemCount())]
    return [tuple(item.text(column) for column in range(4)) for item in items if item is not None]


def test_what_scripts_use_is_listed(shown: CoverageWindow) -> None:
    listed = rows(shown)
    assert [row[:3] for row in listed] == [
        ("missing", "eileen", "happy"), ("missing", "eileen", "sad"), ("unknown", "eileen", "grumpy"),
    ]  # fmt: skip
    assert listed[0][3] == "game/script.rpy:4"
    assert "no expression 'grumpy'" in listed[2][3]
    assert "0 of the 3 portraits" in shown.summary.text()
    assert "not among these characters: ghost" in shown.notes.text()
    assert shown.export_button.text().startswith("Export 2")


def test_one_click_exports_what_is_missing_and_links_the_game(shown: CoverageWindow, game: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.covered, timeout=PATIENCE):
        shown.export_button.click()
    assert sorted(path.name for path in game.rglob("eileen *.png")) == ["eileen happy.png", "eileen sad.png"]
    assert sorted(row[0] for row in rows(shown)) == ["exported", "exported", "unknown"]
    assert not shown.export_button.isEnabled()
    assert "written" in shown.notes.text()
    (target,) = load_link(game).targets
    assert len(target.cast) == 1, "only who is used is linked"
    with (game / "game" / "script.rpy").open("a") as script:
        script.write("    show eileen neutral\n")
    with qtbot.waitSignal(shown.covered, timeout=PATIENCE):
        shown.read_button.click()
    with qtbot.waitSignal(shown.covered, timeout=PATIENCE):
        shown.export_button.click()
    assert (game / "game" / "images" / "eileen" / "eileen neutral.png").exists(), "the link has grown"


def test_cancelling_stops_after_the_picture_under_way(
    shown: CoverageWindow, renderer: ScriptedRenderer, game: Path, qtbot: QtBot
) -> None:
    renderer.block()
    before = len(renderer.requests)
    shown.export_button.click()
    assert renderer.entered.wait(PATIENCE / 1000)
    shown.stop_button.click()
    with qtbot.waitSignal(shown.covered, timeout=PATIENCE):
        renderer.unblock()
    assert len(renderer.requests) == before + 1
    assert not list(game.rglob("*.part"))
    assert shown.export_button.isEnabled(), "it can go on"


def test_a_folder_that_is_none_is_named(shown: CoverageWindow, game: Path, qtbot: QtBot) -> None:
    shown.folder_line.setText(str(game / "nowhere"))
    with qtbot.waitSignal(shown.covered, timeout=PATIENCE):
        shown.read_button.click()
    assert "is not a folder" in shown.summary.text()
    assert not shown.export_button.isEnabled()
    assert not (game / LINK_FILE).exists()
