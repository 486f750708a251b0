"""How each garment is cut, built and painted, on the reference body.

A design names its pieces (see ``garment_shells``), paints their patches (see ``garment_textures``) and says which part
of the body it covers. Lengths are decimetres; the collar bones meet at about (0, 5.7, 0.7), the nape is at (0, 6.1, -0.3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter

from creator.training import garment_textures as paint
from creator.training.garment_shells import (
    CHART_HIGH,
    CHART_LOW,
    NECK_AXIS_Z,
    Drape,
    Field,
    Piece,
    around_neck,
    chart,
    collar,
    dome,
    grid,
    mirrored,
    spline,
    strip,
    torso_positions,
)
from creator.training.garment_textures import Canvas, GarmentMaterial, Region
from creator.training.head_assets import Floats, Mesh

TORSO_SIZE = (CHART_HIGH[0] - CHART_LOW[0], CHART_HIGH[1] - CHART_LOW[1])
COLUMNS = 128  # of bands around the neck


@dataclass(frozen=True)
class Design:
    """A garment before it is bound: pieces, painted canvas, and the field of the body that it covers."""

    pieces: list[Piece]
    canvas: Canvas
    covers: Field
    sheen: float
    margin: float = 0.22  # how far inside the covered region the body stops being drawn


@dataclass(frozen=True)
class ItemDesign:
    """A CC0 item and how its maps are painted from its mesh."""

    item: str
    paint: Callable[[Mesh], GarmentMaterial]


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


def _wrinkles(region: Region, depth: float, seed: int) -> None:
    """Soft wrinkles that run down from the shoulders, in the height map."""
    waves = paint.noise(region.shape, (190, 60), 2, seed)
    where = np.clip(paint.noise(region.shape, 170, 2, seed + 1) + 0.3, 0, 1.5)
    crest = np.exp(-((waves / 0.55) ** 2)) * where
    region.height[...] += depth * crest
    region.shade(0.975 + 0.025 * np.minimum(crest, 1))


def _lines(drape: Drape, low: Field, high: Field) -> tuple[Floats, Floats]:
    return drape.line(low, COLUMNS), drape.line(high, COLUMNS)


def _between(low: Floats, high: Floats, profile: list[tuple[float, Floats | float]], patch: str) -> Piece:
    """A band up the neck: rows of (share of the way from the lower to the higher line, outwards)."""
    out = around_neck(low)[0]
    rows = [low + share * (high - low) + out * np.reshape(lift, (-1, 1)) for share, lift in profile]
    return grid(np.stack(rows), patch, closed=True)


def _angle() -> Floats:
    """Azimuth (COLUMNS,) of the columns of neck lines: 0 in front, positive to the person's left."""
    return np.linspace(0, 2 * np.pi, COLUMNS, endpoint=False)


def _hem(drape: Drape, covers: Field, half_width: float, thickness: float, patch: str = "hem") -> Piece:
    return strip(drape, drape.line(covers, COLUMNS), half_width, 0.006, thickness, patch, closed=True)


def _across(region: Region) -> Floats:
    """The chart's coordinate across the torso (h, w), 0 in the middle."""
    return region.s + CHART_LOW[0]


