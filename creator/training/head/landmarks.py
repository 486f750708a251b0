"""Surface landmarks of a rendered person: where they lie in the picture and how far they face the camera."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from creator.training.assets.head_assets import Floats, Ints
from creator.training.head import head_model
from creator.training.head.people_geometry import PeopleGeometry, PersonVertices, vertex_normals

SKIN_COUNT = 420
_DENSITY = {"eye": 2.2, "mouth": 2.2, "nose": 2.0, "brow": 2.2, "chin": 2.2, "cheek": 2.0, "jaw": 1.5, "forehead": 1.4,
            "ear": 1.4, "shoulders": 0.5, "scalp": 0.7, "neck": 0.7}  # fmt: skip
_LOWEST = 4.6  # decimetres on the base mesh; the picture ends above
IRIS_POINTS = 8  # on the rim of each iris, besides its centre
_IRIS_SINE = 0.475  # radius of the iris over the radius of the ball; as in shaders/eye.frag


@dataclass(frozen=True)
class Landmarks:
    """``xy`` float32 (K, 2) in pixels (x right, y down, 0 at the picture's left upper corner); ``cosine`` float32 (K,)
    between the surface's normal and the direction to the camera: below 0 the point faces away."""

    xy: Floats
    cosine: Floats


def farthest_points(points: Floats, density: Floats, count: int) -> Ints:
    """``count`` well spread rows of ``points`` (N, 3), in ascending order; distances count ``density`` (N,) times."""
    chosen = [int(np.argmax(points[:, 2]))]
    distance = np.full(len(points), np.inf)
    for _ in range(count - 1):
        distance = np.minimum(distance, np.linalg.norm(points - points[chosen[-1]], axis=1) * density)
        chosen.append(int(np.argmax(distance)))
    return np.array(sorted(chosen), np.int32)


def region_of(point: Floats) -> str:
    """The region of a point (3,) on the base mesh's skin; left is the person's left, the picture's right."""
    x, y, z = (float(v) for v in point)
    side = "left" if x > 0 else "right"
    if y < 5.75 and (y < 5.45 or abs(x) > 0.9):
        return "shoulders"
    if y < 6.12 or (z < 0.35 and y < 6.5):
        return "neck"
    if abs(x) > 0.66 and -0.1 < z < 0.75 and 6.65 < y < 7.5:
        return f"ear_{side}"
    if y > 8.0 or (z < 0.55 and y > 6.9):
        return "scalp"
    if y > 7.62:
        return "forehead"
    if y > 7.42 and z > 0.8 and abs(x) > 0.08:
        return f"brow_{side}"
    if y > 7.08 and z > 0.9 and abs(x) > 0.13:
        return f"eye_{side}"
    if y > 6.79 and abs(x) < 0.26 and z > 1.3:
        return "nose"
    if y > 6.48 and abs(x) < 0.34 and z > 1.2:
        return "mouth"
    if y < 6.5 and abs(x) < 0.3 and z > 1.1:
        return "chin"
    return f"cheek_{side}" if y > 6.6 and z > 0.75 else f"jaw_{side}"


class LandmarkSet:
    """The chosen points. ``names`` (K,) say the region: those of :func:`region_of`, iris_left and iris_right.

    Of an iris come the centre, then its rim.
    """

    def __init__(self, geometry: PeopleGeometry) -> None:
        self._geometry = geometry
        rest = geometry.base
        outside = np.unique(geometry.body_base_faces[~geometry.mouth_lining])
        outside = outside[rest[outside, 1] > _LOWEST]
        regions = np.array([region_of(point) for point in rest[outside]])
        density = np.array([_DENSITY[name.split("_")[0]] for name in regions], np.float32)
        chosen = farthest_points(rest[outside], density, SKIN_COUNT)
        self._vertices = outside[chosen]
        irises = [f"iris_{side}" for side in ("left", "right") for _ in range(IRIS_POINTS + 1)]
        self.names = (*map(str, regions[chosen]), *irises)

    def place(self, person: PersonVertices, size: int) -> Landmarks:
        """The landmarks of one person in a picture of ``size`` pixels."""
        body = person.parts["body"]
        # One Catmull-Clark step keeps the first vertices' order: fine vertex i lies at coarse vertex i.
        points = body[self._vertices]
        normals = vertex_normals(self._geometry.parts["body"], body)[self._vertices]
        irises = [_iris_points(centre, person.gaze, self._radius(person, which))
                  for which, centre in enumerate(person.eye_centres)]  # fmt: skip
        points = np.concatenate([points, *(iris[0] for iris in irises)])
        normals = np.concatenate([normals, *(iris[1] for iris in irises)])
        view = np.array([0.0, 0.0, head_model.CAMERA_DISTANCE], np.float32) - points
        cosine = (normals * view).sum(1) / np.linalg.norm(view, axis=1)
        xy = head_model.project(torch.from_numpy(points.astype(np.float32))[None])[0][0].numpy() * size
        return Landmarks(xy.astype(np.float32), cosine.astype(np.float32))

    def _radius(self, person: PersonVertices, which: int) -> float:
        ball = person.parts["high-poly"][self._geometry.ball_vertices[which]]
        return float(np.linalg.norm(ball - person.eye_centres[which], axis=1).max())


def _iris_points(centre: Floats, gaze: Floats, radius: float) -> tuple[Floats, Floats]:
    """Centre and rim of an iris on the ball, and their normals."""
    side = np.cross(np.array([0.0, 1.0, 0.0], np.float32), gaze)
    side /= np.linalg.norm(side)
    up = np.cross(gaze, side)
    angle = np.arange(IRIS_POINTS) * (2 * np.pi / IRIS_POINTS)
    rim = _IRIS_SINE * (np.cos(angle)[:, None] * side + np.sin(angle)[:, None] * up)
    normals = np.concatenate([gaze[None], rim + np.sqrt(1 - _IRIS_SINE**2) * gaze]).astype(np.float32)
    return centre + radius * normals, normals
