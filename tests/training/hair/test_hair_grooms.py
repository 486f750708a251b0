"""Grooms: roots on the skin, strands outside of the head, eyes and lips free, promises of counts and densities."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")
pytest.importorskip("moderngl", reason="needs the extra 'training'")

from creator.training.people_schema import BEARD_STYLES, BROW_STYLES, HAIR_STYLES, IDENTITY_SIZE, SCHEMA  # noqa: E402

pytestmark = [pytest.mark.needs_assets, pytest.mark.slow]

COUNT = 1500
# Wound, plaited or bound hair does not start at the skin.
BOUND = {"ponytail", "bun", "braid", "braids", "cornrows", "dreadlocks"}


@pytest.fixture(scope="module")
def geometry(head_assets):
    from creator.training.head.people_geometry import PeopleGeometry

    return PeopleGeometry(SCHEMA)


@pytest.fixture(scope="module")
def head(geometry):
    from creator.training.hair.head_field import HeadField

    return HeadField(geometry)


@pytest.fixture(scope="module")
def hair(head):
    from creator.training.hair.hair_strands import make_grooms

    return make_grooms(head, COUNT)


@pytest.fixture(scope="module")
def beards(head):
    from creator.training.hair.hair_strands import make_beards

    return make_beards(head, 4000)


@pytest.fixture(scope="module")
def brows(head):
    from creator.training.hair.hair_strands import make_brows

    return make_brows(head, 8000)


def person(geometry, head, seed: int, **values):
    """A carried head, and the expression-free one's base vertices."""
    code = np.random.default_rng(seed).standard_normal((1, IDENTITY_SIZE)).astype(np.float32) * (seed > 0)
    encoded = torch.from_numpy(SCHEMA.encode(values))[None]
    return head.carry(geometry.base_vertices(encoded, torch.from_numpy(code))[0][0])


PEOPLE = {
    "default": (0, {}),
    "child": (1, {"age": 8.0, "gender": 0.2}),
    "heavy": (2, {"body_weight": 0.9, "cheek_fullness": 0.9}),
    "narrow": (3, {"head_width": -0.9, "ancestry_african": 1.0, "ancestry_european": 0.0}),
    "wide": (4, {"head_width": 0.9, "ancestry_east_asian": 1.0, "ancestry_european": 0.0, "age": 70.0}),
}


def depth_below_skin(geometry, base: np.ndarray, points: np.ndarray) -> np.ndarray:
    """How deep points (N, 3) lie under the plane of the nearest skin vertex, decimetres; below 0 outside."""
    from scipy.spatial import cKDTree

    from creator.training.head.people_geometry import vertex_normals

    part = geometry.parts["body"]
    skin = geometry.subdivide @ base
    used = np.unique(part.faces[~geometry.mouth_lining.repeat(4)])
    normals = vertex_normals(part, skin)[used]
    _, nearest = cKDTree(skin[used]).query(points)
    return -((points - skin[used][nearest]) * normals[nearest]).sum(-1)


def test_every_style_has_its_strands_and_no_other(hair, beards, brows):
    assert set(hair) == set(HAIR_STYLES) - {"bald"}
    assert set(beards) == set(BEARD_STYLES) - {"none"}
    assert set(brows) == set(BROW_STYLES)
    assert len(HAIR_STYLES) >= 18


def test_grooms_are_made_of_finite_numbers_of_the_promised_shapes(hair, beards, brows):
    from creator.training.hair.strand_grooms import POINTS, SHADE_SIZE

    for name, groom in (hair | beards | brows).items():
        s = len(groom.refs)
        assert s > 100, name
        assert groom.rest.shape == (s, POINTS, 3), name
        assert groom.strand.shape == (s, POINTS, 4), name
        assert groom.radius.shape == groom.follow.shape == (s, POINTS), name
        assert groom.scalp_shade.shape == (SHADE_SIZE, SHADE_SIZE), name
        for values in (groom.weights, groom.rest, groom.follow, groom.strand, groom.radius, groom.scalp_shade):
            assert values.dtype == np.float32, name
            assert np.isfinite(values).all(), name
        assert groom.refs.dtype == np.int32
        assert (groom.strand >= 0).all(), name
        assert (groom.strand <= 1).all(), name
        assert 0.0002 < groom.radius.mean() < 0.03, name
        assert 0 <= groom.scalp_shade.min() <= groom.scalp_shade.max() <= 1


