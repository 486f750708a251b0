"""The commands export and presets."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

from creator import cli, paths
from creator.attributes import AttributeSchema
from creator.character import new_character, save_character
from creator.portrait_file import load_recipe

from .test_cli import ROOT, digests, refused

pytestmark = pytest.mark.usefixtures("own_model")


@pytest.fixture(autouse=True)
def _in_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(paths, "user_settings_folder", lambda: tmp_path / "settings")


@pytest.fixture
def cast(schema: AttributeSchema) -> str:
    save_character(new_character(schema, 5, "Anna"), Path("anna.face.json"))
    save_character(new_character(schema, 6, "Bela", {"age": 70}), Path("bela.face.json"))
    return "."


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert cli.main(arguments) == code
    return capsys.readouterr().out


def test_presets_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Ren'Py (512 px, 8 expressions)" in said(capsys, "presets")
    presets = json.loads(said(capsys, "presets", "--json"))["presets"]
    assert {"name": "rpg-maker-mz", "size": 144, "crop": "face"}.items() <= next(
        preset for preset in presets if preset["name"] == "rpg-maker-mz"
    ).items()


def test_a_cast_goes_into_the_games_folder(
    capsys: pytest.CaptureFixture[str], cast: str, schema: AttributeSchema
) -> None:
    command = ["export", cast, "-p", "expressions", "--to", "game", "--size", "48"]
    assert said(capsys, *command).endswith("game: 7 new, CPU\n")
    assert sorted(path.name for path in Path("game").iterdir()) == ["Anna", "Bela", "facewright-credits.txt"]
    assert load_recipe(Path("game/Bela/sad.png"), schema).character.values["age"] == 70.0
    assert said(capsys, *command).endswith("game: 7 unchanged, CPU\n")
    report = json.loads(said(capsys, *command, "--json"))
    assert {file["state"] for file in report["files"]} == {"unchanged"}
    assert report["model"]["name"] == "tiny"


def test_options_change_the_preset(capsys: pytest.CaptureFixture[str], cast: str) -> None:
    options = ["--size", "32", "--crop", "eyes", "--style", "ink", "--expression", "happy", "--expression", "own",
               "--pose", "left", "--name", "{pose}/{character}_{expression}_{size}", "--no-metadata"]  # fmt: skip
    said(capsys, "export", "anna.face.json", "-p", "png", "--to", "game", *options)
    names = sorted(path.relative_to("game").as_posix() for path in Path("game").rglob("*.png"))
    assert names == ["left/Anna_happy_32.png", "left/Anna_neutral_32.png"]
    assert b"facewright" not in Path("game", names[0]).read_bytes()


def test_a_dry_run_lists_and_writes_nothing(capsys: pytest.CaptureFixture[str], cast: str) -> None:
    told = said(capsys, "export", cast, "-p", "png", "--to", "game", "--dry-run")
    assert "new        Anna neutral.png\nnew        Bela neutral.png\n" in told
    assert not Path("game").exists()


def test_files_that_are_there(capsys: pytest.CaptureFixture[str], cast: str, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ["export", "anna.face.json", "-p", "png", "--to", "game", "--name", "hero"]
    said(capsys, *command)
    first = digests("game")
    other = ["export", "bela.face.json", *command[2:]]
    assert "1 skipped" in said(capsys, *other, "--existing", "skip")
    answers = iter(["c", "nonsense", "n"])
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: next(answers))
    for _ in range(2):
        assert said(capsys, *other, "--existing", "ask", code=130) == ""
        assert digests("game") == first
    assert "1 new" in said(capsys, *other, "--existing", "ask")
    assert digests("game").keys() == {"hero.png", "hero 2.png", "facewright-credits.txt"}
    assert "1 changed" in said(capsys, *other, "--existing", "replace")


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (["-p", "pgn"], "did you mean 'png'", 2),
        (["-p", "none.toml"], "cannot read the preset 'none.toml'", 1),
        (["-p", "png", "--crop", "feet"], "cannot be changed so: 'crop'", 2),
        (["-p", "png", "--size", "9"], "greater than or equal to 16", 2),
        (["-p", "png", "--style", "oil"], "'style'", 2),
        (["-p", "png", "--name", "../{character}"], "must stay inside the folder", 2),
        (["-p", "png", "--name", "x"], "two files would be called 'x.png'", 2),
        (["-p", "png", "--expression", "hapy"], "none of the expressions hapy", 2),
        (["-p", "png", "--pose", "lef"], "did you mean 'left'", 2),
        (["-p", "png", "--existing", "burn"], "--existing is replace, skip, number or ask", 2),
        (["-p", "rpg-maker-mz", "--size", "100"], "say 144", 2),
        ([], "--preset", 2),
    ],
)
def test_a_wrong_request_is_refused(
    capsys: pytest.CaptureFixture[str], cast: str, arguments: list[str], message: str, code: int
) -> None:
    assert message in refused(capsys, "export", cast, "--to", "game", *arguments, code=code)


def test_a_missing_cast_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no such file" in refused(capsys, "export", "no.csv", "-p", "png", "--to", "game", code=1)
    Path("file").write_bytes(b"")
    line = refused(capsys, "export", "file", "-p", "png", "--to", "file/game", code=1)
    assert "'file' is not a folder" in line


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signal to one process")
def test_an_interrupted_export_goes_on(capsys: pytest.CaptureFixture[str], schema: AttributeSchema) -> None:
    Path("cast.csv").write_text("name,seed\n" + "".join(f"P{number},{number}\n" for number in range(2000)))
    command = ["export", "cast.csv", "-p", "png", "--to", "game"]
    with subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        deadline = time.monotonic() + 60
        while not Path("game/P5 neutral.png").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "all of them whole; the same command with --existing skip goes on" in err
    assert "Traceback" not in err
    done = len(list(Path("game").glob("*.png")))
    assert 6 <= done < 2000
    assert {path.suffix for path in Path("game").iterdir()} == {".png"}
    Path("cast.csv").write_text("name,seed\n" + "".join(f"P{number},{number}\n" for number in range(done + 3)))
    assert f"4 new, {done} skipped" in said(capsys, *command, "--existing", "skip")


def test_people_who_meet_conditions(capsys: pytest.CaptureFixture[str], schema: AttributeSchema) -> None:
    said(capsys, "random", "--count", "3", "--seed", "1", "--where", "age>60 and garment=robe|cloak", "-o", "old")
    for path in Path("old").iterdir():
        values = load_recipe(path, schema).character.values
        assert float(values["age"]) > 60
        assert values["garment"] in ("robe", "cloak")
    assert "is written like" in refused(capsys, "random", "--where", "age", "-o", "x", code=2)
