from __future__ import annotations

import os
import signal
import stat
import tempfile
from pathlib import Path

import pytest

from creator import atomic_write
from creator.atomic_write import write_atomically
from creator.errors import SaveError


def test_writes_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic_write.os, failing, fail)
    with pytest.raises(SaveError, match=r"a\.png.*No space left"):
        write_atomically(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interruption_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic_write.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.png", b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("moment", ["mkstemp", "replace"])
def test_ctrl_c_waits_until_the_file_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    module = tempfile if moment == "mkstemp" else os
    real = getattr(module, moment)

    def interrupted(*arguments: object, **options: object) -> object:
        done = real(*arguments, **options)
        signal.raise_signal(signal.SIGINT)  # nobody knows the temporary file's name yet, or who keeps it
        return done

    monkeypatch.setattr(module, moment, interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "file", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"whole"
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="the folder '.*nowhere' does not exist"):
        write_atomically(tmp_path / "nowhere" / "a.png", b"")


def test_a_locked_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(atomic_write.tempfile, "mkstemp", deny)
    with pytest.raises(SaveError, match="may not be written by you"):
        write_atomically(tmp_path / "a.png", b"")


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="it is a folder"):
        write_atomically(tmp_path, b"")


def test_a_path_with_a_null_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SaveError):
        write_atomically(tmp_path / "a\0b", b"")


@pytest.mark.skipif(os.name == "nt", reason="permissions and links differ on Windows")
def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "a.png", tmp_path / "link.png"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
