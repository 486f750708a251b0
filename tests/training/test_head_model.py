"""The parametric head: framing, symmetry and the exact geometry that the generator carries."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")
pytest.importorskip("scipy", reason="needs the extra 'training'")

from creator.attributes import Value  # noqa: E402
from creator.random_character import random_values  # noqa: E402
from creator.training import head_model  # noqa: E402
from creator.training.people_schema import EXPRESSIONS, IDENTITY_SIZE, SCHEMA  # noqa: E402

pytestmark = pytest.mark.needs_assets


@pytest.fixture(scope="module")
def geometry(head_assets):
    from creator.training.head_geometry import HeadGeometry

    return HeadGeometry()


@pytest.fixture(scope="module")
def people(head_assets):
    from creator.training.people_geometry import PeopleGeometry

    return PeopleGeometry(SCHEMA)


def encoded(**values: Value):
    return torch.from_numpy(SCHEMA.encode(values))[None]


def identity(seed: int | None = None):
    code = np.zeros(IDENTITY_SIZE) if seed is None else np.random.RandomState(seed).standard_normal(IDENTITY_SIZE)
    return torch.from_numpy(code.astype(np.float32))[None]


def test_macro_weights_sum_to_one(head_assets):
    weights = head_model.TargetWeights(SCHEMA)
    for seed in range(10):
        _, neutral = weights(encoded(**random_values(SCHEMA, seed)), identity(seed))
        macro = neutral[0, : weights.macro_count]
        assert macro[:18].sum() == pytest.approx(1, abs=1e-4)
        assert macro[18:].sum() == pytest.approx(1, abs=1e-4)
        assert macro.min() >= 0


def test_every_portrait_is_framed_alike(people):
    for seed in range(6):
        values = random_values(SCHEMA, seed) | {"yaw": 0.0, "pitch": 0.0, "expression": "neutral"}
        person = people.people(encoded(**values), identity(seed), [()])[0]
        xy, _ = head_model.project(torch.from_numpy(person.eye_centres)[None])
        assert xy[0].mean(0).tolist() == pytest.approx([0.5, head_model.EYE_LINE], abs=0.004)
        assert person.parts["body"][:, 1].max() < 1.7  # the skull fits into the picture


def test_a_turned_head_is_the_mirror_image_of_one_turned_the_other_way(geometry):
    left = geometry(encoded(yaw=-25.0, gaze_x=-0.4), identity(3)).xy[0].numpy()
    right = geometry(encoded(yaw=25.0, gaze_x=0.4), identity(3)).xy[0].numpy()
    mirrored = np.c_[1 - left[:, 0], left[:, 1]]
    nearest = np.linalg.norm(mirrored[:, None] - right[None], axis=2).min(1)
    assert np.median(nearest) < 0.006


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_the_generators_points_lie_where_the_renderer_draws(geometry, people, expression: str):
    values = random_values(SCHEMA, 5) | {"expression": expression, "expression_strength": 1.0, "yaw": 18.0}
    points = geometry(encoded(**values), identity(5))
    person = people.people(encoded(**values), identity(5), [()])[0]
    body = person.parts["body"]
    xy, depth = head_model.project(torch.from_numpy(body)[None])
    drawn = np.c_[xy[0].numpy(), 0.1 * depth[0].numpy()]
    skin = slice(0, geometry.canonical.shape[0] - 56)
    own = np.c_[points.xy[0].numpy(), 0.1 * points.depth[0].numpy()][skin]
    distance = np.linalg.norm(own[:, None] - drawn[None], axis=2).min(1)
    assert np.quantile(distance, 0.99) < 0.01  # under the spacing of the drawn mesh


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("jaw_width", lambda xy: np.ptp(xy[(xy[:, 1] > 0.6) & (xy[:, 1] < 0.7) & (abs(xy[:, 0] - 0.5) < 0.2), 0])),
        ("nose_width", None),
        ("mouth_width", None),
        ("eye_size", None),
        ("ear_flare", None),
    ],
)
def test_a_shape_slider_moves_both_sides_alike(geometry, name: str, measure):
    low = geometry(encoded(**{name: -1.0}), identity()).xy[0].numpy()
    high = geometry(encoded(**{name: 1.0}), identity()).xy[0].numpy()
    moved = high - low
    assert np.abs(moved).max() > 0.004
    centre = 0.5 * (high + low)
    left, right = moved[centre[:, 0] < 0.49], moved[centre[:, 0] > 0.51]
    assert np.abs(left[:, 0]).sum() == pytest.approx(np.abs(right[:, 0]).sum(), rel=0.25)
    if measure:
        assert measure(high) > measure(low)


def test_hair_points_follow_head_and_style(geometry):
    front = geometry.hair(encoded(hair_style="long"), identity())
    turned = geometry.hair(encoded(hair_style="long", yaw=30.0), identity())
    bald = geometry.hair(encoded(hair_style="bald"), identity())
    assert front.present.item() == 1
    assert bald.present.item() == 0
    assert (turned.xy - front.xy).abs().max() > 0.03
    assert front.xy[0, :, 1].max() > 0.75  # reaches the shoulders
