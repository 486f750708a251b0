"""Cuts and sewing that several garments share, on the reference body (see ``garment_shells``)."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter1d, zoom
from scipy.spatial import cKDTree

from creator.training.garments import garment_textures as paint
from creator.training.garments.garment_shells import (
    NECK_AXIS_Z,
    TORSO_WINDOW,
    Drape,
    Field,
    Piece,
    around_neck,
    chart,
    grid,
    mirrored,
    strip,
    torso_positions,
)
from creator.training.garments.garment_textures import Canvas, Region, Values, torso_and_trims

COLUMNS = 128  # of bands around the neck
HOOD_SIZE = (5.6, 2.3)  # of a hood's patch


def neckline(front: float, side: float, back: float, vee: float = 0.0, vee_width: float = 0.6) -> Field:
    """Cloth below a line around the neck, given by its heights; ``vee`` cuts a wedge into the front."""

    def covers(points: Values) -> Values:
        x, y, z = points[..., 0], points[..., 1], points[..., 2] - NECK_AXIS_Z
        cosine = z / np.maximum(np.hypot(x, z), 1e-6)
        ahead, behind = np.maximum(cosine, 0) ** 1.5, np.maximum(-cosine, 0) ** 1.5
        level = side + (front - side) * ahead + (back - side) * behind
        if vee:
            level = level - vee * np.maximum(1 - np.abs(x) / vee_width, 0) * np.clip(z / 0.1, 0, 1)
        return 0.85 * (level - y)

    return covers


def overlap(*fields: Field) -> Field:
    """What all fields cover."""
    return lambda points: np.minimum.reduce([field(points) for field in fields])


def within(half_width: float, slope: float = 0.0) -> Field:
    """What lies nearer to the middle than ``half_width``, which grows downwards by ``slope``."""
    return lambda points: half_width + slope * (5.6 - points[..., 1]) - np.abs(points[..., 0])


def hanging_folds(amplitude: float, seed: int, count: int = 7, slant: float = 0.5) -> Field:
    """Soft folds that hang from the shoulders, the same on both sides."""
    random = np.random.default_rng(seed)
    turn = random.uniform(-slant, slant, count)
    pitch = random.uniform(2.2, 6.5, count)
    phase = random.uniform(0, 2 * np.pi, count)

    def height(points: Values) -> Values:
        place = chart(points)
        s, t = np.abs(place[..., 0]), place[..., 1]
        total = np.zeros_like(s)
        for angle, frequency, shift in zip(turn, pitch, phase, strict=True):
            wave = np.sin(
                frequency * (s * np.cos(angle) + t * np.sin(angle)) * 2 + shift + 1.3 * np.sin(1.7 * t + shift)
            )
            total += np.maximum(wave, -0.2) ** 2
        fade = np.clip((s - 0.5) / 0.5, 0, 1) * 0.5 + 0.5 * np.clip((t - 0.8) / 0.6, 0, 1)
        return (amplitude * fade * (total / count)).astype(np.float32)

    return height


def torso_canvas(trims: dict[str, tuple[float, float]]) -> Canvas:
    (left, back), (right, front) = TORSO_WINDOW
    return Canvas(torso_and_trims(trims, (right - left, front - back)))


def across_torso(region: Region) -> Values:
    """The chart's coordinate across the torso (h, w), 0 in the middle."""
    return region.s + TORSO_WINDOW[0][0]


def along_torso(region: Region) -> Values:
    """The chart's coordinate over the torso (h, w): 0 on the shoulders, positive in front."""
    return region.t.max() - region.t + TORSO_WINDOW[0][1]


def hood_edge(region: Region) -> Values:
    """The way (h, w) from the roll of a hood, over which it falls back, towards the neck."""
    turn = 2 * np.pi * region.s / HOOD_SIZE[0]
    return region.t - HOOD_SIZE[1] + 0.28 + 0.60 * (0.5 + 0.5 * np.cos(turn))


