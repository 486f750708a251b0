from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.evaluation.people import People  # noqa: E402
from creator.training.evaluation.render_cache import RenderCache, RenderCacheError  # noqa: E402


@pytest.fixture
def people(small_schema) -> People:
    random = np.random.default_rng(0)
    return People(
        random.uniform(-1, 1, (3, small_schema.encoded_size)).astype(np.float32),
        random.standard_normal((3, 64)).astype(np.float32),
    )


def opened(folder, schema, make, **more):
    renderers: dict[int, object] = {}

    def kept(size: int):
        renderers[size] = make(size, **more)
        return renderers[size]

    return RenderCache(folder, schema, kept, lambda line: None), renderers


def test_the_second_time_nothing_is_drawn_but_the_witness(tmp_path, small_schema, make_renderer, people) -> None:
    cache, renderers = opened(tmp_path, small_schema, make_renderer)
    first = cache.pixels(people)
    assert renderers[128].drawn == 1 + 3
    mapped = cache.mapped(people, 256)
    assert mapped.masks.shape == (3, 256, 256, 8)
    assert mapped.xy.shape == (3, 3, 2)
    assert cache.again(people, 256).shape == (3, 256, 256, 4)
    cache, renderers = opened(tmp_path, small_schema, make_renderer)
    np.testing.assert_array_equal(cache.pixels(people), first)
    np.testing.assert_array_equal(cache.mapped(people, 256).pixels, mapped.pixels)
    assert {size: each.drawn for size, each in renderers.items()} == {128: 1}


def test_one_person_is_drawn_once(tmp_path, small_schema, make_renderer, people) -> None:
    cache, renderers = opened(tmp_path, small_schema, make_renderer)
    twice = People(people.attributes[[0, 0, 1]], people.identity[[0, 0, 1]])
    pixels = cache.pixels(twice)
    assert renderers[128].drawn == 1 + 2
    np.testing.assert_array_equal(pixels[0], pixels[1])


def test_half_a_file_is_not_taken_for_a_render(tmp_path, small_schema, make_renderer, people) -> None:
    cache, _ = opened(tmp_path, small_schema, make_renderer)
    witness = set(tmp_path.glob("*.npz"))
    pixels = cache.pixels(people)
    damaged = next(path for path in tmp_path.glob("*.npz") if path not in witness)
    damaged.write_bytes(damaged.read_bytes()[:100])
    cache, renderers = opened(tmp_path, small_schema, make_renderer)
    np.testing.assert_array_equal(cache.pixels(people), pixels)
    assert renderers[128].drawn == 1 + 1


def test_renders_of_another_renderer_are_refused(tmp_path, small_schema, make_renderer, people) -> None:
    cache, _ = opened(tmp_path, small_schema, make_renderer)
    cache.pixels(people)
    with pytest.raises(RenderCacheError, match="of another renderer"):
        opened(tmp_path, small_schema, make_renderer, shade=3)
