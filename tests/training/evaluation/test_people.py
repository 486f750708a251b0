from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.evaluation.cells import SMALLEST, cells, decoded  # noqa: E402
from creator.training.evaluation.people import (  # noqa: E402
    People,
    held_out_combinations,
    held_out_people,
    identity_views,
    moves,
    sweeps,
)
from creator.training.generator.people_dataset import PeopleDataset  # noqa: E402
from creator.training.generator.render_people import training_values  # noqa: E402
from creator.training.people_schema import SCHEMA  # noqa: E402


@pytest.fixture(scope="module")
def training() -> np.ndarray:
    return np.stack([SCHEMA.encode(training_values(SCHEMA, seed)) for seed in range(60)])


def test_combinations_are_those_that_nobody_in_training_has(training) -> None:
    found = held_out_combinations(SCHEMA, training, 12)
    assert len(found) == 12

    def triples(attributes: np.ndarray) -> list[tuple[int, ...]]:
        names = ("hair_style", "garment", "expression")
        return [tuple(int(row[SCHEMA.encoded_slices[name]].argmax()) for name in names) for row in attributes]

    assert not set(triples(found.attributes)) & set(triples(training))
    # Once somebody has it, the combination is no longer held out; the others stay who they are.
    fewer = held_out_combinations(SCHEMA, np.concatenate([training, found.attributes[:1]]), 11)
    np.testing.assert_array_equal(fewer.attributes, found.attributes[1:])
    children = decoded(SCHEMA, found.attributes, "age") < 16
    beards = found.attributes[:, SCHEMA.encoded_slices["beard_style"]].argmax(1)
    assert (beards[children] == 0).all()


def test_a_move_changes_its_own_attribute_alone(training) -> None:
    found = moves(SCHEMA, training, 2)
    assert found.names == (*SCHEMA.names, *SCHEMA.names)
    np.testing.assert_array_equal(found.before.identity, found.after.identity)
    for name, before, after in zip(found.names, found.before.attributes, found.after.attributes, strict=True):
        changed = np.flatnonzero(before != after)
        at = SCHEMA.encoded_slices[name]
        assert len(changed)
        assert at.start <= changed.min() <= changed.max() < at.stop
        assert (np.abs(after) <= 1.0 + 1e-6).all()
        if SCHEMA[name].kind != "choice" and not name.endswith("_hue"):
            sigma = float(training[:, at.start].std())
            assert abs(after[at.start] - before[at.start]) == pytest.approx(max(sigma, 0.2), abs=1e-3)


def test_moves_show(training) -> None:
    """What would hide an attribute is set aside: hue without saturation, beards of the beardless."""
    found = moves(SCHEMA, training, 1)
    row = found.names.index("garment_hue")
    assert decoded(SCHEMA, found.before.attributes, "garment_saturation")[row] > 0.3
    row = found.names.index("beard_density")
    assert found.before.attributes[row, SCHEMA.encoded_slices["beard_style"]].argmax() > 0
    row = found.names.index("ear_size")
    style = SCHEMA["hair_style"].choices[found.before.attributes[row, SCHEMA.encoded_slices["hair_style"]].argmax()]
    assert style == "buzz"


def test_views_are_of_the_same_people() -> None:
    found = identity_views(SCHEMA, 3)
    assert len(found.people) == 3 * 10
    for person in range(3):
        rows = np.flatnonzero(found.person == person)
        assert (found.people.identity[rows] == found.people.identity[rows[0]]).all()
        assert found.kinds[rows[0]] == ""
    kept = ("jaw_width", "nose_length", "skin_tone", "hair_style")
    for name in kept:
        columns = found.people.attributes[:, SCHEMA.encoded_slices[name]]
        assert (columns[found.person == 0] == columns[0]).all()


def test_sweeps_go_from_end_to_end() -> None:
    found = sweeps(SCHEMA, 5)
    assert set(found) == {a.name for a in SCHEMA.attributes if a.kind != "choice"}
    np.testing.assert_allclose(decoded(SCHEMA, found["age"].attributes, "age"), [8, 28.5, 49, 69.5, 90], atol=1e-3)


def test_people_are_found_once() -> None:
    random = np.random.default_rng(0)
    attributes, identity = random.normal(size=(4, 6)).astype(np.float32), random.normal(size=(4, 64)).astype(np.float32)
    twice = People(attributes[[0, 1, 0, 3]], identity[[0, 1, 0, 3]])
    distinct, place = twice.distinct()
    assert len(distinct) == 3
    np.testing.assert_array_equal(distinct.attributes[place], twice.attributes)
    np.testing.assert_array_equal(distinct.identity[place], twice.identity)


def test_held_out_people_come_with_their_renders(drawn_folder) -> None:
    dataset = PeopleDataset(drawn_folder)
    people, pixels = held_out_people(dataset, 20)
    assert len(people) == 20
    assert pixels.shape == (20, 256, 256, 4)
    np.testing.assert_array_equal(pixels[3], np.load(drawn_folder / "shard_00000.images.npy")[3])


def test_cells_hold_everybody_once_by_each_attribute(training) -> None:
    everyone = np.concatenate([training] * 8)
    found = cells(SCHEMA, everyone)
    for kind in ("age", "gender", "tone", "ancestry"):
        inside = np.stack([rows for name, rows in found.items() if name.startswith(f"{kind}: ")])
        assert (inside.sum(0) <= 1).all()
        assert inside.any(0).mean() > 0.9
        assert (inside.sum(1) >= SMALLEST).all()
    young = found["age: under 16"]
    assert (decoded(SCHEMA, everyone, "age")[young] < 16).all()


def test_small_cells_are_left_out(training) -> None:
    found = cells(SCHEMA, training[: SMALLEST - 1])
    assert found == {}
