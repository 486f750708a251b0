"""Lines of age and expression on the skin, drawn as curves on the unrolled face: grooves in height and in albedo.

Groups of lines come and deepen with age and with the expressions that fold the skin there. A layer holds one group's
slopes and darkening in the counts of the detail map, cropped to where it is, so that a person's lines are a few sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy.interpolate as interpolate
import scipy.ndimage as ndimage
from numpy.typing import NDArray

from creator.training.assets.head_assets import Floats
from creator.training.skin.skin_layout import HEAD_SIZE, MAP_SIZE, SkinLayout

SLOPE_RANGE = 0.006  # height change in decimetres from texel to texel that 127 counts stand for
ALBEDO_RANGE = 0.42  # log albedo that 127 counts stand for
_GROOVE_DARKENING = 6.5  # log albedo per decimetre of depth: dirt, blood and light lost in the fold
_RELIEF_GAIN = 1.35  # depth as shaded over depth as drawn: the lines shade no light from each other
_RIM = 0.24  # height of the swelling on either side of a groove, as a share of its depth

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class LineGroup:
    """Lines that come together.

    ``years``: when the first is seen and when all are full; ``unit`` names the expression that deepens them by
    ``folding`` at full strength; ``lines`` are (points, width, depth): points are across and height of the left half
    in decimetres; a line that starts on the middle plane with a negative place is not mirrored.
    """

    name: str
    years: tuple[float, float]
    lines: tuple[tuple[Points, float, float], ...]
    unit: str = ""
    folding: float = 0.0


def _fan(
    start: tuple[float, float], ends: Points, width: float, depth: float
) -> tuple[tuple[Points, float, float], ...]:
    lines = []
    for k, end in enumerate(ends):
        a = (start[0] + 0.012 * (k % 2), start[1] + 0.25 * (end[1] - start[1]))
        middle = (0.5 * (a[0] + end[0]), 0.5 * (a[1] + end[1]) + 0.006 * (1 - 2 * (k % 2)))
        lines.append(((a, middle, end), width, depth))
    return tuple(lines)


def _across_forehead(y: float, half: float, width: float, depth: float, dip: float) -> tuple[Points, float, float]:
    """A line over the whole forehead, arched over each brow and dipping in the middle."""
    points = tuple((a * half, y + dip * (np.sin(abs(a) * 2.6) - 0.55)) for a in np.linspace(-1, 1, 9))
    return points, width, depth


_UPPER_LIP = tuple((((0.022 + 0.036 * k, 6.712 - 0.004 * k), (0.026 + 0.043 * k, 6.775 - 0.010 * k)), 0.0065,
                    0.0042 - 0.0004 * (k % 2)) for k in range(6))  # fmt: skip
_LOWER_LIP = tuple((((0.03 + 0.045 * k, 6.482 + 0.009 * k), (0.034 + 0.052 * k, 6.425 + 0.016 * k)), 0.0065, 0.003)
                   for k in range(4))  # fmt: skip


def _cheek_folds(
    count: int, radii: tuple[float, float], angles: tuple[float, float], depth: float, seed: int
) -> tuple[tuple[Points, float, float], ...]:
    """Short arcs around the corner of the mouth, as smiling folds the cheek; irregular, ``angles`` in radians."""
    random = np.random.RandomState(seed)
    lines = []
    for k in range(count):
        radius = radii[0] + (radii[1] - radii[0]) * (k + random.uniform(0.1, 0.9)) / count
        middle, half = random.uniform(*angles), random.uniform(0.06, 0.15) / radius
        around = np.linspace(middle + half, middle - half, 4)
        bend = radius * (1 + random.uniform(-0.10, 0.10) * np.linspace(-1, 1, 4))
        points = tuple(
            (0.27 + float(r * np.cos(t)), 6.62 + float(r * np.sin(t))) for r, t in zip(bend, around, strict=True)
        )
        lines.append((points, float(random.uniform(0.007, 0.013)), float(depth * random.uniform(0.5, 1.2))))
    return tuple(lines)


GROUPS = (
    LineGroup("forehead", (33, 66), (
        _across_forehead(7.655, 0.46, 0.013, 0.0085, 0.022), _across_forehead(7.745, 0.60, 0.014, 0.0105, 0.026),
        _across_forehead(7.835, 0.55, 0.013, 0.0090, 0.026)), "brow_raise", 0.8),
    LineGroup("forehead_fine", (46, 85), (
        _across_forehead(7.605, 0.34, 0.009, 0.0045, 0.018), _across_forehead(7.700, 0.44, 0.008, 0.0045, 0.024),
        _across_forehead(7.792, 0.50, 0.009, 0.0050, 0.028), _across_forehead(7.892, 0.48, 0.010, 0.0055, 0.022),
        _across_forehead(7.935, 0.34, 0.009, 0.0040, 0.018)), "brow_raise", 0.5),
    LineGroup("frown", (36, 74), (
        (((0.066, 7.350), (0.069, 7.42), (0.064, 7.48), (0.052, 7.53)), 0.026, 0.0095),), "frown", 0.8),
    LineGroup("frown_fine", (48, 84), (
        (((0.118, 7.410), (0.108, 7.475), (0.088, 7.535)), 0.015, 0.0042),
        (((0.018, 7.390), (0.022, 7.45), (0.019, 7.50)), 0.015, 0.0024),
        (((-0.075, 7.325), (0.0, 7.312), (0.075, 7.325)), 0.015, 0.0048)), "frown", 0.4),
    LineGroup("crow", (31, 64), _fan((0.565, 7.300), ((0.735, 7.405), (0.765, 7.335), (0.755, 7.255)), 0.0095, 0.0080),
              "squint", 0.8),
    LineGroup("crow_fine", (44, 82), _fan(
        (0.595, 7.300), ((0.700, 7.455), (0.800, 7.375), (0.820, 7.295), (0.790, 7.215), (0.725, 7.175)), 0.008,
        0.0050), "squint", 0.5),
    LineGroup("under_eye", (29, 62), (
        (((0.175, 7.225), (0.235, 7.165), (0.335, 7.128), (0.440, 7.140)), 0.017, 0.0085),
        (((0.230, 7.222), (0.330, 7.190), (0.440, 7.196), (0.525, 7.232)), 0.009, 0.0048)), "squint", 0.35),
    LineGroup("under_eye_fine", (45, 82), (
        (((0.255, 7.195), (0.350, 7.160), (0.470, 7.172), (0.560, 7.215)), 0.008, 0.0045),
        (((0.330, 7.215), (0.420, 7.212), (0.500, 7.235)), 0.007, 0.0035),
        (((0.440, 7.120), (0.540, 7.140), (0.630, 7.200)), 0.010, 0.0045)), "squint", 0.35),
    LineGroup("nasolabial", (27, 64), (
        (((0.158, 6.975), (0.203, 6.910), (0.262, 6.830), (0.315, 6.740), (0.345, 6.650), (0.350, 6.575)), 0.032,
          0.0230),),
        "smile", 0.6),
    LineGroup("nasolabial_fine", (50, 84), (
        (((0.350, 6.850), (0.400, 6.740), (0.430, 6.620)), 0.012, 0.0055),
        (((0.440, 6.840), (0.480, 6.720), (0.500, 6.570)), 0.012, 0.0045)), "smile", 0.9),
    LineGroup("marionette", (42, 74), (
        (((0.298, 6.590), (0.325, 6.530), (0.340, 6.450), (0.325, 6.370)), 0.023, 0.0110),)),
    LineGroup("mouth_corner", (50, 84), (
        (((0.335, 6.600), (0.372, 6.520), (0.378, 6.430)), 0.010, 0.0050),
        (((-0.150, 6.420), (-0.080, 6.437), (0.0, 6.441), (0.080, 6.437), (0.150, 6.420)), 0.014, 0.0060))),
    LineGroup("lip_lines", (48, 80), _UPPER_LIP + _LOWER_LIP),
    LineGroup("nose", (60, 95), (
        (((0.055, 7.245), (0.095, 7.215), (0.125, 7.165)), 0.008, 0.0050),
        (((0.050, 7.205), (0.085, 7.175), (0.110, 7.130)), 0.008, 0.0045)), "nose_wrinkle", 1.1),
    LineGroup("cheeks", (54, 86), _cheek_folds(13, (0.22, 0.80), (-0.25, 0.75), 0.0050, 41), "smile", 0.25),
    LineGroup("cheeks_cross", (62, 90), _cheek_folds(16, (0.20, 0.85), (-0.5, 0.8), 0.0034, 42)),
    LineGroup("neck", (36, 76), tuple((
        tuple((a, y + 0.05 * abs(a) + 0.01 * np.sin(3 * a + k)) for a in np.linspace(-1.15, 1.15, 7)), 0.022, depth)
        for k, (y, depth) in enumerate(((5.93, 0.010), (5.74, 0.0125), (5.56, 0.009))))),
    LineGroup("neck_fine", (52, 86), tuple((
        tuple((a, y + 0.05 * abs(a) + 0.014 * np.sin(3 * a + 2 * k)) for a in np.linspace(-0.9, 0.9, 7)), 0.014, 0.006)
        for k, y in enumerate((6.02, 5.83, 5.66, 5.49)))),
)  # fmt: skip


@dataclass(frozen=True)
class Layer:
    """One crop of a group's lines: albedo, slope to the right, slope downwards in counts of -127..127."""

    rows: slice
    columns: slice
    counts: NDArray[np.int16]  # (h, w, 3)