def test_the_same_style_always_has_the_same_strands(head, hair):
    from creator.training.hair.hair_strands import hair_groom

    for style in ("short", "curly", "braid"):
        again = hair_groom(head, style, COUNT)
        assert (again.rest == hair[style].rest).all()
        assert (again.strand == hair[style].strand).all()


def test_roots_lie_on_the_skin_of_everyone(geometry, head, hair, beards, brows):
    from creator.training.hair.strand_grooms import strand_points

    grown = {name: groom for name, groom in hair.items() if name not in BOUND}
    for who in ("default", "child", "wide"):
        seed, values = PEOPLE[who]
        carried = person(geometry, head, seed, **values)
        for name, groom in (grown | beards).items():
            at_root = groom.strand[:, 0, 1] == 0
            skin = (groom.weights[..., None] * carried.base[groom.refs]).sum(1)[at_root]
            root = strand_points(groom, carried)[at_root, 0]
            assert np.abs(root - skin).max() < 1e-4, (who, name)
        for name, groom in brows.items():
            assert np.abs(depth_below_skin(geometry, carried.base, strand_points(groom, carried)[:, 0])).max() < 0.03, (
                name
            )


@pytest.mark.parametrize("who", PEOPLE)
def test_no_strand_runs_inside_of_a_head(geometry, head, hair, beards, who):
    from creator.training.hair.strand_grooms import strand_points

    seed, values = PEOPLE[who]
    carried = person(geometry, head, seed, **values)
    for name, groom in (hair | beards).items():
        points = strand_points(groom, carried)[:, 1:].reshape(-1, 3)
        # The shoulders' skin lies under a garment.
        rest_height = groom.rest[:, 1:, 1].ravel()
        depth = depth_below_skin(geometry, carried.base, points[rest_height > 6.0])
        assert np.quantile(depth, 0.99) < 0.04, (name, depth.max())
        assert (depth > 0.06).mean() < 1e-3, (name, depth.max())


def test_hair_keeps_off_the_eyes(geometry, head, hair):
    from creator.training.hair.strand_grooms import strand_points

    for who, (seed, values) in PEOPLE.items():
        carried = person(geometry, head, seed, **values)
        for name, groom in hair.items():
            points = strand_points(groom, carried).reshape(-1, 3)
            for joint in geometry.eye_joints:
                x, y, z = (points - carried.base[joint].mean(0)).T
                before = (np.abs(x) < 0.17) & (np.abs(y) < 0.10) & (z > 0)
                assert before.sum() <= 2, (who, name)


def test_hair_is_linear_in_the_base_vertices(geometry, head, hair):
    from creator.training.hair.strand_grooms import strand_points

    one = person(geometry, head, 5, age=12.0).base
    other = person(geometry, head, 6, body_weight=0.8).base
    for style in ("crop", "long", "dreadlocks"):
        ends = [strand_points(hair[style], head.carry(base)) for base in (one, other)]
        middle = strand_points(hair[style], head.carry(0.5 * (one + other)))
        assert np.abs(middle - 0.5 * (ends[0] + ends[1])).max() < 2e-5
        assert not hair[style].turns


def test_hundred_strands_spread_over_every_style(head):
    from creator.training.hair.hair_strands import hair_groom

    for style in ("buzz", "bob", "cornrows", "afro"):
        groom = hair_groom(head, style, 900)
        spread = groom.rest[:, -1].std(0)
        assert (spread > 0.2).all(), style


def test_more_strands_cover_the_same_place(head, hair):
    from creator.training.hair.hair_strands import hair_groom

    for style in ("short", "long", "afro", "bun"):
        few, many = hair[style], hair_groom(head, style, 3 * COUNT)
        assert len(many.rest) > 2.5 * len(few.rest)
        assert np.abs(few.rest.mean((0, 1)) - many.rest.mean((0, 1))).max() < 0.06
        assert np.abs(few.rest.std((0, 1)) - many.rest.std((0, 1))).max() < 0.06
        # Thinner in proportion.
        assert many.radius.mean() < 0.7 * few.radius.mean()
        assert (many.scalp_shade == few.scalp_shade).all()


def test_the_first_strands_are_the_same_in_any_number(head, hair):
    from creator.training.hair.hair_strands import hair_groom

    few, many = hair["crop"], hair_groom(head, "crop", 2 * COUNT)
    assert (many.refs[: len(few.refs)] == few.refs).all()
    assert np.abs(many.rest[: len(few.rest)] - few.rest).max() < 1e-5


