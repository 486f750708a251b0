"""What a crash, a kill or a power cut leaves: nothing older than a few seconds is ever lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from pytestqt.qtbot import QtBot

from creator import paths, recovery
from creator.attributes import AttributeSchema
from creator.character import load_character
from creator.errors import SaveError
from creator.recovery import Unsaved
from creator.ui import autosave as autosave_module
from creator.ui.autosave import AUTOSAVE_SECONDS, Autosave, find_lost_changes
from creator.ui.session import Session

from .conftest import PATIENCE, MakeWindow, ScriptedQuestions, ScriptedRenderer, settle

ROOT = Path(__file__).resolve().parents[2]

_EDIT_UNTIL_KILLED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from creator import paths
from creator.generator import Generator
from creator.ui.main_window import MainWindow
state, model = Path(sys.argv[1]), Path(sys.argv[2])
for name in ("settings", "state", "cache", "library", "log"):
    setattr(paths, f"user_{name}_folder", lambda kind=name: state / kind)
app = QApplication([])
window = MainWindow(lambda: Generator.load(model, "cpu"), seed=7)
window.show()
window.start()
def edit():
    # A slider that never comes to rest, as in the middle of a drag.
    age = 20.0 + (window.session.character.values["age"] - 19.0) % 60.0
    window.session.set_attribute("age", age, live=True)
    print(age, flush=True)
timer = QTimer()
timer.timeout.connect(edit)
window.ready.connect(lambda: (window.session.set_name("Ada"), timer.start(50)))
app.exec()
"""


