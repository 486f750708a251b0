from __future__ import annotations

import math

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.random_character import person_seed  # noqa: E402
from creator.training.generator.render_people import training_values  # noqa: E402
from creator.training.people_schema import SCHEMA  # noqa: E402
from creator.training.readers.reader_targets import (  # noqa: E402
    SHOWN,
    ReaderTargets,
    mean_score,
    reading_loss,
    reading_scores,
)
from creator.visibility import shows  # noqa: E402

TARGETS = ReaderTargets(SCHEMA)


def encoded(**values: float | str) -> torch.Tensor:
    return torch.from_numpy(SCHEMA.encode(values))[None]


def column(found: torch.Tensor, name: str) -> list[float]:
    return found[0, TARGETS.columns[name]].tolist()


def test_each_attribute_has_its_columns() -> None:
    assert tuple(TARGETS.columns) == SCHEMA.names
    widths = {name: at.stop - at.start for name, at in TARGETS.columns.items()}
    assert (widths["age"], widths["garment_hue"], widths["hair_style"]) == (1, 2, len(SCHEMA["hair_style"].choices))
    assert sum(widths.values()) == TARGETS.size
    assert TARGETS.kinds["light_azimuth"] == "slider"


def test_hues_run_in_a_circle_and_shares_count_in_their_sum() -> None:
    found = TARGETS.wanted(encoded(garment_hue=90.0, accent_hue=360.0))
    assert column(found, "garment_hue") == pytest.approx([0.0, 1.0], abs=1e-5)
    assert column(found, "accent_hue") == pytest.approx([1.0, 0.0], abs=1e-5)
    one = TARGETS.wanted(encoded(ancestry_african=0.2, ancestry_east_asian=0.2, ancestry_european=0.0))
    other = TARGETS.wanted(encoded(ancestry_african=1.0, ancestry_east_asian=1.0, ancestry_european=0.0))
    torch.testing.assert_close(one, other, atol=0.01, rtol=0.0)
    assert column(one, "ancestry_african")[0] == pytest.approx(0.0, abs=0.01)  # half, encoded


@pytest.mark.parametrize(
    ("name", "hidden", "seen"),
    [
        ("hair_dye_hue", {"hair_dye": 0.0}, {"hair_dye": 0.8}),
        ("hair_dye_hue", {"hair_dye": 0.8, "hair_style": "bald"}, {"hair_dye": 0.8, "hair_style": "bob"}),
        ("hair_lightness", {"hair_dye": 1.0}, {"hair_dye": 0.2}),
        ("hair_grey", {"hair_style": "bald"}, {"hair_style": "buzz"}),
        ("beard_density", {"beard_style": "none"}, {"beard_style": "goatee"}),
        ("expression", {"expression_strength": 0.1}, {"expression_strength": 0.5}),
        ("expression_strength", {"expression": "neutral"}, {"expression": "sad"}),
        ("garment_hue", {"garment_saturation": 0.05}, {"garment_saturation": 0.5}),
        ("garment_lightness", {"garment": "plate_armour"}, {"garment": "suit"}),
        ("accent_hue", {"garment": "t_shirt"}, {"garment": "suit"}),
        ("iris_colour", {"blink_left": 1.0}, {"blink_left": 0.2}),
        ("ear_size", {"hair_style": "long"}, {"hair_style": "crop"}),
        ("neck_width", {"garment": "scarf"}, {"garment": "gown"}),
        ("chin_cleft", {"beard_style": "full_beard"}, {"beard_style": "sideburns"}),
        ("philtrum", {"beard_style": "moustache"}, {"beard_style": "none"}),
    ],
)
def test_attributes_count_only_where_they_show(name: str, hidden: dict, seen: dict) -> None:
    at = list(TARGETS.columns).index(name)
    assert not TARGETS.shown(encoded(**hidden))[0, at]
    assert TARGETS.shown(encoded(**seen))[0, at]


def test_tensors_and_values_agree_on_what_shows() -> None:
    values = [training_values(SCHEMA, person_seed(4, index)) for index in range(60)]
    found = TARGETS.shown(torch.from_numpy(np.stack([SCHEMA.encode(each) for each in values]))).numpy()
    wanted = [[shows(SHOWN.get(name, ()), each) for name in TARGETS.columns] for each in values]
    np.testing.assert_array_equal(found, wanted)
    assert found.mean(0).min() > 0.0
    assert not found.all(0).all()


def test_the_table_of_conditions_names_what_there_is() -> None:
    for name, conditions in SHOWN.items():
        assert name in SCHEMA.names
        for condition in conditions:
            attribute = SCHEMA[condition.name]
            assert set(condition.none_of) <= set(attribute.choices)
            if not condition.none_of:
                assert attribute.minimum < max(condition.at_least, -condition.at_most) or condition.at_most < math.inf


def _people(count: int = 200) -> torch.Tensor:
    return torch.from_numpy(
        np.stack([SCHEMA.encode(training_values(SCHEMA, person_seed(3, index))) for index in range(count)])
    )


def test_a_perfect_reading_has_full_scores_and_the_mean_has_none() -> None:
    people = _people()
    mean, spread = TARGETS.spread(people)
    wanted, shown = (TARGETS.wanted(people) - mean) / spread, TARGETS.shown(people)
    perfect = reading_scores(TARGETS, wanted, wanted, shown)
    assert mean_score(perfect, "r2") == 1.0
    assert mean_score(perfect, "accuracy") == 1.0
    at = TARGETS.columns["age"]
    guessed = wanted.clone()
    guessed[:, at] = wanted[:, at].mean()
    blind = reading_scores(TARGETS, guessed, wanted, shown)
    assert blind["age"]["r2"] == pytest.approx(0.0, abs=1e-6)
    assert blind["gender"]["r2"] == 1.0
    assert 0 < perfect["hair_dye_hue"]["people"] < 200


def test_an_attribute_that_hardly_varies_has_no_r2() -> None:
    people = _people()
    mean, spread = TARGETS.spread(people)
    wanted, shown = (TARGETS.wanted(people) - mean) / spread, TARGETS.shown(people)
    wanted[:, TARGETS.columns["age"]] *= 0.05
    scores = reading_scores(TARGETS, torch.zeros_like(wanted), wanted, shown)
    assert "r2" not in scores["age"]
    assert scores["age"]["mae"] < 0.1
    assert "r2" in scores["yaw"]


def test_what_does_not_show_costs_nothing() -> None:
    people = torch.cat([encoded(hair_dye=0.0), encoded(hair_dye=0.9)])
    wanted, shown = TARGETS.wanted(people), TARGETS.shown(people)
    wrong = wanted.clone()
    wrong[0, TARGETS.columns["hair_dye_hue"]] += 3.0
    best = reading_loss(TARGETS, 50.0 * wanted, 50.0 * wanted, shown)
    assert reading_loss(TARGETS, 50.0 * wrong, 50.0 * wanted, shown) == best
    wrong[1, TARGETS.columns["hair_dye_hue"]] += 3.0
    assert reading_loss(TARGETS, 50.0 * wrong, 50.0 * wanted, shown) > best


def test_sliders_are_measured_in_spreads() -> None:
    people = _people()
    mean, spread = TARGETS.spread(people)
    standard = (TARGETS.wanted(people) - mean) / spread
    at = TARGETS.columns["nose_length"]
    assert float(standard[:, at].mean()) == pytest.approx(0.0, abs=1e-5)
    assert float(standard[:, at].std(unbiased=False)) == pytest.approx(1.0, abs=1e-5)
    assert mean[TARGETS.columns["garment"]].tolist() == [0.0] * 17
