"""Relighting a ball of known normals."""

from __future__ import annotations

import numpy as np
import pytest

from creator.character import Character, new_character
from creator.relighting import Light, Relighter, irradiance, light_of
from creator.training.people_schema import SCHEMA

SIDE = 64


def ball() -> tuple[np.ndarray, np.ndarray]:
    """A grey ball with a soft edge of alpha, and its normals."""
    y, x = (np.mgrid[:SIDE, :SIDE] + 0.5 - SIDE / 2) / (SIDE * 0.45)
    radius = np.hypot(x, y)
    alpha = np.clip((1 - radius) * SIDE * 0.45 / 3, 0, 1)
    z = np.sqrt(np.clip(1 - radius**2, 0, 1))
    normals = np.rint(128 + 127 * np.stack([x, -y, z], axis=-1)).clip(0, 255).astype(np.uint8)
    pixels = np.rint(np.stack([alpha * 128] * 3 + [alpha * 255], axis=-1)).astype(np.uint8)
    return pixels, normals


@pytest.fixture
def person() -> Character:
    return new_character(SCHEMA, 3)


@pytest.fixture
def relighter(person: Character) -> Relighter:
    made = Relighter()
    made.prepare(person, *ball())
    return made


def test_the_same_light_gives_the_same_picture(relighter: Relighter, person: Character) -> None:
    relit = relighter.relit(person)
    assert relit is not None
    difference = np.abs(relit.astype(int) - ball()[0])
    assert difference.max() <= 1
    assert (relit[..., 3] == ball()[0][..., 3]).all()


def test_light_from_the_right_lights_the_right(relighter: Relighter, person: Character) -> None:
    right = relighter.relit(person.with_values({"light_azimuth": 70.0, "light_contrast": 0.8}))
    left = relighter.relit(person.with_values({"light_azimuth": -70.0, "light_contrast": 0.8}))
    assert right is not None
    assert left is not None
    middle, quarter = SIDE // 2, SIDE // 4
    assert right[middle, 3 * quarter, 0] > left[middle, 3 * quarter, 0] + 40
    assert left[middle, quarter, 0] > right[middle, quarter, 0] + 40


def test_warm_light_is_warmer_and_stays_premultiplied(relighter: Relighter, person: Character) -> None:
    warm = relighter.relit(person.with_value("light_warmth", 1.0))
    assert warm is not None
    red, _, blue = warm[SIDE // 2, SIDE // 2, :3]
    assert red > blue + 20
    assert (warm[..., :3] <= warm[..., 3:]).all()


def test_another_face_is_not_relit(relighter: Relighter, person: Character) -> None:
    assert relighter.relit(person.with_value("age", 70.0)) is None
    assert relighter.relit(person.with_seed(4)) is None
    assert relighter.relit(person.with_name("Ada")) is not None
    assert Relighter().relit(person) is None


def test_every_light_gives_something_to_every_surface() -> None:
    rng = np.random.default_rng(1)
    normals = rng.normal(size=(500, 3)).astype(np.float32)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    for azimuth in (-150, 0, 150):
        for contrast in (-1, 1):
            assert irradiance(normals, Light(azimuth, 75, -1, contrast, -1)).min() > 0
    assert light_of({"age": 3.0}) == Light()
