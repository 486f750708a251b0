from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from creator.attributes import Attribute, AttributeSchema
from creator.errors import ModelError
from creator.readings import Readings


def _slider(name: str, low: float = 0.0, high: float = 1.0, **more: Any) -> Attribute:
    return Attribute(name, name, "All", "continuous", name, (low + high) / 2, minimum=low, maximum=high, **more)


SCHEMA = AttributeSchema(
    (
        _slider("age", 8.0, 90.0),
        _slider("dye"),
        _slider("dye_hue", 0.0, 360.0, unit="°"),
        Attribute(
            "hair", "Hair", "All", "choice", "Hair", "bob", choices=("bald", "bob"), choice_labels=("Bald", "Bob")
        ),
        _slider("share_a"),
        _slider("share_b"),
    )
)


def facts(**changed: dict[str, Any]) -> dict[str, Any]:
    """Six attributes in a row of 9 numbers; ``later`` is one that the schema does not know."""
    entries: list[dict[str, Any]] = [
        {"name": "later", "kind": "slider", "score": 0.9},
        {"name": "age", "kind": "slider", "mean": 35.0, "spread": 15.0, "score": 0.9},
        {"name": "dye", "kind": "slider", "mean": 0.1, "spread": 0.2, "score": 0.9},
        {"name": "dye_hue", "kind": "hue", "score": 0.8, "shown": [{"name": "dye", "at_least": 0.25}]},
        {"name": "hair", "kind": "choice", "choices": ["bald", "mohawk", "bob"], "score": 0.9},
        {"name": "share_a", "kind": "slider", "mean": 0.5, "spread": 0.3, "score": 0.9},
        {"name": "share_b", "kind": "slider", "mean": 0.5, "spread": 0.3, "score": 0.9},
    ]
    return {
        "attributes": [entry | changed.get(entry["name"], {}) for entry in entries],
        "mixtures": [["share_a", "share_b"]],
    }


def row(**blocks: Any) -> NDArray[np.float32]:
    plain: dict[str, Any] = {
        "later": [0.0], "age": [0.0], "dye": [2.0], "dye_hue": [1.0, 0.0], "hair": [0.0, 0.0, 9.0], "share_a": [0.0],
        "share_b": [0.0],
    }  # fmt: skip
    return np.concatenate([np.atleast_1d(blocks.get(name, value)) for name, value in plain.items()]).astype(np.float32)


def readings(**changed: dict[str, Any]) -> Readings:
    return Readings(facts(**changed), 10, SCHEMA)


def test_values_are_in_the_units_of_the_schema() -> None:
    values = readings().values(row(age=1.0, dye_hue=[0.0, -0.5]))
    assert values == {
        "age": 50.0, "dye": pytest.approx(0.5), "dye_hue": pytest.approx(270.0), "hair": "bob", "share_a": 0.5,
        "share_b": 0.5,
    }  # fmt: skip


def test_values_stay_in_range_and_among_the_choices_of_the_model() -> None:
    values = readings().values(row(age=-9.0, hair=[1.0, 5.0, 0.0]))
    assert values["age"] == 8.0
    assert values["hair"] == "bald"


def test_what_changed_besides_the_edit_is_told_strongest_first() -> None:
    before, after = row(), row(age=-0.5, dye=1.9, hair=[9.0, 0.0, 0.0], share_b=1.0)
    found = readings().side_effects(before, after, ["share_a"])
    assert [effect.name for effect in found] == ["hair", "age"]  # the dye hardly moved, the shares are one mixture
    assert found[0].change_in_sigma == pytest.approx(2.0, abs=0.01)
    assert (found[0].before, found[0].after) == ("bob", "bald")
    assert (found[1].before, found[1].after, found[1].change_in_sigma) == (35.0, 27.5, -0.5)
    assert [effect.name for effect in readings().side_effects(before, after, ["age", "share_b"])] == ["hair"]
    assert readings().side_effects(before, before, []) == []


def test_a_hue_goes_around_the_circle_and_counts_only_in_dyed_hair() -> None:
    before, after = row(dye_hue=[1.0, 0.3]), row(dye_hue=[1.0, -0.3])
    (effect,) = readings().side_effects(before, after, [])
    assert effect.name == "dye_hue"
    assert effect.change_in_sigma == pytest.approx(-33.4 / 104.0, abs=0.01)
    assert readings().side_effects(row(dye=0.0, dye_hue=[1.0, 0.3]), row(dye=0.0, dye_hue=[1.0, -0.3]), []) == []


def test_what_is_read_badly_or_strays_by_itself_is_not_told() -> None:
    before, after = row(), row(age=0.5)
    assert readings(age={"score": 0.2}).side_effects(before, after, []) == []
    assert readings(age={"noise": 0.6}).side_effects(before, after, []) == []
    (effect,) = readings(age={"gain": 0.5, "noise": 0.6}).side_effects(before, after, [])
    assert effect.change_in_sigma == 1.0


@pytest.mark.parametrize(
    "changed",
    [
        {"age": {"spread": 0.0}},
        {"age": {"mean": float("nan")}},
        {"age": {"kind": "colour"}},
        {"age": {"gain": 0.0}},
        {"hair": {"choices": ["bald"]}},
        {"dye_hue": {"shown": [{"at_least": 1.0}]}},
        {"age": {"name": "dye"}},
    ],
)
def test_damaged_facts_are_refused_in_one_line(changed: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="damaged") as caught:
        readings(**changed)
    assert "\n" not in str(caught.value)


def test_facts_of_something_else_are_refused() -> None:
    with pytest.raises(ModelError, match="attribute reader"):
        Readings({"same_person_below": 0.4}, 10, SCHEMA)