def test_beards_leave_the_lips_free(geometry, head, beards):
    from creator.training.assets.head_assets import load_base, load_targets

    lips = set()
    for name in ("mouth/mouth-upperlip-volume-incr", "mouth/mouth-lowerlip-volume-incr"):
        indices, deltas = load_targets()[name]
        amount = np.linalg.norm(deltas, axis=1)
        lips |= set(indices[amount > 0.6 * amount.max()].tolist())
    points = load_base()[0][sorted(lips)]
    low, high = points[:, 1].min(), points[:, 1].max()
    for name, groom in beards.items():
        x, y, z = groom.rest.reshape(-1, 3).T
        over = (np.abs(x) < 0.12) & (y > low + 0.02) & (y < high - 0.03) & (z > 1.4)
        assert over.mean() < 0.002, (name, over.sum())


def test_strands_go_one_by_one_as_the_density_falls(beards):
    from creator.training.hair.strand_grooms import thinned_radius

    groom = beards["full_beard"]
    shares = np.linspace(0, 1, 21)
    seen = [float((thinned_radius(groom, share) / groom.radius).mean()) for share in shares]
    assert seen[0] == 0.0
    assert seen[-1] == pytest.approx(1.0)
    steps = np.diff(seen)
    assert (steps > 0).all()
    assert steps.max() < 0.08
    assert (thinned_radius(groom, 0.5)[thinned_radius(groom, 0.3) > 0] > 0).all()


def test_brows_move_with_the_face(geometry, head, brows):
    from creator.training.hair.strand_grooms import strand_points

    groom = brows["soft"]
    low = strand_points(groom, person(geometry, head, 0, brow_height=-1.0))
    high = strand_points(groom, person(geometry, head, 0, brow_height=1.0))
    assert (high - low)[..., 1].mean() > 0.03
    raised = strand_points(groom, person(geometry, head, 0, expression="surprised", expression_strength=1.0))
    still = strand_points(groom, person(geometry, head, 0))
    assert (raised - still)[..., 1].mean() > 0.01


def test_thicker_brows_are_broader_about_the_same_line(geometry, head, brows):
    from creator.training.hair.strand_grooms import strand_points

    carried = person(geometry, head, 0)
    heights = [strand_points(brows["soft"], carried, thickness)[:, 0, 1] for thickness in (-1.0, 0.0, 1.0)]
    spreads = [float(h.std()) for h in heights]
    assert spreads[0] < spreads[1] < spreads[2]
    assert max(float(h.mean()) for h in heights) - min(float(h.mean()) for h in heights) < 0.004


def test_lashes_follow_the_lids(geometry, head):
    from creator.training.hair.hair_strands import make_lashes
    from creator.training.hair.strand_grooms import strand_points

    lashes = make_lashes(head, 8000)
    upper = lashes.rest[:, -1, 1] > 7.29
    assert 0.5 < upper.mean() < 0.95
    wide = strand_points(lashes, person(geometry, head, 0, expression="surprised", expression_strength=1.0))
    squint = strand_points(lashes, person(geometry, head, 0, expression="happy", expression_strength=1.0))
    assert (wide - squint)[upper, 0, 1].mean() > 0.005


def test_long_hair_lies_on_a_ruff(geometry, hair):
    from scipy.spatial import cKDTree

    from creator.training.hair.hair_over_garments import drape
    from creator.training.head.people_geometry import GARMENT_ITEMS

    part = GARMENT_ITEMS["doublet"]
    cloth = geometry.fitted[part].fit(geometry.base)
    plan = cKDTree(cloth[:, [0, 2]])

    def below(points: np.ndarray) -> float:
        """Share of points with cloth within 0.1 to 0.5 decimetres straight above them."""
        found = plan.query_ball_point(points[:, [0, 2]], 0.03)
        rise = [(cloth[near, 1] - p[1]).max() if near else -1.0 for near, p in zip(found, points, strict=True)]
        return float(np.mean((np.array(rise) > 0.1) & (np.array(rise) < 0.5)))

    groom = hair["dreadlocks"]
    draped = drape(groom, cloth, geometry.parts[part].faces)
    assert draped.offset.shape == (len(draped.strands), groom.rest.shape[1], 3)
    assert np.isfinite(draped.offset).all()
    before = groom.rest[draped.strands]
    after = before + draped.offset
    low = before[..., 1] < 6.3
    assert below(after[low][::7]) < 0.4 * below(before[low][::7])
    crop = drape(hair["crop"], cloth, geometry.parts[part].faces)
    assert len(crop.strands) < 0.1 * len(hair["crop"].refs)
