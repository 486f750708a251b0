from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from creator import devices
from creator.attributes import AttributeSchema
from creator.character import new_character
from creator.errors import ModelError, RenderError, UsageError
from creator.generator import DRAFT, FULL, Generator, RenderRequest
from creator.manifest import MANIFEST_NAME


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


def test_a_failing_run_is_a_render_error(
    model_folder: Path, schema: AttributeSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    class BrokenSession:
        def run(self, *_: object) -> None:
            raise RuntimeError("out of memory\nwith a long story")

    generator = Generator.load(model_folder, "cpu")
    monkeypatch.setitem(generator._sessions, FULL, devices.OpenedSession(BrokenSession(), "CPU"))
    with pytest.raises(RenderError, match="could not be made on CPU: out of memory with a long story"):
        generator.render(RenderRequest(new_character(schema)))


def replace_graph(folder: Path, variant: str, data: bytes) -> None:
    """Put ``data`` in the place of a graph and make the manifest vouch for it."""
    path = folder / MANIFEST_NAME
    manifest = json.loads(path.read_text())
    entry = next(each for each in manifest["graphs"] if each["picture"] == variant)
    entry |= {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    (folder / entry["file"]).write_bytes(data)
    path.write_text(json.dumps(manifest))


def test_a_graph_that_is_no_graph_is_refused(own_model: Path) -> None:
    replace_graph(own_model, DRAFT, b"this is no graph")
    with pytest.raises(ModelError, match="ONNX Runtime cannot read it"):
        Generator.load(own_model, "cpu")


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
