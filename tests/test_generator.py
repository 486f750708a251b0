from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from creator import devices, paths
from creator import generator as generator_module
from creator.attributes import AttributeSchema
from creator.character import new_character
from creator.errors import DeviceError, ModelError, RenderError, UsageError
from creator.generator import DRAFT, FULL, Generator, RenderRequest
from creator.manifest import MANIFEST_NAME, Graph

from .conftest import MakeGpu


@pytest.fixture(scope="module")
def generator(model_folder: Path) -> Generator:
    return Generator.load(model_folder, "cpu")


def test_a_picture_and_its_facts(generator: Generator, schema: AttributeSchema) -> None:
    request = RenderRequest(new_character(schema, 5), FULL)
    result = generator.render(request)
    assert result.request is request
    assert result.pixels.shape == (32, 32, 4)
    assert result.pixels.dtype == np.uint8
    assert not result.pixels.flags.writeable
    assert result.device == "CPU" == generator.device_name
    assert result.milliseconds > 0
    assert result.model == generator.manifest.stamp(FULL)
    assert generator.render(RenderRequest(new_character(schema, 5), DRAFT)).pixels.shape == (16, 16, 4)


def test_equal_requests_give_equal_pictures(generator: Generator, model_folder: Path, schema: AttributeSchema) -> None:
    request = RenderRequest(new_character(schema, 5, values={"expression": "sad"}))
    first = generator.render(request).pixels
    generator.render(RenderRequest(new_character(schema, 6)))
    assert np.array_equal(first, generator.render(request).pixels)
    assert np.array_equal(first, Generator.load(model_folder, "cpu", first=FULL).render(request).pixels)


@pytest.mark.parametrize("change", [{"age": 80}, {"expression": "happy"}])
def test_attributes_and_seed_change_the_picture(
    generator: Generator, schema: AttributeSchema, change: dict[str, Any]
) -> None:
    plain = generator.render(RenderRequest(new_character(schema))).pixels
    assert not np.array_equal(plain, generator.render(RenderRequest(new_character(schema, values=change))).pixels)
    assert not np.array_equal(plain, generator.render(RenderRequest(new_character(schema, 1))).pixels)


def test_an_unknown_picture_is_a_usage_error(generator: Generator, schema: AttributeSchema) -> None:
    with pytest.raises(UsageError, match="did you mean 'draft'"):
        generator.render(RenderRequest(new_character(schema), "drft"))


def test_a_model_without_maps_and_landmarks_says_so(generator: Generator, schema: AttributeSchema) -> None:
    character = new_character(schema)
    assert generator.render_maps(character) is None
    assert generator.landmarks(character) is None


def test_maps_and_landmarks(whole_model_folder: Path, schema: AttributeSchema) -> None:
    generator = Generator.load(whole_model_folder, "cpu")
    character = new_character(schema, 5)
    pixels = generator.render(RenderRequest(character)).pixels
    maps = generator.render_maps(character)
    assert maps is not None
    assert [each.shape for each in (maps.albedo, maps.normals, maps.depth, maps.masks)] == [
        (32, 32, 3), (32, 32, 3), (32, 32), (32, 32, 8)
    ]  # fmt: skip
    assert (maps.depth.dtype, maps.masks.dtype) == (np.float16, np.uint8)
    assert not maps.depth.flags.writeable
    np.testing.assert_allclose(maps.albedo, pixels[..., :3], atol=1)
    points = generator.landmarks(character)
    assert points is not None
    assert list(points) == ["eye_left", "eye_right", "chin"]
    assert points != generator.landmarks(character.with_value("age", 80))
    assert all(isinstance(value, float) for point in points.values() for value in point)


@pytest.mark.parametrize("folder", ["model_folder", "whole_model_folder"])
def test_a_batch_is_the_same_as_one_by_one(
    folder: str, schema: AttributeSchema, request: pytest.FixtureRequest
) -> None:
    generator = Generator.load(request.getfixturevalue(folder), "cpu")
    people = [new_character(schema, seed) for seed in range(11)]
    found = list(generator.render_batch(iter(people)))
    assert len(found) == len(people)
    for person, pixels in zip(people, found, strict=True):
        assert np.array_equal(pixels, generator.render(RenderRequest(person)).pixels)
        assert not pixels.flags.writeable
    assert list(generator.render_batch([])) == []