def _along(region: Region) -> Floats:
    """The chart's coordinate over the torso (h, w): 0 on the shoulders, positive in front."""
    return region.t.max() - region.t + CHART_LOW[1]


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
    at = angle / (2 * np.pi) * COLUMNS
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
    """A hood that lies back on the shoulders: it rises behind the neck, rolls outwards and falls in folds."""
    angle = _angle()
    behind = (0.5 - 0.5 * np.cos(angle)) ** 0.9
    out, up = around_neck(low)
    random = np.random.default_rng(seed)
    folds = np.zeros((3, COLUMNS))
    for row in range(3):
        for k in range(3, 10):
            folds[row] += random.uniform(-1, 1) / k**0.7 * np.cos(k * angle + 0.0)
    folds *= 0.055 * (0.25 + behind)
    # Outer bottom first, over the roll, and down again inside to the neck.
    profile = [
        (0.36 + 0.62 * behind, -0.42 - 0.30 * behind), (0.40 + 0.74 * behind, -0.24 - 0.22 * behind),
        (0.40 + 0.76 * behind + folds[0], -0.10 - 0.04 * behind), (0.36 + 0.68 * behind + folds[1], 0.02 + 0.12 * behind),
        (0.29 + 0.54 * behind + folds[1], 0.09 + 0.26 * behind + 0.4 * folds[0]),
        (0.21 + 0.38 * behind + folds[2], 0.12 + 0.34 * behind + 0.5 * folds[1]),
        (0.14 + 0.26 * behind + 0.5 * folds[2], 0.11 + 0.34 * behind), (0.09 + 0.17 * behind, 0.06 + 0.26 * behind),
        (0.06 + 0.10 * behind, -0.02 + 0.12 * behind), (0.04 + 0.05 * behind, -0.10),
    ]  # fmt: skip
    rows = np.stack([low + out * np.reshape(o, (-1, 1)) + up * np.reshape(u, (-1, 1)) for o, u in profile]) * size + low * (
        1 - size
    )
    rows[:4] = drape.push_out(rows[:4], 0.02)
    return grid(rows, patch, closed=True)


# Designs


def _t_shirt() -> Design:
    drape = Drape(0.035, 14, _folds(0.05, 3))
    covers = neckline(5.70, 6.07, 6.08)
    canvas = Canvas({"hem": (5.0, 0.24)}, TORSO_SIZE)
    body = canvas.region("torso")
    paint.jersey(body)
    _wrinkles(body, 0.03, 31)
    _shoulder_seams(body)
    hem = canvas.region("hem")
    paint.jersey(hem, 6)
    paint.ribs(hem, 0.05, 0.010)
    paint.stitches(hem, hem.t - 0.035, hem.s, 0.045)
    return Design([drape.shell(covers), _hem(drape, covers, 0.095, 0.022)], canvas, covers, 0.15)


def _turtleneck() -> Design:
    drape, neck = Drape(0.05, 20, _folds(0.06, 5)), Drape(0.02, 4)
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
    canvas = Canvas({"collar": (5.0, 0.95)}, TORSO_SIZE)
    body = canvas.region("torso")
    paint.knit(body)
    _wrinkles(body, 0.02, 33)
    rib = canvas.region("collar")
    paint.knit(rib, 0.05, 0.05, 0.010)
    paint.ribs(rib, 0.10, 0.022)
    return Design([drape.shell(covers), _between(low, high, profile, "collar")], canvas, top, 0.45)


def _wrap_curve(shift: float) -> Floats:
    """The edge of a crossed collar from the nape over the left shoulder to the right hip; ``shift`` up the neck."""
    rise = shift
    return spline(
        [(0.0, 6.10 + rise, -0.36), (0.45, 6.16 + rise, -0.20), (0.78, 6.06 + rise, 0.14), (0.68, 5.86 + rise, 0.50),
         (0.36, 5.56 + rise, 0.82), (0.0, 5.24 + rise, 1.0), (-0.36, 4.92 + rise, 1.1), (-0.72, 4.5 + rise, 1.2)], 72
    )  # fmt: skip


def _robe() -> Design:
    drape = Drape(0.05, 26, _folds(0.10, 8))
    covers = neckline(5.86, 6.10, 6.12, 0.58, 0.70)
    outer, inner = _wrap_curve(-0.02), _wrap_curve(0.13)
    right = [mirrored(strip(drape, outer, 0.16, 0.02, 0.035, "band")), mirrored(strip(drape, inner, 0.12, 0.0, 0.02, "under"))]
    left = [strip(drape, outer, 0.16, 0.075, 0.035, "band"), strip(drape, inner, 0.12, 0.045, 0.02, "under")]
    canvas = Canvas({"band": (3.6, 0.40), "under": (3.6, 0.28)}, TORSO_SIZE)
    body = canvas.region("torso")
    paint.plain_weave(body, 0.036, 0.9, 41)
    _wrinkles(body, 0.045, 42)
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
    return Design([drape.shell(covers), *right, *left], canvas, covers, 0.3)


