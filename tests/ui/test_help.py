"""Settings, keys, look, tour, about, diagnostics and the state that comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QPalette
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from creator import paths
from creator.description import alt_text
from creator.ui.about_dialog import AboutDialog
from creator.ui.diagnostics import LOG_NAME
from creator.ui.main_window import MainWindow
from creator.ui.settings import Settings
from creator.ui.settings_dialog import SettingsDialog
from creator.ui.theme import apply_theme, use_theme

from .conftest import PATIENCE, MakeWindow, ScriptedQuestions, ScriptedRenderer, broken_load, settle

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> SettingsDialog:
    dialog = SettingsDialog(window.settings, window.actions_, window)
    qtbot.addWidget(dialog)
    return dialog


def test_settings_are_kept_and_damage_is_no_reason_not_to_start(tmp_path: Path) -> None:
    file = tmp_path / "sub" / "settings.json"
    Settings(file).change(theme="dark", pane_sizes=(1, 2, 3))
    assert Settings(file).values.theme == "dark"
    assert Settings(file).values.pane_sizes == (1, 2, 3)
    for damage in ("{", '{"theme": "purple"}', "[]", '{"geometry": 5}'):
        file.write_text(damage)
        assert Settings(file).values.theme == "system"


@given(raw=st.binary(max_size=100))
def test_any_settings_file_can_be_read(raw: bytes, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(raw)
    Settings(file)


def test_keys_can_be_changed_and_reset(window: MainWindow, dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.edits["new_person"].setKeySequence(QKeySequence("N"))
    dialog.accept()
    assert window.settings.values.shortcuts == {"new_person": "N"}
    window.actions_.use_keys(window.settings.values.shortcuts)
    assert window.session is not None
    before = window.session.character
    qtbot.keyClick(window, Qt.Key.Key_R)
    assert window.session.character == before
    qtbot.keyClick(window, Qt.Key.Key_N)
    assert window.session.character != before
    again = SettingsDialog(window.settings, window.actions_, window)
    qtbot.addWidget(again)
    again.edits["new_person"].setKeySequence(window.actions_.default_keys("new_person"))
    again.accept()
    assert window.settings.values.shortcuts == {}


def test_keys_for_two_actions_are_refused(window: MainWindow, dialog: SettingsDialog) -> None:
    dialog.edits["new_person"].setKeySequence(QKeySequence("Ctrl+S"))
    assert dialog.clash.text() == "Used twice: Ctrl+S"
    dialog.accept()
    assert window.settings.values.shortcuts == {}
    assert dialog.result() == SettingsDialog.DialogCode.Rejected


def test_a_new_window_has_the_kept_keys_page_and_sizes(
    window: MainWindow, make_window: MakeWindow, renderer: ScriptedRenderer, questions: ScriptedQuestions, qtbot: QtBot
) -> None:
    questions.new_settings = {"shortcuts": {"save": "F2", "library": "F3"}}
    window.actions_.settings.trigger()
    qtbot.keyClick(window, Qt.Key.Key_F3)
    assert window.side.page == "library"
    window.actions_.controls.trigger()
    window.resize(760, 560)  # the screen of the tests is small
    assert window.close()
    again = make_window(lambda: renderer)
    settle(again, qtbot)
    assert again.side.page == "library"
    assert again.actions_.named["library"].isChecked()
    assert again.actions_.save.shortcut() == QKeySequence("F2")
    assert not again.panel.isVisible()
    assert (again.width(), again.height()) < (1000, 600), "not the size of a first start"


def test_one_page_at_the_side(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_L, CTRL)
    assert window.workspace.library.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_H, CTRL)
    assert window.workspace.history.isVisible()
    assert not window.workspace.library.isVisible()
    assert not window.actions_.named["library"].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_H, CTRL)
    assert not window.side.isVisible()


def test_the_look_can_be_chosen(qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    assert qapp.palette().color(QPalette.ColorRole.Window).lightness() > 200
    use_theme(qapp, "dark")
    assert qapp.palette().color(QPalette.ColorRole.Window).lightness() < 60
    use_theme(qapp, "system")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_stand_out_from_their_ground(theme: str, qapp: QApplication) -> None:
    """WCAG's contrast of 4.5 for text, and 3 for what can be told from its place and is disabled or a hint."""
    apply_theme(qapp, theme)
    role = QPalette.ColorRole
    for ink, ground, least in (
        (role.WindowText, role.Window, 7.0), (role.Text, role.Base, 7.0), (role.ButtonText, role.Button, 7.0),
        (role.PlaceholderText, role.Window, 4.5), (role.PlaceholderText, role.Base, 4.5),
        (role.HighlightedText, role.Highlight, 4.5), (role.Highlight, role.Window, 3.0),
    ):  # fmt: skip
        colours = [qapp.palette().color(one) for one in (ink, ground)]
        lights = sorted(
            sum(
                weight * (((value + 0.055) / 1.055) ** 2.4 if value > 0.04045 else value / 12.92)
                for weight, value in zip((0.2126, 0.7152, 0.0722), colour.getRgbF()[:3], strict=True)
            )
            for colour in colours
        )
        assert (lights[1] + 0.05) / (lights[0] + 0.05) >= least, (theme, ink, ground)
    use_theme(qapp, "system")


