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
from creator.training.head_assets import Floats, load_base, load_targets
from creator.training.people_schema import EXPRESSIONS, IDENTITY_SIZE

_ANCESTRIES = (("ancestry_african", "african"), ("ancestry_east_asian", "asian"), ("ancestry_european", "caucasian"))
_AGES = ("child", "young", "old")
_AGE_KNOTS = (11.0, 25.0, 90.0)  # years at which the child, young and old targets stand alone


def _pair(stem: str, gain: float = 1.0, low: str = "decr", high: str = "incr") -> tuple[dict[str, float], ...]:
    sides = [f"{stem.replace('*', side)}" for side in "lr"] if "*" in stem else [stem]
    return {f"{side}-{low}": gain for side in sides}, {f"{side}-{high}": gain for side in sides}


def _together(*pairs: tuple[dict[str, float], ...]) -> tuple[dict[str, float], ...]:
    low: dict[str, float] = {}
    high: dict[str, float] = {}
    for one, other in pairs:
        low |= one
        high |= other
    return low, high


# Slider -> (targets towards its low end, targets towards its high end), with the weight at the end.
SLIDER_TARGETS = {
    "face_shape": ({"head/head-round": 0.75}, {"head/head-rectangular": 0.6}),
    "head_width": _pair("head/head-scale-horiz", 0.8),
    "forehead_height": _pair("forehead/forehead-scale-vert", 0.8),
    "cheekbones": _pair("cheek/*-cheek-bones", 0.9),
    "cheek_fullness": _pair("cheek/*-cheek-volume", 0.9),
    "jaw_width": _pair("chin/chin-bones", 0.9),
    "chin_height": _pair("chin/chin-height", 0.8),
    "chin_width": _pair("chin/chin-width", 0.9),
    "chin_prominence": _pair("chin/chin-prominent", 0.9),
    "neck_width": _together(_pair("neck/neck-scale-horiz", 0.8), _pair("neck/neck-scale-depth", 0.5)),
    "eye_size": _pair("eyes/*-eye-scale", 0.9),
    "eye_opening": _together(
        _pair("eyes/*-eye-height1", 0.5), _pair("eyes/*-eye-height2", 0.7), _pair("eyes/*-eye-height3", 0.5)
    ),
    "eye_spacing": _pair("eyes/*-eye-trans", 0.8, "in", "out"),
    "eye_tilt": _together(
        _pair("eyes/*-eye-corner2", 0.9, "down", "up"), _pair("eyes/*-eye-corner1", 0.4, "up", "down")
    ),
    "brow_height": _pair("eyebrows/eyebrows-trans", 0.9, "down", "up"),
    "brow_angle": _pair("eyebrows/eyebrows-angle", 0.9, "down", "up"),
    "nose_length": _pair("nose/nose-scale-vert", 0.8),
    "nose_width": _together(_pair("nose/nose-scale-horiz", 0.6), _pair("nose/nose-width3", 0.6)),
    "nose_bridge": _together(_pair("nose/nose-curve", 0.8, "concave", "convex"), _pair("nose/nose-hump", 0.6)),
    "nose_tip": _pair("nose/nose-point", 0.8, "down", "up"),
    "nose_size": _pair("nose/nose-scale-depth", 0.8),
    "mouth_width": _pair("mouth/mouth-scale-horiz", 0.8),
    "mouth_height": _pair("mouth/mouth-trans", 0.7, "down", "up"),
    "upper_lip": _together(_pair("mouth/mouth-upperlip-height", 0.7), _pair("mouth/mouth-upperlip-volume", 0.7)),
    "lower_lip": _together(_pair("mouth/mouth-lowerlip-height", 0.7), _pair("mouth/mouth-lowerlip-volume", 0.7)),
    "mouth_corners": _pair("mouth/mouth-angles", 0.7, "down", "up"),
    "ear_size": _pair("ears/*-ear-scale", 0.9),
    "ear_flare": _pair("ears/*-ear-wing", 0.9),
}