def _tunic() -> Design:
    drape = Drape(0.045, 20, _folds(0.09, 11))
    covers = neckline(5.66, 6.04, 6.07, 0.42, 0.20)
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
    canvas = Canvas({"hem": (5.0, 0.24), cord: (1.0, 0.12), "eyelet": (0.14, 0.14)}, TORSO_SIZE)
    body = canvas.region("torso")
    paint.plain_weave(body, 0.044, 1.0, 51)
    _wrinkles(body, 0.05, 52)
    distance = covers(torso_positions(*body.shape))
    paint.stitches(body, distance - 0.20, _across(body) + _along(body), 0.07, accent=True)
    zigzag = np.abs(distance - 0.27 - 0.03 * paint.triangle(np.arctan2(_across(body), 1.2 - _along(body)) * 24))
    body.blend(paint.band(zigzag, 0.008, 0.012), 0, 1)
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
    return Design(pieces, canvas, covers, 0.2)


def _hooded_cloak() -> Design:
    under, drape = Drape(0.03, 14), Drape(0.13, 60, _folds(0.16, 13, slant=0.25))
    shirt = neckline(5.66, 6.08, 6.08)
    open_front = neckline(5.74, 6.05, 6.04)

    def parted(points: Floats) -> Floats:
        y = points[..., 1]
        gap = 0.10 + 0.55 * np.maximum(5.62 - y, 0)
        return np.where(points[..., 2] > NECK_AXIS_Z, np.abs(points[..., 0]) - gap, 1.0).astype(np.float32)

    covers = _fields(open_front, parted)
    neck = Drape(0.03, 8)
    hood = _hood(drape, neck.line(neckline(5.78, 6.12, 6.12), COLUMNS), 1.0, "hood", 61)
    edge = spline([(0.13, 5.72, 0.8), (0.115, 5.60, 0.86), (0.18, 5.46, 0.95), (0.31, 5.22, 1.0), (0.53, 4.82, 1.1), (0.9, 4.2, 1.2)], 48)
    pieces = [under.shell(shirt), drape.shell(covers), hood, *_both(strip(drape, edge, 0.055, 0.0, 0.05, "trim"))]
    clasp, normal = drape.settle(np.array([[0.0, 5.60, 0.95]], np.float32), 0.05)
    pieces.append(dome(clasp[0], normal[0], 0.15, 0.06, "brooch", 24))
    canvas = Canvas({"hood": (5.6, 1.5), "trim": (1.9, 0.2), "brooch": (0.34, 0.34)}, TORSO_SIZE)
    body = canvas.region("torso")
    paint.twill(body, 0.05, 62)
    paint.fleece(body, 63)
    _wrinkles(body, 0.05, 64)
    cloth = canvas.region("hood")
    paint.twill(cloth, 0.05, 65)
    paint.fleece(cloth, 66)
    paint.seam(cloth, cloth.s - 2.8)
    paint.stitches(cloth, np.abs(cloth.t - 0.98) - 0.10, cloth.s, 0.06, accent=True)
    trim = canvas.region("trim")
    paint.plain_weave(trim, 0.03, 0.3, 67)
    trim.tint(0, 1)
    paint.stitches(trim, np.abs(trim.t - 0.1) - 0.05, trim.s)
    brooch = canvas.region("brooch")
    paint.brass(brooch)
    _engrave_brooch(brooch)
    return Design(pieces, canvas, shirt, 0.45)


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


DESIGNS: dict[str, Callable[[], Design]] = {
    "t_shirt": _t_shirt,
    "turtleneck": _turtleneck,
    "robe": _robe,
    "tunic": _tunic,
    "hooded_cloak": _hooded_cloak,
}
ITEM_DESIGNS: dict[str, ItemDesign] = {}
