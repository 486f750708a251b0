from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from creator.attributes import AttributeSchema
from creator.random_character import identity_vector, person_seed, random_values

seeds = st.integers(0, 2**32 - 1)


@given(seeds)
def test_random_values_are_complete_valid_and_repeatable(schema: AttributeSchema, seed: int):
    values = random_values(schema, seed)
    assert tuple(values) == schema.names
    for name, value in values.items():
        assert schema.validated(name, value) == value
    assert random_values(schema, seed) == values


@given(seeds, st.integers(0, 10_000), st.integers(0, 10_000))
def test_people_of_a_batch_have_seeds_of_their_own(seed: int, one: int, other: int):
    assert (person_seed(seed, one) == person_seed(seed, other)) == (one == other)


def test_an_attribute_more_does_not_change_the_draw_of_the_others(schema: AttributeSchema):
    shorter = AttributeSchema(schema.attributes[:2] + schema.attributes[3:])
    for seed in range(20):
        values = random_values(schema, seed)
        assert random_values(shorter, seed) == {name: values[name] for name in shorter.names}


def test_random_people_differ(schema: AttributeSchema):
    people = {tuple(random_values(schema, seed).values()) for seed in range(200)}
    assert len(people) == 200
    ages = [float(random_values(schema, seed)["age"]) for seed in range(200)]
    assert np.std(ages) > 8


def test_identity_vectors_never_change() -> None:
    vector = identity_vector(7, 64)
    assert vector.dtype == np.float32
    assert vector.shape == (64,)
    np.testing.assert_allclose(vector[:3], [1.6905257, -0.46593738, 0.03282016], rtol=1e-6)
    assert np.array_equal(vector, identity_vector(7, 64))
    assert not np.array_equal(vector, identity_vector(8, 64))
    assert identity_vector(2**32 - 1, 64).shape == (64,)
