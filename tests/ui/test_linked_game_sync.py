"""Saving a character in the window writes its portraits into the linked game."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from creator import paths
from creator.errors import RenderError
from creator.export.cast import member_of
from creator.export.link_file import LINK_FILE, Link, LinkTarget, load_link, save_link
from creator.export.linked_folder import check_link
from creator.export.linked_games import remember_game
from creator.export.presets import load_presets
from creator.portrait_file import load_recipe
from creator.ui.export_dialog import ExportDialog
from creator.ui.export_form import ExportChoice
from creator.ui.main_window import MainWindow

from .conftest import PATIENCE, ScriptedQuestions, ScriptedRenderer, settle

PRESET = """
format = 1
label = "Test"
size = 32
expressions = ["neutral", "happy", "sad"]
picture_name = "{character}_{expression}"
"""


@pytest.fixture
def game(tmp_path: Path, questions: ScriptedQuestions) -> Path:
    """A game that is linked with a cast of nobody so far; saving asks for a file of that cast."""
    presets = paths.user_settings_folder() / "presets"
    presets.mkdir(parents=True)
    (presets / "trio.toml").write_text(PRESET)
    folder, cast = tmp_path / "novel", tmp_path / "cast"
    folder.mkdir()
    cast.mkdir()
    save_link(folder, Link(targets=(LinkTarget(cast=("../cast",), preset="trio"),)))
    remember_game(folder)
    questions.path = cast / "ada.face.json"
    return folder


def is_fresh(game: Path, renderer: ScriptedRenderer) -> bool:
    return check_link(game, renderer.manifest, load_presets()).is_fresh


def test_saving_updates_the_game_and_says_what_was_written(
    window: MainWindow, renderer: ScriptedRenderer, game: Path, qtbot: QtBot
) -> None:
    told: list[str] = []
    window.workspace.linked.said.connect(told.append)
    assert window.session is not None
    window.session.set_attribute("age", 50.0)
    window.actions_.save.trigger()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert sorted(path.name for path in game.glob("*.png")) == ["ada_happy.png", "ada_neutral.png", "ada_sad.png"]
    assert told[0].startswith("4 ")
    assert told[0].endswith("written in novel: ada_neutral.png, ada_happy.png, ada_sad.png…"), "the credits come last"
    assert is_fresh(game, renderer)
    window.session.set_attribute("age", 51.0)
    window.actions_.save.trigger()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=PATIENCE)
    assert told[1].startswith("3 ")
    assert len(renderer.threads) == 1, "all pictures come from the one worker"


def test_the_preview_goes_first(window: MainWindow, renderer: ScriptedRenderer, game: Path, qtbot: QtBot) -> None:
    assert window.session is not None
    window.session.set_attribute("age", 50.0)
    settle(window, qtbot)
    renderer.block()
    window.actions_.save.trigger()
    qtbot.waitUntil(renderer.entered.is_set, timeout=PATIENCE)  # the game's first picture is under way
    window.session.set_attribute("age", 60.0)
    begun = len(renderer.requests)
    renderer.unblock()
    settle(window, qtbot)
    later = renderer.requests[begun:]
    assert [request.character.values["age"] for request in later[:2]] == [60.0, 60.0], "draft and full picture"
    qtbot.waitUntil(lambda: is_fresh(game, renderer), timeout=PATIENCE)


def test_a_failure_is_told_and_the_next_save_works(
    window: MainWindow, renderer: ScriptedRenderer, game: Path, qtbot: QtBot
) -> None:
    noticed: list[str] = []
    window.workspace.linked.noticed.connect(noticed.append)
    settle(window, qtbot)
    renderer.failure = RenderError("the lamp went out")
    window.actions_.save.trigger()
    qtbot.waitUntil(lambda: bool(noticed), timeout=PATIENCE)
    assert noticed == ["novel was not updated: the lamp went out"]
    assert not list(game.glob("*.png"))
    renderer.failure = None
    window.actions_.save.trigger()
    qtbot.waitUntil(lambda: is_fresh(game, renderer), timeout=PATIENCE)


def test_characters_of_no_game_touch_nothing(
    window: MainWindow, questions: ScriptedQuestions, game: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    questions.path = tmp_path / "elsewhere.face.json"
    window.actions_.save.trigger()
    settle(window, qtbot)
    assert [path.name for path in game.iterdir()] == [LINK_FILE]


def test_closing_in_the_middle_leaves_whole_files(
    window: MainWindow, renderer: ScriptedRenderer, game: Path, qtbot: QtBot
) -> None:
    settle(window, qtbot)
    renderer.block()
    window.actions_.save.trigger()
    qtbot.waitUntil(lambda: len(renderer.requests) > 2 and renderer.entered.is_set(), timeout=PATIENCE)
    renderer.unblock()
    assert window.close()
    assert window.renderer.wait(PATIENCE)
    assert not list(game.glob("*.part"))


def test_linking_from_the_window_keeps_the_changes_of_the_preset(
    window: MainWindow,
    renderer: ScriptedRenderer,
    questions: ScriptedQuestions,
    game: Path,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    window.actions_.save.trigger()
    assert questions.path is not None
    preset = load_presets().find("trio").adjusted(size=48, expressions=("sad",))
    window.workspace.linked.link(other, preset, questions.path)
    qtbot.waitUntil(lambda: (other / "ada_sad.png").is_file(), timeout=PATIENCE)
    (target,) = load_link(other).targets
    assert (target.cast, target.preset) == (("../cast/ada.face.json",), "trio")
    assert target.changes == {"size": 48, "expressions": ["sad"]}
    qtbot.waitUntil(lambda: is_fresh(other, renderer) and is_fresh(game, renderer), timeout=PATIENCE)


def test_an_export_that_is_to_be_kept_up_to_date_follows_the_character(
    window: MainWindow,
    renderer: ScriptedRenderer,
    questions: ScriptedQuestions,
    game: Path,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    noticed: list[str] = []
    window.workspace.linked.noticed.connect(noticed.append)
    other = tmp_path / "other"
    preset = load_presets().find("trio")
    questions.export_choice = ExportChoice(preset, other, follows=True)
    window.actions_.export.trigger()
    qtbot.waitUntil(lambda: bool(noticed), timeout=PATIENCE)
    assert "save it" in noticed[0]
    assert not (other / LINK_FILE).exists()
    window.actions_.save.trigger()
    window.actions_.export_again.trigger()
    qtbot.waitUntil((other / LINK_FILE).is_file, timeout=PATIENCE)
    assert window.session is not None
    window.session.set_attribute("age", 61.0)
    window.actions_.save.trigger()
    qtbot.waitUntil(lambda: is_fresh(other, renderer) and is_fresh(game, renderer), timeout=PATIENCE)
    assert load_recipe(other / "ada_sad.png", renderer.schema).character.values["age"] == 61.0


def test_the_dialog_asks_whether_to_follow(window: MainWindow, game: Path, qtbot: QtBot, tmp_path: Path) -> None:
    assert window.session is not None
    shelf = load_presets()
    suggestion = ExportChoice(shelf.find("trio"), tmp_path)
    dialog = ExportDialog(shelf, suggestion, member_of(window.session.character), window.renderer)
    qtbot.addWidget(dialog)
    assert not dialog.choice().follows
    dialog.form.follow_box.click()
    assert dialog.choice().follows
    dialog.reject()


def test_a_folder_that_cannot_be_linked_is_told(window: MainWindow, game: Path, tmp_path: Path) -> None:
    noticed: list[str] = []
    window.workspace.linked.noticed.connect(noticed.append)
    window.workspace.linked.link(tmp_path / "nowhere", load_presets().find("trio"), tmp_path / "ada.face.json")
    assert len(noticed) == 1
    assert "nowhere" in noticed[0]
