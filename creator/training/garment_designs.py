"""How each garment is cut, built and painted, on the reference body.

A design names its pieces (see ``garment_shells``), paints their patches (see ``garment_textures``) and says which part
of the body it covers. Lengths are decimetres; the collar bones meet at about (0, 5.7, 0.7), the nape is at (0, 6.1, -0.3).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.ndimage import gaussian_filter, gaussian_filter1d, zoom
from scipy.spatial import cKDTree

from creator.training import garment_items
from creator.training import garment_textures as paint
from creator.training.garment_shells import (
    NECK_AXIS_Z,
    TORSO_WINDOW,
    Design,
    Drape,
    Field,
    Piece,
    around_neck,
    chart,
    covered_vertices,
    dome,
    grid,
    mirrored,
    spline,
    strip,
    torso_positions,
)
from creator.training.garment_textures import Canvas, Region, torso_and_trims
from creator.training.head_assets import Floats

COLUMNS = 128  # of bands around the neck


# Cuts


def neckline(front: float, side: float, back: float, vee: float = 0.0, vee_width: float = 0.6) -> Field:
    """Cloth below a line around the neck, given by its heights; ``vee`` cuts a wedge into the front."""

    def covers(points: Floats) -> Floats:
        x, y, z = points[..., 0], points[..., 1], points[..., 2] - NECK_AXIS_Z
        cosine = z / np.maximum(np.hypot(x, z), 1e-6)
        ahead, behind = np.maximum(cosine, 0) ** 1.5, np.maximum(-cosine, 0) ** 1.5
        level = side + (front - side) * ahead + (back - side) * behind
        if vee:
            level = level - vee * np.maximum(1 - np.abs(x) / vee_width, 0) * np.clip(z / 0.1, 0, 1)
        return 0.85 * (level - y)

    return covers


def _folds(amplitude: float, seed: int, count: int = 7, slant: float = 0.5) -> Field:
    """Soft folds that hang from the shoulders, the same on both sides."""
    random = np.random.default_rng(seed)
    turn = random.uniform(-slant, slant, count)
    pitch = random.uniform(2.2, 6.5, count)
    phase = random.uniform(0, 2 * np.pi, count)

    def height(points: Floats) -> Floats:
        place = chart(points)
        s, t = np.abs(place[..., 0]), place[..., 1]
        total = np.zeros_like(s)
        for angle, frequency, shift in zip(turn, pitch, phase, strict=True):
            wave = np.sin(frequency * (s * np.cos(angle) + t * np.sin(angle)) * 2 + shift + 1.3 * np.sin(1.7 * t + shift))
            total += np.maximum(wave, -0.2) ** 2
        fade = np.clip((s - 0.5) / 0.5, 0, 1) * 0.5 + 0.5 * np.clip((t - 0.8) / 0.6, 0, 1)
        return (amplitude * fade * (total / count)).astype(np.float32)

    return height


def _canvas(trims: dict[str, tuple[float, float]]) -> Canvas:
    (left, back), (right, front) = TORSO_WINDOW
    return Canvas(torso_and_trims(trims, (right - left, front - back)))


def _lines(drape: Drape, low: Field, high: Field) -> tuple[Floats, Floats]:
    return drape.line(low, COLUMNS), drape.line(high, COLUMNS)


def _between(low: Floats, high: Floats, profile: list[tuple[float, Floats | float]], patch: str) -> Piece:
    """A band up the neck: rows of (share of the way from the lower to the higher line, outwards)."""
    out = around_neck(low)[0]
    rows = [low + share * (high - low) + out * np.reshape(lift, (-1, 1)) for share, lift in profile]
    return grid(np.stack(rows), patch, closed=True)


def _angle() -> Floats:
    """Azimuth (COLUMNS,) of the columns of neck lines: 0 in front, positive to the person's left."""
    return np.linspace(-np.pi, np.pi, COLUMNS, endpoint=False)


def _hem(drape: Drape, covers: Field, half_width: float, thickness: float, patch: str = "hem") -> Piece:
    return strip(drape, drape.line(covers, COLUMNS), half_width, 0.006, thickness, patch, closed=True)


def _across(region: Region) -> Floats:
    """The chart's coordinate across the torso (h, w), 0 in the middle."""
    return region.s + TORSO_WINDOW[0][0]


def _along(region: Region) -> Floats:
    """The chart's coordinate over the torso (h, w): 0 on the shoulders, positive in front."""
    return region.t.max() - region.t + TORSO_WINDOW[0][1]


def _shoulder_seams(region: Region) -> None:
    """The seam over the shoulder from neck to sleeve, and the one around the sleeve."""
    t, s = _along(region), np.abs(_across(region))
    paint.seam(region, np.where(s < 1.75, t - 0.02, 9))
    sleeve = s - 1.72 - 0.10 * np.cos(1.6 * t)
    paint.seam(region, sleeve)
    paint.stitches(region, sleeve + 0.05, t)


def _fields(*fields: Field) -> Field:
    """What all fields cover."""
    return lambda points: np.minimum.reduce([field(points) for field in fields])


def _mid_front(half_width: float) -> Field:
    """Where cloth that opens in front leaves a gap of twice ``half_width``."""

    def covers(points: Floats) -> Floats:
        return np.where(points[..., 2] > NECK_AXIS_Z, np.abs(points[..., 0]) - half_width, 1.0).astype(np.float32)

    return covers


def _within(half_width: float, slope: float = 0.0) -> Field:
    """What lies nearer to the middle than ``half_width``, which grows downwards by ``slope``."""
    return lambda points: half_width + slope * (5.6 - points[..., 1]) - np.abs(points[..., 0])


def _both(piece: Piece) -> list[Piece]:
    return [piece, mirrored(piece)]


def _stand_collar(low: Floats, high: Floats, flare: float, thickness: float, gap: float, patch: str) -> Piece:
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


