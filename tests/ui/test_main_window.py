"""Files, export, questions and shortcuts of the whole window."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creator import cli, paths
from creator.character import save_character
from creator.export.plan import Existing
from creator.export.presets import load_presets
from creator.generator import Generator, PortraitRenderer
from creator.portrait_file import load_recipe
from creator.ui.export_form import ExportChoice
from creator.ui.inspect_dialog import InspectChoice
from creator.ui.last_export import FILE_NAME, load_last_export
from creator.ui.main_window import MainWindow
from creator.ui.questions import Answer
from creator.ui.theme import apply_theme

from .conftest import PATIENCE, MakeWindow, ScriptedQuestions, ScriptedRenderer, load_from, settle


def choice(folder: Path, preset: str = "png", **changes: object) -> ExportChoice:
    return ExportChoice(load_presets().find(preset).adjusted(**changes), folder)


def exported(window: MainWindow, questions: ScriptedQuestions, wanted: ExportChoice, qtbot: QtBot) -> dict[str, bytes]:
    """Export as the user would and return every file that is then in the folder."""
    questions.export_choice = wanted
    window.statusBar().clearMessage()
    window.actions_.export.trigger()
    qtbot.waitUntil(lambda: window.statusBar().currentMessage().startswith("Exported into"), timeout=PATIENCE)
    files = (path for path in wanted.folder.rglob("*") if path.is_file())
    return {path.relative_to(wanted.folder).as_posix(): path.read_bytes() for path in files}


def compare_with_command_line(
    folder: Path, make_window: MakeWindow, questions: ScriptedQuestions, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(load_from(folder))
    settle(window, qtbot)
    assert window.session is not None
    recipe = tmp_path / "anna.face.json"
    window.session.save(recipe)
    for preset in ("png", "expressions", "rpg-maker-mz"):
        ours = exported(window, questions, choice(tmp_path / "window" / preset, preset), qtbot)
        theirs = tmp_path / "command line" / preset
        assert cli.main(["export", str(recipe), "-p", preset, "--to", str(theirs), "--device", "cpu"]) == 0
        assert ours == {path.relative_to(theirs).as_posix(): path.read_bytes() for path in theirs.rglob("*.*")}
        assert len(ours) > 1


def test_window_and_command_line_give_the_same_bytes(
    own_model: Path, make_window: MakeWindow, questions: ScriptedQuestions, qtbot: QtBot, tmp_path: Path
) -> None:
    compare_with_command_line(own_model, make_window, questions, qtbot, tmp_path)


@pytest.mark.needs_model
def test_window_and_command_line_give_the_same_bytes_with_the_real_model(
    bundled_model: Path, make_window: MakeWindow, questions: ScriptedQuestions, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(paths.MODELS_VARIABLE, str(bundled_model))
    compare_with_command_line(bundled_model, make_window, questions, qtbot, tmp_path)


@pytest.mark.needs_model
def test_screenshot_of_the_real_window(
    bundled_model: Path, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    """Writes a picture for a person to look at: $FACEWRIGHT_SCREENSHOT, or a temporary file."""
    apply_theme(qapp)
    window = make_window(load_from(bundled_model))
    settle(window, qtbot)
    target = Path(os.environ.get("FACEWRIGHT_SCREENSHOT") or tmp_path / "window.png")
    target.parent.mkdir(parents=True, exist_ok=True)
    assert window.grab().save(str(target))
    colours = {window.view.grab().toImage().pixel(x, 200) for x in range(0, window.view.width(), 3)}
    assert len(colours) > 20, "the preview shows more than its background"
    print(f"screenshot: {target}")


def test_the_window_shows_before_the_model_is_there(make_window: MakeWindow, renderer: ScriptedRenderer) -> None:
    window = make_window(lambda: renderer)
    assert window.isVisible()
    assert window.session is None
    assert not window.actions_.save.isEnabled()


def test_saving_asks_for_a_file_once(
    window: MainWindow, questions: ScriptedQuestions, tmp_path: Path, qtbot: QtBot
) -> None:
    assert window.session is not None
    window.session.set_attribute("age", 50.0)
    assert window.isWindowModified()
    questions.path = tmp_path / "anna.face.json"
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert questions.asked == ["save"]
    assert not window.isWindowModified()
    assert window.windowTitle().startswith("anna")
    window.session.set_attribute("age", 51.0)
    window.actions_.save.trigger()
    assert questions.asked == ["save"]
    assert not window.isWindowModified()


@pytest.mark.parametrize(
    ("answer", "closes", "writes"),
    [(Answer.CANCEL, False, False), (Answer.DISCARD, True, False), (Answer.SAVE, True, True)],
)
def test_closing_with_unsaved_changes_asks(
    window: MainWindow, questions: ScriptedQuestions, tmp_path: Path, answer: Answer, closes: bool, writes: bool
) -> None:
    assert window.session is not None
    window.session.set_attribute("age", 50.0)
    questions.answer, questions.path = answer, tmp_path / "anna.face.json"
    assert window.close() is closes
    assert questions.asked[0] == "unsaved changes"
    assert questions.path.exists() is writes
    assert window.isVisible() is not closes


def test_closing_is_called_off_when_the_save_fails(window: MainWindow, questions: ScriptedQuestions) -> None:
    assert window.session is not None
    window.session.set_attribute("age", 50.0)
    questions.answer, questions.path = Answer.SAVE, Path("/nowhere/at/all/anna.face.json")
    assert not window.close()
    assert "was not saved" in questions.told[0]


def test_closing_without_changes_asks_nothing(window: MainWindow, questions: ScriptedQuestions) -> None:
    assert window.close()
    assert questions.asked == []


def test_opening_asks_about_changes_and_tells_what_is_wrong(
    window: MainWindow, questions: ScriptedQuestions, tmp_path: Path, qtbot: QtBot
) -> None:
    assert window.session is not None
    path = tmp_path / "bert.face.json"
    save_character(window.session.character.with_value("age", 77.0), path)
    window.session.set_attribute("age", 50.0)
    questions.path = path
    window.actions_.open.trigger()
    assert questions.asked == ["unsaved changes"]
    assert window.session.character.values["age"] == 50.0
    questions.answer = Answer.DISCARD
    window.actions_.open.trigger()
    assert window.session.character.values["age"] == 77.0
    assert window.panel.rows["age"].number.value() == 77.0  # type: ignore[union-attr]
    settle(window, qtbot)
    questions.path = tmp_path / "missing.face.json"
    window.actions_.open.trigger()
    assert "missing.face.json" in questions.told[0]
    assert window.session.character.values["age"] == 77.0


def test_a_dropped_portrait_brings_its_character_back(
    window: MainWindow, questions: ScriptedQuestions, tmp_path: Path, qtbot: QtBot
) -> None:
    assert window.session is not None
    before = window.session.character
    exported(window, questions, choice(tmp_path, picture_name="portrait"), qtbot)
    portrait = tmp_path / "portrait.png"
    window.session.new_person(11)
    questions.answer, questions.inspect_choice = Answer.DISCARD, InspectChoice.OPEN
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(portrait))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(drop)
    session = window.session
    qtbot.waitUntil(lambda: session.character == before, timeout=PATIENCE)
    assert questions.inspected[0].picture is not None
    assert session.path is None, "saving must not write a character over the portrait"


def test_a_failed_export_says_so_and_leaves_the_window_working(
    window: MainWindow, questions: ScriptedQuestions, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.session is not None
    (tmp_path / "file").write_bytes(b"")
    questions.export_choice = choice(tmp_path / "file")
    window.actions_.export.trigger()
    qtbot.waitUntil(lambda: bool(questions.told), timeout=PATIENCE)
    assert "was not exported" in questions.told[0]
    window.session.new_person(9)
    settle(window, qtbot)


def test_an_export_under_way_is_finished_before_the_window_ends(
    window: MainWindow, questions: ScriptedQuestions, renderer: ScriptedRenderer, tmp_path: Path
) -> None:
    renderer.block()
    questions.export_choice = choice(tmp_path, picture_name="portrait")
    window.actions_.export.trigger()
    assert renderer.entered.wait(PATIENCE / 1000)
    renderer.unblock()
    assert window.close()
    assert (tmp_path / "portrait.png").exists()


def test_shortcuts(window: MainWindow, qtbot: QtBot) -> None:
    assert window.session is not None
    first = window.session.character
    qtbot.keyClick(window, Qt.Key.Key_R)
    second = window.session.character
    assert second.seed != first.seed
    assert window.session.undo_label == "New person"
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert window.session.character.values == second.values
    assert window.session.character.seed != second.seed
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.character == first
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.session.character == second
    settle(window, qtbot)


def test_typing_a_seed(window: MainWindow, qtbot: QtBot) -> None:
    assert window.session is not None
    line = window.seed_line
    line.selectAll()
    qtbot.keyClicks(line, "123")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.session.character.seed == 123
    line.selectAll()
    qtbot.keyClicks(line, "9999999999")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.session.character.seed == 123
    assert line.text() == "123"
    assert window.view.message.isVisible()


def test_the_controls_can_be_hidden(window: MainWindow) -> None:
    window.actions_.controls.trigger()
    assert not window.panel.isVisible()
    window.actions_.controls.trigger()
    assert window.panel.isVisible()


def test_the_last_export_is_repeated_for_the_present_character(
    window: MainWindow, questions: ScriptedQuestions, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.session is not None
    assert not window.actions_.export_again.isEnabled()
    wanted = ExportChoice(choice(tmp_path).preset.adjusted(picture_name="hero"), tmp_path, Existing.NUMBER)
    exported(window, questions, wanted, qtbot)
    window.session.new_person(31)
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil((tmp_path / "hero 2.png").exists, timeout=PATIENCE)
    assert load_recipe(tmp_path / "hero 2.png", window.session.schema).character == window.session.character
    assert questions.asked == ["export"], "a repetition asks nothing"


def test_the_last_export_is_repeated_after_a_restart_unless_its_folder_is_gone(
    make_window: MakeWindow, renderer: ScriptedRenderer, questions: ScriptedQuestions, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "game"
    first = make_window(lambda: renderer)
    settle(first, qtbot)
    exported(first, questions, choice(folder, picture_name="hero", size=48), qtbot)
    (folder / "hero.png").unlink()
    again = make_window(lambda: renderer)
    settle(again, qtbot)
    action = again.actions_.export_again
    assert action.isEnabled()
    assert str(folder) in action.toolTip()
    action.trigger()
    qtbot.waitUntil((folder / "hero.png").exists, timeout=PATIENCE)
    assert load_recipe(folder / "hero.png", again.session.schema).character == again.session.character  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not again.workspace.export.runner.is_running, timeout=PATIENCE)
    folder.rename(tmp_path / "moved")
    action.trigger()
    assert not folder.exists(), "it is not made again"
    assert not action.isEnabled()
    assert action.text() == "Export again (the folder is gone)"
    assert f"the folder {folder} is gone" in action.toolTip()
    later = make_window(lambda: renderer)
    settle(later, qtbot)
    assert not later.actions_.export_again.isEnabled()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"preset": {}, "folder": "x", "existing": "replace"}', "[" * 9999]
)
def test_a_damaged_last_export_counts_as_none(own_folders: Path, text: str) -> None:
    file = own_folders / "settings" / FILE_NAME
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert load_last_export() is None


def test_the_renderer_boundary_is_a_protocol(renderer: ScriptedRenderer) -> None:
    fake: PortraitRenderer = renderer
    assert fake.device_name == "Scripted"


def test_falling_to_the_cpu_is_told_once(
    own_model: Path, make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons = [""]
    monkeypatch.setattr(Generator, "device_reason", property(lambda _self: reasons[0]))
    window = make_window(load_from(own_model))
    settle(window, qtbot)
    assert not window.view.message.isVisible()
    reasons[0] = "the graphics card was taken away"
    assert window.session is not None
    window.session.new_person(5)
    settle(window, qtbot)
    assert window.view.message.text == "Running on the CPU: the graphics card was taken away"
    window.view.message.hide()
    window.session.new_person(6)
    settle(window, qtbot)
    assert not window.view.message.isVisible()
