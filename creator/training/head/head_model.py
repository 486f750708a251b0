"""The parametric head: attributes and identity code -> morph target weights -> posed, framed vertices.

Everything that depends on a person is written with differentiable tensor operations on the *encoded* attribute vector,
so that the same code serves the renderer (whole mesh) and the generator's geometry conditioning (a few points, inside
the exported graph).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from creator.attributes import AttributeSchema
from creator.training.assets.head_assets import Floats, load_base
from creator.training.head import expressions, head_shape
from creator.training.head.derived_targets import head_targets, seams
from creator.training.people_schema import IDENTITY_SIZE

_ANCESTRIES = (("ancestry_african", "african"), ("ancestry_east_asian", "asian"), ("ancestry_european", "caucasian"))
_SEXES = ("female", "male")
_AGES = ("baby", "child", "young", "old")
# Shares of the four age targets at these years. The assets' children are of ten years, their young adults of 25; a
# face of 16 is nearer to the adult's than linear in years, and ageing shows slowly until 40.
_AGE_YEARS = (8.0, 10.0, 13.0, 16.0, 19.0, 25.0, 40.0, 55.0, 70.0, 90.0)
_AGE_SHARES = (
    (0.12, 0.88, 0.00, 0.00), (0.00, 0.96, 0.04, 0.00), (0.00, 0.58, 0.42, 0.00), (0.00, 0.26, 0.74, 0.00),
    (0.00, 0.06, 0.94, 0.00), (0.00, 0.00, 1.00, 0.00), (0.00, 0.00, 0.88, 0.12), (0.00, 0.00, 0.62, 0.38),
    (0.00, 0.00, 0.34, 0.66), (0.00, 0.00, 0.00, 1.00),
)  # fmt: skip
SHAPE_DIMENSIONS = IDENTITY_SIZE - 4  # the last four components of the identity code belong to the skin
_WEIGHTS = ("min", "average", "max")
_BLINK_UNITS = ("blink_left", "blink_right")
_DOWN_CLOSES = 0.28  # share of the lids' gap that closes when the eyes look fully down
_UP_OPENS = 0.9  # upper lid raise when the eyes look fully up
_LEAST_GAP = 0.012  # decimetres that units other than a blink leave between the lids


@dataclass(frozen=True)
class TargetList:
    """The morph targets in use, in the order of the weights."""

    names: tuple[str, ...]

    def displacement(self, vertices: np.ndarray) -> Floats:
        """Displacements of the chosen base ``vertices`` (N,): float32 (P, N, 3), decimetres at weight 1."""
        lookup = np.full(load_base()[0].shape[0], -1, np.int64)
        lookup[vertices] = np.arange(len(vertices))
        table = np.zeros((len(self.names), len(vertices), 3), np.float32)
        targets = head_targets()
        for row, name in enumerate(self.names):
            indices, deltas = targets[name]
            at = lookup[indices]
            table[row, at[at >= 0]] = deltas[at >= 0]
        return table


def _target_names() -> tuple[str, ...]:
    names = [f"macrodetails/{race}-{sex}-{age}" for _, race in _ANCESTRIES for sex in _SEXES for age in _AGES]
    names += [f"macrodetails/universal-{sex}-{age}-averagemuscle-{fat}weight"
              for sex in _SEXES for age in _AGES for fat in _WEIGHTS]  # fmt: skip
    names += head_shape.axis_targets() + expressions.expression_targets()
    names += [name for seam in seams() for name in seam.targets]
    return tuple(dict.fromkeys(names))


class AttributeReader:
    """Takes single attributes, in their own units, out of encoded vectors (B, D)."""

    def __init__(self, schema: AttributeSchema) -> None:
        self.schema = schema

    def value(self, attributes: Tensor, name: str) -> Tensor:
        """A continuous attribute as (B,), in the unit of its range."""
        attribute = self.schema[name]
        encoded = attributes[:, self.schema.encoded_slices[name].start]
        return attribute.minimum + (encoded + 1.0) * (0.5 * (attribute.maximum - attribute.minimum))

    def one_hot(self, attributes: Tensor, name: str) -> Tensor:
        """A choice as its one-hot block (B, choices)."""
        return attributes[:, self.schema.encoded_slices[name]]


def _tent_weights(value: Tensor, knots: tuple[float, ...]) -> Tensor:
    """Piecewise linear weights (B, len(knots)) that sum to one; constant outside the knots."""
    weights = []
    for index, knot in enumerate(knots):
        weight = torch.ones_like(value)
        if index > 0:
            weight = torch.minimum(weight, ((value - knots[index - 1]) / (knot - knots[index - 1])).clamp(0.0, 1.0))
        if index + 1 < len(knots):
            weight = torch.minimum(weight, ((knots[index + 1] - value) / (knots[index + 1] - knot)).clamp(0.0, 1.0))
        weights.append(weight)
    return torch.stack(weights, 1)


class _SeamTable(nn.Module):
    """Gaps of a seam's columns, linear in the weights, and the weights that close them."""

    gap_rest: Tensor
    gap_basis: Tensor
    closing: Tensor

    def __init__(self, number: int, targets: TargetList) -> None:
        super().__init__()
        seam = seams()[number]
        base = load_base()[0]
        moved = targets.displacement(np.concatenate([seam.upper, seam.lower]))[..., 1]  # (P, 2 K)
        columns = len(seam.upper)
        gap = moved[:, :columns] - moved[:, columns:]
        own = [targets.names.index(name) for name in seam.targets]
        # Weights w of the seam's targets with gap @ w's own effect = -wanted, exact at every pair of vertices.
        closing = np.zeros((columns, len(targets.names)), np.float32)
        closing[:, own] = np.linalg.inv(-gap[own])
        self.register_buffer("gap_rest", torch.from_numpy(base[seam.upper, 1] - base[seam.lower, 1]))
        self.register_buffer("gap_basis", torch.from_numpy(np.ascontiguousarray(gap)))
        self.register_buffer("closing", torch.from_numpy(closing))

    def gap(self, weights: Tensor) -> Tensor:
        """Heights (B, K) between the two edges, decimetres; negative where they cross."""
        return self.gap_rest + weights @ self.gap_basis

    def closed_by(self, amount: Tensor) -> Tensor:
        """Weights (B, P) that close each column by ``amount`` (B, K), decimetres."""
        return amount @ self.closing