def _hood(drape: Drape, low: Floats, size: float, patch: str, seed: int) -> Piece:
    """A hood that lies back on the shoulders: its edges meet in front, behind the neck it rolls out and falls in folds."""
    angle = _angle()
    behind = (0.5 - 0.5 * np.cos(angle)) ** 0.95
    out, up = around_neck(low)
    random = np.random.default_rng(seed)
    waves = np.stack([sum(random.uniform(-1, 1) / k**0.6 * np.cos(k * angle) for k in range(4, 11)) for _ in range(10)])
    folds = 0.035 * gaussian_filter1d(waves, 1.2, axis=0) * (0.15 + behind)
    parting = np.exp(-((angle / 0.16) ** 2))
    # Outwards and upwards in front, then behind; from the outer bottom over the roll and down again to the neck.
    profile = ((0.08, -0.40, 0.80, -0.74), (0.13, -0.33, 0.98, -0.52), (0.17, -0.20, 1.04, -0.20), (0.18, -0.09, 0.95, 0.08),
               (0.165, 0.0, 0.78, 0.28), (0.13, 0.045, 0.56, 0.39), (0.09, 0.03, 0.38, 0.37), (0.06, -0.03, 0.24, 0.25),
               (0.04, -0.11, 0.14, 0.08), (0.03, -0.20, 0.08, -0.12))  # fmt: skip
    rows = []
    for (o_front, u_front, o_back, u_back), fold in zip(profile, folds, strict=True):
        outwards = size * (o_front + behind * (o_back - o_front)) + fold - 0.05 * parting
        upwards = size * (u_front + behind * (u_back - u_front)) + 0.5 * fold - 0.10 * parting
        rows.append(low + out * outwards[:, None] + up * upwards[:, None])
    points = np.stack(rows)
    points[:5] = drape.push_out(points[:5], 0.015)
    return grid(points, patch, closed=True)


def _from_line(region: Region, line: Floats) -> Floats:
    """Distance (h, w) of the torso's texels from a line (N, 3) of points."""
    step = 3
    near = cKDTree(line).query(torso_positions(*region.shape)[::step, ::step])[0]
    return zoom(near, np.array(region.shape) / near.shape, order=1).astype(np.float32)


# Designs


def _t_shirt() -> Design:
    drape = Drape(0.035, 14, _folds(0.10, 3))
    covers = neckline(5.70, 6.07, 6.08)
    canvas = _canvas({"hem": (5.0, 0.24)})
    body = canvas.region("torso")
    paint.jersey(body)
    paint.wrinkle(body, 0.010, 31)
    _shoulder_seams(body)
    paint.stitches(body, _from_line(body, drape.line(covers, 4 * COLUMNS)) - 0.13, _across(body), 0.04)
    hem = canvas.region("hem")
    paint.jersey(hem, 6)
    paint.ribs(hem, 0.05, 0.010)
    paint.stitches(hem, hem.t - 0.035, hem.s, 0.045)
    return Design([drape.shell(covers), _hem(drape, covers, 0.095, 0.022)], canvas, covered_vertices(covers, 0.10), 0.15)


def _turtleneck() -> Design:
    drape, neck = Drape(0.05, 20, _folds(0.12, 5)), Drape(0.02, 4)
    covers = neckline(5.80, 6.12, 6.12)
    top = neckline(6.00, 6.36, 6.32)
    low, high = _lines(neck, covers, top)
    angle = _angle()
    slouch = 0.010 * np.cos(5 * angle + 0.6) * np.cos(2 * angle) + 0.008 * np.cos(9 * angle)
    profile: list[tuple[float, Floats | float]] = [
        (-0.30, 0.02), (-0.2, 0.06), (0.0, 0.06), (0.10, 0.06), (0.11, 0.08), (0.08, 0.10 + slouch), (0.11, 0.13 + slouch),
        (0.3, 0.135 + slouch), (0.5, 0.125 + slouch), (0.7, 0.12), (0.88, 0.115), (0.98, 0.10), (1.02, 0.07),
        (1.01, 0.035), (0.93, 0.015), (0.8, 0.01), (0.6, 0.0),
    ]  # fmt: skip
    canvas = _canvas({"collar": (5.0, 0.95)})
    body = canvas.region("torso")
    paint.knit(body)
    paint.wrinkle(body, 0.010, 33)
    rib = canvas.region("collar")
    paint.knit(rib, 0.05, 0.05, 0.010)
    paint.ribs(rib, 0.10, 0.022)
    return Design([drape.shell(covers), _between(low, high, profile, "collar")], canvas, covered_vertices(top, 0.16), 0.45)


def _wrap_curve(shift: float) -> Floats:
    """The edge of a crossed collar from the nape over the left shoulder to the right hip; ``shift`` up the neck."""
    rise = shift
    return spline(
        [(0.0, 6.10 + rise, -0.36), (0.45, 6.16 + rise, -0.20), (0.78, 6.06 + rise, 0.14), (0.68, 5.86 + rise, 0.50),
         (0.36, 5.56 + rise, 0.82), (0.0, 5.24 + rise, 1.0), (-0.36, 4.92 + rise, 1.1), (-0.72, 4.5 + rise, 1.2)], 72
    )  # fmt: skip


def _robe() -> Design:
    drape = Drape(0.05, 26, _folds(0.20, 8))
    covers = neckline(5.86, 6.10, 6.12, 0.58, 0.70)
    outer, inner = _wrap_curve(-0.02), _wrap_curve(0.13)
    right = [mirrored(strip(drape, outer, 0.16, 0.02, 0.035, "band")), mirrored(strip(drape, inner, 0.12, 0.0, 0.02, "under"))]
    left = [strip(drape, outer, 0.16, 0.075, 0.035, "band"), strip(drape, inner, 0.12, 0.045, 0.02, "under")]
    canvas = _canvas({"band": (3.6, 0.40), "under": (3.6, 0.28)})
    body = canvas.region("torso")
    paint.plain_weave(body, 0.036, 0.9, 41)
    paint.wrinkle(body, 0.010, 42)
    band_cloth = canvas.region("band")
    paint.plain_weave(band_cloth, 0.03, 0.3, 43)
    band_cloth.tint(0, 1)
    across = band_cloth.t - 0.20
    key = (np.abs(paint.triangle(band_cloth.s / 0.24) - 0.5) < 0.25) ^ (np.abs(across) < 0.045)
    figure = key & (np.abs(across) < 0.10)
    softened = gaussian_filter(figure.astype(np.float32), 0.8)
    band_cloth.blend(softened, 1, 0)
    band_cloth.height[...] += 0.006 * softened
    for edge in (-0.14, 0.14):
        paint.stitches(band_cloth, across - edge, band_cloth.s)
    under = canvas.region("under")
    paint.plain_weave(under, 0.026, 0.3, 44)
    under.tint(0, 0)
    return Design([drape.shell(covers), *right, *left], canvas, covered_vertices(covers, 0.10), 0.3)