def line_amounts(
    age: float, wrinkles: float, units: Mapping[str, float], character: Mapping[str, float]
) -> dict[str, float]:
    """How deep each group of lines is, 0 to about 1.6.

    ``wrinkles`` -1..1 makes the skin up to 22 years younger or older and its lines fainter or deeper; ``units`` 0..1
    are the expressions; ``character`` multiplies single groups (1 where it says nothing).
    """
    amounts = {}
    for group in GROUPS:
        first, full = group.years
        t = np.clip((age + 22.0 * wrinkles - first) / (full - first), 0.0, 1.25)
        grown = t**1.6 * (1.8 - 0.8 * min(t, 1.0)) * (1.0 + 0.35 * wrinkles)
        folded = group.folding * units.get(group.unit, 0.0) * (0.35 + 0.65 * min(age / 40.0, 1.3))
        amounts[group.name] = float(min(grown * character.get(group.name, 1.0) + folded, 1.7))
    return amounts


def make_layers(layout: SkinLayout, seed: int = 7) -> dict[str, tuple[Layer, ...]]:
    """The layers of every group, one for each side of the face where a group lies on the sides."""
    random = np.random.RandomState(seed)
    canvas = _Canvas(layout)
    layers = {}
    for group in GROUPS:
        relief = np.zeros(MAP_SIZE, np.float32)
        for points, width, depth in group.lines:
            single = points[0][0] < 0
            for side in (1.0,) if single else (1.0, -1.0):
                canvas.groove(relief, np.array(points) * (side, 1.0), width, depth, random)
        layers[group.name] = _layers_of(relief)
    return layers


