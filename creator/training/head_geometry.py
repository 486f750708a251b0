"""Where the points of a head lie in the picture: exact, without learned parameters, and exportable.

The same morph targets, pose and camera as the renderer's (see ``head_model``), for a few well spread points of skin and
eyeballs and, for each hair style, of its strands. All points are linear in the target weights before they are posed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from creator.training import appearance, head_model
from creator.training.hair_strands import hair_groom
from creator.training.head_assets import Floats, load_base, load_targets
from creator.training.head_field import HeadField
from creator.training.people_geometry import PeopleGeometry
from creator.training.people_schema import HAIR_STYLES, SCHEMA
from creator.training.strand_grooms import strand_points

SKIN_POINTS = 1150
_DETAIL_DENSITY = 2.6  # how much closer points lie around eyes, nose and mouth
_BALL_POINTS = 28
_HAIR_STRANDS = 100
_HAIR_PLACES = (1, 6, 12)  # along the strand
_ORIGIN = np.array([0.0, 7.0, 0.8], np.float32)  # keeps stored numbers small for half precision
LANDMARKS_ON_SKIN = 400
_LANDMARK_DENSITY = {"eye": 2.2, "mouth": 2.2, "nose": 2.0, "brow": 2.2, "chin": 2.2, "cheek": 2.0, "jaw": 1.5,
                     "forehead": 1.4, "ear": 1.4, "shoulders": 0.5, "scalp": 0.7, "neck": 0.7}  # fmt: skip
_IRIS_MIDDLE, _IRIS_RIM = 0.006, 0.0545  # decimetres from the ball's axis
_RIM_POINTS = 8
_STEP = 0.05  # decimetres between a point and its neighbours along the surface


class HeadPoints(NamedTuple):
    """``xy`` (B, K, 2) picture coordinates 0..1, x right, y down; ``normal`` (B, K, 3) camera space, z to the camera;
    ``depth`` (B, K) distance to the camera in units of eye line to chin."""

    xy: Tensor
    normal: Tensor
    depth: Tensor


class Landmarks(NamedTuple):
    """``xy`` (B, L, 2) picture coordinates 0..1, x right, y down; ``cosine`` (B, L) of the angle between the surface's
    normal and the direction to the camera, negative where it turns away."""

    xy: Tensor
    cosine: Tensor


class HairPoints(NamedTuple):
    """``xy`` (B, H, 2); ``tangent`` and ``outward`` (B, H, 3) unit vectors in camera space.

    ``present`` (B, 1) is 0 for the bald, else 1.
    """

    xy: Tensor
    tangent: Tensor
    outward: Tensor
    present: Tensor


def _spread(points: Floats, density: Floats, count: int) -> np.ndarray:
    """Farthest point sampling: ``count`` indices; distances are multiplied by the density at the candidate."""
    chosen = [int(np.argmax(points[:, 2]))]
    distance = np.full(len(points), np.inf)
    for _ in range(count - 1):
        distance = np.minimum(distance, np.linalg.norm(points - points[chosen[-1]], axis=1) * density)
        chosen.append(int(np.argmax(distance)))
    return np.array(sorted(chosen))


class HeadGeometry(nn.Module):
    """Encoded attributes and identity code to :class:`HeadPoints` and :class:`HairPoints`."""

    skin_rest: Tensor
    skin_basis: Tensor
    ball_rest: Tensor
    ball_basis: Tensor
    iris_rest: Tensor
    iris_basis: Tensor
    landmark_points: Tensor
    anchor_rest: Tensor
    anchor_basis: Tensor
    hair_rest: Tensor
    hair_basis: Tensor
    canonical: Tensor
    detail_points: Tensor
    hair_canonical: Tensor
    hair_styles: Tensor
    hair_targets: Tensor

    def __init__(self) -> None:
        super().__init__()
        people = PeopleGeometry(SCHEMA)
        self.weights = people.weights
        self.reader = people.reader
        displacement = people.displacement.numpy().reshape(len(self.weights.targets.names), -1, 3)
        everything = np.concatenate([people.base[None], displacement])  # (1 + P, N, 3)

        centre, along, across, detail = _skin_points(people, everything)
        self.detail_count = int(detail.sum())
        balls = self._ball_points(people, everything)
        irises = _iris_points(people, everything)
        hair = _hair_points(people, tuple(style for style in HAIR_STYLES if style != "bald"), everything)
        anchors = np.stack(
            [everything[:, people.lookup[v]].mean(1) for v in (
                people.anchors.left_eye, people.anchors.right_eye, np.array([people.anchors.chin]),
                people.anchors.neck, people.anchors.skull)], 1
        )  # fmt: skip

        def keep(name: str, values: Floats) -> None:
            """Rest (…, 3) about the origin, and basis (P, numbers), from (1 + P, ..., 3)."""
            self.register_buffer(f"{name}_rest", torch.from_numpy(values[0].astype(np.float32) - _ORIGIN))
            basis = values[1:].reshape(len(values) - 1, -1)
            self.register_buffer(f"{name}_basis", torch.from_numpy(basis.astype(np.float32)))

        # Along and across are differences: they carry no origin.
        skin = np.stack([centre, along + _ORIGIN * (np.arange(len(along)) == 0)[:, None, None],
                         across + _ORIGIN * (np.arange(len(across)) == 0)[:, None, None]], 1)  # fmt: skip
        keep("skin", skin)
        keep("ball", balls)
        keep("iris", irises)
        keep("anchor", anchors)
        # (1 + P, styles, H, 3) -> the targets that move hair at all
        hair = hair.transpose(1, 0, 2, 3)
        moving = np.flatnonzero(np.abs(hair[1:]).reshape(len(hair) - 1, -1).max(1) > 0.004)
        self.register_buffer("hair_targets", torch.from_numpy(moving))
        keep("hair", hair[np.concatenate([[0], moving + 1])])

        rest = np.concatenate([centre[0], balls[0]])
        self.register_buffer("canonical", torch.from_numpy((rest - _ORIGIN).astype(np.float32)))
        ball_indices = np.arange(len(centre[0]), len(rest))
        chosen = np.concatenate([np.flatnonzero(detail), ball_indices])
        self.register_buffer("detail_points", torch.from_numpy(chosen))
        self.register_buffer("hair_canonical", torch.from_numpy((hair[0] - _ORIGIN).astype(np.float32)))
        styles = tuple(HAIR_STYLES)
        self.register_buffer("hair_styles", torch.tensor([i for i, s in enumerate(styles) if s != "bald"]))
        regions = np.array([region_of(point) for point in centre[0]])
        density = np.array([_LANDMARK_DENSITY.get(name.split("_")[0], 1.0) for name in regions], np.float32)
        landmarks = _spread(centre[0], density, LANDMARKS_ON_SKIN)
        self.register_buffer("landmark_points", torch.from_numpy(landmarks))
        iris_names = tuple(f"iris_{side}" for side in ("left", "right") for _ in range(1 + _RIM_POINTS))
        self.landmark_regions = (*map(str, regions[landmarks]), *iris_names)
        self.point_count = len(rest)
        self.hair_count = hair.shape[2]

    def _ball_points(self, people: PeopleGeometry, everything: Floats) -> Floats:
        """(1 + P, 2 * _BALL_POINTS, 3): front vertices of the left ball, then of the right one."""
        item = people.fitted["high-poly"]
        fitted = np.stack([item.fit(each) for each in everything])
        points = []
        for ball in people.ball_vertices:
            rest = fitted[0, ball]
            front = ball[rest[:, 2] > rest[:, 2].max() - 0.11]
            points.append(fitted[:, front[_spread(fitted[0, front], np.ones(len(front), np.float32), _BALL_POINTS)]])
        return np.concatenate(points, 1)

    def _combine(self, name: str, weights: Tensor) -> Tensor:
        rest: Tensor = getattr(self, f"{name}_rest")
        return rest + (weights @ getattr(self, f"{name}_basis")).view(-1, *rest.shape)

    def _posed(self, attributes: Tensor, identity: Tensor) -> tuple[Tensor, head_model.Frame, tuple[Tensor, ...]]:
        weights, neutral = self.weights(attributes, identity)
        anchors = self._combine("anchor", neutral)
        frame = head_model.frame_of(*anchors.unbind(1))
        return weights, frame, tuple(self.reader.value(attributes, name) for name in ("yaw", "pitch", "roll"))

    def appearance(self, attributes: Tensor) -> Tensor:
        """Colours and light of the person as (B, 18), about -1..1."""
        return appearance.appearance_vector(self.reader, attributes)

    def forward(self, attributes: Tensor, identity: Tensor) -> HeadPoints:
        weights, frame, angles = self._posed(attributes, identity)
        skin = self._combine("skin", weights)  # (B, 3, S, 3)
        centre, along, across = skin.unbind(1)
        balls = self._combine("ball", weights)
        gaze_x, gaze_y = self.reader.value(attributes, "gaze_x"), self.reader.value(attributes, "gaze_y")
        # The balls' own centres, with expression (they hardly move).
        centres = self._combine("anchor", weights)[:, :2]
        turned = []
        for index, ball in enumerate(balls.chunk(2, 1)):
            turned.append(head_model.turn_eyeball(ball, centres[:, index], gaze_x, gaze_y))
        count = centre.shape[1]
        points = torch.cat([centre, centre + along, centre + across, *turned, centres], 1)
        posed = head_model.to_camera(head_model.pose_head(points, frame, *angles), frame)
        centre, along, across = posed[:, : 3 * count].chunk(3, 1)
        balls, centres = posed[:, 3 * count : -2], posed[:, -2:]
        normal = torch.cross(along - centre, across - centre, dim=-1)
        left, right = balls.chunk(2, 1)
        ball_normal = torch.cat([left - centres[:, :1], right - centres[:, 1:]], 1)
        normal = torch.cat([normal, ball_normal], 1)
        normal = normal * torch.rsqrt((normal * normal).sum(-1, keepdim=True) + 1e-12)
        xy, depth = head_model.project(torch.cat([centre, balls], 1))
        return HeadPoints(xy, normal, depth)

    def landmarks(self, attributes: Tensor, identity: Tensor) -> Landmarks:
        """Named surface points: ``landmark_regions`` says where each lies.

        For each eye come last the iris's middle and points around its rim.
        """
        weights, frame, angles = self._posed(attributes, identity)
        gaze_x, gaze_y = self.reader.value(attributes, "gaze_x"), self.reader.value(attributes, "gaze_y")
        centres = self._combine("anchor", weights)[:, :2]
        irises = [
            head_model.turn_eyeball(iris, centres[:, index], gaze_x, gaze_y)
            for index, iris in enumerate(self._combine("iris", weights).chunk(2, 1))
        ]
        posed = head_model.to_camera(head_model.pose_head(torch.cat([*irises, centres], 1), frame, *angles), frame)
        irises = [each - posed[:, -2 + index, None] for index, each in enumerate(posed[:, :-2].chunk(2, 1))]
        skin = self(attributes, identity)
        to_camera = torch.tensor([0.0, 0.0, head_model.CAMERA_DISTANCE], device=posed.device)
        chosen = self.landmark_points
        iris_xy = head_model.project(posed[:, :-2])[0]
        xy = torch.cat([skin.xy[:, chosen], iris_xy], 1)
        # The skin's points again from picture and depth.
        shift = (skin.xy[:, chosen] - torch.tensor([0.5, head_model.EYE_LINE], device=posed.device)) * torch.tensor(
            [1.0, -1.0], device=posed.device
        )
        depth = skin.depth[:, chosen, None]
        place = torch.cat(
            [shift * depth / (head_model.CHIN_DROP * head_model.CAMERA_DISTANCE), to_camera[2] - depth], -1
        )
        place = torch.cat([place, posed[:, :-2]], 1)
        normal = torch.cat([skin.normal[:, chosen], *irises], 1)
        cosine = functional.cosine_similarity(normal, to_camera - place, dim=-1, eps=1e-6)
        return Landmarks(xy, cosine)

    def hair(self, attributes: Tensor, identity: Tensor) -> HairPoints:
        """Points on the strands of the chosen style."""
        weights, frame, angles = self._posed(attributes, identity)
        style = self.reader.one_hot(attributes, "hair_style")[:, self.hair_styles]  # (B, styles)
        styles, count = self.hair_rest.shape[:2]
        moved = weights[:, self.hair_targets] @ self.hair_basis
        every = self.hair_rest + moved.view(-1, styles, count, 3)
        points = (style[:, :, None, None] * every).sum(1)
        posed = head_model.to_camera(head_model.pose_head(points, frame, *angles), frame)
        strands = posed.view(-1, count // len(_HAIR_PLACES), len(_HAIR_PLACES), 3)
        first, middle, last = strands.unbind(2)
        tangent = torch.stack([middle - first, last - first, last - middle], 2).view(-1, count, 3)
        tangent = tangent * torch.rsqrt((tangent * tangent).sum(-1, keepdim=True) + 1e-6)
        outward = posed - torch.tensor([0.0, 0.05, -0.75], device=posed.device)
        outward = outward * torch.rsqrt((outward * outward).sum(-1, keepdim=True) + 1e-6)
        xy, _ = head_model.project(posed)
        return HairPoints(xy, tangent, outward, style.sum(1, keepdim=True))


def _skin_points(people: PeopleGeometry, everything: Floats) -> tuple[Floats, Floats, Floats, np.ndarray]:
    """Centre, and steps along and across the surface, each (1 + P, S, 3); which are of eyes, nose and mouth (S,)."""
    faces = people.body_base_faces
    rest = people.base[faces].mean(1)
    a, b, c, d = (people.base[faces[:, k]] for k in range(4))
    facing = np.cross(c - a, d - b)
    facing /= np.maximum(np.linalg.norm(facing, axis=1, keepdims=True), 1e-9)
    # Never seen: the inside of the mouth, the back of the trunk, what lies under the picture.
    keep = ~people.mouth_lining & (rest[:, 1] > 4.6) & (np.abs(rest[:, 0]) < 2.6)
    keep &= ~((facing[:, 2] < -0.3) & (rest[:, 1] < 6.2))
    keep &= ~((facing[:, 2] < -0.75) & (np.abs(rest[:, 0]) < 0.5))
    candidates = np.flatnonzero(keep)
    points = rest[candidates]
    eye = load_base()[0][people.anchors.left_eye].mean(0)
    mouth = rest_of_targets(("mouth/mouth-upperlip-volume-incr", "mouth/mouth-lowerlip-volume-incr"))
    near = np.zeros(len(points), bool)
    for side in (1.0, -1.0):
        offset = (points - eye * [side, 1, 1]) / [0.36, 0.30, 1.0]
        near |= ((offset**2).sum(1) < 1.0) & (points[:, 2] > 0.9)
    near |= (((points - mouth) / [0.42, 0.30, 1.0]) ** 2).sum(1) < 1.0
    nose = np.array([0.0, 0.5 * (eye[1] + mouth[1]), mouth[2]])
    near |= (((points - nose) / [0.28, 0.36, 1.0]) ** 2).sum(1) < 1.0
    density = np.where(near, _DETAIL_DENSITY, 1.0) * np.where(points[:, 1] < 6.1, 0.45, 1.0)
    chosen = candidates[_spread(points, density, SKIN_POINTS)]
    detail = near[np.searchsorted(candidates, chosen)]
    corners = everything[:, faces[chosen]]  # (1 + P, S, 4, 3)
    along = corners[:, :, 2] - corners[:, :, 0]
    across = corners[:, :, 3] - corners[:, :, 1]
    # Steps of equal length at rest; the cross product keeps its direction.
    scale = [_STEP / np.maximum(np.linalg.norm(each[0], axis=-1, keepdims=True), 1e-6) for each in (along, across)]
    return corners.mean(2), along * scale[0], across * scale[1], detail


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


def _iris_points(people: PeopleGeometry, everything: Floats) -> Floats:
    """(1 + P, 2 * (1 + _RIM_POINTS), 3): the iris's middle and points around its rim, left eye first."""
    item = people.fitted["high-poly"]
    fitted = np.stack([item.fit(each) for each in everything])
    points = []
    for ball, joint in zip(people.ball_vertices, people.eye_joints, strict=True):
        offset = fitted[0, ball] - people.base[joint].mean(0)
        away = np.hypot(offset[:, 0], offset[:, 1]) + 10.0 * (offset[:, 2] < 0.0)
        middle = ball[away < _IRIS_MIDDLE]
        on_rim = np.flatnonzero(np.abs(away - _IRIS_RIM) < 0.0025)
        rim = ball[on_rim[np.argsort(np.arctan2(offset[on_rim, 1], offset[on_rim, 0]))]]
        rim = rim[np.linspace(0, len(rim), _RIM_POINTS, endpoint=False).astype(int)]
        points += [fitted[:, middle].mean(1, keepdims=True), fitted[:, rim]]
    return np.concatenate(points, 1)