def _tunic() -> Design:
    drape = Drape(0.045, 20, _folds(0.18, 11))
    covers = neckline(5.66, 6.04, 6.07, 0.40, 0.26)
    cord = "cord"
    pieces = [drape.shell(covers), _hem(drape, covers, 0.10, 0.02)]
    levels = (5.60, 5.46, 5.32)
    for index, y in enumerate(levels):
        for side in (1, -1):
            x = 0.17 - 0.02 * index
            eyelet, normal = drape.settle(np.array([[side * x, y, 0.95]], np.float32), 0.03)
            pieces.append(dome(eyelet[0], normal[0], 0.032, 0.02, "eyelet"))
        if index + 1 < len(levels):
            x0, x1 = 0.17 - 0.02 * index, 0.15 - 0.02 * index
            for side, lift in ((1, 0.045), (-1, 0.065)):
                line = spline([(side * x0, y, 0.95), (0, y - 0.07, 0.97), (-side * x1, levels[index + 1], 0.97)], 16)
                pieces.append(strip(drape, line, 0.020, lift, 0.028, cord, roundness=2, across=7))
    for side in (1, -1):
        line = spline([(side * 0.17, 5.60, 0.9), (side * 0.25, 5.50, 0.95), (side * 0.20, 5.33, 1.0), (side * 0.27, 5.12, 1.0)], 24)
        pieces.append(strip(drape, line, 0.018, 0.02, 0.028, cord, roundness=2, across=7))
    canvas = _canvas({"hem": (5.0, 0.24), cord: (1.0, 0.12), "eyelet": (0.14, 0.14)})
    body = canvas.region("torso")
    paint.plain_weave(body, 0.044, 1.0, 51)
    paint.wrinkle(body, 0.010, 52)
    distance = _from_line(body, drape.line(covers, 4 * COLUMNS))
    around = np.arctan2(_across(body), 1.1 - _along(body))
    for offset in (0.17, 0.31):
        paint.stitches(body, distance - offset, around, 0.05, accent=True)
    diamonds = paint.band(np.abs(distance - 0.24) + 0.10 * np.abs(paint.triangle(around * 14) - 0.5), 0.045, 0.012)
    body.blend(diamonds, 0, 1)
    body.height[...] += 0.006 * diamonds
    _shoulder_seams(body)
    hem = canvas.region("hem")
    paint.plain_weave(hem, 0.034, 0.4, 53)
    hem.tint(0, 1)
    paint.stitches(hem, hem.t - 0.05, hem.s)
    paint.stitches(hem, hem.t - 0.19, hem.s)
    lace = canvas.region(cord)
    paint.leather(lace, 0.3, 54)
    lace.tint(0, 0)
    lace.colour[...] *= np.array([0.55, 0.40, 0.28], np.float32)
    paint.brass(canvas.region("eyelet"))
    return Design(pieces, canvas, covered_vertices(covers, 0.10), 0.2)


def _hooded_cloak() -> Design:
    under, drape = Drape(0.03, 14), Drape(0.13, 60, _folds(0.32, 13, slant=0.25))
    shirt = neckline(5.66, 6.08, 6.08)
    open_front = neckline(5.74, 6.05, 6.04)

    def parted(points: Floats) -> Floats:
        y = points[..., 1]
        gap = 0.10 + 0.55 * np.maximum(5.62 - y, 0)
        return np.where(points[..., 2] > NECK_AXIS_Z, np.abs(points[..., 0]) - gap, 1.0).astype(np.float32)

    covers = _fields(open_front, parted)
    neck = Drape(0.03, 8)
    hood = _hood(drape, neck.line(neckline(5.70, 6.10, 6.12, 0.10, 0.5), COLUMNS), 1.0, "hood", 61)
    edge = spline([(0.13, 5.72, 0.8), (0.115, 5.60, 0.86), (0.18, 5.46, 0.95), (0.31, 5.22, 1.0), (0.53, 4.82, 1.1), (0.9, 4.2, 1.2)], 48)
    pieces = [under.shell(shirt), drape.shell(covers), hood, *_both(strip(drape, edge, 0.055, 0.0, 0.05, "trim"))]
    clasp, normal = drape.settle(np.array([[0.0, 5.40, 0.95]], np.float32), 0.10)
    pieces.append(dome(clasp[0], normal[0], 0.15, 0.06, "brooch", 24))
    canvas = _canvas({"hood": (5.6, 1.5), "trim": (1.9, 0.2), "brooch": (0.34, 0.34)})
    body = canvas.region("torso")
    paint.twill(body, 0.05, 62)
    paint.fleece(body, 63)
    paint.wrinkle(body, 0.010, 64)
    cloth = canvas.region("hood")
    paint.twill(cloth, 0.05, 65)
    paint.fleece(cloth, 66)
    paint.seam(cloth, np.minimum(cloth.s, 5.6 - cloth.s))
    paint.stitches(cloth, np.abs(cloth.t - 0.98) - 0.10, cloth.s, 0.06, accent=True)
    trim = canvas.region("trim")
    paint.plain_weave(trim, 0.03, 0.3, 67)
    trim.tint(0, 1)
    paint.stitches(trim, np.abs(trim.t - 0.1) - 0.05, trim.s)
    brooch = canvas.region("brooch")
    paint.brass(brooch)
    _engrave_brooch(brooch)
    return Design(pieces, canvas, covered_vertices(shirt, 0.12), 0.45)