class TargetWeights(nn.Module):
    """Encoded attributes (B, D) and identity (B, 64) -> weights (B, P) of the targets, with and without expression.

    The macro targets of ancestry x gender x age and of gender x age x weight each get weights that sum to one.
    """

    slider_columns: Tensor
    slider_shift: Tensor
    unit_table: Tensor
    age_shares: Tensor
    lid_raise: Tensor

    def __init__(self, schema: AttributeSchema) -> None:
        super().__init__()
        self.reader = AttributeReader(schema)
        self.targets = TargetList(_target_names())
        row = {name: index for index, name in enumerate(self.targets.names)}
        count = len(row)
        self.shape = head_shape.HeadShape(row, count)
        self.expression = expressions.Expression(schema)
        starts = [schema.encoded_slices[name].start for name in head_shape.SLIDER_AXES]
        self.register_buffer("slider_columns", torch.tensor(starts))
        # Sliders of 0..1 are encoded as -1..1 like all others.
        zero = [float(schema[name].minimum == 0.0) for name in head_shape.SLIDER_AXES]
        self.register_buffer("slider_shift", torch.tensor(zero))
        self.register_buffer("age_shares", torch.tensor(_AGE_SHARES))
        raise_lids = [float(name == "upper_lid_raise") for name in expressions.ACTION_UNITS]
        self.register_buffer("lid_raise", torch.tensor(raise_lids))
        self.register_buffer("unit_table", expressions.unit_table(row, count))
        self.left_lids, self.right_lids, self.lips = (_SeamTable(index, self.targets) for index in range(3))
        # The macro targets stand first, in the order of _target_names().
        self.macro_count = len(_SEXES) * len(_AGES) * (len(_ANCESTRIES) + len(_WEIGHTS))

    def ancestry(self, attributes: Tensor) -> Tensor:
        """Mixture weights (B, 3): African, East Asian, European; they sum to one."""
        shares = torch.stack([self.reader.value(attributes, name) for name, _ in _ANCESTRIES], 1) + 1e-3
        return shares / shares.sum(1, keepdim=True)

    def forward(self, attributes: Tensor, identity: Tensor) -> tuple[Tensor, Tensor]:
        neutral = self._neutral(attributes, identity)
        return neutral + self._moved(attributes, neutral), neutral

    def _neutral(self, attributes: Tensor, identity: Tensor) -> Tensor:
        reader = self.reader
        male = reader.value(attributes, "gender")
        sex = torch.stack((1.0 - male, male), 1)
        years = reader.value(attributes, "age")
        age = _tent_weights(years, _AGE_YEARS) @ self.age_shares  # (B, 4)
        fat = _tent_weights(reader.value(attributes, "body_weight"), (-1.0, 0.0, 1.0))
        sex_age = (sex[:, :, None] * age[:, None, :]).flatten(1)  # (B, 8)
        people = (self.ancestry(attributes)[:, :, None] * sex_age[:, None, :]).flatten(1)  # (B, 24)
        builds = (sex_age[:, :, None] * fat[:, None, :]).flatten(1)  # (B, 24)
        macro = torch.cat((people, builds), 1)
        macro = nn.functional.pad(macro, (0, len(self.targets.names) - self.macro_count))

        sliders = attributes[:, self.slider_columns]
        sliders = sliders + self.slider_shift * 0.5 * (1.0 - sliders)
        old = ((years - 35.0) / 40.0).clamp(0.0, 1.2)
        child = ((18.0 - years) / 8.0).clamp(0.0, 1.0)
        # A child's face shows little of its sex.
        neutral = macro + self.shape(sliders, old, child, 0.5 + (male - 0.5) * (1.0 - 0.7 * child), identity)
        return neutral + self.lips.closed_by(self.lips.gap(neutral))

    def _moved(self, attributes: Tensor, neutral: Tensor) -> Tensor:
        """What expression, gaze and blinks add to the neutral weights (B, P)."""
        units = self.expression(attributes)
        gaze = self.reader.value(attributes, "gaze_y")
        units = units + _UP_OPENS * torch.relu(gaze)[:, None] * self.lid_raise
        moved = units @ self.unit_table
        down = _DOWN_CLOSES * torch.relu(-gaze)
        for lids, name in ((self.left_lids, _BLINK_UNITS[0]), (self.right_lids, _BLINK_UNITS[1])):
            blink = units[:, expressions.ACTION_UNITS.index(name)]
            closed = 1.0 - (1.0 - blink) * (1.0 - down)
            gap = lids.gap(neutral + moved)
            # Softly at least the least gap before the blink.
            excess = gap - _LEAST_GAP
            open_gap = _LEAST_GAP + 0.5 * (excess + torch.sqrt(excess * excess + 2e-4))
            moved = moved + lids.closed_by(gap - (1.0 - closed[:, None]) * open_gap)
        # Lips never cross.
        return moved + self.lips.closed_by(-torch.relu(-self.lips.gap(neutral + moved)))


