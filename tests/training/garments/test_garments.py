"""Garments: bound to the body, closed over it, and the same every time."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra 'training'")

import torch
from scipy.spatial import cKDTree

from creator.training.people_schema import GARMENTS, IDENTITY_SIZE, SCHEMA

pytestmark = pytest.mark.needs_assets

PEOPLE = 60
FROM_ITEMS = ("shirt", "suit", "jacket")  # their meshes come from CC0 items
# What crosses over, hangs on one side or is buttoned there.
ONE_SIDED = ("robe", "tunic", "scarf", "ranger", "uniform", *FROM_ITEMS)
PICTURE_BOTTOM, PICTURE_SIDE = -2.12, 1.98  # camera units at the depth of the shoulders, with a margin


@pytest.fixture(scope="module")
def geometry(head_assets):
    from creator.training.head.people_geometry import PeopleGeometry

    return PeopleGeometry(SCHEMA)


@pytest.fixture(scope="module")
def bodies(geometry) -> np.ndarray:
    """Base vertices (PEOPLE, N, 3) of people from the whole range of every slider, two in five at an end of it."""
    random = np.random.default_rng(5)
    encoded = []
    for _ in range(PEOPLE):
        values = {}
        for attribute in SCHEMA.attributes:
            if attribute.kind == "continuous":
                inner = random.uniform(attribute.minimum, attribute.maximum)
                end = random.choice([attribute.minimum, attribute.maximum])
                values[attribute.name] = float(inner if random.random() < 0.6 else end)
            elif attribute.name == "expression":
                values[attribute.name] = str(random.choice(attribute.choices))
        encoded.append(SCHEMA.encode(values))
    identity = random.standard_normal((PEOPLE, IDENTITY_SIZE)).astype(np.float32)
    return geometry.base_vertices(torch.from_numpy(np.stack(encoded)), torch.from_numpy(identity))[0]


def fitted(geometry, name: str):
    return geometry.garments[name].fitted


def torso_vertices(item) -> np.ndarray:
    """Which vertices (N,) belong to the shell over the torso, whose patch fills the upper rows of the atlas."""
    from creator.training.garments.garment_textures import ATLAS_SIDE, TORSO_ROWS

    inside = item.mesh.uv[item.mesh.face_uv][..., 1].min(1) > 1 - TORSO_ROWS / ATLAS_SIDE
    chosen = np.zeros(item.count, bool)
    chosen[np.unique(item.mesh.faces[inside])] = True
    return chosen


def test_every_garment_of_the_schema_is_made(geometry):
    from creator.training.head.people_geometry import GARMENT_ITEMS

    assert tuple(geometry.garments) == tuple(GARMENTS)
    assert len(GARMENTS) == 17
    for name in GARMENTS:
        assert GARMENT_ITEMS[name] in geometry.parts
        assert len(geometry.visible_body_triangles[name]) < len(geometry.parts["body"].triangles)


@pytest.mark.parametrize("name", GARMENTS)
def test_the_mesh_is_bound_and_has_no_degenerate_quads(geometry, bodies, name):
    item = fitted(geometry, name)
    assert np.allclose(item.weights.sum(1), 1, atol=1e-4)
    assert item.mesh.uv.min() >= 0
    assert item.mesh.uv.max() <= 1
    for body in bodies[:12]:
        corners = item.fit(body)[item.mesh.faces]
        area = np.linalg.norm(np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1]), axis=1)
        assert area.min() > 1e-6


@pytest.mark.parametrize("name", [name for name in GARMENTS if name not in FROM_ITEMS])
def test_skin_stays_below_the_cloth(geometry, bodies, name):
    from creator.training.garments.garment_shells import border_vertices
    from creator.training.head.people_geometry import GARMENT_ITEMS, vertex_normals

    item, part = fitted(geometry, name), geometry.parts[GARMENT_ITEMS[name]]
    shell = np.flatnonzero(torso_vertices(item))
    border = border_vertices(item.mesh.faces, item.count)[shell]
    body_part = geometry.parts["body"]
    drawn = np.unique(body_part.source[geometry.visible_body_triangles[name]])
    for body in bodies:
        cloth = item.fit(body)
        normals = vertex_normals(part, cloth)[shell]
        skin = (geometry.subdivide @ body)[drawn]
        nearest = cKDTree(cloth[shell]).query(skin)[1]
        offset = skin - cloth[shell][nearest]
        height = (offset * normals[nearest]).sum(1)
        beside = np.linalg.norm(offset - normals[nearest] * height[:, None], axis=1)
        covered = (beside < 0.06) & ~border[nearest] & (np.abs(height) < 0.3)
        assert height[covered].max(initial=-1.0) < 0.0


@pytest.mark.parametrize("name", [name for name in GARMENTS if name not in ONE_SIDED])
def test_both_halves_are_alike_in_rest(name):
    from creator.training.garments.garment_shells import reference_body
    from creator.training.garments.wardrobe import make_garments

    item = make_garments((name,))[name].fitted
    item.relocate(np.arange(len(reference_body())))
    points = item.fit(reference_body())
    distance = cKDTree(points * (-1, 1, 1)).query(points)[0]
    assert np.percentile(distance, 99) < 0.03


@pytest.mark.parametrize("name", GARMENTS)
def test_the_torso_is_covered_to_the_edges_of_the_picture(geometry, bodies, name):
    """Cloth reaches below the picture everywhere across it, so that no bare skin and no end of the mesh shows."""
    item = fitted(geometry, name)
    random = np.random.default_rng(7)
    for index in random.choice(PEOPLE, 12, replace=False):
        body = bodies[index]
        frame = geometry._frame(body)
        cloth = (item.fit(body) - frame.eyes.numpy()) / frame.unit.numpy()
        front = cloth[cloth[:, 2] > -0.9]
        for centre in np.linspace(-0.85, 0.85, 18):
            column = front[np.abs(front[:, 0] - centre) < 0.08]
            assert column[:, 1].min() < PICTURE_BOTTOM, (name, index, centre)


def test_materials_are_the_same_every_time_and_in_range():
    from creator.training.garments.wardrobe import make_garments

    for name in ("robe", "plate_armour", "suit"):
        first, second = (_arrays(make_garments((name,))[name]) for _ in range(2))
        for one, other in zip(first, second, strict=True):
            assert (one == other).all()


def _arrays(garment) -> tuple[np.ndarray, ...]:
    material = garment.material
    return material.colour, material.blend, material.height, garment.fitted.offsets, garment.hidden


@pytest.mark.parametrize("name", GARMENTS)
def test_materials_are_plausible(geometry, name):
    material = geometry.garments[name].material
    assert material.colour.dtype == material.blend.dtype == material.height.dtype == np.uint8
    assert material.colour.shape[:2] == material.blend.shape[:2] == material.height.shape
    main, accent = material.blend[..., 0].astype(int), material.blend[..., 1].astype(int)
    assert (main + accent).max() <= 256
    coloured = main + accent > 200
    assert 150 < material.colour[coloured].mean() < 230  # as for white cloth
    assert coloured.mean() > 0.3  # its colours show
    assert 0.001 < material.bump_depth < 0.03
    assert 0 <= material.sheen <= 1