# What the identity code moves and no slider does, with the standard deviation of its weight.
IDENTITY_TARGETS: tuple[tuple[float, tuple[dict[str, float], ...]], ...] = (
    (0.25, ({"head/head-triangular": 1.0}, {"head/head-invertedtriangular": 1.0})),
    (0.20, ({"head/head-diamond": 1.0}, {"head/head-oval": 1.0})),
    (0.20, ({}, {"head/head-square": 1.0})),
    (0.14, _pair("head/head-angle", 1.0, "in", "out")),
    (0.14, _pair("head/head-scale-depth")),
    (0.14, _pair("head/head-back-scale-depth")),
    (0.20, _pair("forehead/forehead-temple")),
    (0.14, _pair("forehead/forehead-trans", 1.0, "backward", "forward")),
    (0.30, _pair("cheek/*-cheek-inner")),
    (0.25, _pair("cheek/*-cheek-trans", 1.0, "down", "up")),
    (0.25, ({}, {"chin/chin-triangle": 1.0})),
    (0.25, _pair("chin/chin-cleft")),
    (0.20, _pair("chin/chin-jaw-drop")),
    (0.20, _pair("chin/chin-prognathism")),
    (0.30, _pair("nose/nose-width1")),
    (0.30, _pair("nose/nose-width2")),
    (0.30, _pair("nose/nose-point-width")),
    (0.25, _pair("nose/nose-flaring")),
    (0.25, _pair("nose/nose-nostrils-width")),
    (0.25, _pair("nose/nose-nostrils-angle", 1.0, "down", "up")),
    (0.20, _pair("nose/nose-septumangle")),
    (0.25, _pair("nose/nose-volume")),
    (0.20, _pair("nose/nose-base", 1.0, "down", "up")),
    (0.20, _pair("nose/nose-greek")),
    (0.20, _pair("nose/nose-trans", 1.0, "down", "up")),
    (0.20, _pair("nose/nose-trans", 1.0, "backward", "forward")),
    (0.30, _pair("eyes/*-eye-bag")),
    (0.25, _pair("eyes/*-eye-push1", 1.0, "in", "out")),
    (0.25, _pair("eyes/*-eye-push2", 1.0, "in", "out")),
    (0.25, _pair("eyes/*-eye-eyefold-angle", 1.0, "down", "up")),
    (0.25, _pair("eyes/*-eye-eyefold", 1.0, "concave", "convex")),
    (0.25, _pair("eyes/*-eye-eyefold", 1.0, "down", "up")),
    (0.20, _pair("eyes/*-eye-epicanthus", 1.0, "in", "out")),
    (0.20, _pair("eyes/*-eye-trans", 1.0, "down", "up")),
    (0.25, _pair("mouth/mouth-scale-vert")),
    (0.20, _pair("mouth/mouth-scale-depth")),
    (0.30, _pair("mouth/mouth-philtrum-volume")),
    (0.30, _pair("mouth/mouth-cupidsbow")),
    (0.25, _pair("mouth/mouth-lowerlip-width")),
    (0.25, _pair("mouth/mouth-upperlip-width")),
    (0.20, _pair("mouth/mouth-laugh-lines", 1.0, "out", "in")),
    (0.30, _pair("ears/*-ear-lobe")),
    (0.25, _pair("ears/*-ear-rot", 1.0, "backward", "forward")),
    (0.20, _pair("ears/*-ear-scale-vert")),
    (0.15, _pair("neck/neck-scale-vert")),
    (0.20, _pair("neck/neck-double")),
)
IDENTITY_CLIP = 2.2  # standard deviations
SHAPE_DIMENSIONS = IDENTITY_SIZE - 4  # the last four components of the code belong to the skin

_BOTH_EYES = ("left", "right")


def _both(stem: str, weight: float) -> dict[str, float]:
    return {stem.replace("*", side): weight for side in _BOTH_EYES}