# The camera: distances in units of (eye line to chin), picture fractions with y down.
EYE_LINE = 0.475
CHIN_DROP = 0.29  # eye line to chin as a share of the picture's height
CAMERA_DISTANCE = 11.0
GAZE_DEGREES = (27.0, 17.0)

_EYE_JOINTS = ("joint-l-eye", "joint-r-eye")


@dataclass(frozen=True)
class Anchors:
    """Base vertices that pose and framing need."""

    left_eye: np.ndarray  # the ball's centre is the mean of these
    right_eye: np.ndarray
    chin: int
    neck: np.ndarray
    skull: np.ndarray

    def all(self) -> np.ndarray:
        return np.concatenate([self.left_eye, self.right_eye, [self.chin], self.neck, self.skull])


def find_anchors() -> Anchors:
    vertices, mesh, group, names = load_base()

    def joint(name: str) -> np.ndarray:
        return np.unique(mesh.faces[group == names.index(name)])

    body = np.unique(mesh.faces[group == names.index("body")])
    # The chin: lowest of the vertices in the middle plane that lie far in front and below the mouth.
    middle = body[(np.abs(vertices[body, 0]) < 0.02) & (vertices[body, 2] > 1.25) & (vertices[body, 1] < 6.6)]
    middle = middle[vertices[middle, 1] > 5.9]
    chin = int(middle[np.argmin(vertices[middle, 1] - 0.3 * vertices[middle, 2])])
    return Anchors(joint(_EYE_JOINTS[0]), joint(_EYE_JOINTS[1]), chin, joint("joint-neck"), joint("joint-head"))


