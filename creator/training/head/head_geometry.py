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

from creator.training import appearance
from creator.training.assets.head_assets import Floats, load_base, load_targets
from creator.training.hair.hair_strands import hair_groom
from creator.training.hair.head_field import HeadField
from creator.training.hair.strand_grooms import strand_points
from creator.training.head import head_model
from creator.training.head.landmarks import farthest_points
from creator.training.head.named_landmarks import EYES, surface_landmarks, surface_steps
from creator.training.head.people_geometry import PeopleGeometry
from creator.training.people_schema import HAIR_STYLES, IDENTITY_SIZE, SCHEMA

SKIN_POINTS = 1150
_DETAIL_DENSITY = 2.6  # how much closer points lie around eyes, nose and mouth
_BALL_POINTS = 28
_HAIR_STRANDS = 100
_GROWN_STRANDS = 600  # of a style, from which those are chosen
_HAIR_RANK = 40
_SLOPE_RANK = 112
_HAIR_PLACES = (1, 6, 12)  # along the strand
_ORIGIN = np.array([0.0, 7.0, 0.8], np.float32)  # keeps stored numbers small for half precision
_STEP = 0.05  # decimetres between a point and its neighbours along the surface


class HeadPoints(NamedTuple):
    """``xy`` (B, K, 2) picture coordinates 0..1, x right, y down; ``normal`` (B, K, 3) camera space, z to the camera;
    ``depth`` (B, K) distance to the camera in units of eye line to chin."""

    xy: Tensor
    normal: Tensor
    depth: Tensor


class HairPoints(NamedTuple):
    """``xy`` (B, H, 2); ``tangent`` and ``outward`` (B, H, 3) unit vectors in camera space.

    ``present`` (B, 1) is 0 for the bald, else 1.
    """

    xy: Tensor
    tangent: Tensor
    outward: Tensor
    present: Tensor


