from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator.attributes import AttributeSchema
from creator.self_test import IDENTICAL, generator_inputs, psnr, trial_people
from creator.trial_results import FILE_NAME, Trial, TrialResults


def test_the_people_of_the_trial_are_always_the_same(schema: AttributeSchema) -> None:
    people = trial_people(schema)
    assert people == trial_people(schema)
    assert len({person.seed for person in people}) == len(people)
    inputs = generator_inputs(schema, 64, people)
    assert inputs["attributes"].shape == (len(people), schema.encoded_size)
    assert inputs["identity"].shape == (len(people), 64)
    assert all(array.dtype == np.float32 for array in inputs.values())


def test_psnr_looks_at_what_is_seen() -> None:
    reference = np.zeros((8, 8, 4), np.uint8)
    reference[2:6, 2:6] = 100
    assert psnr(reference, reference) == IDENTICAL
    assert psnr(np.zeros_like(reference), np.zeros_like(reference)) == IDENTICAL
    shifted = reference.copy()
    shifted[2:6, 2:6] += 10
    assert psnr(shifted, reference) == pytest.approx(20 * np.log10(25.5))
    assert psnr(reference, shifted) == psnr(shifted, reference)
    beside = reference.copy()
    beside[0, 0, 3] = 255  # what is clear in one of them counts too
    assert psnr(beside, reference) < 40


def test_trials_that_ran_outlive_the_program(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cache"
    trial = Trial(47.5, 12.0)
    TrialResults(folder).put("a", trial)
    TrialResults(folder).put("b", Trial(0.0, 0.0, "no memory"))
    found = TrialResults(folder)
    assert found.get("a") == trial
    assert found.get("b") is None, "memory may be free again"
    assert found.get("c") is None


def test_without_a_folder_trials_are_kept_for_now() -> None:
    found = TrialResults(None)
    found.put("a", Trial(47.5, 12.0))
    assert found.all == {"a": Trial(47.5, 12.0)}


def test_old_trials_give_way(tmp_path: Path) -> None:
    found = TrialResults(tmp_path)
    for number in range(600):
        found._trials[str(number)] = Trial(40.0, 1.0)
    found.put("new", Trial(50.0, 1.0))
    kept = TrialResults(tmp_path)
    assert kept.get("0") is None
    assert kept.get("599") is not None
    assert kept.get("new") == Trial(50.0, 1.0)


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = TrialResults(tmp_path / "file")
    found.put("a", Trial(40.0, 1.0))
    assert found.get("a") == Trial(40.0, 1.0)


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00\xff", b"[]", b"{}", b'{"format": 2, "trials": {}}', b'{"format": 1, "trials": []}', b"[" * 100_000,
     b'{"format": 1, "trials": {"a": {"psnr": NaN, "milliseconds": 1, "error": ""}}}',
     b'{"format": 1, "trials": {"a": 3}}', b" " * (2 << 20)],
)  # fmt: skip
def test_a_damaged_cache_is_an_empty_one(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(raw)
    found = TrialResults(tmp_path)
    assert found.get("a") is None
    found.put("a", Trial(40.0, 1.0))
    assert TrialResults(tmp_path).get("a") == Trial(40.0, 1.0)


@given(
    st.recursive(st.none() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_any_json_is_a_cache(tmp_path: Path, data: object) -> None:
    for document in (data, {"format": 1, "trials": data}, {"format": 1, "trials": {"a": data}}):
        (tmp_path / FILE_NAME).write_text(json.dumps(document))
        assert TrialResults(tmp_path).get("b") is None
