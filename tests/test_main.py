"""Without arguments the window opens, or one line says why it cannot."""

from __future__ import annotations

import sys
import types

import pytest

import creator
from creator import __main__


@pytest.fixture(autouse=True)
def _no_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["facewright"])
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


def test_the_window_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    window = types.ModuleType("creator.ui")
    window.app = types.SimpleNamespace(run=lambda: 0)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "creator.ui", window)
    monkeypatch.setattr(creator, "ui", window, raising=False)
    assert __main__.main() == 0


def test_missing_libraries_of_the_system_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "creator.ui", None)
    monkeypatch.delattr(creator, "ui", raising=False)
    assert __main__.main() == 1
    assert capsys.readouterr().err.startswith("facewright: the window cannot start: ")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_no_screen_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert __main__.main() == 1
    assert "there is no screen" in capsys.readouterr().err


def test_arguments_go_to_the_command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["facewright", "--version"])
    assert __main__.main() == 0
    assert capsys.readouterr().out.startswith("facewright ")
