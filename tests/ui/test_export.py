"""The export dialog: what it shows is what is written."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from creator.export.cast import CastMember, member_of
from creator.export.job import ExportReport
from creator.export.plan import Existing, ExportJob
from creator.export.presets import load_presets
from creator.ui.export_dialog import ExportDialog
from creator.ui.export_form import CheckList, ExportChoice
from creator.ui.export_progress import ExportProgress
from creator.ui.export_runner import ExportRunner
from creator.ui.main_window import MainWindow

from .conftest import PATIENCE, ScriptedRenderer

ROLE = Qt.ItemDataRole.UserRole


@pytest.fixture
def member(window: MainWindow) -> CastMember:
    assert window.session is not None
    return member_of(window.session.character.with_name("Anna"))


@pytest.fixture
def open_dialog(
    window: MainWindow, member: CastMember, qtbot: QtBot, tmp_path: Path
) -> Iterator[Callable[..., ExportDialog]]:
    dialogs = []

    def make(preset: str = "expressions", **changes: object) -> ExportDialog:
        shelf = load_presets()
        chosen = shelf.find(preset).adjusted(**changes)
        dialog = ExportDialog(shelf, ExportChoice(chosen, tmp_path / "game"), member, window.renderer)
        dialogs.append(dialog)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    yield make
    for dialog in dialogs:
        dialog.reject()


def rehearse(dialog: ExportDialog, qtbot: QtBot) -> ExportReport:
    with qtbot.waitSignal(dialog.runner.finished, timeout=PATIENCE) as told:
        pass
    report: ExportReport = told.args[0]
    return report


def set_checked(box: CheckList, key: str, on: bool) -> None:
    item = next(box.item(row) for row in range(box.count()) if box.item(row).data(ROLE) == key)
    item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def test_the_dialog_shows_names_at_once_and_then_the_real_pictures(
    open_dialog: Callable[..., ExportDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = open_dialog(size=48)
    assert list(dialog.sheet.files.states) == [f"Anna/{name}.png" for name in ("neutral", "happy", "sad")]
    rehearse(dialog, qtbot)
    assert dialog.sheet.files.states["Anna/sad.png"] == "new"
    assert dialog.sheet.picture.width() == 48
    assert dialog.sheet.caption.text() == "neutral.png: 48 × 48"
    assert "Files: 4 new." in dialog.message.text()
    assert not (tmp_path / "game").exists(), "a rehearsal writes nothing"


def test_changes_show_in_names_and_pictures(open_dialog: Callable[..., ExportDialog], qtbot: QtBot) -> None:
    dialog = open_dialog(size=48)
    dialog.form.name_line.setText("{character}_{expression}_{size}")
    set_checked(dialog.form.expressions, "sad", False)
    dialog.form.size_box.setValue(64)
    assert list(dialog.sheet.files.states) == ["Anna_neutral_64.png", "Anna_happy_64.png"]
    rehearse(dialog, qtbot)
    assert dialog.sheet.picture.width() == 64
    choice = dialog.choice()
    assert (choice.preset.size, choice.preset.expressions) == (64, ("neutral", "happy"))


def test_another_preset_brings_its_settings_and_all_expressions_stay_all(
    open_dialog: Callable[..., ExportDialog], qtbot: QtBot
) -> None:
    dialog = open_dialog()
    assert dialog.choice().preset.expressions == ("all",), "also for a model with more of them"
    items = [dialog.presets.item(row) for row in range(dialog.presets.count())]
    dialog.presets.setCurrentItem(next(item for item in items if item.data(ROLE) == "rpg-maker-mz"))
    assert next(iter(dialog.sheet.files.states)) == "img/faces/Anna.png"
    assert dialog.choice().preset == load_presets().find("rpg-maker-mz")
    rehearse(dialog, qtbot)
    assert dialog.sheet.caption.text() == "Anna.png: 576 × 288"
    dialog.sheet.files.choose("img/faces/Anna.faces.json")
    assert "no picture" in dialog.sheet.caption.text()


def test_what_cannot_be_is_said_and_cannot_be_exported(open_dialog: Callable[..., ExportDialog]) -> None:
    dialog = open_dialog(size=48)
    for text, message in (("{charakter}", "did you mean 'character'"), ("../x", "stay inside"), ("x", "two files")):
        dialog.form.name_line.setText(text)
        assert message in dialog.message.text()
        assert not dialog.export_button.isEnabled()
    dialog.accept()
    assert dialog.result() == ExportDialog.DialogCode.Rejected
    dialog.form.name_line.setText("{expression}")
    assert dialog.export_button.isEnabled()
    dialog.form.folder_line.setText(" ")
    assert "Choose a folder" in dialog.message.text()


def test_files_that_are_there_are_marked(
    open_dialog: Callable[..., ExportDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "game" / "Anna").mkdir(parents=True)
    (tmp_path / "game" / "Anna" / "sad.png").write_bytes(b"older")
    dialog = open_dialog(size=48)
    assert dialog.sheet.files.states["Anna/sad.png"] == "is there"
    rehearse(dialog, qtbot)
    assert dialog.sheet.files.states["Anna/sad.png"] == "will change"
    dialog.form.existing_box.setCurrentIndex(dialog.form.existing_box.findData(Existing.SKIP))
    rehearse(dialog, qtbot)
    assert dialog.sheet.files.states["Anna/sad.png"] == "is kept"


def test_a_new_frame_or_style_draws_no_person_again(
    open_dialog: Callable[..., ExportDialog], renderer: ScriptedRenderer, qtbot: QtBot
) -> None:
    dialog = open_dialog(size=48)
    rehearse(dialog, qtbot)
    drawn = len(renderer.requests)
    dialog.form.crop_box.setCurrentIndex(1)
    rehearse(dialog, qtbot)
    dialog.form.style_box.setCurrentIndex(2)
    rehearse(dialog, qtbot)
    assert len(renderer.requests) == drawn


def test_one_expression_stays_checked(open_dialog: Callable[..., ExportDialog]) -> None:
    dialog = open_dialog(size=48)
    for name in ("neutral", "happy", "sad"):
        set_checked(dialog.form.expressions, name, False)
    assert dialog.form.expressions.checked() == ("sad",)


def test_the_preview_is_served_between_two_pictures_of_an_export(
    window: MainWindow, member: CastMember, renderer: ScriptedRenderer, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.session is not None
    renderer.block()
    runner = ExportRunner(window.renderer)
    runner.start(ExportJob((member,), load_presets().find("expressions").adjusted(size=32), tmp_path))
    assert renderer.entered.wait(PATIENCE / 1000)
    window.session.new_person(77)
    wanted = window.session.character
    with qtbot.waitSignal(runner.finished, timeout=PATIENCE):
        renderer.unblock()
    order = [request.character == wanted for request in renderer.requests[-8:]]
    assert True in order[:-1], "the preview did not wait for the end of the export"
    assert not order[-1]


def test_cancelling_stops_after_the_picture_under_way(
    window: MainWindow, member: CastMember, renderer: ScriptedRenderer, qtbot: QtBot, tmp_path: Path
) -> None:
    runner = ExportRunner(window.renderer)
    progress = ExportProgress(runner, tmp_path)
    qtbot.addWidget(progress)
    renderer.block()
    before = len(renderer.requests)
    runner.start(ExportJob((member,), load_presets().find("expressions").adjusted(size=32), tmp_path))
    assert renderer.entered.wait(PATIENCE / 1000)
    with qtbot.waitSignal(runner.ended, timeout=PATIENCE):
        progress.reject()
    assert not runner.is_running
    stopped: list[str] = []
    window.renderer.submit(lambda _renderer: None, stopped.append)
    renderer.unblock()
    qtbot.waitUntil(lambda: stopped == [""], timeout=PATIENCE)
    assert len(renderer.requests) == before + 1
    for path in tmp_path.rglob("*.png"):
        Image.open(io.BytesIO(path.read_bytes())).load()


def test_the_report_can_be_read_and_copied(
    window: MainWindow, member: CastMember, qtbot: QtBot, tmp_path: Path
) -> None:
    runner = ExportRunner(window.renderer)
    progress = ExportProgress(runner, tmp_path / "game")
    qtbot.addWidget(progress)
    progress.show()
    with qtbot.waitSignal(runner.finished, timeout=PATIENCE):
        runner.start(ExportJob((member,), load_presets().find("expressions").adjusted(size=32), tmp_path / "game"))
    assert progress.files.states["Anna/happy.png"] == "new"
    assert progress.close_button.text() == "Close"
    progress.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "Anna/happy.png\tnew" in copied
    assert "4 new" in copied
