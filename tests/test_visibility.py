from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator.errors import ModelError
from creator.visibility import Condition, shows

DYED = (Condition("hair_dye", at_least=0.25), Condition("hair_style", none_of=("bald",)))


def test_the_hue_of_a_dye_shows_only_in_dyed_hair() -> None:
    assert shows(DYED, {"hair_dye": 0.6, "hair_style": "bob"})
    assert not shows(DYED, {"hair_dye": 0.1, "hair_style": "bob"})
    assert not shows(DYED, {"hair_dye": 0.6, "hair_style": "bald"})


def test_what_a_model_does_not_know_hides_nothing() -> None:
    assert shows(DYED, {"age": 30.0})
    assert shows((), {})


_CONDITIONS = st.builds(
    Condition,
    st.text(min_size=1, max_size=20),
    st.one_of(st.just(float("-inf")), st.floats(-1e6, 1e6)),
    st.one_of(st.just(float("inf")), st.floats(-1e6, 1e6)),
    st.lists(st.text(max_size=10), max_size=4).map(tuple),
)


@given(_CONDITIONS)
def test_a_condition_survives_the_manifest(condition: Condition) -> None:
    assert Condition.from_json(condition.to_json()) == condition


@pytest.mark.parametrize(
    "entry",
    [None, [], {}, {"name": "x", "at_least": "much"}, {"name": "x", "unknown": 1}, {"name": "x", "at_most": None},
     {"name": "x", "at_least": float("nan")}, {"name": "x", "none_of": 3}],
)  # fmt: skip
def test_a_damaged_condition_is_refused(entry: object) -> None:
    with pytest.raises(ModelError, match="damaged condition"):
        Condition.from_json(entry)
