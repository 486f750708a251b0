"""Counting a cast: nobody is lost, and numbers and words agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator import paths
from creator.attributes import Attribute, AttributeSchema
from creator.character import Character, new_character
from creator.errors import UsageError
from creator.manifest import load_manifest
from creator.random_character import random_values
from creator.representation import Spread, evenness, represent


def _slider(name: str, low: float, high: float) -> Attribute:
    return Attribute(name, name, "Person", "continuous", name, low, minimum=low, maximum=high)


PEOPLE = AttributeSchema(
    (
        _slider("age", 8.0, 90.0),
        _slider("gender", 0.0, 1.0),
        _slider("ancestry_african", 0.0, 1.0),
        _slider("ancestry_east_asian", 0.0, 1.0),
        _slider("ancestry_european", 0.0, 1.0),
        _slider("skin_tone", 1.0, 10.0),
    )
)


def person(age: float = 30.0, gender: float = 0.9, tone: float = 2.0, **more: float) -> Character:
    return new_character(PEOPLE, values={"age": age, "gender": gender, "skin_tone": tone, **more})


def counts(spread: Spread) -> dict[str, int]:
    return {group.name: group.count for group in spread.groups}


values = st.fixed_dictionaries({a.name: st.floats(a.minimum, a.maximum) for a in PEOPLE.attributes})


@given(st.lists(values, min_size=1, max_size=30))
def test_everybody_is_in_one_group_of_each_spread(drawn: list[dict[str, float]]) -> None:
    report = represent((Character(values=each) for each in drawn), PEOPLE)
    assert [spread.name for spread in report.spreads] == ["age", "gender", "ancestry", "skin_tone"]
    for spread in report.spreads:
        assert sum(group.count for group in spread.groups) == report.total == len(drawn)
        assert sum(group.share for group in spread.groups) == pytest.approx(1.0)
        assert 0.0 <= spread.evenness <= 1.0
    assert report.crossing is not None
    assert 1 <= report.crossing.count <= report.total
    assert {group.count for group in report.empty_groups} <= {0}
    assert 3 <= len(report.summary) <= 6


@given(st.integers(2, 20), st.integers(1, 1000))
def test_evenness_is_one_for_an_even_spread_and_nothing_for_one_group(groups: int, count: int) -> None:
    assert evenness([count] * groups) == pytest.approx(1.0)
    assert evenness([count] + [0] * (groups - 1)) == 0.0
    assert 0.0 < evenness([count + 1, 1] + [0] * (groups - 1)) < 1.0


@given(st.lists(st.integers(0, 50), min_size=2, max_size=12))
def test_evenness_does_not_know_the_groups_order(numbers: list[int]) -> None:
    assert evenness(sorted(numbers)) == pytest.approx(evenness(numbers))


def test_the_groups_begin_where_they_say() -> None:
    report = represent([person(age=age) for age in (8, 12.9, 13, 17, 18, 34, 35, 59, 60, 90)], PEOPLE)
    assert counts(report.spreads[0]) == {"child": 2, "teenager": 2, "young_adult": 2, "middle_aged": 2, "older": 2}
    assert report.spreads[0].evenness == pytest.approx(1.0)
    report = represent([person(gender=gender) for gender in (0.0, 0.33, 0.34, 0.66, 0.67, 1.0)], PEOPLE)
    assert counts(report.spreads[1]) == {"feminine": 2, "between": 2, "masculine": 2}
    report = represent([person(tone=tone) for tone in (1.0, 1.4, 1.5, 9.4, 9.5, 10.0)], PEOPLE)
    assert counts(report.spreads[3]) == {str(step): {1: 2, 2: 1, 9: 1, 10: 2}.get(step, 0) for step in range(1, 11)}


def test_ancestry_is_that_of_the_strongest_part_or_mixed() -> None:
    report = represent(
        [
            person(ancestry_african=0.2),
            person(ancestry_african=0.6, ancestry_european=0.4),
            person(ancestry_east_asian=0.5, ancestry_european=0.5),
            person(),
        ],
        PEOPLE,
    )
    assert counts(report.spreads[2]) == {
        "ancestry_african": 2, "ancestry_east_asian": 0, "ancestry_european": 0, "mixed": 2,
    }  # fmt: skip


def test_the_summary_says_what_is_so() -> None:
    cast = [person(20 + number, 0.9, 2.0) for number in range(9)] + [person(40.0 + n, 0.1, 9.0) for n in range(5)]
    report = represent(cast, PEOPLE)
    assert report.crossing is not None
    assert report.crossing.people == "young men of light skin tone"
    text = " ".join(report.summary)
    assert "Ages run from 20 to 44; the largest age group is “18 to 34”, 9 of 14." in text
    assert "Of 14, 5 look feminine, 9 masculine and 0 in between." in text
    assert "9 of 14 are young men of light skin tone." in text
    assert "from step 2 to step 9 of the Monk scale; the most frequent is step 2, 9 of 14." in text
    assert "Nobody is in these groups: Age – Under 13, 13 to 17, 60 and older; Gender presentation – In between" in text


def test_no_group_is_called_the_largest_that_is_not() -> None:
    text = " ".join(represent([person(20.0, 0.1, 2.0), person(70.0, 0.9, 8.0)], PEOPLE).summary)
    assert "Ages run from 20 to 70." in text
    assert "Skin tones run from step 2 to step 8 of the Monk scale." in text
    assert "combination" not in text, "everybody differs"


def test_a_single_person_can_be_counted() -> None:
    report = represent([person(30.0)], PEOPLE)
    assert report.summary[0] == "Everybody is 30 years old."
    assert all(spread.evenness == 0.0 for spread in report.spreads)


def test_what_a_model_lacks_is_left_out(schema: AttributeSchema) -> None:
    report = represent([Character(values=random_values(schema, seed)) for seed in range(50)], schema)
    assert [spread.name for spread in report.spreads] == ["age", "gender", "skin_tone"]
    assert list(counts(report.spreads[0])) == ["young_adult", "middle_aged", "older"], "nobody under 18 can be made"
    bare = AttributeSchema((_slider("nose_length", 0.0, 1.0),))
    with pytest.raises(UsageError, match="nothing to count"):
        represent([Character()], bare)


def test_nobody_is_no_cast() -> None:
    with pytest.raises(UsageError, match="nobody"):
        represent([], PEOPLE)


def test_the_bundled_model_has_all_four_spreads() -> None:
    schema = load_manifest(paths.model_folder()).schema
    report = represent([new_character(schema)], schema)
    assert [len(spread.groups) for spread in report.spreads] == [5, 3, 4, 10]


def test_programs_get_the_counts_by_name() -> None:
    data = represent([person(), person(70.0)], PEOPLE).to_json()
    assert data["total"] == 2
    assert data["spreads"]["age"]["groups"] == {
        "child": 0, "teenager": 0, "young_adult": 1, "middle_aged": 0, "older": 1,
    }  # fmt: skip
    assert data["spreads"]["gender"] == {"evenness": 0.0, "groups": {"feminine": 0, "between": 0, "masculine": 2}}
    assert data["most_frequent_crossing"]["count"] == 1