def _engrave_brooch(region: Region) -> None:
    """A knotwork ring around a stone in the accent colour."""
    side = float(region.s.max())
    x, y = region.s / side * 2 - 1, region.t / side * 2 - 1
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    braid = paint.band(np.abs(radius - 0.72 - 0.09 * np.cos(7 * angle)), 0.05, 0.05)
    braid = np.maximum(braid, paint.band(np.abs(radius - 0.72 + 0.09 * np.cos(7 * angle)), 0.05, 0.05))
    stone = paint.band(radius, 0.40, 0.03)
    region.height[...] += 0.018 * braid + 0.03 * stone * np.sqrt(np.maximum(1 - (radius / 0.45) ** 2, 0))
    region.shade(0.55 + 0.45 * np.maximum(braid, stone))
    region.blend(stone, 0, 0.9)
    region.metalness[...] *= 1 - stone
    region.roughness[...] += stone * (0.12 - region.roughness)


def _tube(drape: Drape, curve: Floats, radius: float, lift: float, patch: str) -> Piece:
    """A cord or rolled edge on the drape."""
    return strip(drape, curve, radius, lift, 1.5 * radius, patch, roundness=2, across=9)


def _pauldron(drape: Drape, start: float, end: float, reach: float, lift: float, patch: str) -> Piece:
    """One lame of the left pauldron: an arc over the shoulder between two places along the arm, its lower edge flared.

    ``reach`` is the half angle of the arc around the arm in radians, ``lift`` the height over the drape.
    """
    origin, along = np.array([0.92, 5.98, 0.12]), np.array([0.80, -0.60, 0.0])
    outward, ahead = np.array([0.60, 0.80, 0.0]), np.array([0.0, 0.0, 1.0])
    angle = np.linspace(-reach, reach, 33)
    length = end - start
    # (share of the lame's length, height): the upper edge is tucked under, the lower one rolled.
    profile = ((0.0, -0.04), (0.0, 0.0), (0.25, 0.05), (0.55, 0.075), (0.85, 0.08), (0.92, 0.105), (0.97, 0.12), (1.01, 0.105),
               (1.0, 0.06), (0.9, 0.0))  # fmt: skip
    rows = []
    for share, height in profile:
        # The ends of a lame are drawn together, as lames that turn on one rivet are.
        pinch = 1 - 0.35 * (np.abs(angle) / reach) ** 2
        place = start + length * (0.5 + (share - 0.5) * pinch)
        radius = 0.62
        spoke = np.cos(angle)[:, None] * outward + np.sin(angle)[:, None] * ahead
        points = origin + place[:, None] * along + radius * spoke
        rim = 1 - 0.5 * np.clip((np.abs(angle) / reach - 0.93) / 0.07, 0, 1)
        rows.append(drape.settle(points.astype(np.float32), (lift + height) * rim)[0])
    return grid(np.stack(rows)[:, ::-1], patch)


def _plate_armour() -> Design:
    under, drape = Drape(0.05, 20), Drape(0.12, 70)
    quilt = neckline(5.80, 6.14, 6.14)
    plate_line = neckline(5.56, 5.90, 5.95)
    breast = _fields(plate_line, _within(1.38, 0.25))
    neck = Drape(0.02, 4)
    low, middle = _lines(neck, neckline(5.60, 6.02, 6.02), neckline(5.86, 6.20, 6.18))
    high = neck.line(neckline(5.99, 6.33, 6.30), COLUMNS)
    lower: list[tuple[float, Floats | float]] = [
        (-0.55, 0.16), (-0.50, 0.21), (-0.42, 0.23), (-0.30, 0.21), (-0.1, 0.175), (0.2, 0.14), (0.6, 0.11), (0.95, 0.10),
        (1.0, 0.085), (0.95, 0.06),
    ]  # fmt: skip
    upper: list[tuple[float, Floats | float]] = [
        (-0.5, 0.10), (-0.45, 0.125), (-0.3, 0.13), (0.1, 0.115), (0.5, 0.115), (0.78, 0.13), (0.88, 0.155), (0.96, 0.165),
        (1.03, 0.15), (1.04, 0.12), (0.98, 0.085), (0.8, 0.07), (0.4, 0.06),
    ]  # fmt: skip
    lining: list[tuple[float, Floats | float]] = [(0.3, 0.06), (1.0, 0.10), (1.10, 0.09), (1.10, 0.055), (0.9, 0.03), (0.3, 0.02)]
    pieces = [
        under.shell(quilt), drape.shell(breast, "plate", ((-2.2, 0.3), (2.2, 2.3))), _between(low, middle, lower, "gorget"),
        _between(middle, high, upper, "gorget"), _between(middle, high, lining, "lining"),
        strip(drape, drape.line(plate_line, COLUMNS), 0.06, 0.0, 0.06, "rim", closed=True, roundness=2),
    ]  # fmt: skip
    shoulder = Drape(0.14, 60)
    lames = ((1.02, 1.36, 1.30, 0.02), (0.76, 1.10, 1.42, 0.05), (0.46, 0.86, 1.52, 0.08), (-0.10, 0.58, 1.55, 0.11))
    for start, end, reach, lift in lames:
        pieces += _both(_pauldron(shoulder, start, end, reach, lift, "lame"))
    for x, y in ((0.30, 5.48), (0.78, 5.60), (1.12, 5.45)):
        for side in (1, -1):
            place, normal = drape.settle(np.array([[side * x, y, 0.95]], np.float32), 0.005)
            pieces.append(dome(place[0], normal[0], 0.04, 0.03, "rivet"))
    canvas = _canvas({"plate": (4.4, 2.0), "gorget": (5.4, 0.62), "lining": (4.2, 0.3), "rim": (5.6, 0.2), "lame": (2.0, 0.62),
                     "rivet": (0.12, 0.12)})  # fmt: skip
    body = canvas.region("torso")
    paint.plain_weave(body, 0.04, 0.7, 71)
    lines = np.minimum(np.abs((_across(body) / 0.22) % 1 - 0.5), 9) * 0.22
    paint.stitches(body, lines, _along(body), 0.05)
    body.height[...] += 0.02 * np.sqrt(np.minimum(lines / 0.11, 1))
    body.shade(0.72 + 0.28 * np.minimum(lines / 0.06, 1))
    plate = canvas.region("plate")
    paint.steel(plate, 0.7, 72)
    centre = np.abs(plate.s - 2.2)
    plate.height[...] += 0.02 * np.exp(-((centre / 0.05) ** 2))
    for distance in (0.55, 0.62):
        paint.seam(plate, centre - distance - 0.12 * np.sin(1.3 * plate.t), 0.006, 0.012)
    gorget = canvas.region("gorget")
    paint.steel(gorget, 0.9, 73)
    paint.edge_wear(gorget, gorget.t)
    paint.edge_wear(gorget, np.abs(gorget.t - 0.33), 0.02)
    paint.seam(gorget, gorget.t - 0.12, 0.008, 0.010)
    trim = paint.band(np.abs(gorget.t - 0.075), 0.03, 0.01)
    gorget.colour[...] *= 1 - trim[..., None] * np.array([0.0, 0.16, 0.45], np.float32)
    lame = canvas.region("lame")
    paint.steel(lame, 0.9, 74)
    paint.edge_wear(lame, np.abs(lame.t - 0.50), 0.05)
    paint.seam(lame, lame.t - 0.40, 0.008, 0.010)
    trim = paint.band(np.abs(lame.t - 0.455), 0.04, 0.01)
    lame.colour[...] *= 1 - trim[..., None] * np.array([0.0, 0.16, 0.45], np.float32)
    paint.dirt(lame, np.exp(-np.abs(lame.t - 0.06) / 0.05), 0.4)
    lining = canvas.region("lining")
    paint.leather(lining, 0.4, 75)
    rim = canvas.region("rim")
    paint.brass(rim, 76)
    paint.brass(canvas.region("rivet"), 77)
    return Design(pieces, canvas, covered_vertices(quilt, 0.2), 0.2)


