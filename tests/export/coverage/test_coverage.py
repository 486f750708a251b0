"""What a game uses, compared with what it has."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator import paths
from creator.errors import UsageError
from creator.export.coverage.coverage_report import Coverage, coverage_of, plain
from creator.export.coverage.game_folder import MAXIMUM_SCRIPT_BYTES, read_game

MODEL = ("neutral", "happy", "sad", "angry")
NAMES = {"eileen": "Eileen", "bo": "Bo Steinfaust"}
Put = Callable[[str, str | bytes], None]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, content: str | bytes) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return write


def covered(folder: Path, exported: dict[str, set[str]] | None = None) -> Coverage:
    coverage = coverage_of(read_game(folder), exported or {}, NAMES, MODEL)
    schema = json.loads((paths.resource_folder() / "schemas" / "coverage.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(coverage.to_json())
    return coverage


def states(coverage: Coverage) -> dict[str, str]:
    return {portrait.label: portrait.state for portrait in coverage.portraits}


def test_a_renpy_game(tmp_path: Path, put: Put) -> None:
    put(
        "game/a.rpy",
        'define e = Character("E", image="eileen")\nlabel start:\n    show eileen happy\n    show bg room\n',
    )
    put("game/b.rpy", 'label b:\n    e sad "Hi"\n    show eileen furious\n    show bo angry\n    scene eileen happy\n')
    put("game/images/eileen happy.png", b"")
    put("game/images/sub/Bg Room@2.webp", b"")
    put("game/gui/bo angry.png", b"")
    coverage = covered(tmp_path)
    assert states(coverage) == {
        "eileen happy": "exported", "eileen sad": "missing", "eileen furious": "unknown", "bo angry": "missing",
    }  # fmt: skip
    assert coverage.portraits[0].places == ("game/a.rpy:3", "game/b.rpy:5")
    assert coverage.of_state("unknown")[0].remedy == "the model has no expression 'furious'; 'angry' comes closest"
    assert coverage.others == ()
    assert not coverage.is_complete
    lines = coverage.lines()
    assert lines[0].split() == ["missing", "eileen", "sad", "game/b.rpy:2"]
    assert lines[-1] == "1 of the 4 portraits that the scripts use are exported"


def test_renpy_minds_capitals(tmp_path: Path, put: Put) -> None:
    put("game/s.rpy", "show Eileen happy\nshow eileen Happy\nshow eileen happy\n")
    put("game/images/eileen happy.png", b"")
    coverage = covered(tmp_path)
    assert states(coverage) == {"eileen happy": "exported", "eileen Happy": "unknown"}
    assert [use.remedy for use in coverage.of_state("unknown")] == ["the engine knows 'eileen happy'"] * 2


def test_side_images_are_pictures_of_their_own(tmp_path: Path, put: Put) -> None:
    put("game/s.rpy", "show side eileen happy\nshow side eileen sad\nshow eileen happy\n")
    for name in ("side eileen happy", "eileen happy", "eileen sad"):
        put(f"game/images/{name}.png", b"")
    coverage = covered(tmp_path)
    assert states(coverage) == {
        "side eileen happy": "exported", "side eileen sad": "missing", "eileen happy": "exported",
    }  # fmt: skip
    assert coverage.of_state("missing")[0].remedy == "export side images"


def test_any_picture_will_do_where_none_is_named(tmp_path: Path, put: Put) -> None:
    put("s.rpy", "show eileen\n")
    assert states(covered(tmp_path)) == {"eileen (any)": "missing"}
    put("images/eileen happy.png", b"")
    assert states(covered(tmp_path)) == {"eileen (any)": "exported"}


def test_an_export_elsewhere_serves_yarn_but_not_renpy(tmp_path: Path, put: Put) -> None:
    put("a.yarn", "title: A\n---\nEileen: Hi #mood:happy\n===\n")
    assert states(covered(tmp_path, {"eileen": {"happy"}})) == {"eileen happy": "exported"}
    (tmp_path / "a.yarn").rename(tmp_path / "a.txt")
    put("b.rpy", "show eileen happy\n")
    assert states(covered(tmp_path, {"eileen": {"happy"}})) == {"eileen happy": "missing"}


def test_dialogic_portraits_are_read_from_the_character(tmp_path: Path, put: Put) -> None:
    put("talk.dtl", "join bo (happy) center\nbo (sleepy): Zzz\nbo (sad): No.\n")
    put("art/bo.dch", '{\n"portraits": {\n"happy": {},\n"sleepy": {}\n}\n}')
    assert states(covered(tmp_path)) == {"bo happy": "exported", "bo sleepy": "exported", "bo sad": "missing"}


def test_yarn_takes_names_as_people_write_them(tmp_path: Path, put: Put) -> None:
    put("t.yarn", "title: A\n---\nBo Steinfaust: Hi #mood:Happy\nEILEEN: Oh #mood:sad\nGuard: Halt #mood:angry\n===\n")
    map_text = {"kind": "facewright portraits", "format": 1, "characters": {"bo": {"portraits": {"happy": {}}}}}
    put("map.json", json.dumps(map_text))
    put("other.json", '{"characters": 5}')
    coverage = covered(tmp_path)
    assert states(coverage) == {"eileen sad": "missing", "bo Happy": "exported"}
    assert coverage.others == ("Guard",)


def test_caches_addons_and_links_are_passed_over(tmp_path: Path, put: Put) -> None:
    for folder in (".godot", "addons/dialogic", "Library", "node_modules/x"):
        put(f"game/{folder}/s.rpy", "show eileen happy\n")
    put("outside/s.rpy", "show eileen happy\n")
    if os.name != "nt":
        os.symlink(tmp_path / "outside", tmp_path / "game" / "link")
    game = read_game(tmp_path / "game")
    assert (game.scripts, game.uses) == (0, ())
    assert covered(tmp_path / "game").lines() == ["no portrait of this cast is used (0 scripts were read)"]


def test_a_tag_that_two_targets_spell_in_two_ways_is_one_character(tmp_path: Path, put: Put) -> None:
    put("s.rpy", "show eileen happy\nshow eileen sad\n")
    put("images/eileen happy.png", b"")
    names = {"Eileen": "Eileen", "eileen": "Eileen"}
    coverage = coverage_of(read_game(tmp_path), {}, names, MODEL)
    assert states(coverage) == {"Eileen happy": "exported", "Eileen sad": "missing"}


def test_a_long_story_is_compared_in_one_go(tmp_path: Path, put: Put) -> None:
    put("game/s.rpy", "".join(f"show extra{n % 600} happy\nshow eileen happy\n" for n in range(6_000)))
    for number in range(300):
        put(f"game/images/extra{number} happy.png", b"")
    coverage = coverage_of(read_game(tmp_path), {}, NAMES, MODEL)
    assert len(coverage.others) == 300
    assert len(coverage.portraits[0].places) == 6_000


def test_what_cannot_be_read_is_told_and_the_rest_is_read(tmp_path: Path, put: Put) -> None:
    put("a.rpy", b"\xff\xfe")
    put("b.rpy", 'show eileen happy\ne "open')
    put("c.rpy", b"#" * (MAXIMUM_SCRIPT_BYTES + 1))
    put("d.dch", "nonsense")
    put("e.json", '{"kind": "facewright portraits", "characters": []}')
    put("z.rpy", "show eileen sad\n")
    (tmp_path / "folder.rpy").mkdir()
    coverage = covered(tmp_path)
    assert states(coverage) == {"eileen sad": "missing"}
    assert [notice.split("'")[1] for notice in coverage.notices] == ["a.rpy", "b.rpy", "c.rpy", "d.dch", "e.json"]
    assert all("\n" not in notice for notice in coverage.notices)


def test_a_file_is_no_game(tmp_path: Path, put: Put) -> None:
    put("a.rpy", "")
    with pytest.raises(UsageError, match="give the folder of a game"):
        read_game(tmp_path / "a.rpy")


@given(data=st.binary(max_size=300), name=st.sampled_from(["a.rpy", "a.dtl", "a.yarn", "a.dch", "a.json"]))
def test_any_file_is_read_or_told(data: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data if name != "a.json" else b'"facewright portraits"' + data)
    game = read_game(tmp_path)
    (tmp_path / name).unlink()
    assert len(game.notices) <= 1


def test_spellings() -> None:
    assert plain("Zoë O'Hara") == plain("zoe_ohara")
    assert plain("Straße") == plain("STRASSE")
    assert plain("happy") != plain("unhappy")
