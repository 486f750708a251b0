"""A live game folder: only what changed is exported again, and nothing is rendered to find out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator import paths
from creator.attributes import AttributeSchema
from creator.character import load_character, new_character, save_character
from creator.errors import CreatorError, LinkError, UsageError
from creator.export.job import FileDone
from creator.export.link_file import (
    LINK_FILE,
    MAXIMUM_TARGETS,
    STATE_FILE,
    Link,
    LinkTarget,
    load_link,
    load_state,
    save_link,
    with_target,
)
from creator.export.linked_folder import LinkCheck, check_link, sync_link
from creator.export.linked_games import FILE_NAME, games_of, linked_games, remember_game
from creator.export.presets import Preset, PresetShelf

SHELF = PresetShelf(
    {
        "renpy": Preset(
            label="Ren'Py", name="renpy", writer="renpy", names="renpy", size=32, expressions=("neutral", "happy"),
            picture_name="game/images/{character}/{character} {expression}", set_name="game/{character}_portraits",
        ),
        "dialogic": Preset(
            label="Dialogic", name="dialogic", writer="dialogic", names="lower", size=32, credits=False,
            picture_name="{character}/{expression}", set_name="{character}",
        ),
    }
)  # fmt: skip


class Game:
    """A linked folder of two characters beside it, with what a user would do to it."""

    def __init__(self, folder: Path, renderer: Any, schema: AttributeSchema) -> None:
        self.folder, self.cast, self.renderer, self.schema = folder / "game", folder / "cast", renderer, schema
        self.folder.mkdir()
        self.cast.mkdir()
        self.person("Ada", seed=1)
        self.person("Bo", seed=2)
        self.link()

    def person(self, name: str, **changes: object) -> None:
        seed = changes.pop("seed", 5)
        character = new_character(self.schema, seed, name, changes)  # type: ignore[arg-type]
        save_character(character, self.cast / f"{name.lower()}.face.json")

    def link(self, **changes: Any) -> None:
        target = LinkTarget(**{"cast": ("../cast",), "preset": "renpy", **changes})
        save_link(self.folder, Link(targets=(target,)))

    def check(self, everything: bool = False) -> LinkCheck:
        return check_link(self.folder, self.renderer.manifest, SHELF, everything)

    def sync(self) -> dict[str, str]:
        """Sync; return the state of every file that was looked at."""
        events = [event for _, event in sync_link(self.check(), self.renderer)]
        return {event.path: event.state for event in events if isinstance(event, FileDone)}

    def reasons(self) -> dict[str, tuple[str, ...]]:
        return {stale.planned.name: stale.reasons for target in self.check().targets for stale in target.stale}

    def rendered(self) -> int:
        count = len(self.renderer.requests)
        self.renderer.requests.clear()
        return count


@pytest.fixture
def game(tmp_path: Path, drawn: Any, schema: AttributeSchema) -> Game:
    return Game(tmp_path, drawn, schema)


def test_a_new_link_exports_everything_and_then_rests(game: Game) -> None:
    assert game.reasons() == {"game/ada_portraits": ("new",), "game/bo_portraits": ("new",)}
    assert game.check().picture_count == 4
    written = game.sync()
    assert set(written.values()) == {"new"}
    assert (game.folder / "game/images/ada/ada happy.png").is_file()
    assert (game.folder / "game/bo_portraits.rpy").is_file()
    assert game.rendered() == 4
    assert game.check().is_fresh
    assert game.sync() == {}
    assert game.rendered() == 0, "nothing is rendered to find that nothing has changed"


def test_only_the_changed_character_is_exported_again(game: Game) -> None:
    game.sync()
    game.rendered()
    game.person("Ada", seed=1, age=60.0)
    assert game.reasons() == {"game/ada_portraits": ("the character has changed",)}
    states = game.sync()
    assert game.rendered() == 2
    assert not any("bo" in path for path in states)
    assert game.check().is_fresh


def test_pixels_that_are_the_same_are_not_written_again(game: Game) -> None:
    game.sync()
    picture = game.folder / "game/images/ada/ada happy.png"
    before = picture.stat()
    game.person("Ada", seed=1, age=60.0)  # the drawn head does not look at the age
    states = game.sync()
    assert states["game/images/ada/ada happy.png"] == "unchanged"
    after = picture.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert game.check().is_fresh


def test_presets_models_and_files_are_reasons(game: Game) -> None:
    game.sync()
    game.link(changes={"size": 48})
    assert game.reasons()["game/ada_portraits"] == ("the preset has changed",)
    game.link()
    assert game.check().is_fresh
    graphs = tuple(replace(graph, sha256="0" * 64) for graph in game.renderer.manifest.graphs)
    game.renderer.manifest = replace(game.renderer.manifest, graphs=graphs)
    assert game.reasons()["game/bo_portraits"] == ("made with another model",)
    game.sync()
    (game.folder / "game/images/bo/bo happy.png").unlink()
    (game.folder / "game/ada_portraits.rpy").write_text("# mine\n")
    assert game.reasons() == {
        "game/bo_portraits": ("'game/images/bo/bo happy.png' is missing",),
        "game/ada_portraits": ("'game/ada_portraits.rpy' is not as it was exported",),
    }
    assert game.sync()["game/ada_portraits.rpy"] == "changed"
    assert game.check().is_fresh


def test_line_ends_that_version_control_changes_are_no_change(game: Game) -> None:
    game.sync()
    script = game.folder / "game/ada_portraits.rpy"
    script.write_bytes(script.read_bytes().replace(b"\n", b"\r\n"))
    assert game.check().is_fresh


def test_what_dialogic_edits_is_kept_and_not_stale(game: Game) -> None:
    game.link(preset="dialogic", folder="art")
    game.sync()
    resource = game.folder / "art/ada.dch"
    resource.write_text(resource.read_text().replace('"display_name": "Ada"', '"display_name": "The Countess"'))
    assert game.check().is_fresh
    game.person("Ada", seed=9)
    assert game.sync()["ada.dch"] == "unchanged"
    assert "The Countess" in resource.read_text()
    resource.write_text("mine")
    game.person("Ada", seed=10)
    with pytest.raises(CreatorError, match=r"ada\.dch'.*move it away"):
        game.sync()
    assert resource.read_text() == "mine"


def test_new_and_gone_characters(game: Game) -> None:
    game.sync()
    game.person("Cy")
    (game.cast / "bo.face.json").unlink()
    check = game.check()
    assert [stale.planned.name for stale in check.targets[0].stale] == ["game/cy_portraits"]
    assert "game/images/bo/bo happy.png: left over, delete it if it is not wanted" in check.lines()
    game.sync()
    assert (game.folder / "game/images/bo/bo happy.png").is_file(), "what the user may still want is not deleted"


def test_cancelling_keeps_what_was_finished(game: Game) -> None:
    events: Iterator[Any] = sync_link(game.check(), game.renderer)
    for _, event in events:
        if isinstance(event, FileDone) and event.path == "game/ada_portraits.rpy":
            break
    events.close()  # type: ignore[attr-defined]
    assert game.reasons() == {"game/bo_portraits": ("new",)}


def test_a_failure_keeps_what_was_finished(game: Game) -> None:
    def fail(count: int) -> None:
        if count == 3:
            raise LinkError("the lamp went out")

    game.renderer.before_render = fail
    with pytest.raises(LinkError, match="the lamp"):
        game.sync()
    assert not (game.folder / "game/images/bo/bo happy.png").exists()
    assert game.reasons().keys() <= {"game/ada_portraits", "game/bo_portraits"}
    game.renderer.before_render = lambda count: None
    game.sync()
    assert game.check().is_fresh


def test_everything_can_be_asked_for(game: Game) -> None:
    game.sync()
    check = game.check(everything=True)
    assert [stale.reasons for stale in check.targets[0].stale] == [("asked for",)] * 2


def test_the_state_is_the_same_wherever_the_project_lies(
    game: Game, tmp_path: Path, drawn: Any, schema: AttributeSchema
) -> None:
    game.sync()
    (tmp_path / "elsewhere").mkdir()
    other = Game(tmp_path / "elsewhere", drawn, schema)
    other.sync()
    assert (other.folder / STATE_FILE).read_bytes() == (game.folder / STATE_FILE).read_bytes()
    assert str(tmp_path) not in (game.folder / STATE_FILE).read_text() + (game.folder / LINK_FILE).read_text()


def test_two_targets_are_kept_apart(game: Game) -> None:
    game.sync()
    save_link(game.folder, with_target(game.folder, LinkTarget(cast=("../cast",), preset="dialogic", folder="art")))
    assert len(load_link(game.folder).targets) == 2
    written = game.sync()
    assert "ada.dch" in written
    assert not any(path.endswith(".rpy") for path in written)
    save_link(game.folder, Link(targets=load_link(game.folder).targets[1:]))
    game.person("Ada", seed=77)
    game.sync()
    assert len(load_state(game.folder).targets) == 1, "what is no longer linked is forgotten"


def test_two_targets_do_not_write_one_file(game: Game) -> None:
    ada = LinkTarget(cast=("../cast/ada.face.json",), preset="renpy", changes={"size": 48})
    save_link(game.folder, with_target(game.folder, ada))
    with pytest.raises(LinkError, match="two targets of the link would write 'game/images/ada/ada neutral.png'"):
        game.check()


@pytest.mark.parametrize("place", ["..", "../other", "/tmp/x", "a/../../x", "C:/x"])
def test_a_target_cannot_leave_the_game(game: Game, place: str) -> None:
    game.link(folder=place)
    with pytest.raises(LinkError, match="leads outside it"):
        game.check()


def test_wrong_names_are_told(game: Game) -> None:
    game.link(preset="renpi")
    with pytest.raises(UsageError, match="did you mean 'renpy'"):
        game.check()
    game.link(changes={"sise": 3})
    with pytest.raises(UsageError, match="sise"):
        game.check()
    game.link(cast=("nobody",))
    with pytest.raises(UsageError, match="nobody"):
        game.check()


def test_an_unlinked_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="is not linked.*'facewright link' makes one"):
        load_link(tmp_path)
    assert load_state(tmp_path).targets == {}


def test_links_do_not_grow_without_end(tmp_path: Path) -> None:
    for number in range(MAXIMUM_TARGETS):
        save_link(tmp_path, with_target(tmp_path, LinkTarget(cast=("c",), preset="renpy", folder=f"f{number}")))
    with pytest.raises(LinkError, match="targets already"):
        with_target(tmp_path, LinkTarget(cast=("c",), preset="renpy", folder="one more"))
    again = with_target(tmp_path, LinkTarget(cast=("c",), preset="renpy", folder="f0", changes={"size": 64}))
    assert len(again.targets) == MAXIMUM_TARGETS
    assert again.targets[-1].changes == {"size": 64}


def test_linking_one_by_one_makes_one_target(tmp_path: Path) -> None:
    def link(*cast: str, **changes: Any) -> list[tuple[tuple[str, ...], dict[str, Any]]]:
        save_link(tmp_path, with_target(tmp_path, LinkTarget(cast=cast, preset="renpy", changes=changes)))
        return [(target.cast, target.changes) for target in load_link(tmp_path).targets]

    assert link("../a.json") == [(("../a.json",), {})]
    assert link("../b.json", "../c.json") == [(("../a.json", "../b.json", "../c.json"), {})]
    assert link("../b.json", size=64) == [(("../a.json", "../c.json"), {}), (("../b.json",), {"size": 64})]
    assert link("../a.json", "../c.json", size=64) == [(("../b.json", "../a.json", "../c.json"), {"size": 64})]
    assert link("../cast/z.json", size=64)[0][0][-1] == "../cast/z.json"
    assert link("../cast", size=64)[0][0] == ("../b.json", "../a.json", "../c.json", "../cast")
    assert link("../cast/a.json", size=64)[0][0][-1] == "../cast", "it is in its folder already"


@given(
    data=st.binary(max_size=200) | st.text(max_size=100).map(str.encode), name=st.sampled_from([LINK_FILE, STATE_FILE])
)
def test_any_file_is_a_link_or_one_clear_error(data: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    read: Callable[[Path], object] = load_link if name == LINK_FILE else load_state
    try:
        read(tmp_path)
    except LinkError as error:
        assert "\n" not in str(error)
        assert name in str(error)


def test_the_files_fit_their_schemas(game: Game) -> None:
    game.link(changes={"size": 48, "expressions": ["happy"]})
    game.sync()
    for file, name in ((LINK_FILE, "link"), (STATE_FILE, "link_state")):
        schema = json.loads((paths.resource_folder() / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(json.loads((game.folder / file).read_text(encoding="utf-8")))


def test_tags_of_the_library_are_no_change(game: Game) -> None:
    game.sync()
    path = game.cast / "ada.face.json"
    save_character(load_character(path, game.schema).character.with_tags(["villain"]), path)
    assert game.check().is_fresh


def test_saving_finds_the_games(game: Game, settings_folder: Path, tmp_path: Path) -> None:
    ada = game.cast / "ada.face.json"
    assert linked_games() == games_of(ada) == ()
    remember_game(game.folder)
    remember_game(tmp_path)  # not linked
    assert linked_games() == (game.folder,)
    assert games_of(ada) == games_of(game.cast / "new.face.json") == (game.folder,)
    assert games_of(tmp_path / "ada.face.json") == ()
    game.link(cast=("../cast/ada.face.json",))
    assert games_of(ada) == (game.folder,)
    assert games_of(game.cast / "bo.face.json") == ()
    (game.folder / LINK_FILE).write_text("{")
    assert games_of(ada) == ()
    (game.folder / LINK_FILE).unlink()
    assert linked_games() == ()
    for damaged in ("{", "[1, null]", '{"a": 1}', "[" * 5000, '["a\\u0000b"]'):
        (settings_folder / FILE_NAME).write_text(damaged)
        assert linked_games() == ()