def _plates_region(canvas: Canvas, name: str, tone: float, seed: int) -> Region:
    """A moulded hard part: smooth, faintly speckled, in the accent colour's neighbour grey."""
    region = canvas.region(name)
    region.tint(0, 0)
    region.colour[...] = tone + 0.01 * paint.noise(region.shape, 3, 2, seed)[..., None]
    region.roughness[...] = 0.34 + 0.03 * paint.noise(region.shape, 60, 3, seed + 1)
    region.metalness[...] = 0.0
    return region


def _scifi_suit() -> Design:
    drape, hard = Drape(0.035, 10), Drape(0.06, 40)
    covers = neckline(5.74, 6.10, 6.10)
    neck = Drape(0.02, 4)
    low, high = _lines(neck, neckline(5.64, 6.02, 6.02), neckline(5.92, 6.26, 6.24))
    ring: list[tuple[float, Floats | float]] = [
        (-0.50, 0.06), (-0.45, 0.15), (-0.35, 0.20), (-0.10, 0.225), (0.10, 0.225), (0.16, 0.205), (0.20, 0.19), (0.30, 0.19),
        (0.34, 0.205), (0.40, 0.22), (0.60, 0.21), (0.74, 0.18), (0.80, 0.14), (0.78, 0.10), (0.62, 0.07), (0.2, 0.05),
    ]  # fmt: skip
    inner: list[tuple[float, Floats | float]] = [
        (0.2, 0.05), (0.8, 0.075), (1.1, 0.07), (1.16, 0.05), (1.12, 0.02), (0.7, 0.005)]  # fmt: skip
    yoke = spline([(0.16, 5.50, 0.95), (0.55, 5.44, 0.95), (1.0, 5.50, 0.85), (1.36, 5.62, 0.6), (1.55, 5.72, 0.15), (1.4, 5.7, -0.3)], 48)
    pieces = [drape.shell(covers), _between(low, high, ring, "ring"), _between(low, high, inner, "inner")]
    pieces += _both(strip(hard, yoke, 0.16, 0.0, 0.06, "guard", roundness=8))
    cap = _pauldron(hard, 0.62, 1.12, 1.25, 0.0, "cap")
    pieces += _both(cap)
    port, normal = hard.settle(np.array([[0.0, 5.44, 0.95]], np.float32), 0.02)
    pieces.append(dome(port[0], normal[0], 0.10, 0.05, "port", 24))
    canvas = _canvas({"ring": (5.4, 0.62), "inner": (4.4, 0.4), "guard": (2.4, 0.4), "cap": (1.8, 0.7),
                     "port": (0.24, 0.24)})  # fmt: skip
    body = canvas.region("torso")
    paint.rubber(body, 0.075, 81)
    body.tint(1, 0)
    s, t = np.abs(_across(body)), _along(body)
    panel = s - 0.62 - 0.35 * np.cos(1.1 * t)
    body.shade(1 - 0.30 * paint.band(np.abs(panel), 0.012, 0.012))
    paint.seam(body, panel, 0.02, 0.016)
    paint.seam(body, s - 1.66, 0.02, 0.016)
    paint.seam(body, s, 0.02, 0.014)
    piping = paint.band(np.abs(panel - 0.06), 0.016, 0.01)
    body.blend(piping, 0, 1)
    ring_region = _plates_region(canvas, "ring", 0.36, 82)
    groove = paint.band(np.abs(ring_region.t - 0.335), 0.022, 0.012)
    ring_region.blend(groove, 0, 1)
    ring_region.colour[...] += groove[..., None] * (1 - ring_region.colour)
    bolts = paint.band(np.hypot((ring_region.s % 0.45) - 0.225, ring_region.t - 0.18), 0.022, 0.01)
    ring_region.height[...] += 0.008 * bolts
    ring_region.metalness[...] = 1
    ring_region.colour[...] *= 1.6
    panel_cut = np.abs((ring_region.s % 0.9) - 0.45)
    paint.seam(ring_region, panel_cut, 0.010, 0.010)
    inner_region = canvas.region("inner")
    paint.rubber(inner_region, 0.05, 83)
    inner_region.colour[...] *= 0.6
    guard = _plates_region(canvas, "guard", 0.80, 84)
    guard.tint(1, 0)
    paint.seam(guard, np.abs(guard.t - 0.2) - 0.12, 0.008, 0.008)
    paint.edge_wear(guard, np.minimum(guard.t, 0.4 - guard.t) - 0.02, 0.02)
    cap_region = _plates_region(canvas, "cap", 0.80, 85)
    cap_region.tint(1, 0)
    paint.seam(cap_region, cap_region.t - 0.30, 0.010, 0.010)
    stripe = paint.band(np.abs(cap_region.t - 0.44), 0.05, 0.008)
    cap_region.blend(stripe, 0, 1)
    paint.edge_wear(cap_region, np.abs(cap_region.t - 0.56), 0.02)
    port_region = _plates_region(canvas, "port", 0.5, 87)
    port_region.metalness[...] = 1
    paint.button_face(port_region, holes=False)
    return Design(pieces, canvas, covered_vertices(neckline(5.92, 6.26, 6.24), 0.2), 0.0)


