"""The command represent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from creator import cli
from creator.attributes import AttributeSchema
from creator.character import new_character, save_character

from .test_cli import refused

pytestmark = pytest.mark.usefixtures("own_model")


@pytest.fixture(autouse=True)
def _in_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schema: AttributeSchema) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    save_character(new_character(schema, 5, "Anna", {"age": 20, "gender": 0.1}), Path("anna.face.json"))
    Path("more.csv").write_text("name,age,gender\nBela,70,0.9\nCem,72,0.9\n")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.main(["represent", *arguments]) == 0
    return capsys.readouterr().out


def test_a_cast_is_told_in_words_and_written(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, ".", "more.csv", "--to", "cast.html")
    assert "Ages run from 20 to 72; the largest age group is “60 and older”, 2 of 3." in told
    assert told.endswith("cast.html: 3 characters counted\n")
    assert "2 (67 %)" in Path("cast.html").read_text(encoding="utf-8")
    said(capsys, ".", "--to", "cast.png")
    assert Path("cast.png").read_bytes().startswith(b"\x89PNG")


def test_json_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(said(capsys, "more.csv", "--json"))
    assert data["total"] == 2
    assert data["spreads"]["age"]["groups"] == {"young_adult": 0, "middle_aged": 0, "older": 2}


def test_random_people_are_those_of_the_command_random(
    capsys: pytest.CaptureFixture[str], schema: AttributeSchema
) -> None:
    options = ["--seed", "4", "--where", "age>50", "--set", "skin_tone=9"]
    drawn = said(capsys, "--random", "5", *options, "--json")
    assert cli.main(["random", "-o", "people", "--count", "5", *options]) == 0
    capsys.readouterr()
    assert said(capsys, *map(str, sorted(Path("people").glob("*.png"))), "--json") == drawn
    assert json.loads(drawn)["spreads"]["skin_tone"]["groups"]["9"] == 5


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "give a cast, or else --random"),
        ([".", "--random", "3"], "give a cast, or else --random"),
        ([".", "--seed", "3"], "go with --random"),
        (["--random", "0"], "outside 1 to 100000"),
        (["--random", "3", "--where", "age>20 and aeg<30"], "did you mean 'age'"),
        ([".", "--to", "cast.pdf"], "not 'cast.pdf'"),
    ],
)
def test_wrong_requests_are_refused(capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    assert told in refused(capsys, "represent", *arguments, code=2)


def test_a_missing_folder_is_named_before_anything_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert "the folder 'gone' does not exist" in refused(capsys, "represent", ".", "--to", "gone/cast.html", code=1)
