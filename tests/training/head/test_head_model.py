"""The parametric head: framing, symmetry, lids and lips, and the exact geometry that the generator carries."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")
pytest.importorskip("scipy", reason="needs the extra 'training'")

from creator.attributes import Value  # noqa: E402
from creator.random_character import identity_vector, random_values  # noqa: E402
from creator.training.head import head_model  # noqa: E402
from creator.training.people_schema import EXPRESSIONS, IDENTITY_SIZE, MIRRORED_IDENTITY, SCHEMA  # noqa: E402

pytestmark = pytest.mark.needs_assets

CROWD = 2000
ANCESTRIES = ("ancestry_african", "ancestry_east_asian", "ancestry_european")


@pytest.fixture(scope="module")
def weights(head_assets):
    return head_model.TargetWeights(SCHEMA)


@pytest.fixture(scope="module")
def geometry(head_assets):
    from creator.training.head.head_geometry import HeadGeometry

    return HeadGeometry()


@pytest.fixture(scope="module")
def people(head_assets):
    from creator.training.head.people_geometry import PeopleGeometry

    return PeopleGeometry(SCHEMA)


@pytest.fixture(scope="module")
def landmarks(people):
    from creator.training.head.landmarks import LandmarkSet

    return LandmarkSet(people)


def encoded(*people: dict[str, Value], **values: Value):
    return torch.from_numpy(np.stack([SCHEMA.encode(each | values) for each in people or ({},)]))


def identity(*seeds: int):
    codes = [identity_vector(seed, IDENTITY_SIZE) for seed in seeds] or [np.zeros(IDENTITY_SIZE, np.float32)]
    return torch.from_numpy(np.stack(codes))


@cache
def one_of_the_crowd(seed: int) -> dict[str, Value]:
    return random_values(SCHEMA, seed)


def crowd(count: int, **values: Value):
    return encoded(*map(one_of_the_crowd, range(count)), **values), identity(*range(count))


def positions(weights, target_weights, vertices: np.ndarray) -> np.ndarray:
    """(B, N, 3) unposed base vertices."""
    from creator.training.assets.head_assets import load_base

    moved = weights.targets.displacement(vertices).reshape(len(weights.targets.names), -1)
    return (target_weights.numpy() @ moved).reshape(len(target_weights), -1, 3) + load_base()[0][vertices]


def gaps(weights, target_weights, seam) -> np.ndarray:
    """(B, K) heights between the seam's edges."""
    upper, lower = (positions(weights, target_weights, edge) for edge in (seam.upper, seam.lower))
    return upper[..., 1] - lower[..., 1]


def test_macro_weights_sum_to_one(weights):
    neutral = weights(*crowd(200))[1]
    people, builds = neutral[:, : weights.macro_count].chunk(2, 1)
    for macro in (people, builds):
        assert macro.sum(1).numpy() == pytest.approx(np.ones(200), abs=1e-4)
        assert macro.min() >= 0


def test_every_portrait_is_framed_alike(people):
    for seed in range(6):
        values = random_values(SCHEMA, seed) | {"yaw": 0.0, "pitch": 0.0, "roll": 0.0, "expression": "neutral"}
        person = people.people(encoded(values), identity(seed), [()])[0]
        xy, _ = head_model.project(torch.from_numpy(person.eye_centres)[None])
        assert xy[0].mean(0).tolist() == pytest.approx([0.5, head_model.EYE_LINE], abs=0.004)
        assert person.parts["body"][:, 1].max() < 1.7  # the skull fits into the picture


def test_lids_lie_before_the_balls_and_lips_meet_in_a_crowd(weights):
    from creator.training.assets.head_assets import load_base
    from creator.training.head.derived_targets import lid_rings, seams

    full, neutral = weights(*crowd(CROWD))
    _, mesh, group, names = load_base()
    for side, ring in zip("lr", lid_rings(), strict=True):
        guide = np.unique(mesh.faces[group == names.index(f"helper-{side}-eye")])
        joint = np.unique(mesh.faces[group == names.index(f"joint-{side}-eye")])
        for each in (full, neutral):
            centre = positions(weights, each, joint).mean(1)
            radius = 0.984 * np.linalg.norm(positions(weights, each, guide) - centre[:, None], axis=2).mean(1)
            clearance = np.linalg.norm(positions(weights, each, ring) - centre[:, None], axis=2) - radius[:, None]
            assert clearance.min() > 0.0  # no ball stands out of its lids
            assert np.quantile(clearance, 0.99) < 0.04  # and no slit opens behind them
            assert clearance.max() < 0.05
    assert np.abs(gaps(weights, neutral, seams()[2])).max() < 1e-3
    assert gaps(weights, full, seams()[2]).min() > -1e-3
    for lids in seams()[:2]:
        assert gaps(weights, full, lids).min() > -1e-3