def along_line(region: Region, line: Values) -> tuple[Values, Values]:
    """How far the torso's texels (h, w) are from a closed line (N, 3), and where along it their nearest point lies."""
    step = 3
    near, index = cKDTree(line).query(torso_positions(*region.shape)[::step, ::step])
    way = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    factor = np.array(region.shape) / near.shape
    return zoom(near, factor, order=1), zoom(way[index], factor, order=1)


def sew_shoulders(region: Region) -> None:
    """The seam over the shoulder from neck to sleeve, and the one around the sleeve."""
    t, s = along_torso(region), np.abs(across_torso(region))
    paint.seam(region, np.where(s < 1.75, t - 0.02, 9))
    sleeve = s - 1.72 - 0.10 * np.cos(1.6 * t)
    paint.seam(region, sleeve)
    paint.stitches(region, sleeve + 0.05, t)


def azimuth() -> Values:
    """Azimuth (COLUMNS,) of the columns of neck lines: 0 in front, positive to the person's left."""
    return np.linspace(-np.pi, np.pi, COLUMNS, endpoint=False)


def neck_lines(drape: Drape, low: Field, high: Field) -> tuple[Values, Values]:
    return drape.line(low, COLUMNS), drape.line(high, COLUMNS)


def neck_band(low: Values, high: Values, profile: list[tuple[float, Values | float]], patch: str) -> Piece:
    """A band up the neck: rows of (share of the way from the lower to the higher line, outwards)."""
    out = around_neck(low)[0]
    rows = [low + share * (high - low) + out * np.reshape(lift, (-1, 1)) for share, lift in profile]
    return grid(np.stack(rows), patch, closed=True)


def neck_hem(drape: Drape, covers: Field, half_width: float, thickness: float, patch: str = "hem") -> Piece:
    return strip(drape, drape.line(covers, COLUMNS), half_width, 0.006, thickness, patch, closed=True)


def rolled_cord(drape: Drape, curve: Values, radius: float, lift: float, patch: str) -> Piece:
    """A cord or rolled edge on the drape."""
    return strip(drape, curve, radius, lift, 1.5 * radius, patch, roundness=2, across=9)


def on_both_sides(piece: Piece) -> list[Piece]:
    return [piece, mirrored(piece)]


def stand_collar(low: Values, high: Values, flare: float, thickness: float, gap: float, patch: str) -> Piece:
    """A stiff collar that stands around the neck, its front corners rounded, with a gap (radians) in front."""
    angle = np.linspace(gap, 2 * np.pi - gap, COLUMNS)
    at = (angle / (2 * np.pi) + 0.5) % 1 * COLUMNS
    index = np.arange(COLUMNS + 1)
    bottom, top = (
        np.stack([np.interp(at, index, np.append(line[:, c], line[0, c])) for c in range(3)], 1) for line in (low, high)
    )
    out = around_neck(bottom)[0]
    ahead = np.minimum(angle, 2 * np.pi - angle) - gap
    corner = 1 - 0.45 * np.exp(-((ahead / 0.10) ** 2))
    closed = np.minimum(ahead / 0.03, 1)  # inner and outer sheet meet at the ends
    profile = [(-0.35, 0.02, 1), (-0.1, 0.045, 1), (0.1, 0.05, 1), (0.35, 0.05, 1), (0.6, 0.05, 1), (0.8, 0.05, 1),
               (0.94, 0.05, 1), (0.995, 0.03, 1), (1.0, 0.0, 1), (0.985, 0.0, 0), (0.9, 0.0, 0), (0.6, 0.0, 0),
               (0.3, 0.0, 0)]  # fmt: skip
    rows = []
    for share, lift, outside in profile:
        height = share * corner if share > 0 else np.full(COLUMNS, share)
        distance = flare * max(share, 0) + lift + (0 if outside else 0.05 - thickness * closed)
        rows.append(bottom + height[:, None] * (top - bottom) + out * np.reshape(distance, (-1, 1)))
    return grid(np.stack(rows), patch)