# Expression at full strength -> action unit weights (tuned by eye so that no lip tears and no lid crosses).
EXPRESSION_UNITS: dict[str, dict[str, float]] = {
    "neutral": {},
    "happy": {"mouth-corner-puller": 0.62, **_both("eye-*-slit", 0.35), "mouth-parling": 0.25,
              **_both("eyebrows-*-up", 0.1)},
    "sad": {"mouth-depression": 0.55, **_both("eyebrows-*-inner-up", 0.85), **_both("eye-*-slit", 0.25),
            "mouth-elevation": 0.25},
    "angry": {**_both("eyebrows-*-down", 0.85), **_both("eye-*-slit", 0.3), "mouth-compression": 0.45,
              **_both("nose-*-dilatation", 0.5), "mouth-depression": 0.2},
    "surprised": {**_both("eyebrows-*-up", 0.9), **_both("eye-*-opened-up", 0.75), "mouth-open": 0.4},
    "afraid": {**_both("eyebrows-*-inner-up", 0.75), **_both("eyebrows-*-up", 0.4), **_both("eye-*-opened-up", 0.6),
               "mouth-retraction": 0.5, "mouth-open": 0.15},
    "disgusted": {**_both("nose-*-elevation", 0.8), **_both("eyebrows-*-down", 0.45), **_both("eye-*-slit", 0.4),
                  "mouth-upward-retraction": 0.35, "nose-compression": 0.3},
}  # fmt: skip


@dataclass(frozen=True)
class TargetList:
    """The morph targets in use, in the order of the weights."""

    names: tuple[str, ...]

    def displacement(self, vertices: np.ndarray) -> Floats:
        """Displacements of the chosen base ``vertices`` (N,): float32 (P, N, 3), decimetres at weight 1."""
        lookup = np.full(load_base()[0].shape[0], -1, np.int64)
        lookup[vertices] = np.arange(len(vertices))
        table = np.zeros((len(self.names), len(vertices), 3), np.float32)
        targets = load_targets()
        for row, name in enumerate(self.names):
            indices, deltas = targets[name]
            at = lookup[indices]
            table[row, at[at >= 0]] = deltas[at >= 0]
        return table


def _target_names() -> tuple[str, ...]:
    names = [f"macrodetails/{race}-{sex}-{age}" for race in ("african", "asian", "caucasian")
             for sex in ("female", "male") for age in _AGES]  # fmt: skip
    names += [f"macrodetails/universal-{sex}-{age}-averagemuscle-{fat}weight" for sex in ("female", "male")
              for age in _AGES for fat in ("min", "average", "max")]  # fmt: skip
    pairs = [*SLIDER_TARGETS.values(), *(pair for _, pair in IDENTITY_TARGETS)]
    names += [name for low, high in pairs for name in (*low, *high)]
    units = {unit for units in EXPRESSION_UNITS.values() for unit in units}
    names += [f"expression/units/{race}/{unit}" for race in ("african", "asian", "caucasian") for unit in sorted(units)]
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