def test_a_blink_closes_every_eye(weights):
    from creator.training.head.derived_targets import seams

    for values in ({"blink_left": 1.0, "blink_right": 1.0}, {"blink_left": 1.0, "blink_right": 1.0, "squint": 1.0}):
        full = weights(*crowd(CROWD, **values))[0]
        for lids in seams()[:2]:
            assert np.abs(gaps(weights, full, lids)).max() < 2e-3


def test_lids_follow_the_gaze(weights):
    from creator.training.head.derived_targets import seams

    level, down, up = (gaps(weights, weights(encoded(gaze_y=y), identity())[0], seams()[0]) for y in (0.0, -1.0, 1.0))
    assert (down < 0.8 * level).all()
    assert (up > 1.05 * level).all()


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_no_expression_tears_lips_or_crosses_lids(weights, expression: str):
    from creator.training.assets.head_assets import load_base
    from creator.training.head.derived_targets import seams

    values = [
        {name: float(name == ancestry) for name in ANCESTRIES} | {"age": age, "gender": gender}
        for ancestry in ANCESTRIES for age in (8.0, 16.0, 30.0, 75.0) for gender in (0.0, 1.0)
    ]  # fmt: skip
    full, neutral = weights(encoded(*values, expression=expression, expression_strength=1.0), identity())
    for seam in seams():
        assert gaps(weights, full, seam).min() > -1e-3
    # Edges of the mesh around the mouth keep their length within reason.
    base, mesh, group, names = load_base()
    faces = mesh.faces[group == names.index("body")]
    near = np.abs(base - [0.0, 6.62, 1.5]) < [0.36, 0.3, 0.25]
    faces = faces[near.all(1)[faces].all(1)]
    edges = np.unique(np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]]]), 1), axis=0)
    used, index = np.unique(edges, return_inverse=True)
    lengths = []
    for each in (full, neutral):
        one, other = positions(weights, each, used)[:, index.reshape(-1, 2)].transpose(2, 0, 1, 3)
        lengths.append(np.linalg.norm(one - other, axis=2))
    stretch = (lengths[0] + 0.006) / (lengths[1] + 0.006)
    assert np.quantile(stretch, 0.999) < 4.0


def test_units_add_up_smoothly_and_stay_bounded(weights):
    steps = np.linspace(0.0, 1.0, 101)
    values = [{"expression": "happy", "expression_strength": 1.0, "smile": float(s)} for s in steps]
    units = weights.expression(encoded(*values)).numpy()
    smile = units[:, list(head_model.expressions.ACTION_UNITS).index("smile")]
    assert (np.diff(smile) > -1e-6).all()
    assert np.abs(np.diff(smile, 2)).max() < 2e-3
    wild = weights.expression(torch.ones(1, SCHEMA.encoded_size))
    assert wild.max() < 1.15
    assert wild.min() >= 0.0


def test_without_an_identity_everybody_is_symmetric_and_the_code_mirrors_the_rest(people):
    from scipy.spatial import cKDTree

    base = people.base
    mirror = cKDTree(base).query(base * np.array([-1, 1, 1]))[1]
    code = identity(3)
    opposite = code.clone()
    opposite[:, MIRRORED_IDENTITY] *= -1
    shape = {"jaw_width": 0.5, "ear_point": 1.0, "age": 60.0, "eye_size": 0.5}
    values = encoded(*[shape] * 3)
    plain, one, other = people.base_vertices(values, torch.cat([identity(), code, opposite]))[0]

    def apart(first: np.ndarray, second: np.ndarray) -> float:
        flipped = second[mirror] * np.array([-1, 1, 1])
        return float(np.quantile(np.linalg.norm(first - flipped, axis=1), 0.99))

    assert apart(plain, plain) < 0.012  # the assets' own
    assert apart(one, other) < 0.012
    assert 0.01 < apart(one, one) < 0.08  # a natural face's