def hood_on_shoulders(drape: Drape, low: Values, size: float, patch: str, seed: int) -> Piece:
    """A hood that lies back on the shoulders: its edges meet in front, behind the neck it rolls out and falls."""
    angle = azimuth()
    behind = (0.5 - 0.5 * np.cos(angle)) ** 0.95
    out, up = around_neck(low)
    random = np.random.default_rng(seed)
    waves = np.stack([sum(random.uniform(-1, 1) / k**0.6 * np.cos(k * angle) for k in range(4, 11)) for _ in range(10)])
    folds = 0.050 * gaussian_filter1d(waves, 1.2, axis=0) * (0.2 + behind)
    parting = np.exp(-((angle / 0.16) ** 2))
    # Outwards and upwards in front, then behind; from the outer bottom over the roll and down again to the neck.
    profile = ((0.08, -0.40, 0.80, -0.74), (0.13, -0.33, 0.98, -0.52), (0.17, -0.20, 1.04, -0.20),
        (0.18, -0.09, 0.95, 0.08),
               (0.165, 0.0, 0.78, 0.28), (0.13, 0.045, 0.56, 0.39), (0.09, 0.03, 0.38, 0.37), (0.06, -0.03, 0.24, 0.25),
               (0.04, -0.11, 0.14, 0.08), (0.03, -0.20, 0.08, -0.12))  # fmt: skip
    rows = []
    for (o_front, u_front, o_back, u_back), fold in zip(profile, folds, strict=True):
        outwards = size * (o_front + behind * (o_back - o_front)) + fold - 0.05 * parting
        upwards = size * (u_front + behind * (u_back - u_front)) + 0.5 * fold - 0.10 * parting
        rows.append(low + out * outwards[:, None] + up * upwards[:, None])
    points = np.stack(rows)
    points[1:5] = drape.push_out(points[1:5], 0.02)
    points[0] = drape.settle(points[0], -0.04)[0]
    return grid(points, patch, closed=True, height=HOOD_SIZE[1])


def shoulder_lame(drape: Drape, start: float, end: float, reach: float, lift: float, patch: str) -> Piece:
    """One lame of the left pauldron: an arc over the shoulder between two places along the arm, its lower edge flared.

    ``reach`` is the half angle of the arc around the arm in radians, ``lift`` the height over the drape.
    """
    origin, along = np.array([0.92, 5.98, 0.12]), np.array([0.80, -0.60, 0.0])
    outward, ahead = np.array([0.60, 0.80, 0.0]), np.array([0.0, 0.0, 1.0])
    angle = np.linspace(-reach, reach, 33)
    length = end - start
    # (share of the lame's length, height): the upper edge is tucked under, the lower one rolled.
    profile = ((0.0, -0.04), (0.0, 0.0), (0.25, 0.05), (0.55, 0.075), (0.85, 0.08), (0.92, 0.105), (0.97, 0.12),
        (1.01, 0.105),
               (1.0, 0.06), (0.9, 0.0))  # fmt: skip
    rows = []
    for share, height in profile:
        # The ends of a lame are drawn together, as lames that turn on one rivet are.
        pinch = 1 - 0.35 * (np.abs(angle) / reach) ** 2
        place = start + length * (0.5 + (share - 0.5) * pinch)
        radius = 0.62
        spoke = np.cos(angle)[:, None] * outward + np.sin(angle)[:, None] * ahead
        points = origin + place[:, None] * along + radius * spoke
        rim = 1 - 0.4 * np.clip((np.abs(angle) / reach - 0.93) / 0.07, 0, 1)
        placed = drape.settle(points.astype(np.float32), (lift + height) * rim)[0]
        under = drape.settle(1.4 * placed[[0, -1]] - 0.4 * placed[[1, -2]], -0.05)[0]
        rows.append(np.concatenate([under[:1], placed, under[1:]]))
    rows.insert(0, drape.settle(rows[0], -0.08)[0])
    return grid(np.stack(rows), patch)