def _uniform() -> Design:
    drape = Drape(0.06, 30, _folds(0.10, 17))
    covers = neckline(5.76, 6.08, 6.08)
    neck = Drape(0.015, 4)
    low, high = _lines(neck, neckline(5.74, 6.08, 6.08), neckline(6.00, 6.34, 6.32))
    pieces = [drape.shell(covers), _stand_collar(low, high, 0.03, 0.05, 0.03, "collar")]
    pieces.append(_tube(drape, spline([(0.11, 5.72, 0.8), (0.11, 5.4, 0.95), (0.11, 5.0, 1.1), (0.11, 4.4, 1.25)], 40), 0.022, 0.0, "piping"))
    for y in (5.56, 5.28, 5.0, 4.72):
        place, normal = drape.settle(np.array([[0.0, y, 1.0]], np.float32), 0.015)
        pieces.append(dome(place[0], normal[0], 0.062, 0.035, "button", 16))
    board = spline([(0.92, 6.04, 0.16), (1.3, 5.93, 0.16), (1.62, 5.78, 0.16), (1.86, 5.62, 0.16)], 24)
    taper = np.linspace(0.13, 0.17, 24)
    pieces += _both(strip(drape, board, taper, 0.02, 0.035, "board", roundness=8))
    for side in (1, -1):
        place, normal = drape.settle(np.array([[side * 0.98, 6.0, 0.16]], np.float32), 0.05)
        pieces.append(dome(place[0], normal[0], 0.05, 0.03, "button", 16))
    canvas = _canvas({"collar": (4.4, 0.72), "piping": (1.5, 0.1), "board": (1.0, 0.36), "button": (0.2, 0.2)})
    body = canvas.region("torso")
    paint.twill(body, 0.036, 91)
    paint.wrinkle(body, 0.010, 92)
    _shoulder_seams(body)
    s, t = _across(body), _along(body)
    front = np.where(t > 0.3, s - 0.13, 9)
    paint.seam(body, front, 0.02, 0.016)
    paint.stitches(body, front + 0.05, t)
    collar_cloth = canvas.region("collar")
    paint.twill(collar_cloth, 0.036, 93)
    piping = paint.band(np.abs(collar_cloth.t - 0.40), 0.022, 0.01)
    collar_cloth.blend(piping, 0, 1)
    collar_cloth.height[...] += 0.012 * piping
    ends = np.minimum(collar_cloth.s, 4.4 - collar_cloth.s)
    tab = paint.band(np.maximum(np.abs(ends - 0.32) - 0.19, np.abs(collar_cloth.t - 0.25) - 0.085), 0.0, 0.012)
    collar_cloth.blend(tab, 0, 1)
    collar_cloth.height[...] += 0.012 * tab
    star = paint.band(np.hypot(ends - 0.24, collar_cloth.t - 0.25), 0.042, 0.012)
    _gild(collar_cloth, star)
    piping_cloth = canvas.region("piping")
    paint.twill(piping_cloth, 0.02, 94)
    piping_cloth.tint(0, 1)
    board_cloth = canvas.region("board")
    paint.twill(board_cloth, 0.03, 95)
    edge = np.minimum(np.minimum(board_cloth.t, 0.36 - board_cloth.t), 1.0 - board_cloth.s)
    braid = paint.band(np.abs(edge - 0.06), 0.022, 0.01)
    _gild(board_cloth, braid)
    for place in (0.30, 0.46):
        _gild(board_cloth, paint.band(np.hypot(board_cloth.s - place - 0.2, board_cloth.t - 0.18), 0.045, 0.012))
    board_cloth.blend(1 - paint.band(0.1 - edge, 0.0, 0.01) - braid, 0, 1)
    button = canvas.region("button")
    paint.brass(button, 96)
    paint.button_face(button, holes=False)
    return Design(pieces, canvas, covered_vertices(covers, 0.3), 0.1)


def _gild(region: Region, mask: Floats) -> None:
    """Gold wire embroidery where the mask (h, w) is 1."""
    wire = 0.75 + 0.25 * paint.triangle((region.s + 0.5 * region.t) / 0.018)
    gold = np.array([0.86, 0.68, 0.36], np.float32) * wire[..., None]
    region.colour[...] += mask[..., None] * (gold - region.colour)
    region.blend(mask, 0, 0)
    region.metalness[...] += mask * (0.9 - region.metalness)
    region.roughness[...] += mask * (0.42 - region.roughness)
    region.height[...] += 0.014 * mask * wire


def _ruff(low: Floats, patch: str) -> Piece:
    """A pleated linen ruff: a disc of S-shaped pleats around the neck, thin at its outer edge."""
    pleats, columns = 32, 32 * 16
    at = np.linspace(0, COLUMNS, columns, endpoint=False)
    index = np.arange(COLUMNS + 1)
    line = np.stack([np.interp(at, index, np.append(low[:, c], low[0, c])) for c in range(3)], 1).astype(np.float32)
    out = around_neck(line)[0]
    tilt = np.array([0, 1, 0.15], np.float32)
    phase = np.linspace(0, 2 * np.pi * pleats, columns, endpoint=False)
    reach = np.linspace(0, 1, 7)
    sheets = []
    for offset, order in ((-0.012, reach), (0.012, reach[::-1])):
        for share in order:
            swing = 0.095 * min(1, 0.45 + 1.1 * share)
            radius = -0.03 + 0.50 * share
            height = 0.02 + 0.07 * share + swing * np.sin(phase) + offset * (1 - share * 0.4)
            sideways = -0.05 * np.sin(2 * phase) * (0.3 + 0.7 * share)
            tangent = np.cross(np.array([0, 1, 0], np.float32), out)
            sheets.append(line + out * radius + tilt * height[:, None] + tangent * sideways[:, None])
    return grid(np.stack(sheets), patch, closed=True)


