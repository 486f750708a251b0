"""Exports from plan to report: names, sizes, steadiness, rules for what is there already, order and cancelling."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from creator.attributes import AttributeSchema
from creator.errors import RenderError, UsageError
from creator.export.job import FileDone, PictureRendered, export_portraits
from creator.export.plan import Existing, ExportJob, plan_export
from creator.portrait_file import load_recipe
from creator.provenance import Origin
from creator.resampling import over

from .conftest import DrawnRenderer, content, member, plain, report_of, run, states

THREE = ["neutral", "happy", "sad"]


def test_an_expression_set_is_one_person_in_one_frame(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path
) -> None:
    report = run(drawn, tmp_path, [member(schema, "Anna", 5)], plain(expressions=["all"], crop="face"))
    assert states(report) == dict.fromkeys(("Anna neutral.png", "Anna happy.png", "Anna sad.png"), "new")
    alphas = set()
    for path in tmp_path.iterdir():
        with Image.open(path) as picture:
            assert picture.size == (32, 32)
            alphas.add(picture.getchannel("A").tobytes())
        character = load_recipe(path, schema).character
        assert (character.seed, character.name) == (5, "Anna")
        assert character.values["expression"] == path.stem.split()[1]
    assert len(alphas) == 1, "only the expression differs"
    (steady,) = report.steadiness
    assert (steady.character, steady.eyes, steady.shoulders) == ("Anna", 1.0, 0.0)


def test_poses_and_lights_multiply_and_the_own_look_stays(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path
) -> None:
    preset = plain(expressions=["own", "happy"], poses=["own", "left"], picture_name="{pose}/{expression}")
    report = run(drawn, tmp_path, [member(schema, "Anna", expression="sad")], preset)
    assert list(states(report)) == ["own/sad.png", "own/happy.png", "left/sad.png", "left/happy.png"]


def test_what_the_model_lacks_is_told_and_left_out(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path
) -> None:
    report = run(drawn, tmp_path, [member(schema, "Anna")], plain(expressions=["neutral", "hapy", "tired"]))
    assert list(states(report)) == ["Anna neutral.png"]
    assert "no expression 'hapy' (did you mean 'happy'?)" in report.notices[0]
    with pytest.raises(UsageError, match="none of the expressions tired"):
        run(drawn, tmp_path, [member(schema, "Anna")], plain(expressions=["tired"]))


def test_the_frame_follows_the_landmarks(drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path) -> None:
    cast = [member(schema, "Anna")]
    run(drawn, tmp_path / "marked", cast, plain(crop="face"))
    drawn.gives_landmarks = False
    report = run(drawn, tmp_path / "usual", cast, plain(crop="face"))
    assert report.steadiness == ()
    with Image.open(tmp_path / "marked" / "Anna neutral.png") as marked:
        heads = np.asarray(marked)[..., 3]
    with Image.open(tmp_path / "usual" / "Anna neutral.png") as usual:
        assert (heads > 128).sum() > (np.asarray(usual)[..., 3] > 128).sum(), "a smaller face is brought nearer"


def test_a_second_export_writes_nothing(drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path) -> None:
    cast = [member(schema, "Anna"), member(schema, "Bela", 2)]
    preset = plain(expressions=THREE, credits=True)
    first = run(drawn, tmp_path, cast, preset)
    assert first.summary() == "7 new"
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in tmp_path.iterdir()}
    second = run(drawn, tmp_path, cast, preset)
    assert second.summary() == "7 unchanged"
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in tmp_path.iterdir()} == before


def test_only_what_changed_is_written(drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path) -> None:
    run(drawn, tmp_path, [member(schema, "Anna"), member(schema, "Bela", 2)])
    untouched = tmp_path / "Anna neutral.png.import"
    untouched.write_text("of the engine")
    cast = [member(schema, "Anna"), member(schema, "Bela", 3)]
    looked = run(drawn, tmp_path, cast, dry_run=True)
    assert states(looked) == {"Anna neutral.png": "unchanged", "Bela neutral.png": "changed"}
    assert load_recipe(tmp_path / "Bela neutral.png", schema).character.seed == 2, "a dry run writes nothing"
    assert states(run(drawn, tmp_path, cast)) == states(looked)
    assert load_recipe(tmp_path / "Bela neutral.png", schema).character.seed == 3
    assert untouched.read_text() == "of the engine"


def test_another_name_with_the_same_pixels_is_not_written_but_metadata_can_be_taken_out(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path
) -> None:
    preset = plain(picture_name="hero")
    run(drawn, tmp_path, [member(schema, "Anna")], preset)
    assert run(drawn, tmp_path, [member(schema, "Other")], preset).summary() == "1 unchanged"
    assert run(drawn, tmp_path, [member(schema, "Anna")], plain(picture_name="hero", metadata=False)).count("changed")
    assert b"facewright" not in (tmp_path / "hero.png").read_bytes()


def test_files_that_are_there_can_be_kept(drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path) -> None:
    (tmp_path / "Anna neutral.png").write_bytes(b"mine")
    cast = [member(schema, "Anna"), member(schema, "Bela", 2)]
    report = run(drawn, tmp_path, cast, existing=Existing.SKIP)
    assert states(report) == {"Anna neutral.png": "skipped", "Bela neutral.png": "new"}
    assert (tmp_path / "Anna neutral.png").read_bytes() == b"mine"
    assert [request.character.name for request in drawn.requests] == ["Bela"], "what is there is not even rendered"


def test_a_set_of_which_a_part_is_there_keeps_that_part(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path
) -> None:
    (tmp_path / "Anna happy.png").write_bytes(b"mine")
    report = run(drawn, tmp_path, [member(schema, "Anna")], plain(expressions=THREE), existing=Existing.SKIP)
    assert states(report) == {"Anna neutral.png": "new", "Anna happy.png": "skipped", "Anna sad.png": "new"}
    assert (tmp_path / "Anna happy.png").read_bytes() == b"mine"


def test_files_that_are_there_can_be_numbered(drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path) -> None:
    for expected in (["Anna neutral.png", "Anna happy.png"], ["Anna neutral 2.png", "Anna happy 2.png"],
                     ["Anna neutral 3.png", "Anna happy 3.png"]):  # fmt: skip
        report = run(drawn, tmp_path, [member(schema, "Anna")], plain(expressions=THREE[:2]), Existing.NUMBER)
        assert list(states(report)) == expected
    assert len(content(tmp_path)) == 6


def test_namesakes_get_numbers_and_a_template_that_mixes_files_up_is_refused(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path
) -> None:
    cast = [member(schema, "Anna"), member(schema, "anna", 2), member(schema, "Anna 2", 3)]
    assert list(states(run(drawn, tmp_path, cast))) == ["Anna neutral.png", "anna 3 neutral.png", "Anna 2 neutral.png"]
    with pytest.raises(UsageError, match=r"two files would be called 'face\.png'.*\{character\}"):
        run(drawn, tmp_path / "b", cast, plain(picture_name="face"))
    assert not (tmp_path / "b").exists()


def test_the_plan_tells_every_file_without_rendering(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path
) -> None:
    job = ExportJob((member(schema, "Anna"), member(schema, "Bela", 2)), plain(expressions=THREE), tmp_path / "new")
    plan = plan_export(job, drawn.manifest)
    assert drawn.requests == []
    assert plan.picture_count == 6
    assert plan.paths == tuple(states(report_of(list(export_portraits(job, drawn, plan)))))
    assert plan_export(job, drawn.manifest).existing == set(plan.paths)


def test_events_come_in_order_and_rendering_stays_in_the_callers_thread(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path
) -> None:
    cast = [member(schema, f"P{number}", number) for number in range(12)]
    events = list(export_portraits(ExportJob(tuple(cast), plain(), tmp_path), drawn))
    assert [event.done for event in events if isinstance(event, PictureRendered)] == list(range(1, 13))
    assert [event.path for event in events if isinstance(event, FileDone)] == [f"P{n} neutral.png" for n in range(12)]
    assert drawn.threads == {threading.get_ident()}


def test_two_exports_give_the_same_bytes(drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path) -> None:
    cast = [member(schema, f"P{number}", number) for number in range(6)]
    preset = plain(expressions=THREE, size=48, crop="token", credits=True)
    for folder in ("a", "b"):
        run(drawn, tmp_path / folder, cast, preset)
    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert len(content(tmp_path / "a")) == 19


def test_to_stop_iterating_is_to_cancel(drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path) -> None:
    cast = [member(schema, f"P{number:02}", number) for number in range(40)]
    events = export_portraits(ExportJob(tuple(cast), plain(), tmp_path), drawn)
    for event in events:
        if isinstance(event, PictureRendered) and event.done == 5:
            break
    events.close()  # type: ignore[attr-defined]
    assert len(drawn.requests) == 5
    for path in tmp_path.iterdir():
        with Image.open(path) as picture:
            picture.load()
    # What was left out comes with the next run, which does not draw again what is there.
    present = len(content(tmp_path))
    report = run(drawn, tmp_path, cast, existing=Existing.SKIP)
    assert report.count("skipped") == present
    assert report.count("new") == 40 - present


def test_a_failure_in_the_middle_leaves_what_was_told(
    drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path
) -> None:
    def fail(count: int) -> None:
        if count == 8:
            raise RenderError("the device is gone")

    drawn.before_render = fail
    cast = [member(schema, f"P{number}", number) for number in range(12)]
    events = export_portraits(ExportJob(tuple(cast), plain(), tmp_path), drawn)
    told = []
    with pytest.raises(RenderError, match="device is gone"):
        told += [event.path for event in events if isinstance(event, FileDone)]
    assert set(told) <= set(content(tmp_path))
    assert not [name for name in content(tmp_path) if not name.endswith(".png")]


@pytest.mark.parametrize("size", [16, 40, 100])
def test_no_size_makes_fringes(drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path, size: int) -> None:
    """Over black, white and magenta every pixel stays between the figure's colours and the background."""
    run(drawn, tmp_path, [member(schema, "Anna")], plain(size=size, metadata=False))
    with Image.open(tmp_path / "Anna neutral.png") as picture:
        rgba = np.asarray(picture)
    solid = rgba[rgba[..., 3] == 255][:, :3].astype(int)
    low, high = solid.min(axis=0), solid.max(axis=0)
    premultiplied = np.rint(rgba[..., :3].astype(float) * rgba[..., 3:] / 255)
    for background in ((0, 0, 0), (255, 255, 255), (255, 0, 255)):
        shown = over(np.concatenate([premultiplied, rgba[..., 3:]], 2).astype(np.uint8), background).astype(int)
        assert (shown >= np.minimum(low, background) - 6).all()
        assert (shown <= np.maximum(high, background) + 6).all()


def test_pictures_say_where_they_come_from(drawn: DrawnRenderer, schema: AttributeSchema, tmp_path: Path) -> None:
    for kind, ending in (("png", "png"), ("webp", "webp"), ("jpeg", "jpg")):
        run(drawn, tmp_path, [member(schema, "Zoë", 9)], plain(options={"kind": kind}, credits=True))
        path = tmp_path / f"Zoë neutral.{ending}"
        assert b"trainedAlgorithmicMedia" in path.read_bytes()
        assert load_recipe(path, schema).character == member(schema, "Zoë", 9).character
    credit = (tmp_path / "facewright-credits.txt").read_text(encoding="utf-8")
    assert "CC0 1.0" in credit
    assert "No photographs" in credit
    assert Origin().recipe == {}
