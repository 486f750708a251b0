"""Who looks like whom."""

from __future__ import annotations

import numpy as np

from creator.character import Character
from creator.look_alikes import ALIKE_BELOW, LookAlike, look_alikes, look_alikes_by_identity
from creator.random_character import random_values
from creator.training.people_schema import SCHEMA


def person(seed: int) -> Character:
    return Character("", seed, random_values(SCHEMA, seed))


def test_random_people_do_not_look_alike() -> None:
    assert look_alikes([person(seed) for seed in range(60)], SCHEMA) == ()


def test_the_same_person_in_another_mood_is_found() -> None:
    ada = person(3)
    cast = [
        person(1),
        ada,
        person(2),
        ada.with_values({"expression": "sad", "yaw": 20.0, "garment": "robe"}),
        ada.with_values({"hair_style": "bald"}).with_seed(9),
    ]
    pairs = look_alikes(cast, SCHEMA)
    assert pairs[0] == LookAlike(1, 3, 0.0)
    assert {(pair.first, pair.second) for pair in pairs} == {(1, 3), (1, 4), (3, 4)}
    assert all(pair.distance < ALIKE_BELOW for pair in pairs)


def test_a_cast_of_one_or_none_has_no_pairs() -> None:
    assert look_alikes([], SCHEMA) == look_alikes([person(1)], SCHEMA) == ()


def test_embeddings_are_compared_by_their_angle() -> None:
    vectors = np.array([[1, 0], [0, 1], [0.8, 0.6]], np.float32)
    pairs = look_alikes_by_identity(vectors, 0.5)
    assert [(pair.first, pair.second) for pair in pairs] == [(0, 2), (1, 2)]
    assert np.allclose([pair.distance for pair in pairs], [0.2, 0.4])
