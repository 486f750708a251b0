"""What the looking networks say about an edit, with networks that are told what to see."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pytest
from numpy.typing import NDArray

from creator.attributes import AttributeSchema
from creator.character import new_character
from creator.generator import Generator
from creator.readings import SideEffect
from creator.second_look import Onlooker, SecondLook, compensated, edited_names
from creator.training.people_schema import SCHEMA


class ByColour:
    """Takes the mean colour for the person, and a change of colour for a side effect on the nose."""

    same_person_below = 0.1

    def __init__(self) -> None:
        self.embedded = 0

    def embed(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        self.embedded += 1
        mean = pixels[..., :3].reshape(-1, 3).mean(axis=0).astype(np.float32)
        return mean / np.float32(np.linalg.norm(mean))

    def side_effects(
        self, before: NDArray[np.uint8], after: NDArray[np.uint8], edited: Collection[str]
    ) -> list[SideEffect]:
        changed = float(after.astype(int).mean() - before.astype(int).mean())
        return [SideEffect("nose_length", changed, 0.0, 0.2)] if "nose_length" not in edited and changed else []


@pytest.fixture
def generator(model_folder: object) -> Generator:
    return Generator.load(model_folder, "cpu")  # type: ignore[arg-type]


def test_drift_grows_with_the_edit_and_the_origin_is_seen_once(generator: Generator, schema: AttributeSchema) -> None:
    eyes = ByColour()
    onlooker = Onlooker(eyes, None)
    ada = new_character(schema, 3)
    near, far = ada.with_value("skin_tone", 4.5), ada.with_values({"skin_tone": 10.0, "age": 80.0})
    drifts = [onlooker.look(generator, ada, ada, person).drift or 0.0 for person in (ada, near, far)]
    assert drifts[0] == pytest.approx(0, abs=1e-5)
    assert 0 < drifts[1] < drifts[2]
    assert eyes.embedded == 4, "the origin once, and three pictures"


def test_side_effects_are_those_of_the_last_edit(generator: Generator, schema: AttributeSchema) -> None:
    onlooker = Onlooker(None, ByColour())
    ada = new_character(schema, 3)
    older = ada.with_value("age", 70.0)
    look = onlooker.look(generator, ada, ada, older)
    assert look.drift is None
    assert [effect.name for effect in look.side_effects] == ["nose_length"]
    assert onlooker.look(generator, ada, older, older) == SecondLook(None)
    nosed = older.with_value("nose_length", 1.0)
    assert onlooker.look(generator, ada, older, nosed).side_effects == (), "what was edited is no side effect"


def test_a_model_without_such_networks(generator: Generator, schema: AttributeSchema) -> None:
    ada = new_character(schema, 3)
    look = Onlooker.load(generator).look(generator, ada, ada, ada.with_value("age", 70.0))
    assert look == SecondLook(None)


def test_what_was_edited(schema: AttributeSchema) -> None:
    ada = new_character(schema, 3)
    assert edited_names(ada, ada.with_values({"age": 70.0, "gender": 0.5})) == {"age"}


def test_compensating_goes_against_the_change_and_stays_in_the_range(schema: AttributeSchema) -> None:
    ada = new_character(schema, 3, values={"nose_length": 0.1})
    assert compensated(schema, ada, SideEffect("nose_length", 0.8, 0.2, 0.5)) == {"nose_length": -0.2}
    assert compensated(schema, ada, SideEffect("nose_length", -9.0, 1.0, -1.0)) == {"nose_length": 1.0}
    assert compensated(schema, ada, SideEffect("garment", 2.0, "shirt", "robe")) == {}


def test_a_hue_is_compensated_around_the_circle() -> None:
    ada = new_character(SCHEMA, 3, values={"garment_hue": 350.0})
    assert compensated(SCHEMA, ada, SideEffect("garment_hue", 0.2, 10.0, 350.0)) == {"garment_hue": 10.0}