def test_a_batch_makes_no_more_than_is_asked_for(whole_model_folder: Path, schema: AttributeSchema) -> None:
    generator = Generator.load(whole_model_folder, "cpu")
    taken = []

    def people() -> Any:
        for seed in range(100):
            taken.append(seed)
            yield new_character(schema, seed)

    next(generator.render_batch(people()))
    assert len(taken) <= 8


class BrokenRunner:
    def __init__(self, says: str = "out of memory\nwith a long story") -> None:
        self.says = says

    def run(self, feeds: object) -> list[np.ndarray]:
        raise RuntimeError(self.says)


def break_runs(generator: Generator, picture: str, device: str, name: str) -> None:
    """Let the next run of ``picture`` fail on ``device``."""
    generator.prepare(picture)
    opened = generator._opened[picture, False]
    generator._opened[picture, False] = replace(opened, runner=BrokenRunner(), device=device, device_name=name)


def test_a_failing_run_is_a_render_error_and_can_be_tried_again(model_folder: Path, schema: AttributeSchema) -> None:
    generator = Generator.load(model_folder, "cpu")
    request = RenderRequest(new_character(schema))
    break_runs(generator, FULL, "cpu", "CPU")
    with pytest.raises(RenderError, match="could not be made on CPU: the GPU has not enough free memory"):
        generator.render(request)
    assert generator.render(request).pixels.shape == (32, 32, 4)


def test_when_a_gpu_fails_the_cpu_takes_over_with_notice(model_folder: Path, schema: AttributeSchema) -> None:
    generator = Generator.load(model_folder, "auto")
    request = RenderRequest(new_character(schema))
    wanted = generator.render(request).pixels
    break_runs(generator, FULL, "cuda", "CUDA (Test)")
    found = generator.render(request)
    assert found.device == "CPU" == generator.device_name
    assert np.array_equal(found.pixels, wanted)
    assert generator.device_reason == (
        "CUDA (Test) failed: the GPU has not enough free memory; close other programs that use the GPU and try again"
    )
    generator.adopt(generator.opened_on("auto"))
    assert generator.device_reason == "" or "cannot run" in generator.device_reason


def test_a_device_that_was_asked_for_is_not_replaced(model_folder: Path, schema: AttributeSchema) -> None:
    generator = Generator.load(model_folder, "cpu")
    generator._device = "cuda"
    break_runs(generator, FULL, "cuda", "CUDA (Test)")
    with pytest.raises(RenderError, match=r"could not be made on CUDA \(Test\)"):
        generator.render(RenderRequest(new_character(schema)))


def test_going_over_to_a_device_that_cannot_run_changes_nothing(model_folder: Path, schema: AttributeSchema) -> None:
    generator = Generator.load(model_folder, "cpu")
    with pytest.raises(DeviceError, match="webgpu is not installed"):
        generator.opened_on("webgpu")
    assert generator.device == "cpu"
    assert generator.render(RenderRequest(new_character(schema))).device == "CPU"


# Several graphs for one picture


def add_quick_graph(folder: Path, schema: AttributeSchema, make_graph: Any, *, seed: int, psnr: float) -> None:
    """Give the full picture a further graph that says it is an int8 one; another ``seed`` draws other colours."""
    entry = {"precision": "int8", "psnr": psnr}
    data = make_graph(32, schema.encoded_size, seed=seed)
    path = folder / MANIFEST_NAME
    manifest = json.loads(path.read_text())
    full = next(each for each in manifest["graphs"] if each["picture"] == FULL)
    (folder / "quick.onnx").write_bytes(data)
    digest = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    manifest["graphs"].append({**full, **entry, **digest, "file": "quick.onnx"})
    path.write_text(json.dumps(manifest))


def test_a_quick_graph_runs_where_it_passes_its_trial(
    own_model: Path, schema: AttributeSchema, make_graph: Any
) -> None:
    add_quick_graph(own_model, schema, make_graph, seed=1, psnr=40.0)
    assert Generator.load(own_model, "cpu", first=FULL).precision == "int8"


