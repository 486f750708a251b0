"""link, sync and coverage on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from creator import cli, paths
from creator.attributes import AttributeSchema
from creator.character import load_character, new_character, save_character

pytestmark = pytest.mark.usefixtures("own_model")

PRESET = """
format = 1
label = "Test"
writer = "renpy"
names = "renpy"
picture_name = "game/images/{character}/{character} {expression}"
set_name = "game/portraits_{character}"
size = 32
expressions = ["neutral"]
credits = false
"""


@pytest.fixture(autouse=True)
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schema: AttributeSchema) -> None:
    settings = tmp_path / "settings"
    (settings / "presets").mkdir(parents=True)
    (settings / "presets" / "novel.toml").write_text(PRESET)
    monkeypatch.setattr(paths, "user_settings_folder", lambda: settings)
    work = tmp_path / "work"
    (work / "cast").mkdir(parents=True)
    (work / "mygame" / "game").mkdir(parents=True)
    for seed, name in enumerate(("Ada", "Bo")):
        save_character(new_character(schema, seed, name), work / "cast" / f"{name.lower()}.face.json")
    monkeypatch.chdir(work)


def run(*arguments: str, code: int = 0) -> None:
    assert cli.main([*arguments]) == code


def test_from_link_to_sync(capsys: pytest.CaptureFixture[str], schema: AttributeSchema) -> None:
    run("link", "cast", "--preset", "novel", "--to", "mygame")
    assert "2 pictures; 'facewright sync mygame' makes them" in capsys.readouterr().out
    assert json.loads(Path("mygame/facewright-link.json").read_text())["targets"][0]["cast"] == ["../cast"]
    run("sync", "mygame", "--check", code=1)
    said = capsys.readouterr()
    assert said.out == "game/portraits_ada: new\ngame/portraits_bo: new\nmygame: 2 stale sets, 2 pictures\n"
    assert said.err == ""
    assert not list(Path("mygame").rglob("*.png"))
    run("sync", "mygame", "--device", "cpu")
    assert "new        game/images/ada/ada neutral.png" in capsys.readouterr().out
    run("sync", "mygame", "--check")
    assert capsys.readouterr().out == "mygame: everything is up to date\n"
    run("sync", "mygame")
    assert capsys.readouterr().out == "mygame: nothing has changed\n"
    changed = load_character(Path("cast/ada.face.json"), schema).character.with_value("age", 70.0)
    save_character(changed, Path("cast/ada.face.json"))
    run("sync", "mygame", "--check", "--json", code=1)
    data = json.loads(capsys.readouterr().out)
    assert [stale["reasons"] for stale in data["targets"][0]["stale"]] == [["the character has changed"]]
    run("sync", "mygame", "--json")
    states = {file["path"]: file["state"] for file in json.loads(capsys.readouterr().out)["files"]}
    assert states == {"game/images/ada/ada neutral.png": "changed", "game/portraits_ada.rpy": "unchanged"}


def test_sync_twice_and_anew_give_the_same_bytes() -> None:
    run("link", "cast", "--preset", "novel", "--to", "mygame")
    run("sync", "mygame", "--device", "cpu")
    before = {path: path.read_bytes() for path in Path("mygame").rglob("*") if path.is_file()}
    for path in Path("mygame/game").rglob("*.*"):
        path.unlink()
    run("sync", "mygame", "--device", "cpu")
    run("sync", "mygame", "--all", "--device", "cpu")
    assert before == {path: path.read_bytes() for path in Path("mygame").rglob("*") if path.is_file()}


def test_coverage_lists_and_exports_what_scripts_use(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mygame/game/script.rpy").write_text(
        'define a = Character("Ada", image="ada")\n'
        'label start:\n    show ada neutral\n    a happy "Hi"\n    show bo grumpy\n'
    )
    run("link", "cast", "--preset", "novel", "--to", "mygame")
    run("sync", "mygame")
    capsys.readouterr()
    run("coverage", "mygame", "--check", code=1)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:4] == ["missing", "ada", "happy", "game/script.rpy:4"]
    assert "the model has no expression 'grumpy'" in lines[1]
    assert lines[-1] == "1 of the 3 portraits that the scripts use are exported"
    run("coverage", "mygame", "--export", "--json")
    data = json.loads(capsys.readouterr().out)
    assert {(use["expression"], use["state"]) for use in data["portraits"]} == {
        ("neutral", "exported"), ("happy", "exported"), ("grumpy", "unknown"),
    }  # fmt: skip
    assert Path("mygame/game/images/ada/ada happy.png").is_file()
    assert json.loads(Path("mygame/facewright-link.json").read_text())["targets"][0]["changes"] == {
        "expressions": ["neutral", "happy"]
    }
    run("sync", "mygame", "--check")


def test_what_is_missing_goes_to_the_target_of_its_engine(capsys: pytest.CaptureFixture[str]) -> None:
    run("link", "cast", "--preset", "contact-sheet", "--to", "mygame", "--folder", "notes", "--expression", "neutral")
    run("link", "cast", "--preset", "novel", "--to", "mygame")
    Path("mygame/game/script.rpy").write_text("label start:\n    show ada sad\n")
    run("sync", "mygame")
    run("coverage", "mygame", "--export")
    assert "1 of the 1 portraits" in capsys.readouterr().out
    sheet, novel = json.loads(Path("mygame/facewright-link.json").read_text())["targets"]
    assert sheet["changes"] == {"expressions": ["neutral"]}
    assert novel["changes"] == {"expressions": ["neutral", "sad"]}


def test_coverage_of_a_game_that_is_not_linked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mygame/talk.yarn").write_text("title: A\n---\nAda: Hi #mood:happy\n===\n")
    run("coverage", "mygame", "--cast", "cast")
    assert capsys.readouterr().out.splitlines()[0].split()[:3] == ["missing", "ada", "happy"]
    run("coverage", "mygame", code=1)
    assert "'mygame' is not linked" in capsys.readouterr().err
    run("coverage", "mygame", "--cast", "cast", "--export", code=2)
    assert "needs a linked game" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["link", "nobody", "--preset", "novel", "--to", "mygame"], 2, "there is no 'nobody'"),
        (["link", "cast", "--preset", "novle", "--to", "mygame"], 2, "did you mean 'novel'"),
        (["link", "cast", "--preset", "novel", "--to", "nowhere"], 2, "is not a folder"),
        (["link", "cast", "--preset", "novel", "--to", "mygame", "--folder", "../x"], 1, "leads outside it"),
        (["link", "cast", "--preset", "novel", "--to", "mygame", "--size", "9"], 2, "size"),
        (["sync", "mygame"], 1, "is not linked"),
        (["sync", "nowhere", "--check"], 1, "is not linked"),
    ],
)
def test_wrong_requests_are_one_line_and_write_nothing(
    arguments: list[str], code: int, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run(*arguments, code=code)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert reason in said.err
    assert not Path("mygame/facewright-link.json").exists()