def test_all_sliders_at_their_ends_together_stay_near_the_mean(people):
    from creator.training.head.head_shape import SLIDER_AXES

    rest = people.base_vertices(encoded(), identity())[0]
    for end in (-1.0, 1.0):
        values = {name: max(end, float(SCHEMA[name].minimum)) for name in SLIDER_AXES}
        far = people.base_vertices(encoded(**values), identity())[0]
        face = (people.base[:, 2] > 0.6) & (people.base[:, 1] > 6.1) & (np.abs(people.base[:, 0]) < 0.6)
        assert np.linalg.norm(far - rest, axis=2)[0, face].max() < 0.6


def test_a_turned_head_is_the_mirror_image_of_one_turned_the_other_way(geometry):
    left = geometry(encoded(yaw=-25.0, roll=12.0, gaze_x=-0.4), identity()).xy[0].numpy()
    right = geometry(encoded(yaw=25.0, roll=-12.0, gaze_x=0.4), identity()).xy[0].numpy()
    mirrored = np.c_[1 - left[:, 0], left[:, 1]]
    nearest = np.linalg.norm(mirrored[:, None] - right[None], axis=2).min(1)
    assert np.median(nearest) < 0.006


def place_of(people, marks, values, code):
    return marks.place(people.people(values, code, [()])[0], 1)


def test_roll_tilts_the_face_to_the_right_and_leaves_the_shoulders(people, landmarks):
    straight, tilted = (place_of(people, landmarks, encoded(roll=angle), identity()).xy for angle in (0.0, 20.0))
    regions = np.array(landmarks.names)
    assert (tilted - straight)[regions == "forehead", 0].min() > 0.05
    eyes = [tilted[regions == f"iris_{side}"].mean(0) for side in ("left", "right")]
    angle = np.degrees(np.arctan2(eyes[0][1] - eyes[1][1], eyes[0][0] - eyes[1][0]))
    assert angle == pytest.approx(20.0, abs=1.0)
    assert np.abs(tilted - straight)[regions == "shoulders"].max() < 0.02


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_the_generators_points_lie_where_the_renderer_draws(geometry, people, expression: str):
    values = random_values(SCHEMA, 5) | {"expression": expression, "expression_strength": 1.0, "yaw": 18.0, "roll": 9.0}
    points = geometry(encoded(values), identity(5))
    person = people.people(encoded(values), identity(5), [()])[0]
    body = person.parts["body"]
    xy, depth = head_model.project(torch.from_numpy(body)[None])
    drawn = np.c_[xy[0].numpy(), 0.1 * depth[0].numpy()]
    skin = slice(0, geometry.canonical.shape[0] - 56)
    own = np.c_[points.xy[0].numpy(), 0.1 * points.depth[0].numpy()][skin]
    distance = np.linalg.norm(own[:, None] - drawn[None], axis=2).min(1)
    assert np.quantile(distance, 0.99) < 0.01  # under the spacing of the drawn mesh


def test_landmarks_name_their_regions_and_irises_follow_the_gaze(people, landmarks):
    code = identity(7)
    ahead, aside = (place_of(people, landmarks, encoded(gaze_x=x), code) for x in (0.0, 0.8))
    regions = np.array(landmarks.names)
    assert ahead.xy.shape == (len(regions), 2)
    assert len(regions) >= 384
    wanted = {"forehead", "nose", "mouth", "chin", "scalp", "neck", "shoulders"}
    wanted |= {
        f"{name}_{side}" for name in ("eye", "brow", "cheek", "jaw", "ear", "iris") for side in ("left", "right")
    }
    assert set(regions) == wanted
    iris = np.char.startswith(regions, "iris")
    moved = aside.xy - ahead.xy
    assert moved[iris, 0].min() > 0.005
    assert np.abs(moved[~iris]).max() < 1e-6
    person = people.people(encoded(), code, [()])[0]
    middle = head_model.project(torch.from_numpy(person.eye_centres)[None])[0][0].numpy()
    assert np.abs(middle - ahead.xy[iris].reshape(2, -1, 2)[:, 0]).max() < 0.006
    assert ahead.cosine[iris].min() > 0.75
    assert np.abs(ahead.cosine).max() <= 1.0001