@dataclass(frozen=True)
class Frame:
    """Where a person stands, from the neutral face: all (B, ...), decimetres."""

    eyes: Tensor  # (B, 3) midpoint between the eyes
    unit: Tensor  # (B, 1) eye line to chin
    neck: Tensor  # (B, 3)
    skull: Tensor  # (B, 3)


def frame_of(left_eye: Tensor, right_eye: Tensor, chin: Tensor, neck: Tensor, skull: Tensor) -> Frame:
    """The frame from neutral anchor points, each (B, 3). Eye line to chin is measured in the middle plane."""
    eyes = 0.5 * (left_eye + right_eye)
    unit = ((eyes[:, 1:2] - chin[:, 1:2]) ** 2 + 1e-6).sqrt()
    return Frame(eyes, unit, neck, skull)


def _rotation(yaw: Tensor, pitch: Tensor, points: Tensor) -> Tensor:
    """Rotate points (B, N, 3) by pitch about x (positive looks up), then yaw about y (positive to picture right)."""
    x, y, z = points.unbind(-1)
    cosine, sine = torch.cos(pitch), torch.sin(pitch)
    y, z = y * cosine + z * sine, z * cosine - y * sine
    cosine, sine = torch.cos(yaw), torch.sin(yaw)
    return torch.stack((x * cosine + z * sine, y, z * cosine - x * sine), -1)


def turn_eyeball(points: Tensor, centre: Tensor, gaze_x: Tensor, gaze_y: Tensor) -> Tensor:
    """Rotate the points (B, N, 3) of one ball about its centre (B, 3); gaze (B,) in -1..1."""
    yaw = (gaze_x * math.radians(GAZE_DEGREES[0]))[:, None]
    pitch = (gaze_y * math.radians(GAZE_DEGREES[1]))[:, None]
    return _rotation(yaw, pitch, points - centre[:, None]) + centre[:, None]


def pose_head(points: Tensor, frame: Frame, yaw: Tensor, pitch: Tensor, roll: Tensor) -> Tensor:
    """Turn the head: points (B, N, 3) in decimetres, angles (B,) in degrees; roll tilts it to the picture's right.

    The rotation fades out along an axis that leans forward from the neck joint, so that the chin turns fully while the
    nape and the collar stay.
    """
    pivot = frame.neck + 0.55 * (frame.skull - frame.neck)
    offset = points - pivot[:, None]
    along = (0.86 * offset[..., 1] + 0.5 * offset[..., 2]) / frame.unit
    t = ((along + 0.62) / 0.95).clamp(0.0, 1.0)
    weight = t * t * (3.0 - 2.0 * t)
    tilt = -weight * torch.deg2rad(roll)[:, None]
    x, y, z = offset.unbind(-1)
    cosine, sine = torch.cos(tilt), torch.sin(tilt)
    offset = torch.stack((x * cosine - y * sine, x * sine + y * cosine, z), -1)
    turned = _rotation(weight * torch.deg2rad(yaw)[:, None], weight * torch.deg2rad(pitch)[:, None], offset)
    return turned + pivot[:, None]


def to_camera(points: Tensor, frame: Frame) -> Tensor:
    """Camera coordinates (B, N, 3) in units of the frame: x right, y up, z to the camera, origin between the eyes."""
    return (points - frame.eyes[:, None]) / frame.unit[:, None]


def project(camera_points: Tensor) -> tuple[Tensor, Tensor]:
    """Perspective projection: picture coordinates (B, N, 2) in 0..1 (y down) and the distance (B, N) to the camera."""
    distance = CAMERA_DISTANCE - camera_points[..., 2]
    scale = (CHIN_DROP * CAMERA_DISTANCE) / distance
    x = 0.5 + camera_points[..., 0] * scale
    y = EYE_LINE - camera_points[..., 1] * scale
    return torch.stack((x, y), -1), distance