def _layers_of(relief: Floats) -> tuple[Layer, ...]:
    middle = HEAD_SIZE[0] // 2
    bands: tuple[slice, ...] = (slice(0, middle), slice(middle, HEAD_SIZE[0]), slice(HEAD_SIZE[0], MAP_SIZE[0]))
    if np.abs(relief[middle - 8 : middle + 8]).max() > 1e-5:
        bands = (slice(0, HEAD_SIZE[0]), bands[2])
    layers = []
    for band in bands:
        touched = np.abs(relief[band]) > 1e-5
        if not touched.any():
            continue
        ys, xs = np.flatnonzero(touched.any(1)), np.flatnonzero(touched.any(0))
        rows = slice(max(band.start + ys[0] - 1, band.start), min(band.start + ys[-1] + 2, band.stop))
        columns = slice(max(xs[0] - 1, 0), min(xs[-1] + 2, MAP_SIZE[1]))
        crop = relief[rows, columns] * _RELIEF_GAIN
        down, right = np.gradient(crop)
        dark = np.minimum(relief[rows, columns], 0.0) * (_GROOVE_DARKENING / ALBEDO_RANGE)
        counts = np.stack([dark, right / SLOPE_RANGE, down / SLOPE_RANGE], -1) * 127
        layers.append(Layer(rows, columns, np.clip(np.round(counts), -127, 127).astype(np.int16)))
    return tuple(layers)


