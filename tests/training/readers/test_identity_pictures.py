from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")
pytest.importorskip("moderngl", reason="needs the extra 'training'")

from creator.random_character import identity_vector, person_seed  # noqa: E402
from creator.training.generator.people_dataset import DatasetError  # noqa: E402
from creator.training.people_schema import IDENTITY_SIZE, SCHEMA  # noqa: E402
from creator.training.readers.edited_pictures import edited_name, edits_of, slider_spreads  # noqa: E402
from creator.training.readers.identity_pictures import (  # noqa: E402
    identity_names,
    is_setting,
    is_verified,
    views_of,
)
from creator.training.readers.stored_views import StoredViews  # noqa: E402


def test_views_differ_in_their_setting_and_never_in_who_it_is() -> None:
    views = views_of(SCHEMA, 11, 6)
    assert views == views_of(SCHEMA, 11, 6)
    for name in identity_names(SCHEMA):
        assert len({view[name] for view in views}) == 1, name
    ages = [float(view["age"]) for view in views]
    assert 0 < max(ages) - min(ages) <= 24
    for name in ("yaw", "light_azimuth", "hair_style", "garment_hue", "gaze_x"):
        assert len({view[name] for view in views}) > 1, name
    for view in views:
        for name, value in view.items():
            SCHEMA.validated(name, value)


def test_children_in_the_views_have_no_beard() -> None:
    for index in range(40):
        for view in views_of(SCHEMA, person_seed(0, index), 2):
            assert float(view["age"]) >= 16 or view["beard_style"] == "none"


def test_every_attribute_is_of_the_person_the_setting_or_the_age() -> None:
    setting = {name for name in SCHEMA.names if is_setting(SCHEMA, name)}
    assert setting | set(identity_names(SCHEMA)) | {"age"} == set(SCHEMA.names)
    assert {"gaze_x", "hair_style", "light_rim", "lip_colour"} <= setting
    assert {"nose_length", "skin_tone", "freckles", "iris_colour", "gender", "brow_style"} <= set(
        identity_names(SCHEMA)
    )


def test_about_a_quarter_of_the_people_are_kept_for_verification() -> None:
    codes = [identity_vector(seed, IDENTITY_SIZE) for seed in range(400)]
    share = np.mean([is_verified(code) for code in codes])
    assert 0.17 < share < 0.33


def test_stored_views_keep_persons_together(seen_often: Path, tmp_path: Path) -> None:
    everybody = StoredViews.read(seen_often)
    assert len(everybody) == 72
    assert np.bincount(everybody.person.numpy()).tolist() == [3] * 24
    kept, others = StoredViews.read(seen_often, is_verified), StoredViews.read(seen_often, lambda c: not is_verified(c))
    assert len(kept) + len(others) == 72
    assert not {tuple(c) for c in kept.identity.tolist()} & {tuple(c) for c in others.identity.tolist()}
    batch, person = others.batch(np.random.default_rng(0), 4, 2)
    assert tuple(batch.images.shape) == (8, 4, 128, 128)
    assert person[::2].tolist() == person[1::2].tolist()
    assert len(set(person.tolist())) == 4
    assert torch.equal(batch.identity[0], batch.identity[1])
    with pytest.raises(DatasetError, match="no pictures"):
        StoredViews.read(tmp_path)


def test_an_edit_changes_one_attribute_by_about_its_spread() -> None:
    spreads = slider_spreads(SCHEMA)
    values = views_of(SCHEMA, 3, 2)[0]
    names = ["age", "nose_length", "garment_hue", "hair_style", "jaw_open"]
    edited = edits_of(SCHEMA, values, spreads, names, 1)
    before = SCHEMA.encode(values)
    for name, after in zip(names, edited, strict=True):
        SCHEMA.validated(name, after[name])
        assert {other for other in SCHEMA.names if after[other] != values[other]} == {name}
        assert edited_name(SCHEMA, before, SCHEMA.encode(after)) == name
    assert abs(float(edited[0]["age"]) - float(values["age"])) == pytest.approx(spreads["age"], rel=0.01)
    assert 10 < spreads["age"] < 30


@pytest.mark.slow
@pytest.mark.needs_assets
def test_one_person_is_rendered_in_several_settings(tmp_path: Path, head_assets: Path) -> None:
    from creator.training.readers.identity_pictures import IdentityPlan, render_identities

    lines: list[str] = []
    plan = IdentityPlan(0, 1, people=2, views=2)
    render_identities(tmp_path, plan, lines.append)
    render_identities(tmp_path, plan, lines.append)  # finished shards are kept
    assert len(lines) == 1
    views = StoredViews.read(tmp_path)
    assert views.person.tolist() in ([0, 0, 1, 1], [1, 1, 0, 0])
    assert tuple(views.images.shape) == (4, 128, 128, 4)
    assert not torch.equal(views.images[0], views.images[1])