def test_an_exported_graphs_tables_stay_small(geometry):
    numbers = sum(buffer.numel() for buffer in geometry.buffers() if buffer.is_floating_point())
    assert numbers * 2 < 6.5 * 2**20


def test_factored_tables_are_exact_at_full_rank_and_keep_what_counts():
    from creator.training.head.head_geometry import factored

    table = np.random.default_rng(0).standard_normal((6, 40)).astype(np.float32)
    left, right = factored(table, np.linspace(0.1, 1.0, 6), 6)
    np.testing.assert_allclose(left @ right, table, atol=1e-4)
    left, right = factored(table, np.array([1.0, 1.0, 1.0, 1e-3, 1e-3, 1e-3]), 3)
    np.testing.assert_allclose((left @ right)[:3], table[:3], atol=1e-2)


def test_hair_and_normals_lie_near_the_renderers(geometry, people):
    """Both are kept as products of two tables."""
    from creator.training.head.people_geometry import vertex_normals

    values, code = encoded(one_of_the_crowd(4), expression="laughing"), identity(4)
    points = geometry(values, code)
    body = people.people(values, code, [()])[0].parts["body"]
    normals = vertex_normals(people.parts["body"], body)
    xy, depth = head_model.project(torch.from_numpy(body)[None])
    drawn = np.c_[xy[0].numpy(), 0.1 * depth[0].numpy()]
    skin = slice(0, geometry.canonical.shape[0] - 56)
    own = np.c_[points.xy[0].numpy(), 0.1 * points.depth[0].numpy()][skin]
    nearest = np.linalg.norm(own[:, None] - drawn[None], axis=2).argmin(1)
    cosine = (points.normal[0].numpy()[skin] * normals[nearest]).sum(1)
    assert np.median(cosine) > 0.98
    assert np.quantile(cosine, 0.05) > 0.8


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("jaw_width", lambda xy: np.ptp(xy[(xy[:, 1] > 0.62) & (xy[:, 1] < 0.72) & (abs(xy[:, 0] - 0.5) < 0.2), 0])),
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


def test_named_landmarks_lie_where_they_are_named(geometry) -> None:
    with torch.no_grad():
        found = geometry.landmarks(*crowd(6, yaw=0.0, pitch=0.0, roll=0.0, expression="neutral"))
    assert tuple(found.shape) == (6, len(geometry.landmark_names), 3)
    assert len(set(geometry.landmark_names)) == len(geometry.landmark_names)
    for person in found:
        points = {name: point.numpy() for name, point in zip(geometry.landmark_names, person, strict=True)}

        def x(name: str, points=points) -> float:
            return float(points[name][0])

        def y(name: str, points=points) -> float:
            return float(points[name][1])

        down = ["crown", "forehead", "nose_bridge", "nose_tip", "lip_upper", "chin", "throat"]
        assert [y(name) for name in down] == sorted(y(name) for name in down)
        # The person's left is the picture's right.
        across = ["ear_right_top", "eye_right_outer", "eye_right", "eye_right_inner", "nose_bridge", "eye_left_inner",
                  "eye_left", "eye_left_outer", "ear_left_top"]  # fmt: skip
        assert [x(name) for name in across] == sorted(x(name) for name in across)
        for side in ("left", "right"):
            assert y(f"brow_{side}") < y(f"eye_{side}_upper") < y(f"eye_{side}_lower") < y(f"cheek_{side}")
            assert y(f"ear_{side}_top") < y(f"ear_{side}_lobe") < y(f"shoulder_{side}")
        assert x("shoulder_right") < x("jaw_right") < x("mouth_right") < x("mouth_left") < x("jaw_left")
        middle = (points["eye_left"] + points["eye_right"]) / 2
        np.testing.assert_allclose(middle[:2], [0.5, head_model.EYE_LINE], atol=0.003)
        assert points["nose_tip"][2] > 0.7


def test_the_far_side_of_a_turned_head_faces_away(geometry) -> None:
    with torch.no_grad():
        found = geometry.landmarks(*crowd(4, yaw=45.0, pitch=0.0, roll=0.0))
    at = geometry.landmark_names.index
    assert bool((found[:, at("ear_right_lobe"), 2] > found[:, at("ear_left_lobe"), 2] + 0.3).all())