def _doublet() -> Design:
    drape = Drape(0.07, 36)
    covers = neckline(5.78, 6.12, 6.12)
    neck = Drape(0.02, 4)
    low, high = _lines(neck, neckline(5.74, 6.08, 6.08), neckline(5.93, 6.27, 6.24))
    stand: list[tuple[float, Floats | float]] = [(-0.4, 0.03), (0.0, 0.08), (0.5, 0.085), (0.95, 0.06), (1.0, 0.03), (0.9, 0.01), (0.3, 0.0)]
    pieces = [drape.shell(covers), _between(low, high, stand, "stand"), _ruff(0.12 * low + 0.88 * high, "ruff")]
    for y in (5.60, 5.44, 5.28, 5.12, 4.96, 4.80):
        place, normal = drape.settle(np.array([[0.0, y, 1.0]], np.float32), 0.03)
        pieces.append(dome(place[0], normal[0], 0.045, 0.045, "button", 14))
    for x in (0.09,):
        braid = spline([(x, 5.72, 0.85), (x, 5.4, 0.95), (x, 5.0, 1.1), (x, 4.4, 1.25)], 40)
        pieces += _both(strip(drape, braid, 0.045, 0.0, 0.025, "braid"))
        slash = spline([(0.62, 5.86, 0.62), (0.72, 5.5, 0.85), (0.68, 5.0, 1.05), (0.6, 4.4, 1.2)], 40)
        pieces += _both(strip(drape, slash, 0.055, 0.0, 0.028, "braid"))
    roll = spline([(1.50, 5.0, 0.72), (1.66, 5.45, 0.62), (1.80, 5.72, 0.15), (1.66, 5.45, -0.35), (1.5, 5.0, -0.4)], 60)
    pieces += _both(strip(Drape(0.10, 36), roll, 0.15, 0.0, 0.13, "roll", roundness=2, across=11))
    canvas = _canvas({"stand": (4.6, 0.4), "ruff": (6.5, 1.1), "button": (0.16, 0.16), "braid": (1.6, 0.14), "roll": (2.3, 0.5)})
    body = canvas.region("torso")
    paint.velvet(body, 101)
    paint.brocade(body, 0.44, 102)
    stand_cloth = canvas.region("stand")
    paint.velvet(stand_cloth, 103)
    linen = canvas.region("ruff")
    paint.plain_weave(linen, 0.026, 0.3, 104)
    linen.tint(0, 0)
    linen.colour[...] *= 1.15
    lace = np.abs(linen.t - 0.55)
    paint.stitches(linen, lace - 0.07, linen.s, 0.03)
    linen.shade(1 - 0.25 * paint.band(np.hypot((linen.s % 0.06) - 0.03, lace - 0.035), 0.012, 0.01))
    button = canvas.region("button")
    paint.brass(button, 105)
    paint.button_face(button, holes=False)
    braid_cloth = canvas.region("braid")
    paint.velvet(braid_cloth, 106)
    plait = paint.triangle(braid_cloth.s / 0.05 + np.abs(braid_cloth.t - 0.07) / 0.05)
    _gild(braid_cloth, 0.4 + 0.6 * plait)
    roll_cloth = canvas.region("roll")
    paint.velvet(roll_cloth, 107)
    pane = np.abs((roll_cloth.s / 0.26) % 1 - 0.5)
    inner = paint.band(pane, 0.16, 0.03)
    roll_cloth.blend(inner, 0, 1)
    roll_cloth.height[...] -= 0.02 * inner
    roll_cloth.shade(1 - 0.4 * paint.band(np.abs(pane - 0.17), 0.02, 0.03))
    return Design(pieces, canvas, covered_vertices(covers, 0.3), 0.5)


def _scarf_loop(low: Floats, high: Floats, share: float, out: float, thick: float, tall: float, seed: int, patch: str) -> Piece:
    """One turn of a scarf: a soft tube around the neck whose folds run along it and twist slowly."""
    angle = _angle()
    random = np.random.default_rng(seed)
    centre = low + share * (high - low)
    outward, up = around_neck(low)
    section = np.linspace(-0.5 * np.pi, 1.5 * np.pi, 29)
    wander = sum(random.uniform(-0.03, 0.03) * np.cos(k * angle) for k in (1, 2, 3))
    rows = []
    for around in section:
        crease = 1 + 0.13 * np.cos(5 * around + 1.2 * np.cos(angle) + 0.8) + 0.07 * np.cos(9 * around + 2.0 * np.cos(2 * angle))
        rows.append(
            centre
            + outward * (out + thick * np.cos(around) * crease)[:, None]
            + up * (wander + tall * np.sin(around) * crease)[:, None]
        )
    return grid(np.stack(rows), patch, closed=True)


def _scarf() -> Design:
    drape = Drape(0.045, 20, _folds(0.14, 19))
    shirt = neckline(5.72, 6.08, 6.08)
    neck = Drape(0.02, 4)
    low, high = _lines(neck, neckline(5.66, 6.04, 6.04), neckline(5.98, 6.32, 6.28))
    ahead = 0.5 + 0.5 * np.cos(_angle())
    dropped = low + np.array([0, -1, 0.35], np.float32) * (0.16 * ahead)[:, None]
    pieces = [
        drape.shell(shirt), _scarf_loop(dropped, high - 0.5 * (low - dropped), 0.10, 0.20, 0.15, 0.20, 111, "loop"),
        _scarf_loop(low, high, 0.62, 0.12, 0.12, 0.15, 112, "loop"),
    ]  # fmt: skip
    hanging = Drape(0.10, 30)
    end = spline([(0.26, 5.66, 0.9), (0.34, 5.35, 1.0), (0.40, 5.0, 1.1), (0.42, 4.3, 1.25)], 40)
    pieces.append(strip(hanging, end, 0.26, 0.06, 0.07, "end", roundness=3, across=15))
    canvas = _canvas({"loop": (5.6, 1.2), "end": (1.6, 0.6)})
    body = canvas.region("torso")
    paint.plain_weave(body, 0.03, 0.4, 113)
    body.tint(0, 1)
    paint.wrinkle(body, 0.010, 114)
    _shoulder_seams(body)
    for name, seed in (("loop", 115), ("end", 116)):
        cloth = canvas.region(name)
        paint.knit(cloth, 0.06, 0.05, 0.012, seed)
        width = float(cloth.t.max())
        stripes = paint.band(np.abs((cloth.s % 1.4) - 0.7), 0.10, 0.01)
        cloth.blend(stripes, 0, 1)
        fold = paint.noise(cloth.shape, (26, 300), 2, seed + 10)
        cloth.height[...] += 0.02 * fold * min(width, 1)
    return Design(pieces, canvas, covered_vertices(shirt, 0.15), 0.45)


