from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from creator import __version__, cli, devices
from creator.attributes import AttributeSchema
from creator.character import load_character, new_character, save_character
from creator.devices import CUDA_PROVIDER, DeviceReport
from creator.generator import FULL, Generator, RenderRequest
from creator.manifest import MANIFEST_NAME
from creator.portrait_file import load_recipe, portrait_bytes

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.usefixtures("own_model")


@pytest.fixture(autouse=True)
def _in_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)


def picture(path: str) -> NDArray[np.uint8]:
    with Image.open(path) as image:
        return np.asarray(image)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str, code: int) -> str:
    """Run a command that must fail with one line on stderr, nothing on stdout and no file; return the line."""
    before = sorted(Path().rglob("*"))
    assert cli.main(arguments) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("facewright: ")
    assert said.err.count("\n") == 1
    assert sorted(Path().rglob("*")) == before
    return said.err


def test_attributes_are_listed(capsys: pytest.CaptureFixture[str], schema: AttributeSchema) -> None:
    assert cli.main(["attributes"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    for attribute in schema.attributes:
        assert attribute.name in said.out
        assert attribute.help in said.out
    assert "18 to 80 years, default 35" in said.out
    assert "neutral | happy | sad (default neutral)" in said.out


def test_attributes_as_json_are_the_schema(capsys: pytest.CaptureFixture[str], schema: AttributeSchema) -> None:
    assert cli.main(["attributes", "--json"]) == 0
    said = capsys.readouterr()
    data = json.loads(said.out)
    assert AttributeSchema.from_json(data["attributes"]) == schema
    assert data["model"]["licence"] == "CC0-1.0"
    assert said.err == ""


def test_devices_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["devices"]) == 0
    assert "cpu" in capsys.readouterr().out
    assert cli.main(["devices", "--json"]) == 0
    said = capsys.readouterr()
    data = json.loads(said.out)
    names = [device["name"] for device in data["devices"]]
    assert (names[0], names[-1]) == ("cuda", "cpu")
    assert data["auto"]["device"]
    assert data["auto"]["precision"] == "fp32"
    assert said.err == ""


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"facewright {__version__}\n"
    for arguments in (["--help"], ["render", "--help"], ["random", "-h"]):
        assert cli.main(arguments) == 0
        assert "Usage" in capsys.readouterr().out


def test_render_makes_the_generators_picture(
    capsys: pytest.CaptureFixture[str], own_model: Path, schema: AttributeSchema
) -> None:
    assert cli.main(["render", "--seed", "7", "--set", "age=60", "--set", "expression=sad", "-o", "a.png"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("a.png: 32 x 32 pixels, CPU, ")
    assert said.err == ""
    request = RenderRequest(new_character(schema, 7, values={"age": 60, "expression": "sad"}), FULL)
    assert Path("a.png").read_bytes() == portrait_bytes(Generator.load(own_model, "cpu").render(request))


def test_the_same_request_gives_the_same_bytes() -> None:
    for name in ("a.png", "b.png"):
        assert cli.main(["render", "--seed", "3", "--size", "48", "--device", "cpu", "-o", name]) == 0
    assert Path("a.png").read_bytes() == Path("b.png").read_bytes()
    assert picture("a.png").shape == (48, 48, 4)


def test_the_last_setting_wins_over_the_recipe(schema: AttributeSchema) -> None:
    save_character(new_character(schema, 5, "Ada", {"age": 70, "expression": "sad"}), Path("ada.face.json"))
    settings = ["--set", "age=20", "--set", "age=30"]
    assert cli.main(["render", "--recipe", "ada.face.json", *settings, "-o", "a.png"]) == 0
    character = load_recipe(Path("a.png"), schema).character
    assert character == new_character(schema, 5, "Ada", {"age": 30, "expression": "sad"})
    assert cli.main(["render", "--recipe", "ada.face.json", "--seed", "6", "-o", "a.png"]) == 0
    assert load_recipe(Path("a.png"), schema).character.seed == 6


def test_a_portrait_is_a_recipe() -> None:
    assert cli.main(["render", "--seed", "9", "--set", "nose_length=-0.5", "-o", "a.png"]) == 0
    assert cli.main(["render", "--recipe", "a.png", "-o", "b.png"]) == 0
    assert Path("a.png").read_bytes() == Path("b.png").read_bytes()


@pytest.mark.parametrize("kind", ["png", "webp", "jpeg"])
def test_a_portrait_drawn_again_is_compared_with_itself(capsys: pytest.CaptureFixture[str], kind: str) -> None:
    assert cli.main(["render", "--seed", "3", "--set", "age=44", "-o", "ada.png"]) == 0
    assert cli.main(["export", "ada.png", "-p", kind, "--size", "48", "--name", "out", "--to", "."]) == 0
    file = "out.jpg" if kind == "jpeg" else f"out.{kind}"
    capsys.readouterr()
    assert cli.main(["render", "--recipe", file, "-o", "again.png"]) == 0
    assert ("has the same pixels" in capsys.readouterr().err) == (kind != "jpeg"), "JPEG keeps no pixel exactly"
    if kind == "png":
        pixels = picture(file).copy()
        pixels[20, 20, 0] ^= 1
        with Image.open(file) as old:
            recipe = old.info["facewright"]
        info = PngImagePlugin.PngInfo()
        info.add_itxt("facewright", recipe)
        Image.fromarray(pixels).save(file, pnginfo=info)
        assert cli.main(["render", "--recipe", file, "-o", "again.png"]) == 0
        assert "has not the same pixels" in capsys.readouterr().err
        assert cli.main(["render", "--recipe", file, "--set", "age=50", "-o", "again.png"]) == 0
        assert "drawn again" not in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["png", "webp", "jpeg"])
def test_a_look_into_a_portrait(capsys: pytest.CaptureFixture[str], kind: str) -> None:
    assert cli.main(["render", "--seed", "3", "--set", "age=44", "-o", "ada.png"]) == 0
    assert cli.main(["export", "ada.png", "-p", kind, "--name", "out", "--to", "."]) == 0
    file = "out.jpg" if kind == "jpeg" else f"out.{kind}"
    capsys.readouterr()
    assert cli.main(["inspect", file]) == 0
    said = capsys.readouterr().out
    assert "seed 3" in said
    assert "(in use)" in said
    assert "age" in said
    assert cli.main(["inspect", file, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["seed"], told["values"], told["model"]["in_use"]) == (3, {"age": 44}, True)
    Path("other.txt").write_text("x")
    refused(capsys, "inspect", "other.txt", code=1)


def test_a_newer_recipe_is_used_with_a_note(capsys: pytest.CaptureFixture[str]) -> None:
    Path("new.face.json").write_text('{"format": 1, "seed": 1, "values": {"horns": 1}}')
    assert cli.main(["render", "--recipe", "new.face.json", "-o", "a.png"]) == 0
    assert "note: this model has no attribute 'horns'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["render", "--set", "agee=4"], "no attribute 'agee' (did you mean 'age'?)"),
        (["render", "--set", "age=400"], "the nearest valid value is 80"),
        (["render", "--set", "age=old"], "'age' needs a number, not 'old'"),
        (["render", "--set", "age=nan"], "finite"),
        (["render", "--set", "expression=hapy"], "did you mean 'happy'"),
        (["render", "--set", "expression=two\nlines"], "two lines"),
        (["render", "--set", "age"], "--set needs NAME=VALUE, not 'age'"),
        (["render", "--size", "4"], "the nearest valid value is 16"),
        (["render", "--size", "big"], "--size"),
        (["render", "--seed", "-1"], "the nearest valid value is 0"),
        (["render", "--seed", "4294967296"], "the nearest valid value is 4294967295"),
        (["render", "--device", "cude"], "did you mean 'cuda'"),
        (["render", "--sise", "4"], "--size"),
        (["random", "--count", "0"], "the nearest valid value is 1"),
        (["random", "--set", "agee=4"], "did you mean 'age'"),
    ],
)
def test_a_wrong_request_is_refused(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert message in refused(capsys, *arguments, "-o", "out.png", code=2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["render"], "--output"),
        (["render", "-o", "a.jpg"], "a.png"),
        (["render", "-o", "a.png", "extra"], "extra"),
        (["rendr", "-o", "a.png"], "'render'"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_a_wrong_command_is_refused(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert message in refused(capsys, *arguments, code=2)


def test_an_unreadable_recipe_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "none.face.json" in refused(capsys, "render", "--recipe", "none.face.json", "-o", "a.png", code=1)
    Path("bad.face.json").write_bytes(b'{"format": 1, "values": {"age": 3}}')
    line = refused(capsys, "render", "--recipe", "bad.face.json", "-o", "a.png", code=1)
    assert "bad.face.json" in line
    assert "nearest valid value is 18" in line


def test_an_impossible_place_is_named_before_rendering(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Generator, "load", lambda *_, **__: pytest.fail("rendered in vain"))
    assert "the folder 'none' does not exist" in refused(capsys, "render", "-o", "none/a.png", code=1)
    Path("file").write_bytes(b"")
    assert "'file' is not a folder" in refused(capsys, "render", "-o", "file/a.png", code=1)
    assert "not a folder" in refused(capsys, "random", "-o", "file", code=1)
    assert "not a folder" in refused(capsys, "random", "-o", "file/people", code=1)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_locked_folder_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("locked").mkdir(mode=0o500)
    assert "may not be written" in refused(capsys, "render", "-o", "locked/a.png", code=1)
    assert "locked" in refused(capsys, "random", "-o", "locked", code=1)


def test_a_missing_model_is_named(capsys: pytest.CaptureFixture[str], own_model: Path) -> None:
    (own_model / MANIFEST_NAME).unlink()
    for arguments in (["attributes"], ["render", "-o", "a.png"], ["random", "-o", "people"]):
        line = refused(capsys, *arguments, code=1)
        assert "the model is missing" in line
        assert str(own_model) in line


def test_a_damaged_model_is_named(capsys: pytest.CaptureFixture[str], own_model: Path) -> None:
    (own_model / "tiny_full.onnx").write_bytes(b"damaged")
    assert "the model is damaged" in refused(capsys, "render", "-o", "a.png", code=1)


def test_cuda_that_cannot_run_is_never_replaced_silently(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = DeviceReport("cuda", CUDA_PROVIDER, False, "NVIDIA Test", "its libraries are missing", "install them")
    known = devices.device_report
    monkeypatch.setattr(devices, "device_report", lambda name: report if name == "cuda" else known(name))
    line = refused(capsys, "render", "--device", "cuda", "-o", "a.png", code=1)
    assert "its libraries are missing; install them" in line
    assert cli.main(["render", "--device", "auto", "-o", "a.png"]) == 0
    assert "note: running on the CPU, because CUDA cannot run: its libraries" in capsys.readouterr().err


def digests(folder: str) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in Path(folder).iterdir()}


def test_a_person_of_a_batch_is_the_same_for_any_count(
    capsys: pytest.CaptureFixture[str], schema: AttributeSchema
) -> None:
    assert cli.main(["random", "--count", "5", "--seed", "8", "-o", "deep/five"]) == 0
    said = capsys.readouterr()
    assert said.out.endswith("five: 5 portraits, CPU\n")
    assert "5/5" in said.err
    assert cli.main(["random", "--count", "2", "--seed", "8", "-o", "two"]) == 0
    five, two = digests("deep/five"), digests("two")
    assert sorted(five) == [f"portrait_{index:04d}.png" for index in range(1, 6)]
    assert two == {name: five[name] for name in ("portrait_0001.png", "portrait_0002.png")}
    assert len(set(five.values())) == 5
    people = [load_recipe(Path("deep/five", name), schema).character for name in five]
    assert len({person.seed for person in people}) == 5


def test_settings_hold_for_all_of_a_batch(schema: AttributeSchema) -> None:
    assert cli.main(["random", "--count", "3", "--seed", "8", "--set", "garment=armour", "-o", "cast"]) == 0
    for path in Path("cast").iterdir():
        assert load_recipe(path, schema).character.values["garment"] == "armour"


def test_a_batch_without_a_seed_names_the_one_it_drew(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["random", "-o", "a"]) == 0
    seed = capsys.readouterr().err.split("--seed ")[1].split()[0]
    assert cli.main(["random", "--seed", seed, "-o", "b"]) == 0
    assert digests("a") == digests("b")


def test_an_interrupted_batch_leaves_whole_files(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    render, made = Generator.render, []

    def interrupted(self: Generator, request: RenderRequest) -> object:
        if len(made) == 3:
            raise KeyboardInterrupt
        made.append(request)
        return render(self, request)

    monkeypatch.setattr(Generator, "render", interrupted)
    assert cli.main(["random", "--count", "9", "--seed", "1", "-o", "people"]) == 130
    assert "stopped: 3 of 9 portraits" in capsys.readouterr().err
    assert len(list(Path("people").iterdir())) == 3


def run(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments], capture_output=True, text=True, check=False, **more
    )


def test_the_real_process_behaves_alike() -> None:
    done = run("render", "--seed", "7", "-o", "a.png")
    assert (done.returncode, done.stderr) == (0, "")
    assert cli.main(["render", "--seed", "7", "-o", "b.png"]) == 0
    assert Path("a.png").read_bytes() == Path("b.png").read_bytes()
    failed = run("render", "--set", "agee=7", "-o", "c.png")
    assert failed.returncode == 2
    assert failed.stderr.count("\n") == 1
    assert not Path("c.png").exists()


def test_devices_keep_the_output_clean() -> None:
    done = run("devices", "--json")
    assert done.returncode == 0
    assert done.stderr == ""
    json.loads(done.stdout)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signal to one process")
def test_a_real_interruption_leaves_whole_files(schema: AttributeSchema) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "random", "--count", "20000", "--seed", "1", "-o", "people"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 60
        while not Path("people/portrait_0003.png").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    names = sorted(path.name for path in Path("people").iterdir())
    assert names == [f"portrait_{index:04d}.png" for index in range(1, len(names) + 1)]
    for name in names:
        picture(f"people/{name}")
        load_recipe(Path("people", name), schema)


@pytest.mark.skipif(os.name == "nt", reason="pipes close in another way on Windows")
def test_a_closed_pipe_is_no_traceback() -> None:
    command = f'"{sys.executable}" "{ROOT / "main.py"}" attributes --json | head -c 10'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.needs_model
def test_the_bundled_model_serves_every_command(
    bundled_model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FACEWRIGHT_MODELS", str(bundled_model))
    assert cli.main(["attributes", "--json"]) == 0
    names = [attribute["name"] for attribute in json.loads(capsys.readouterr().out)["attributes"]]
    assert {"age", "gender", "yaw", "pitch"} <= set(names)
    assert cli.main(["random", "--count", "2", "--seed", "1", "--size", "144", "-o", "cast"]) == 0
    assert cli.main(["render", "--recipe", "cast/portrait_0002.png", "--size", "144", "-o", "again.png"]) == 0
    assert Path("again.png").read_bytes() == Path("cast/portrait_0002.png").read_bytes()
    assert picture("again.png").shape == (144, 144, 4)


def test_a_character_file_is_written_as_documented(schema: AttributeSchema) -> None:
    Path("r.face.json").write_text('{"format": 1, "seed": 5, "values": {"age": 40}}')
    assert load_character(Path("r.face.json"), schema).character == new_character(schema, 5, values={"age": 40})