class HeadGeometry(nn.Module):
    """Encoded attributes and identity code to :class:`HeadPoints` and :class:`HairPoints`."""

    centre_rest: Tensor
    centre_basis: Tensor
    slope_rest: Tensor
    slope_mix: Tensor
    slope_basis: Tensor
    ball_rest: Tensor
    ball_basis: Tensor
    anchor_rest: Tensor
    anchor_basis: Tensor
    landmark_rest: Tensor
    landmark_basis: Tensor
    hair_rest: Tensor
    hair_mix: Tensor
    hair_basis: Tensor
    canonical: Tensor
    detail_points: Tensor
    hair_canonical: Tensor
    hair_styles: Tensor

    def __init__(self) -> None:
        super().__init__()
        people = PeopleGeometry(SCHEMA, garments=())
        self.weights = people.weights
        self.reader = people.reader
        displacement = people.displacement.numpy().reshape(len(self.weights.targets.names), -1, 3)
        everything = np.concatenate([people.base[None], displacement])  # (1 + P, N, 3)

        centre, slopes, detail = _skin_points(people, everything)
        balls = self._ball_points(people, everything)
        anchors = np.stack(
            [everything[:, people.lookup[v]].mean(1) for v in (
                people.anchors.left_eye, people.anchors.right_eye, np.array([people.anchors.chin]),
                people.anchors.neck, people.anchors.skull)], 1
        )  # fmt: skip
        self._importance = usual_weights(self.weights)
        self._keep("centre", centre, _ORIGIN)
        self._keep("slope", slopes, rank=_SLOPE_RANK)
        self._keep("ball", balls, _ORIGIN)
        self._keep("anchor", anchors, _ORIGIN)
        landmarks = surface_landmarks(people)
        self.landmark_names = (*EYES, *landmarks)
        vertices = np.array(list(landmarks.values()))
        places = np.stack([vertices, *surface_steps(people, vertices)])
        self._keep("landmark", everything[:, places], _ORIGIN)  # each with two of its neighbours
        hair = _hair_points(people, tuple(style for style in HAIR_STYLES if style != "bald"), everything)
        self._keep("hair", hair, _ORIGIN, rank=_HAIR_RANK)

        rest = np.concatenate([centre[0], balls[0]])
        self.register_buffer("canonical", torch.from_numpy((rest - _ORIGIN).astype(np.float32)))
        ball_indices = np.arange(len(centre[0]), len(rest))
        chosen = np.concatenate([np.flatnonzero(detail), ball_indices])
        self.register_buffer("detail_points", torch.from_numpy(chosen))
        self.register_buffer("hair_canonical", torch.from_numpy((hair[0] - _ORIGIN).astype(np.float32)))
        styles = tuple(HAIR_STYLES)
        self.register_buffer("hair_styles", torch.tensor([i for i, s in enumerate(styles) if s != "bald"]))

    def _keep(self, name: str, values: Floats, origin: Floats | float = 0.0, rank: int | None = None) -> None:
        """Store rest and displacements (1 + P, ...) as buffers; with ``rank`` the latter as a product of two tables."""
        self.register_buffer(f"{name}_rest", torch.from_numpy((values[0] - origin).astype(np.float32)))
        basis = values[1:].reshape(len(values) - 1, -1)
        if rank is not None:
            mix, basis = factored(basis, self._importance, rank)
            self.register_buffer(f"{name}_mix", torch.from_numpy(mix))
        self.register_buffer(f"{name}_basis", torch.from_numpy(basis.astype(np.float32)))

    def _ball_points(self, people: PeopleGeometry, everything: Floats) -> Floats:
        """(1 + P, 2 * _BALL_POINTS, 3): front vertices of the left ball, then of the right one."""
        item = people.fitted["high-poly"]
        fitted = np.stack([item.fit(each) for each in everything])
        points = []
        for ball in people.ball_vertices:
            rest = fitted[0, ball]
            front = ball[rest[:, 2] > rest[:, 2].max() - 0.11]
            points.append(
                fitted[:, front[farthest_points(fitted[0, front], np.ones(len(front), np.float32), _BALL_POINTS)]]
            )
        return np.concatenate(points, 1)

    def _combine(self, name: str, weights: Tensor) -> Tensor:
        rest: Tensor = getattr(self, f"{name}_rest")
        mix: Tensor | None = getattr(self, f"{name}_mix", None)
        if mix is not None:
            weights = weights @ mix
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
        centre = self._combine("centre", weights)
        along, across = self._combine("slope", weights).unbind(1)
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

    def landmarks(self, attributes: Tensor, identity: Tensor) -> Tensor:
        """The points of ``landmark_names`` as (B, K, 3): picture coordinates x, y in 0..1, x right, y down, and the
        cosine between the surface's normal (an eye's: its gaze) and the direction to the camera; below 0 the point
        faces away."""
        weights, frame, angles = self._posed(attributes, identity)
        eyes = self._combine("anchor", weights)[:, :2]
        ahead = torch.tensor([[[0.0, 0.0, _STEP]]], device=eyes.device)
        gaze_x, gaze_y = self.reader.value(attributes, "gaze_x"), self.reader.value(attributes, "gaze_y")
        looked_at = [
            head_model.turn_eyeball(eyes[:, at : at + 1] + ahead, eyes[:, at], gaze_x, gaze_y)
            for at in range(len(EYES))
        ]
        points, one, other = self._combine("landmark", weights).unbind(1)
        count = points.shape[1]
        together = torch.cat([points, one, other, eyes, *looked_at], 1)
        posed = head_model.to_camera(head_model.pose_head(together, frame, *angles), frame)
        points, one, other = posed[:, : 3 * count].chunk(3, 1)
        eyes, looked = posed[:, 3 * count :].chunk(2, 1)
        normal = torch.cat([looked - eyes, torch.cross(one - points, other - points, dim=-1)], 1)
        points = torch.cat([eyes, points], 1)
        view = torch.tensor([0.0, 0.0, head_model.CAMERA_DISTANCE], device=points.device) - points
        lengths = (normal * normal).sum(-1) * (view * view).sum(-1)
        cosine = (normal * view).sum(-1) * torch.rsqrt(lengths + 1e-12)
        return torch.cat([head_model.project(points)[0], cosine.unsqueeze(-1)], -1)

    def hair(self, attributes: Tensor, identity: Tensor) -> HairPoints:
        """Points on the strands of the chosen style."""
        weights, frame, angles = self._posed(attributes, identity)
        style = self.reader.one_hot(attributes, "hair_style")[:, self.hair_styles]  # (B, styles)
        count = self.hair_rest.shape[1]
        points = (style[:, :, None, None] * self._combine("hair", weights)).sum(1)
        posed = head_model.to_camera(head_model.pose_head(points, frame, *angles), frame)
        strands = posed.view(-1, count // len(_HAIR_PLACES), len(_HAIR_PLACES), 3)
        first, middle, last = strands.unbind(2)
        tangent = torch.stack([middle - first, last - first, last - middle], 2).view(-1, count, 3)
        tangent = tangent * torch.rsqrt((tangent * tangent).sum(-1, keepdim=True) + 1e-6)
        outward = posed - torch.tensor([0.0, 0.05, -0.75], device=posed.device)
        outward = outward * torch.rsqrt((outward * outward).sum(-1, keepdim=True) + 1e-6)
        xy, _ = head_model.project(posed)
        return HairPoints(xy, tangent, outward, style.sum(1, keepdim=True))


def factored(table: Floats, importance: Floats, rank: int) -> tuple[Floats, Floats]:
    """Two float32 tables (P, rank) and (rank, N) whose product is close to ``table`` (P, N).

    The sum of squared errors is the least possible when each row counts by its ``importance`` (P,), squared. The
    factors' scales are shared out evenly, so that neither loses much in half precision.
    """
    weighted = table.astype(np.float64) * importance[:, None]
    squares, left = np.linalg.eigh(weighted @ weighted.T)
    left, roots = left[:, ::-1][:, :rank], np.maximum(squares[::-1][:rank], 1e-12) ** 0.25
    right = (left.T @ weighted) / roots[:, None]
    return (left * roots / importance[:, None]).astype(np.float32), right.astype(np.float32)


def usual_weights(weights: head_model.TargetWeights, people: int = 256) -> Floats:
    """(P,) root mean square of each target's weight over people drawn evenly from all attributes, at least 0.02."""
    random = np.random.RandomState(0)
    attributes = random.uniform(-1.0, 1.0, (people, SCHEMA.encoded_size))
    for attribute in SCHEMA.attributes:
        if attribute.kind == "choice":
            at = SCHEMA.encoded_slices[attribute.name]
            attributes[:, at] = np.eye(len(attribute.choices))[random.randint(len(attribute.choices), size=people)]
    code = random.standard_normal((people, IDENTITY_SIZE))
    with torch.no_grad():
        found = weights(torch.from_numpy(attributes).float(), torch.from_numpy(code).float())[0]
    return found.square().mean(0).sqrt().clamp_min(0.02).numpy()


def _skin_points(people: PeopleGeometry, everything: Floats) -> tuple[Floats, Floats, np.ndarray]:
    """Centres (1 + P, S, 3); steps along and across the surface (1 + P, 2, S, 3); which are of eyes, nose and mouth."""
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
    chosen = candidates[farthest_points(points, density, SKIN_POINTS)]
    detail = near[np.searchsorted(candidates, chosen)]
    corners = everything[:, faces[chosen]]  # (1 + P, S, 4, 3)
    along = corners[:, :, 2] - corners[:, :, 0]
    across = corners[:, :, 3] - corners[:, :, 1]
    # Steps of equal length at rest; the cross product keeps its direction.
    scale = [_STEP / np.maximum(np.linalg.norm(each[0], axis=-1, keepdims=True), 1e-6) for each in (along, across)]
    return corners.mean(2), np.stack([along * scale[0], across * scale[1]], 1), detail


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
    """(1 + P, styles, strands * places, 3) points on well spread strands: at rest, then their displacements."""
    head = HeadField(people)
    places = np.array(_HAIR_PLACES)
    chosen = []
    for style in styles:
        groom = hair_groom(head, style, _GROWN_STRANDS)
        line = groom.rest[:, places]
        index = farthest_points(line.reshape(len(line), -1), np.ones(len(line), np.float32), _HAIR_STRANDS)
        chosen.append((groom.refs[index], groom.weights[index], groom.rest[index], groom.follow[index]))
    refs, weights, rest, follow = (np.concatenate(part) for part in zip(*chosen, strict=True))
    all_styles = replace(groom, refs=refs, weights=weights, rest=rest, follow=follow)
    lines = np.empty((len(everything), len(rest), len(places), 3), np.float32)
    for number, base in enumerate(everything):
        carried = head.carry(base if number == 0 else base + head.base)
        lines[number] = strand_points(all_styles, carried)[:, places]
    lines[1:] -= lines[0]
    return lines.reshape(len(everything), len(styles), -1, 3)