def test_a_killed_window_gives_its_changes_to_the_next_one(
    own_model: Path, own_folders: Path, make_window: MakeWindow, renderer: ScriptedRenderer, qtbot: QtBot
) -> None:
    arguments = [sys.executable, "-c", _EDIT_UNTIL_KILLED, str(own_folders), str(own_model)]
    folder = own_folders / "state" / "recovery"
    with subprocess.Popen(
        arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as victim:
        try:
            qtbot.waitUntil(lambda: bool(list(folder.glob("*.recovery.json"))), timeout=3 * PATIENCE)
        finally:
            os.kill(victim.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        assert victim.stdout is not None
        ages = [float(line) for line in victim.stdout.read().split()]
    window = make_window(lambda: renderer)
    settle(window, qtbot)
    assert window.session is not None
    assert "did not end as it should" in window.view.message.text
    window.view.message.answers[0].click()
    assert window.session.character.name == "Ada"
    assert window.session.character.values["age"] in ages
    assert not window.session.is_saved
    assert not window.view.message.isVisible()
    assert not window.session.undo_label, "an undo must not bring another person over the recovered file"


def test_a_change_waits_less_than_ten_seconds_however_long_the_drag(schema: AttributeSchema, tmp_path: Path) -> None:
    assert AUTOSAVE_SECONDS < 10
    session = Session(schema, seed=7)
    autosave = Autosave(session, tmp_path)
    session.set_attribute("age", 40.0, live=True)
    timer = autosave._timer
    assert timer.isActive()
    started = timer.timerId()
    session.set_attribute("age", 42.0, live=True)
    assert timer.timerId() == started, "a later change must not start the wait anew"
    autosave.close()


def kept(folder: Path) -> list[Path]:
    return list(folder.glob("*.recovery.json"))


def test_saving_and_closing_leave_nothing_behind(schema: AttributeSchema, tmp_path: Path, qtbot: QtBot) -> None:
    session = Session(schema, seed=7)
    autosave = Autosave(session, tmp_path / "state")
    session.set_attribute("age", 40.0)
    autosave.keep()
    qtbot.waitUntil(lambda: len(kept(tmp_path / "state")) == 1, timeout=PATIENCE)
    assert find_lost_changes(schema, tmp_path / "state") is None, "its window lives"
    session.save(tmp_path / "ada.face.json")
    qtbot.waitUntil(lambda: not kept(tmp_path / "state"), timeout=PATIENCE)
    session.set_attribute("age", 50.0)
    autosave.keep()
    autosave.close()
    assert list((tmp_path / "state").iterdir()) == []


def test_undoing_to_the_saved_state_needs_no_recovery(schema: AttributeSchema, tmp_path: Path, qtbot: QtBot) -> None:
    session = Session(schema, seed=7)
    autosave = Autosave(session, tmp_path)
    session.set_attribute("age", 40.0)
    autosave.keep()
    session.undo()
    qtbot.waitUntil(lambda: not kept(tmp_path), timeout=PATIENCE)
    autosave.close()


def test_a_disk_that_does_not_take_it_is_told_once(
    schema: AttributeSchema, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_unsaved: Unsaved, _file: Path) -> None:
        raise SaveError("cannot write: No space left on device")

    monkeypatch.setattr(autosave_module.recovery, "keep", full)
    session = Session(schema, seed=7)
    autosave = Autosave(session, tmp_path)
    told: list[str] = []
    autosave.failed.connect(told.append)
    for age in (40.0, 41.0):
        session.set_attribute("age", age)
        autosave.keep()
    autosave.close()
    qtbot.waitUntil(lambda: told == ["cannot write: No space left on device"], timeout=PATIENCE)


def lose(session: Session, folder: Path, path: Path | None = None, name: str = "one") -> Path:
    """What a window that died would have left."""
    from datetime import datetime

    file = folder / f"{name}{recovery.ENDING}"
    recovery.keep(Unsaved(session.character, path, datetime(2026, 3, 1, 12, 0)), file)
    return file


def test_recovered_changes_can_be_saved_to_their_file(
    make_window: MakeWindow, renderer: ScriptedRenderer, qtbot: QtBot, schema: AttributeSchema, tmp_path: Path
) -> None:
    dead = Session(schema, seed=3)
    dead.save(tmp_path / "eva.face.json")
    dead.set_attribute("age", 71.0)
    file = lose(dead, paths.user_state_folder() / "recovery", tmp_path / "eva.face.json")
    window = make_window(lambda: renderer)
    settle(window, qtbot)
    window.view.message.answers[0].click()
    assert window.isWindowModified()
    assert not file.exists()
    window.actions_.save.trigger()
    assert load_character(tmp_path / "eva.face.json", schema).character.values["age"] == 71.0


def test_lost_changes_can_be_thrown_away_or_left_for_later(
    make_window: MakeWindow, renderer: ScriptedRenderer, qtbot: QtBot, schema: AttributeSchema
) -> None:
    file = lose(Session(schema, seed=3), paths.user_state_folder() / "recovery")
    window = make_window(lambda: renderer)
    settle(window, qtbot)
    window.close()
    assert file.exists()
    file.with_suffix(".lock").unlink(missing_ok=True)  # this process would hold it until it ends
    later = make_window(lambda: renderer)
    settle(later, qtbot)
    later.view.message.answers[1].click()
    assert not file.exists()


def test_recovering_asks_about_changes_made_meanwhile(
    make_window: MakeWindow, renderer: ScriptedRenderer, questions: ScriptedQuestions, qtbot: QtBot,
    schema: AttributeSchema,
) -> None:  # fmt: skip
    file = lose(Session(schema, seed=3), paths.user_state_folder() / "recovery")
    window = make_window(lambda: renderer)
    settle(window, qtbot)
    assert window.session is not None
    window.session.set_attribute("age", 55.0)
    window.view.message.answers[0].click()
    assert questions.asked == ["unsaved changes"]
    assert window.session.character.values["age"] == 55.0
    assert file.exists()
    assert window.view.message.isVisible(), "the offer stays"


def test_damaged_and_living_files_are_not_offered(schema: AttributeSchema, tmp_path: Path) -> None:
    damaged = tmp_path / f"damaged{recovery.ENDING}"
    damaged.write_text("{")
    living = lose(Session(schema, seed=3), tmp_path, name="living")
    lock = QLockFile(str(living.with_suffix(".lock")))
    assert lock.tryLock(0)
    assert find_lost_changes(schema, tmp_path) is None
    assert not damaged.exists()
    assert living.exists()
    lock.unlock()
    found = find_lost_changes(schema, tmp_path)
    assert found is not None
    found.discard()
    assert list(tmp_path.iterdir()) == []