def rest_of_targets(names: tuple[str, ...]) -> Floats:
    """The mean rest position (3,) of what the named targets move most."""
    base = load_base()[0]
    positions = []
    for name in names:
        indices, deltas = load_targets()[name]
        amount = np.linalg.norm(deltas, axis=1)
        positions.append(base[indices[amount > 0.4 * amount.max()]].mean(0))
    return np.mean(positions, axis=0)


def _hair_points(people: PeopleGeometry, styles: tuple[str, ...], everything: Floats) -> Floats:
    """(styles, 1 + P, strands * places, 3) points on well spread strands: at rest, then their displacements."""
    head = HeadField(people)
    places = np.array(_HAIR_PLACES)
    chosen = []
    for style in styles:
        groom = hair_groom(head, style, 900)
        line = groom.rest[:, places].reshape(len(groom.rest), -1)
        index = _spread(line, np.ones(len(line), np.float32), _HAIR_STRANDS)
        parts = ("refs", "weights", "rest", "follow", "strand", "radius", "frame")
        chosen.append(replace(groom, **{name: getattr(groom, name)[index] for name in parts}))
    points: list[Floats] = []
    for number, base in enumerate(everything):
        carried = head.carry(base if number == 0 else base + head.base)
        lines = np.stack([strand_points(groom, carried)[:, places] for groom in chosen])
        points.append(lines if number == 0 else lines - points[0])
    return np.stack(points, 1).reshape(len(styles), len(everything), -1, 3).astype(np.float32)
