"""What goes wrong on disks: nothing half written, nothing outside the folder, one clear line."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from creator import atomic_write
from creator.attributes import AttributeSchema
from creator.character import new_character
from creator.errors import SaveError
from creator.export.cast import CastMember
from creator.export.files import make_folder, put
from creator.export.job import FileDone, PictureRendered, export_portraits
from creator.export.plan import ExportJob, plan_export
from creator.export.portrait_set import ExportFile
from creator.generator import RenderRequest
from creator.portrait_file import picture_bytes

from .conftest import DrawnRenderer, content, member, plain, run

ROOT = Path(__file__).resolve().parents[2]
ODD = ["..", ".", "/", "a/b", "a\\b", "CON", "nul.txt", "  ", "", "…", "x" * 300, "é" * 200, "\u202eevil", "a:b", "~",
       "-rf", "%00", "\t", "café", "日本", "👩‍🚀", "a.", ".hidden", "a" * 59 + "é", "$HOME", "*?", "ａ",
       "ß", "COM1"]  # fmt: skip


def _called(schema: AttributeSchema, name: str, seed: int) -> CastMember:
    return CastMember(name, new_character(schema, seed))


def whole_pictures(folder: Path) -> int:
    count = 0
    for path in folder.rglob("*.png"):
        with Image.open(path) as picture:
            picture.load()
        count += 1
    return count


def test_a_full_disk_ends_in_one_line_and_whole_files(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []

    def fsync(handle: int) -> None:
        synced.append(handle)
        if len(synced) > 6:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(atomic_write.os, "fsync", fsync)
    cast = [member(schema, f"P{number}", number) for number in range(8)]
    with pytest.raises(SaveError, match=r"cannot write '.*': No space left on device"):
        run(drawn, tmp_path, cast)
    assert whole_pictures(tmp_path) == len(content(tmp_path)) > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(command, capture_output=True, check=False).returncode
    ):
        pytest.skip("a small disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", str(folder)], capture_output=True, check=False)


def test_a_really_full_disk(drawn: DrawnRenderer, schema: AttributeSchema, small_disk: Path) -> None:
    cast = [member(schema, f"P{number}", number) for number in range(60)]
    with pytest.raises(SaveError, match="No space left on device"):
        run(drawn, small_disk, cast, plain(size=64))
    assert whole_pictures(small_disk) == len(content(small_disk)) > 0


def test_a_folder_that_goes_away_in_the_middle_is_not_made_again(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path
) -> None:
    folder, elsewhere = tmp_path / "game", tmp_path / "moved"
    cast = tuple(member(schema, f"P{number}", number) for number in range(12))
    events = export_portraits(ExportJob(cast, plain(picture_name="faces/{character}"), folder), drawn)
    for event in events:
        if isinstance(event, FileDone):
            folder.rename(elsewhere)
            break
    with pytest.raises(SaveError, match="is no longer there|does not exist"):
        list(events)
    assert not folder.exists()
    assert whole_pictures(elsewhere) > 0


def test_a_file_in_the_way_is_named(drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path) -> None:
    (tmp_path / "faces").write_text("a file")
    with pytest.raises(SaveError, match="faces"):
        run(drawn, tmp_path, [member(schema, "Anna")], plain(picture_name="faces/{character}"))
    with pytest.raises(SaveError, match="it is not a folder"):
        run(drawn, tmp_path / "faces", [member(schema, "Anna")])
    assert (tmp_path / "faces").read_text() == "a file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_only_be_read(drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(SaveError, match="may not be written"):
        run(drawn, tmp_path / "locked", [member(schema, "Anna")])


def test_odd_names_stay_inside(drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path) -> None:
    cast = [_called(schema, name, number) for number, name in enumerate(ODD)]
    folder = tmp_path / "game"
    for preset in (plain(picture_name="{character}/{expression}"), plain(names="renpy")):
        run(drawn, folder, cast, preset)
    assert [path.name for path in tmp_path.iterdir()] == ["game"]
    assert whole_pictures(folder) == 2 * len(ODD)


PIECES = [
    *ODD, "Anna", "anna", "ANNA", "A\u0301nna", "Ánna", "ﬁ", "fi", "ſ", "İ", "i\u0307", "\u200f", "\u200d", "\u2066",
    "\x7f", "\ud800", "\x00", "\n", "\u2028", "\u00a0", " ", ".", "..", "_", "-", "con.txt", "LPT9", "lpt¹.png", "aux ",
    "PRN.",
    "Ω", "Ω", "각", "\u1100\u1161\u11a8", "🏴‍☠️", "🇩🇪", "<>", '"', "|", "C:\\", "//server/share", "~/", "{expression}",
]  # fmt: skip
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}


@pytest.mark.slow
def test_ten_thousand_odd_names_are_really_written(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(0)
    names = ["".join(chance.choices(PIECES, k=chance.randint(1, 4))) for _ in range(10_000)]
    cast = [_called(schema, name, 0) for name in names]
    picture = picture_bytes(DrawnRenderer(drawn.manifest, side=16).render(RenderRequest(cast[0].character)).pixels)
    monkeypatch.setattr(atomic_write.os, "fsync", lambda _handle: None)  # a disk's patience is not what is tested
    folder = tmp_path / "game"
    plan = plan_export(ExportJob(tuple(cast), plain(picture_name="{character}"), folder), drawn.manifest)
    make_folder(folder)
    assert {put(folder, ExportFile(path, lambda: picture)) for path in plan.paths} == {"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["game"]
    written = [path.name for path in folder.rglob("*")]
    assert whole_pictures(folder) == len(written) == 10_000
    for form in ("NFC", "NFD"):
        alike = {unicodedata.normalize(form, unicodedata.normalize(form, name).casefold()) for name in written}
        assert len(alike) == 10_000, "no file system takes two of them for one"
    for name in written:
        assert name.isprintable()
        assert len(name.encode()) <= 255
        assert name == name.strip(" ").lstrip(".")
        assert not name.removesuffix(".png").endswith((" ", "."))
        assert name.partition(".")[0].casefold() not in RESERVED
        assert not set(name) & set('<>:"/\\|?*')


@pytest.mark.parametrize(
    "path", ["../a.png", "/a.png", "a/../../b.png", "a//b.png", "", ".", "a\\b.png", "C:a.png", "a\0.png", "a\n.png"]
)
def test_no_writer_can_leave_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(SaveError):
        put(tmp_path / "game", ExportFile(path, lambda: b"x"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["a.png.import", "a.png.meta", "A.META", "s.gd.uid"])
def test_no_writer_touches_what_belongs_to_an_engine(tmp_path: Path, path: str) -> None:
    with pytest.raises(SaveError, match="belongs to the engine"):
        put(tmp_path, ExportFile(path, lambda: b"x"))


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_do_not_lead_out(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "game"
    outside.mkdir()
    folder.mkdir()
    (folder / "faces").symlink_to(outside)
    (folder / "a.png").symlink_to(outside / "a.png")
    (folder / "ring").symlink_to(folder / "ring")
    for path in ("faces/a.png", "a.png", "ring/a.png"):
        with pytest.raises(SaveError):
            put(folder, ExportFile(path, lambda: b"x"))
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_killed_in_the_middle_no_file_is_half(schema: AttributeSchema, own_model: Path, tmp_path: Path) -> None:
    table = tmp_path / "cast.csv"
    table.write_text("name,seed\n" + "".join(f"P{number},{number}\n" for number in range(4000)))
    folder = tmp_path / "game"
    command = [sys.executable, str(ROOT / "main.py"), "export", str(table), "-p", "png", "--to", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        first = [folder / f"P{number} neutral.png" for number in range(10)]  # written side by side: in any order
        while not all(path.exists() for path in first) and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait(60)
    assert 4000 > whole_pictures(folder) >= 10
    assert {path.suffix for path in folder.iterdir()} <= {".png", ".part"}


def test_cancelling_keeps_only_whole_files(drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path) -> None:
    cast = tuple(member(schema, f"P{number}", number) for number in range(30))
    events = export_portraits(ExportJob(cast, plain(), tmp_path), drawn)
    next(event for event in events if isinstance(event, PictureRendered) and event.done == 20)
    events.close()  # type: ignore[attr-defined]
    assert whole_pictures(tmp_path) == len(content(tmp_path)) < 30


KILLED_BEFORE_RENAMING = """
import os, signal, sys
from creator import atomic_write, cli
rename = os.replace
def killed(old, new):
    os.kill(os.getpid(), signal.SIGKILL) if "faces" in str(new) else rename(old, new)
atomic_write.os.replace = killed
cli.main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_what_a_killed_export_left_is_swept_by_the_next_one_with_any_preset(
    drawn: DrawnRenderer, schema: AttributeSchema, own_model: Path, tmp_path: Path
) -> None:
    table, folder = tmp_path / "cast.csv", tmp_path / "game"
    table.write_text("name\nAnna\n")
    options = ["export", str(table), "-p", "rpg-maker-mz", "--to", str(folder)]
    done = subprocess.run([sys.executable, "-c", KILLED_BEFORE_RENAMING, *options], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    left = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.parent for path in left} == {folder / "img" / "faces"}
    foreign = folder / "img" / ".save.dat.a1b2c3d4.part"
    foreign.write_bytes(b"of another program")
    run(drawn, folder, [member(schema, "Bo")])
    assert all(path.exists() for path in left), "a young one may belong to an export that is under way"
    for path in (*left, foreign):
        os.utime(path, (1e9, 1e9))
    run(drawn, folder, [member(schema, "Bo")], plain(picture_name="elsewhere/{character}"))
    assert set(content(folder)) == {"Bo neutral.png", "elsewhere/Bo.png", "img/.save.dat.a1b2c3d4.part"}