class _Canvas:
    """Draws on the texels of face and neck by their place on the unrolled face."""

    def __init__(self, layout: SkinLayout) -> None:
        position = layout.position
        front = layout.used & (np.abs(layout.across) < 1.4)
        front &= (position[..., 2] > 0.55) | (position[..., 1] < 6.05)
        self.texels = np.flatnonzero(front)
        self.place = np.stack([layout.across, layout.height], -1).reshape(-1, 2)[self.texels]
        order = np.argsort(self.place[:, 1], kind="stable")
        self.texels, self.place = self.texels[order], self.place[order]

    def groove(
        self, relief: Floats, points: NDArray[np.floating], width: float, depth: float, random: np.random.RandomState
    ) -> None:
        """Add one groove with its swollen rims to ``relief`` (H, W), decimetres, wavering as drawn by ``random``."""
        line, strength = _wavering(points, width, random)
        reach = 5.0 * width
        low, high = np.searchsorted(self.place[:, 1], (line[:, 1].min() - reach, line[:, 1].max() + reach))
        place = self.place[low:high]
        near = np.flatnonzero(np.abs(place[:, 0] - line[:, 0].mean()) < np.ptp(line[:, 0]) / 2 + reach)
        place = place[near]
        distance, at = _to_polyline(place, line)
        amount = np.interp(at, np.linspace(0, 1, len(strength)), strength)
        profile = -np.exp(-((distance / width) ** 2)) + _RIM * np.exp(
            -(((distance - 2.3 * width) / (1.5 * width)) ** 2)
        )
        # Where two lines meet the deeper one wins, else their crossing would be a pit.
        old = relief.ravel()[self.texels[low:high][near]]
        new = depth * amount * profile
        relief.ravel()[self.texels[low:high][near]] = np.where(
            new < 0, np.minimum(old, new), np.where(old < 0, old, np.maximum(old, new))
        )


def _wavering(
    points: NDArray[np.floating], width: float, random: np.random.RandomState
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """A smooth, naturally irregular curve (40, 2) through the points, and its strength (40,) 0..1, ends tapering."""
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    t = np.linspace(0, length[-1], 40)
    if len(points) > 2:
        line = interpolate.CubicSpline(length, points)(t)
    else:
        line = np.stack([np.interp(t, length, points[:, k]) for k in range(2)], 1)
    noise = ndimage.gaussian_filter1d(random.standard_normal((3, 40)), 2.5, axis=1, mode="nearest") * 2.6
    tangent = np.gradient(line, axis=0)
    normal = np.stack([-tangent[:, 1], tangent[:, 0]], 1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    # Short lines hardly waver.
    line = line + normal * (noise[0] * 0.42 * width * min(1.0, length[-1] / 0.4))[:, None]
    s = np.linspace(0, 1, 40)
    taper = np.minimum(np.minimum(s / 0.28, (1 - s) / 0.34), 1.0)
    strength = taper * taper * (3 - 2 * taper) * np.clip(0.86 + 0.26 * noise[1], 0.35, 1.15)
    return line, strength


def _to_polyline(
    places: NDArray[np.floating], line: NDArray[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Distance (N,) of places (N, 2) to a polyline (M, 2) and the nearest place along it (N,) in 0..1."""
    start, along = line[:-1], np.diff(line, axis=0)
    square = np.maximum((along**2).sum(1), 1e-12)
    offset = places[:, None] - start
    t = np.clip((offset * along).sum(2) / square, 0, 1)
    distance = np.linalg.norm(offset - t[..., None] * along, axis=2)
    nearest = distance.argmin(1)
    row = np.arange(len(places))
    return distance[row, nearest], (nearest + t[row, nearest]) / len(along)