def test_a_quick_graph_that_draws_something_else_is_not_used(
    own_model: Path, schema: AttributeSchema, make_graph: Any
) -> None:
    add_quick_graph(own_model, schema, make_graph, seed=2, psnr=38.0)
    generator = Generator.load(own_model, "cpu", first=FULL)
    assert generator.precision == "fp32"
    assert generator.device_reason == ""


@pytest.mark.usefixtures("no_trials")
def test_a_trial_is_made_once_for_a_machine(
    own_model: Path, schema: AttributeSchema, make_graph: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    add_quick_graph(own_model, schema, make_graph, seed=1, psnr=40.0)
    trials: list[Graph] = []
    self_test = Generator._self_test

    def counted(self: Generator, graph: Graph, opened: Any) -> Any:
        trials.append(graph)
        return self_test(self, graph, opened)

    monkeypatch.setattr(Generator, "_self_test", counted)
    for _ in range(2):
        Generator.load(own_model, "cpu", first=FULL)
    assert [graph.precision for graph in trials] == ["int8"]
    (tmp_path / "cache" / "self_tests.json").write_bytes(b"\x00 damaged")
    assert Generator.load(own_model, "cpu", first=FULL).precision == "int8"
    assert len(trials) == 2


@pytest.mark.usefixtures("no_trials")
def test_a_quick_gpu_that_draws_the_same_is_taken(
    whole_model_folder: Path, schema: AttributeSchema, fake_gpu: MakeGpu
) -> None:
    gpu = fake_gpu(milliseconds=1.0)
    generator = Generator.load(whole_model_folder, "auto")
    person = new_character(schema, 3)
    found = generator.render(RenderRequest(person))
    assert found.device == "CUDA (NVIDIA Test)"
    on_cpu = Generator.load(whole_model_folder, "cpu").render(RenderRequest(person)).pixels
    assert np.array_equal(found.pixels, on_cpu)
    assert (1, True) in gpu.opened, "one person at a time, with recorded kernels"
    people = [new_character(schema, seed) for seed in range(10)]
    batch = list(generator.render_batch(people))
    assert (None, False) in gpu.opened, "and any number of people for a batch"
    for one, pixels in zip(people, batch, strict=True):
        assert np.array_equal(pixels, generator.render(RenderRequest(one)).pixels)
    assert generator.landmarks(person) is not None


@pytest.mark.usefixtures("no_trials")
def test_a_slow_gpu_is_left_alone(whole_model_folder: Path, fake_gpu: MakeGpu) -> None:
    fake_gpu(milliseconds=1000.0)
    assert Generator.load(whole_model_folder, "auto").device_name == "CPU"


@pytest.mark.usefixtures("no_trials")
def test_a_gpu_that_draws_something_else_is_left_with_a_reason(whole_model_folder: Path, fake_gpu: MakeGpu) -> None:
    fake_gpu(milliseconds=1.0, offset=30)
    generator = Generator.load(whole_model_folder, "auto")
    assert generator.device_name == "CPU"
    assert "CUDA cannot run this model in fp32: its picture is" in generator.device_reason


@pytest.mark.usefixtures("no_trials")
def test_kernels_that_cannot_be_recorded_run_all_the_same(
    whole_model_folder: Path, monkeypatch: pytest.MonkeyPatch, fake_gpu: MakeGpu
) -> None:
    gpu = fake_gpu(milliseconds=1.0)
    opening = devices.open_session

    def refusing(graph: bytes, device: str, batch: int | None = None, captured: bool = False) -> Any:
        if captured:
            raise DeviceError("this session cannot use the graph capture feature")
        return opening(graph, device, batch, captured)

    monkeypatch.setattr(devices, "open_session", refusing)
    assert Generator.load(whole_model_folder, "auto").device_name == "CUDA (NVIDIA Test)"
    assert gpu.opened
    assert not any(captured for _, captured in gpu.opened)


def replace_graph(folder: Path, variant: str, data: bytes) -> None:
    """Put ``data`` in the place of a graph and make the manifest vouch for it."""
    path = folder / MANIFEST_NAME
    manifest = json.loads(path.read_text())
    entry = next(each for each in manifest["graphs"] if each["picture"] == variant)
    entry |= {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    (folder / entry["file"]).write_bytes(data)
    path.write_text(json.dumps(manifest))


def test_a_strange_model_runs_elsewhere_once(
    own_model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bundled_model: Path
) -> None:
    met: list[Path] = []
    monkeypatch.setattr(paths, "user_cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(generator_module, "try_apart", lambda manifest: met.append(manifest.folder))
    for _ in range(2):
        Generator.load(own_model, "cpu")
    assert met == [own_model]
    monkeypatch.setattr(Generator, "prepare", lambda *_: None)
    Generator.load(bundled_model, "cpu")
    assert met == [own_model], "the bundled one is known"


@pytest.mark.usefixtures("no_trials")
def test_a_graph_that_is_no_graph_is_refused(own_model: Path) -> None:
    replace_graph(own_model, DRAFT, b"this is no graph")
    with pytest.raises(ModelError, match="it is no ONNX graph"):
        Generator.load(own_model, "cpu")


@pytest.mark.usefixtures("no_trials")
def test_a_graph_with_another_signature_is_refused(own_model: Path) -> None:
    replace_graph(own_model, DRAFT, (own_model / "tiny_full.onnx").read_bytes())
    with pytest.raises(ModelError, match="does not take and give what its manifest says"):
        Generator.load(own_model, "cpu")


def test_a_damaged_full_graph_shows_when_it_is_first_used(own_model: Path, schema: AttributeSchema) -> None:
    generator = Generator.load(own_model, "cpu")
    (own_model / "tiny_full.onnx").write_bytes(b"")
    with pytest.raises(ModelError, match="not what the manifest says"):
        generator.render(RenderRequest(new_character(schema)))
    generator.render(RenderRequest(new_character(schema), DRAFT))


@pytest.mark.needs_model
def test_the_bundled_model_makes_people(bundled_model: Path) -> None:
    generator = Generator.load(bundled_model, "cpu")
    schema = generator.schema
    for variant in (DRAFT, FULL):
        request = RenderRequest(new_character(schema, 1), variant)
        pixels = generator.render(request).pixels
        assert np.array_equal(pixels, generator.render(request).pixels)
        alpha = pixels[..., 3]
        assert alpha[0].mean() < 30, "the background above the head is transparent"
        assert alpha[len(alpha) // 2, len(alpha) // 2] > 250, "the face is opaque"
        assert np.all(pixels[..., :3] <= alpha[..., None].astype(int) + 2), "colours are premultiplied"
        face = pixels[len(pixels) // 4 : -len(pixels) // 4, len(pixels) // 4 : -len(pixels) // 4, :3]
        assert face.std() > 10, "it is a picture, not a plane"


@pytest.mark.needs_model
def test_every_attribute_of_the_bundled_model_is_seen(bundled_model: Path) -> None:
    generator = Generator.load(bundled_model, "cpu", first=DRAFT)
    # Strength shows only with an expression, hue only with saturation.
    plain = new_character(generator.schema, 3).with_value("expression", "happy").with_value("garment_saturation", 0.6)

    def picture(name: str, value: float | str) -> np.ndarray:
        return generator.render(RenderRequest(plain.with_value(name, value), DRAFT)).pixels.astype(np.int16)

    unseen = []
    for attribute in generator.schema.attributes:
        middle = (attribute.minimum + attribute.maximum) / 2  # a hue is a circle: its ends are the same
        ends = attribute.choices or (attribute.minimum, middle, attribute.maximum)
        largest = max(np.abs(picture(attribute.name, ends[0]) - picture(attribute.name, end)).max() for end in ends[1:])
        if largest < 8:
            unseen.append(attribute.name)
    assert not unseen


@pytest.mark.needs_model
def test_seeds_of_the_bundled_model_are_different_people(bundled_model: Path) -> None:
    generator = Generator.load(bundled_model, "cpu", first=DRAFT)
    pictures = [
        generator.render(RenderRequest(new_character(generator.schema, seed), DRAFT)).pixels.astype(np.int16)
        for seed in range(4)
    ]
    for one in range(4):
        for other in range(one):
            assert np.abs(pictures[one] - pictures[other]).mean() > 1
