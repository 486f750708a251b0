"""Surface landmarks of a rendered person: where they lie in the picture and how far they face the camera."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from creator.training import head_model
from creator.training.head_assets import Floats, Ints
from creator.training.people_geometry import PeopleGeometry, PersonVertices, vertex_normals

REGION_COUNTS = {"face": 260, "head": 90, "neck": 30, "shoulders": 40}
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


class LandmarkSet:
    """The chosen points. ``names`` (K,) say the region: face, head, neck, shoulders, left_iris, right_iris."""

    def __init__(self, geometry: PeopleGeometry) -> None:
        self._geometry = geometry
        rest = geometry.base
        faces = geometry.body_base_faces[~geometry.mouth_lining]
        outside = np.unique(faces)
        place = rest[outside]
        eyes = 0.5 * sum(rest[joint].mean(0) for joint in geometry.eye_joints)
        chin = rest[geometry.lookup[geometry.anchors.chin]]
        # The face lies before the ears and between hair line and chin; lids and lips do not end in the sockets.
        before = place[:, 2] > eyes[2] - 0.75
        high = place[:, 1] > chin[1] - 0.05
        forehead = place[:, 1] < eyes[1] + 0.62
        regions = {
            "face": high & before & forehead,
            "head": high & ~(before & forehead),
            "neck": ~high & (np.abs(place[:, 0]) < 0.75) & (place[:, 1] > chin[1] - 0.8),
            "shoulders": (place[:, 1] < chin[1] - 0.8) & (place[:, 1] > chin[1] - 1.7),
        }
        chosen, names = [], []
        for region, count in REGION_COUNTS.items():
            own = outside[regions[region]]
            chosen.append(own[farthest_points(rest[own], np.ones(len(own), np.float32), count)])
            names += [region] * count
        self._vertices = np.concatenate(chosen)
        self.names = tuple(names + ["left_iris"] * (IRIS_POINTS + 1) + ["right_iris"] * (IRIS_POINTS + 1))

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