def test_the_tour_has_three_steps_and_is_seen_once(window: MainWindow, qtbot: QtBot) -> None:
    window.help.show_tour()
    tour = window.help.tour
    assert tour is not None
    titles = []
    for _ in range(3):
        titles.append(tour._title.text())
        assert window.rect().contains(tour.geometry())
        qtbot.keyClick(tour.next_button, Qt.Key.Key_Space)
    assert len(set(titles)) == 3
    assert window.help.tour is None
    assert window.settings.values.tour_seen


def test_the_tour_can_be_left_and_does_not_stand_in_the_way(window: MainWindow, qtbot: QtBot) -> None:
    window.help.show_tour()
    assert window.help.tour is not None
    window.resize(900, 640)
    assert window.rect().contains(window.help.tour.geometry())
    assert window.session is not None
    before = window.session.character
    window.actions_.new_person.trigger()
    assert window.session.character != before
    qtbot.keyClick(window.help.tour, Qt.Key.Key_Escape)
    assert window.help.tour is None


def test_about_tells_model_device_and_licences(window: MainWindow, qtbot: QtBot) -> None:
    dialog = AboutDialog(window.renderer.renderer, window.device_text, window)
    qtbot.addWidget(dialog)
    pages = [dialog.tabs.widget(index) for index in range(dialog.tabs.count())]
    model, device, licences = (page.toPlainText() for page in pages if isinstance(page, QPlainTextEdit))
    assert "tiny 0.0.1" in model
    assert "Scripted" in device
    assert "LGPL-3.0" in licences
    assert "numpy" in licences
    dialog.copy_button.click()
    assert "Device: Scripted" in QGuiApplication.clipboard().text()


def test_diagnostics_tell_versions_and_the_end_of_the_log_but_no_character(window: MainWindow) -> None:
    assert window.session is not None
    window.session.set_name("Secret Person")
    paths.user_log_folder().mkdir(parents=True)
    (paths.user_log_folder() / LOG_NAME).write_text("old\n" * 200 + "WARNING something happened\n")
    window.actions_.copy_diagnostics.trigger()
    text = QGuiApplication.clipboard().text()
    assert "Model: tiny 0.0.1, 6 attributes" in text
    assert text.endswith("WARNING something happened")
    assert text.count("old") < 100
    assert "Secret" not in text


def test_the_portrait_is_described(window: MainWindow, qtbot: QtBot) -> None:
    assert window.session is not None
    window.session.set_name("Ada")
    window.session.set_attribute("expression", "sad")
    words = alt_text(window.session.character, window.session.schema)
    assert "Expression: Sad" in words
    assert window.view.accessibleDescription() == words
    window.actions_.copy_description.trigger()
    assert QGuiApplication.clipboard().text() == words
    settle(window, qtbot)


def test_the_settings_can_be_changed_without_a_model(
    make_window: MakeWindow, questions: ScriptedQuestions, qtbot: QtBot
) -> None:
    """A device that cannot run must not lock the user out of choosing another."""
    window = make_window(broken_load)
    qtbot.waitUntil(window.view.message.isVisible, timeout=PATIENCE)
    questions.new_settings = {"device": "cpu"}
    window.actions_.settings.trigger()
    assert Settings().values.device == "cpu"


def test_the_dialog_keeps_what_was_chosen(window: MainWindow, dialog: SettingsDialog, tmp_path: Path) -> None:
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.language.setCurrentIndex(dialog.language.findData("de"))
    dialog.device.setCurrentIndex(dialog.device.findData("cpu"))
    dialog.folder.setText(str(tmp_path / "game"))
    dialog.accept()
    kept = Settings().values
    assert (kept.theme, kept.language, kept.device) == ("dark", "de", "cpu")
    assert Settings().library_folder == tmp_path / "game"