def _hoodie() -> Design:
    drape = Drape(0.07, 30, _folds(0.18, 23))
    covers = neckline(5.74, 6.08, 6.08)
    neck = Drape(0.03, 8)
    hood = _hood(drape, neck.line(neckline(5.66, 6.08, 6.10, 0.14, 0.5), COLUMNS), 0.86, "hood", 121)
    pieces = [drape.shell(covers), hood]
    for side in (1, -1):
        cord = spline([(side * 0.22, 5.56, 0.95), (side * 0.26, 5.35, 1.0), (side * 0.25, 5.12, 1.05), (side * 0.27, 4.95, 1.1)], 40)
        pieces.append(_tube(Drape(0.10, 30), cord, 0.028, 0.02, "cord"))
    canvas = _canvas({"hood": (5.6, 1.4), "cord": (0.8, 0.1)})
    body = canvas.region("torso")
    paint.fleece(body, 122)
    paint.wrinkle(body, 0.010, 123)
    s, t = np.abs(_across(body)), _along(body)
    raglan = (s - 0.75 - 0.62 * np.clip(np.abs(t - 0.1), 0, 2)) * 0.85
    paint.seam(body, raglan)
    paint.stitches(body, np.abs(raglan) - 0.04, t)
    cloth = canvas.region("hood")
    paint.fleece(cloth, 124)
    paint.seam(cloth, np.minimum(cloth.s, 5.6 - cloth.s))
    for offset in (0.0, 0.10):
        paint.stitches(cloth, cloth.t - 0.95 - offset, cloth.s, 0.05)
    cord_cloth = canvas.region("cord")
    paint.plain_weave(cord_cloth, 0.03, 0.2, 125)
    cord_cloth.tint(0, 1)
    return Design(pieces, canvas, covered_vertices(covers, 0.4), 0.35)


def _overalls() -> Design:
    drape, over = Drape(0.035, 14, _folds(0.10, 3)), Drape(0.07, 30)
    covers = neckline(5.74, 6.07, 6.08)
    bib = _fields(_within(0.92, 0.10), lambda points: np.minimum(5.22 - points[..., 1], points[..., 2] - NECK_AXIS_Z))
    strap = spline([(0.66, 4.6, 1.2), (0.72, 5.12, 1.05), (0.80, 5.55, 0.85), (0.92, 5.92, 0.45), (0.98, 6.0, 0.1),
                    (0.90, 5.9, -0.25), (0.6, 5.4, -0.6), (0.3, 4.6, -0.7)], 72)  # fmt: skip
    top = spline([(-0.94, 5.19, 1.0), (-0.4, 5.19, 1.1), (0.4, 5.19, 1.1), (0.94, 5.19, 1.0)], 40)
    pieces = [
        drape.shell(covers), _hem(drape, covers, 0.085, 0.02), over.shell(bib, "bib", ((-1.4, 0.9), (1.4, 2.3))),
        strip(over, top, 0.05, 0.0, 0.025, "band"), *_both(strip(over, strap, 0.155, 0.0, 0.035, "strap", roundness=8)),
    ]  # fmt: skip
    for side in (1, -1):
        place, normal = over.settle(np.array([[side * 0.73, 5.26, 1.0]], np.float32), 0.045)
        pieces.append(dome(place[0], normal[0], 0.075, 0.03, "button", 18))
    canvas = _canvas({"hem": (5.0, 0.22), "bib": (2.8, 1.4), "band": (2.0, 0.12), "strap": (3.6, 0.36), "button": (0.2, 0.2)})
    body = canvas.region("torso")
    paint.jersey(body, 241)
    body.tint(0, 1)
    paint.wrinkle(body, 0.010, 242)
    _shoulder_seams(body)
    hem = canvas.region("hem")
    paint.jersey(hem, 243)
    paint.ribs(hem, 0.05, 0.010)
    hem.tint(0, 1)
    for index, name in enumerate(("bib", "band", "strap")):
        denim = canvas.region(name)
        paint.twill(denim, 0.034, 244 + index)
        denim.shade(1 + 0.07 * np.clip(paint.noise(denim.shape, 40, 4, 247 + index), -1, 1.5))
    denim = canvas.region("strap")
    for edge in (0.05, 0.09):
        paint.stitches(denim, np.abs(denim.t - 0.18) - 0.18 + edge, denim.s, 0.05)
    paint.brass(canvas.region("button"), 250)
    paint.button_face(canvas.region("button"), holes=False)
    return Design(pieces, canvas, covered_vertices(covers, 0.10), 0.15)


DESIGNS: dict[str, Callable[[], Design]] = {
    "t_shirt": _t_shirt,
    "shirt": garment_items.shirt,
    "suit": garment_items.suit,
    "jacket": garment_items.jacket,
    "overalls": _overalls,
    "turtleneck": _turtleneck,
    "robe": _robe,
    "tunic": _tunic,
    "hooded_cloak": _hooded_cloak,
    "plate_armour": _plate_armour,
    "scifi_suit": _scifi_suit,
    "uniform": _uniform,
    "doublet": _doublet,
    "scarf": _scarf,
    "hoodie": _hoodie,
}