class TargetWeights(nn.Module):
    """Encoded attributes (B, D) and identity (B, 64) -> weights (B, P) of the targets, with and without expression.

    The macro targets of ancestry x gender x age and of gender x age x weight each get weights that sum to one.
    """

    rotation: Tensor
    slider_columns: Tensor
    slider_table: Tensor
    identity_sigma: Tensor
    identity_table: Tensor
    expression_table: Tensor

    def __init__(self, schema: AttributeSchema) -> None:
        super().__init__()
        self.reader = AttributeReader(schema)
        self.targets = TargetList(_target_names())
        row = {name: index for index, name in enumerate(self.targets.names)}
        count = len(row)

        def table(pairs: list[tuple[dict[str, float], ...]]) -> Tensor:
            """(2 * len(pairs), P): first the low sides, then the high sides."""
            result = torch.zeros(2, len(pairs), count)
            for index, pair in enumerate(pairs):
                for side, weights in enumerate(pair):
                    for name, weight in weights.items():
                        result[side, index, row[name]] = weight
            return result.reshape(2 * len(pairs), count)

        columns = [schema.encoded_slices[name].start for name in SLIDER_TARGETS]
        self.register_buffer("slider_columns", torch.tensor(columns))
        self.register_buffer("slider_table", table(list(SLIDER_TARGETS.values())))
        random = np.random.RandomState(20261124).standard_normal((SHAPE_DIMENSIONS, SHAPE_DIMENSIONS))
        orthogonal = np.linalg.qr(random)[0][: len(IDENTITY_TARGETS)]
        self.register_buffer("rotation", torch.from_numpy(orthogonal.T.astype(np.float32)))
        self.register_buffer("identity_sigma", torch.tensor([sigma for sigma, _ in IDENTITY_TARGETS]))
        self.register_buffer("identity_table", table([pair for _, pair in IDENTITY_TARGETS]))
        expression = torch.zeros(3, len(EXPRESSIONS), count)
        for ancestry, (_, race) in enumerate(_ANCESTRIES):
            for index, name in enumerate(EXPRESSIONS):
                for unit, weight in EXPRESSION_UNITS[name].items():
                    expression[ancestry, index, row[f"expression/units/{race}/{unit}"]] = weight
        self.register_buffer("expression_table", expression.reshape(3 * len(EXPRESSIONS), count))
        # The macro targets stand first, in the order of _target_names().
        self.macro_count = 3 * 2 * 3 + 2 * 3 * 3

    def ancestry(self, attributes: Tensor) -> Tensor:
        """Mixture weights (B, 3): African, East Asian, European; they sum to one."""
        shares = torch.stack([self.reader.value(attributes, name) for name, _ in _ANCESTRIES], 1) + 1e-3
        return shares / shares.sum(1, keepdim=True)

    def forward(self, attributes: Tensor, identity: Tensor) -> tuple[Tensor, Tensor]:
        reader = self.reader
        male = reader.value(attributes, "gender")
        sex = torch.stack((1.0 - male, male), 1)
        age = _tent_weights(reader.value(attributes, "age"), _AGE_KNOTS)
        fat = _tent_weights(reader.value(attributes, "body_weight"), (-1.0, 0.0, 1.0))
        ancestry = self.ancestry(attributes)
        sex_age = (sex[:, :, None] * age[:, None, :]).flatten(1)  # (B, 6)
        people = (ancestry[:, :, None] * sex_age[:, None, :]).flatten(1)  # (B, 18)
        builds = (sex_age[:, :, None] * fat[:, None, :]).flatten(1)  # (B, 18)
        macro = torch.cat((people, builds), 1)
        neutral = nn.functional.pad(macro, (0, self.slider_table.shape[1] - self.macro_count))

        sliders = attributes[:, self.slider_columns]
        neutral = neutral + torch.cat((torch.relu(-sliders), torch.relu(sliders)), 1) @ self.slider_table
        code = (identity[:, :SHAPE_DIMENSIONS] @ self.rotation).clamp(-IDENTITY_CLIP, IDENTITY_CLIP)
        code = code * self.identity_sigma
        neutral = neutral + torch.cat((torch.relu(-code), torch.relu(code)), 1) @ self.identity_table

        strength = reader.value(attributes, "expression_strength")
        feeling = reader.one_hot(attributes, "expression") * strength[:, None]
        units = (ancestry[:, :, None] * feeling[:, None, :]).flatten(1) @ self.expression_table
        return neutral + units, neutral


# The camera: distances in units of (eye line to chin), picture fractions with y down.
EYE_LINE = 0.46
CHIN_DROP = 0.27  # eye line to chin as a share of the picture's height
CAMERA_DISTANCE = 11.0
GAZE_DEGREES = (28.0, 20.0)

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


def pose_head(points: Tensor, frame: Frame, yaw: Tensor, pitch: Tensor) -> Tensor:
    """Turn the head: points (B, N, 3) in decimetres, angles (B,) in degrees.

    The rotation fades out along an axis that leans forward from the neck joint, so that the chin turns fully while the
    nape and the collar stay.
    """
    pivot = frame.neck + 0.55 * (frame.skull - frame.neck)
    offset = points - pivot[:, None]
    along = (0.86 * offset[..., 1] + 0.5 * offset[..., 2]) / frame.unit
    t = ((along + 0.62) / 0.95).clamp(0.0, 1.0)
    weight = t * t * (3.0 - 2.0 * t)
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
