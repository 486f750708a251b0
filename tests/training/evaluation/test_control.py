from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.attributes import Attribute, AttributeSchema  # noqa: E402
from creator.training.evaluation import control  # noqa: E402
from creator.training.readers.reader_targets import ReaderTargets  # noqa: E402


@pytest.fixture(scope="module")
def targets() -> ReaderTargets:
    """A slider, a hue and a choice."""
    one = Attribute("size", "Size", "Head", "continuous", "Size", 0.0, minimum=-1.0, maximum=1.0)
    hue = Attribute("cloth_hue", "Hue", "Clothes", "continuous", "Hue", 0.0, minimum=0.0, maximum=360.0, unit="°")
    hat = Attribute("hat", "Hat", "Clothes", "choice", "Hat", "cap", choices=("cap", "none"), choice_labels=("C", "N"))
    return ReaderTargets(AttributeSchema((one, hue, hat)))


def people(targets: ReaderTargets, count: int = 200) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    encoded = random.uniform(-1, 1, (count, 4)).astype(np.float32)
    encoded[:, 2:] = np.eye(2, dtype=np.float32)[random.integers(0, 2, count)]
    return targets.wanted(torch.from_numpy(encoded)).numpy(), np.ones((count, 3), bool)


def test_a_perfect_reading_scores_one_and_a_shuffled_one_nothing(targets) -> None:
    truth, shown = people(targets)
    perfect = control.scores(targets, truth, truth, shown)
    assert perfect["size"].r2 == pytest.approx(1.0)
    assert perfect["size"].error == 0.0
    assert perfect["cloth_hue"].r2 == pytest.approx(1.0)
    assert perfect["hat"].accuracy == 1.0
    shuffled = control.scores(targets, np.roll(truth, 1, 0), truth, shown)
    assert shuffled["size"].r2 < 0
    assert shuffled["cloth_hue"].r2 < 0
    assert shuffled["hat"].accuracy == pytest.approx(0.5, abs=0.1)


def test_half_of_the_effect_costs_a_quarter_of_the_variance(targets) -> None:
    truth, shown = people(targets)
    middle = truth.mean(0)
    found = control.scores(targets, middle + 0.5 * (truth - middle), truth, shown)
    assert found["size"].r2 == pytest.approx(0.75, abs=1e-3)


def test_what_few_pictures_show_is_not_scored(targets) -> None:
    truth, shown = people(targets)
    shown[control.FEWEST - 1 :, 0] = False
    assert "size" not in control.scores(targets, truth, truth, shown)


def test_only_what_the_reader_sees_on_renders_counts() -> None:
    ceiling = {"a": control.Score(0.8), "b": control.Score(0.1), "c": control.Score(accuracy=0.9)}
    made = {"a": control.Score(0.6), "b": control.Score(0.1), "c": control.Score(accuracy=0.5)}
    assert control.share_of_ceiling(made, ceiling) == {"a": pytest.approx(0.75)}


def test_side_effects_are_the_matrix_without_its_diagonal(targets) -> None:
    before = np.zeros((4, targets.size), np.float32)
    before[:, targets.columns["cloth_hue"].start] = 1.0  # cosine and sine of 0 degrees
    after = before.copy()
    after[:2, targets.columns["size"]] = 1.0  # two moves of size: one sigma each, and nothing else
    after[2, targets.columns["cloth_hue"]] = (0.0, 1.0)  # a quarter of a turn
    after[2, targets.columns["size"]] = -0.5
    after[3, targets.columns["hat"].start] = 20.0  # from undecided to certain
    changes = control.reading_changes(targets, before, after)
    np.testing.assert_allclose(changes[2], [-0.5, np.sqrt(2), 0.0], atol=1e-6)
    np.testing.assert_allclose(changes[3], [0.0, 0.0, 0.5], atol=1e-6)
    names = list(targets.columns)
    matrix = control.change_matrix(["size", "size", "cloth_hue", "hat"], changes, names)
    np.testing.assert_allclose(np.diag(matrix), [1.0, np.sqrt(2), 0.5], atol=1e-6)
    np.testing.assert_allclose(control.off_diagonal(matrix), [0.0, 0.25, 0.0], atol=1e-6)
    groups, means = control.group_matrix(matrix, ["Head", "Clothes", "Clothes"])
    assert groups == ["Head", "Clothes"]
    assert np.isnan(means[0, 0])  # a group of one has no other
    assert means[1, 0] == pytest.approx(0.25)


def test_agreement_of_changes() -> None:
    change = np.random.default_rng(0).normal(size=(8, 8, 4))
    assert control.agreement(change, change) == (pytest.approx(1.0), pytest.approx(1.0))
    assert control.agreement(-0.5 * change, change) == (pytest.approx(-1.0), pytest.approx(0.5))
    assert control.agreement(np.zeros((8, 8, 4)), change) == (0.0, 0.0)
