"""Clothes and armour of older and invented times: how each is cut, built and painted on the reference body."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from creator.training.garments import garment_textures as paint
from creator.training.garments.garment_cuts import (
    COLUMNS,
    HOOD_SIZE,
    across_torso,
    along_line,
    along_torso,
    hanging_folds,
    hood_edge,
    hood_on_shoulders,
    neck_band,
    neck_hem,
    neck_lines,
    neckline,
    on_both_sides,
    overlap,
    sew_shoulders,
    shoulder_lame,
    torso_canvas,
    within,
)
from creator.training.garments.garment_shells import (
    NECK_AXIS_Z,
    Design,
    Drape,
    Piece,
    around_neck,
    covered_vertices,
    dome,
    grid,
    mirrored,
    spline,
    strip,
)
from creator.training.garments.garment_textures import Region, Values


def wrap_edge(shift: float) -> Values:
    """The edge of a crossed collar from the nape over the left shoulder to the right hip; ``shift`` up the neck."""
    rise = shift
    return spline(
        [(0.0, 6.10 + rise, -0.36), (0.45, 6.16 + rise, -0.20), (0.78, 6.06 + rise, 0.14), (0.68, 5.86 + rise, 0.50),
         (0.36, 5.56 + rise, 0.82), (0.0, 5.24 + rise, 1.0), (-0.36, 4.92 + rise, 1.1), (-0.72, 4.5 + rise, 1.2)], 72
    )  # fmt: skip


def robe() -> Design:
    drape = Drape(0.05, 26, hanging_folds(0.20, 8))
    covers = neckline(5.86, 6.10, 6.12, 0.58, 0.70)
    outer, inner = wrap_edge(-0.02), wrap_edge(0.13)
    right = [
        mirrored(strip(drape, outer, 0.16, 0.02, 0.035, "band")),
        mirrored(strip(drape, inner, 0.12, 0.0, 0.02, "under")),
    ]
    left = [strip(drape, outer, 0.16, 0.075, 0.035, "band"), strip(drape, inner, 0.12, 0.045, 0.02, "under")]
    canvas = torso_canvas({"band": (3.6, 0.40), "under": (3.6, 0.28)})
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


def tunic() -> Design:
    drape = Drape(0.045, 20, hanging_folds(0.18, 11))
    covers = neckline(5.66, 6.04, 6.07, 0.40, 0.26)
    cord = "cord"
    pieces = [drape.shell(covers), neck_hem(drape, covers, 0.10, 0.02)]
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
        line = spline(
            [(side * 0.17, 5.60, 0.9), (side * 0.25, 5.50, 0.95), (side * 0.20, 5.33, 1.0), (side * 0.27, 5.12, 1.0)],
            24,
        )
        pieces.append(strip(drape, line, 0.018, 0.02, 0.028, cord, roundness=2, across=7))
    canvas = torso_canvas({"hem": (5.0, 0.24), cord: (1.0, 0.12), "eyelet": (0.14, 0.14)})
    body = canvas.region("torso")
    paint.plain_weave(body, 0.044, 1.0, 51)
    paint.wrinkle(body, 0.010, 52)
    distance, around = along_line(body, drape.line(covers, 8 * COLUMNS))
    for offset in (0.17, 0.31):
        paint.stitches(body, distance - offset, around, 0.05, accent=True)
    swing = 0.035 * np.cos(2 * np.pi * around / 0.16)
    diamonds = paint.band(np.abs(np.abs(distance - 0.24) - np.abs(swing)), 0.010, 0.010)
    body.blend(diamonds, 0, 1)
    body.height[...] += 0.006 * diamonds
    sew_shoulders(body)
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


def hooded_cloak() -> Design:
    under, drape = Drape(0.04, 14), Drape(0.13, 60, hanging_folds(0.32, 13, slant=0.25))
    shirt = neckline(5.66, 6.08, 6.08)
    open_front = neckline(5.74, 6.05, 6.04)

    def parted(points: Values) -> Values:
        y = points[..., 1]
        gap = 0.10 + 0.55 * np.maximum(5.62 - y, 0)
        return np.where(points[..., 2] > NECK_AXIS_Z, np.abs(points[..., 0]) - gap, 1.0).astype(np.float32)

    covers = overlap(open_front, parted)
    neck = Drape(0.03, 8)
    hood = hood_on_shoulders(drape, neck.line(neckline(5.70, 6.10, 6.12, 0.10, 0.5), COLUMNS), 1.0, "hood", 61)
    edge = spline(
        [
            (0.13, 5.72, 0.8),
            (0.115, 5.60, 0.86),
            (0.18, 5.46, 0.95),
            (0.31, 5.22, 1.0),
            (0.53, 4.82, 1.1),
            (0.9, 4.2, 1.2),
        ],
        48,
    )
    pieces = [
        under.shell(shirt),
        drape.shell(covers),
        hood,
        *on_both_sides(strip(drape, edge, 0.055, 0.0, 0.05, "trim")),
    ]
    clasp, normal = drape.settle(np.array([[0.0, 5.40, 0.95]], np.float32), 0.10)
    pieces.append(dome(clasp[0], normal[0], 0.15, 0.06, "brooch", 24))
    canvas = torso_canvas({"hood": HOOD_SIZE, "trim": (1.9, 0.2), "brooch": (0.34, 0.34)})
    body = canvas.region("torso")
    paint.twill(body, 0.034, 62)
    paint.fleece(body, 63)
    paint.wrinkle(body, 0.010, 64)
    cloth = canvas.region("hood")
    paint.twill(cloth, 0.034, 65)
    paint.fleece(cloth, 66)
    paint.seam(cloth, np.minimum(cloth.s, HOOD_SIZE[0] - cloth.s))
    paint.stitches(cloth, np.abs(hood_edge(cloth)) - 0.08, cloth.s, 0.06, accent=True)
    trim = canvas.region("trim")
    paint.plain_weave(trim, 0.03, 0.3, 67)
    trim.tint(0, 1)
    paint.stitches(trim, np.abs(trim.t - 0.1) - 0.05, trim.s)
    brooch = canvas.region("brooch")
    paint.brass(brooch)
    engrave_brooch(brooch)
    return Design(pieces, canvas, covered_vertices(shirt, 0.12), 0.45)


def engrave_brooch(region: Region) -> None:
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


def plate_armour() -> Design:
    under, drape = Drape(0.065, 20), Drape(0.13, 70)
    quilt = neckline(5.80, 6.14, 6.14)
    plate_line = neckline(5.56, 5.90, 5.95)
    breast = overlap(plate_line, within(1.38, 0.25))
    neck = Drape(0.02, 4)
    low, middle = neck_lines(neck, neckline(5.60, 6.02, 6.02), neckline(5.86, 6.20, 6.18))
    high = neck.line(neckline(5.99, 6.33, 6.30), COLUMNS)
    lower: list[tuple[float, Values | float]] = [
        (-0.55, 0.16), (-0.50, 0.21), (-0.42, 0.23), (-0.30, 0.21), (-0.1, 0.175), (0.2, 0.14), (0.6, 0.11),
        (0.95, 0.10),
        (1.0, 0.085), (0.95, 0.06),
    ]  # fmt: skip
    upper: list[tuple[float, Values | float]] = [
        (-0.5, 0.10), (-0.45, 0.125), (-0.3, 0.13), (0.1, 0.115), (0.5, 0.115), (0.78, 0.13), (0.88, 0.155),
        (0.96, 0.165),
        (1.03, 0.15), (1.04, 0.12), (0.98, 0.085), (0.8, 0.07), (0.4, 0.06),
    ]  # fmt: skip
    lining: list[tuple[float, Values | float]] = [
        (0.3, 0.06),
        (1.0, 0.10),
        (1.10, 0.09),
        (1.10, 0.055),
        (0.9, 0.03),
        (0.3, 0.02),
    ]
    pieces = [
        under.shell(quilt), drape.shell(breast, "plate", ((-2.2, 0.3),
        (2.2, 2.3))), neck_band(low, middle, lower, "gorget"),
        neck_band(middle, high, upper, "gorget"), neck_band(middle, high, lining, "lining"),
        strip(drape, drape.line(plate_line, COLUMNS), 0.06, 0.0, 0.06, "rim", closed=True, roundness=2),
    ]  # fmt: skip
    shoulder = Drape(0.14, 60)
    lames = ((1.02, 1.36, 1.30, 0.02), (0.76, 1.10, 1.42, 0.05), (0.46, 0.86, 1.52, 0.08), (-0.10, 0.58, 1.55, 0.11))
    for start, end, reach, lift in lames:
        pieces += on_both_sides(shoulder_lame(shoulder, start, end, reach, lift, "lame"))
    for x, y in ((0.30, 5.48), (0.78, 5.60), (1.12, 5.45)):
        for side in (1, -1):
            place, normal = drape.settle(np.array([[side * x, y, 0.95]], np.float32), 0.005)
            pieces.append(dome(place[0], normal[0], 0.04, 0.03, "rivet"))
    canvas = torso_canvas({"plate": (4.4, 2.0), "gorget": (5.4, 0.62), "lining": (4.2, 0.3), "rim": (5.6, 0.2),
        "lame": (2.0, 0.62),
                     "rivet": (0.12, 0.12)})  # fmt: skip
    body = canvas.region("torso")
    paint.plain_weave(body, 0.04, 0.7, 71)
    lines = np.minimum(np.abs((across_torso(body) / 0.22) % 1 - 0.5), 9) * 0.22
    paint.stitches(body, lines, along_torso(body), 0.05)
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
    lining_cloth = canvas.region("lining")
    paint.leather(lining_cloth, 0.4, 75)
    rim = canvas.region("rim")
    paint.brass(rim, 76)
    paint.brass(canvas.region("rivet"), 77)
    return Design(pieces, canvas, covered_vertices(quilt, 0.2), 0.2)


def pleated_ruff(low: Values, patch: str) -> Piece:
    """A pleated linen ruff: a disc of S-shaped pleats around the neck, thin at its outer edge."""
    pleats, columns = 32, 32 * 16
    at = np.linspace(0, COLUMNS, columns, endpoint=False)
    index = np.arange(COLUMNS + 1)
    line = np.stack([np.interp(at, index, np.append(low[:, c], low[0, c])) for c in range(3)], 1).astype(np.float32)
    out = around_neck(line)[0]
    tilt = np.array([0, 1, 0.15], np.float32)
    phase = np.linspace(0, 2 * np.pi * pleats, columns, endpoint=False)
    tangent = np.cross(np.array([0, 1, 0], np.float32), out)
    rows = []
    for share in np.linspace(0, 1, 8):
        swing = 0.095 * min(1, 0.45 + 1.1 * share)
        height = 0.02 + 0.07 * share + swing * np.cos(phase)
        sideways = 0.05 * np.sin(2 * phase) * (0.3 + 0.7 * share)
        radius = -0.03 + 0.50 * share
        rows.append(line + out * radius + tilt * height[:, None] + tangent * sideways[:, None])
    middle = np.stack(rows)
    along = np.roll(middle, -1, 1) - np.roll(middle, 1, 1)
    normal = np.cross(along, np.gradient(middle, axis=0))
    normal *= 0.012 / np.linalg.norm(normal, axis=-1, keepdims=True)
    sheets = np.concatenate([middle + normal, (middle - normal)[::-1]])
    return grid(sheets, patch, closed=True)


def doublet() -> Design:
    drape = Drape(0.07, 36)
    covers = neckline(5.78, 6.12, 6.12)
    neck = Drape(0.02, 4)
    low, high = neck_lines(neck, neckline(5.74, 6.08, 6.08), neckline(5.93, 6.27, 6.24))
    stand: list[tuple[float, Values | float]] = [
        (-0.4, 0.03),
        (0.0, 0.08),
        (0.5, 0.085),
        (0.95, 0.06),
        (1.0, 0.03),
        (0.9, 0.01),
        (0.3, 0.0),
    ]
    pieces = [drape.shell(covers), neck_band(low, high, stand, "stand"), pleated_ruff(0.12 * low + 0.88 * high, "ruff")]
    for y in (5.60, 5.44, 5.28, 5.12, 4.96, 4.80):
        place, normal = drape.settle(np.array([[0.0, y, 1.0]], np.float32), 0.03)
        pieces.append(dome(place[0], normal[0], 0.045, 0.045, "button", 14))
    for x in (0.09,):
        braid = spline([(x, 5.72, 0.85), (x, 5.4, 0.95), (x, 5.0, 1.1), (x, 4.4, 1.25)], 40)
        pieces += on_both_sides(strip(drape, braid, 0.045, 0.0, 0.025, "braid"))
        slash = spline([(0.62, 5.86, 0.62), (0.72, 5.5, 0.85), (0.68, 5.0, 1.05), (0.6, 4.4, 1.2)], 40)
        pieces += on_both_sides(strip(drape, slash, 0.055, 0.0, 0.028, "braid"))
    roll = spline(
        [(1.50, 5.0, 0.72), (1.66, 5.45, 0.62), (1.80, 5.72, 0.15), (1.66, 5.45, -0.35), (1.5, 5.0, -0.4)], 60
    )
    pieces += on_both_sides(strip(Drape(0.10, 36), roll, 0.15, 0.0, 0.13, "roll", roundness=2, across=11))
    canvas = torso_canvas(
        {"stand": (4.6, 0.4), "ruff": (6.5, 1.1), "button": (0.16, 0.16), "braid": (1.6, 0.14), "roll": (2.3, 0.5)}
    )
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
    paint.gild(braid_cloth, 0.4 + 0.6 * plait)
    roll_cloth = canvas.region("roll")
    paint.velvet(roll_cloth, 107)
    pane = np.abs((roll_cloth.s / 0.26) % 1 - 0.5)
    inner = paint.band(pane, 0.16, 0.03)
    roll_cloth.blend(inner, 0, 1)
    roll_cloth.height[...] -= 0.02 * inner
    roll_cloth.shade(1 - 0.4 * paint.band(np.abs(pane - 0.17), 0.02, 0.03))
    return Design(pieces, canvas, covered_vertices(covers, 0.3), 0.5)


def gown() -> Design:
    """A satin gown, wide at the neck, gathered into an embroidered band with a brooch."""
    drape = Drape(0.045, 16, hanging_folds(0.14, 29))
    covers = neckline(5.40, 5.98, 6.0)
    pieces = [drape.shell(covers), neck_hem(drape, covers, 0.085, 0.024)]
    brooch, normal = drape.settle(np.array([[0.0, 5.39, 0.95]], np.float32), 0.035)
    pieces.append(dome(brooch[0], normal[0], 0.10, 0.04, "brooch", 24))
    canvas = torso_canvas({"hem": (5.8, 0.22), "brooch": (0.26, 0.26)})
    body = canvas.region("torso")
    paint.satin(body, 131)
    paint.wrinkle(body, 0.010, 132)
    from_neck, around = along_line(body, drape.line(covers, 8 * COLUMNS))
    gathered = np.exp(-np.maximum(from_neck - 0.08, 0) / 0.22) * np.clip(along_torso(body) / 0.5, 0, 1)
    wander = 0.3 * paint.noise(body.shape, 90, 2, 133)
    pleat = 0.5 + 0.5 * np.cos(2 * np.pi * around / 0.075 + wander)
    body.height[...] += 0.014 * gathered * pleat
    body.shade(1 - 0.16 * gathered * (1 - pleat))
    band = canvas.region("hem")
    paint.satin(band, 134)
    band.tint(0, 1)
    middle = np.abs(band.t - 0.11)
    vine = np.abs(band.t - 0.11 - 0.035 * np.cos(2 * np.pi * band.s / 0.22))
    berry = np.hypot((band.s % 0.11) - 0.055, band.t - 0.11)
    paint.gild(band, np.maximum(paint.band(vine, 0.011, 0.010), paint.band(berry, 0.020, 0.010)))
    paint.gild(band, paint.band(np.abs(middle - 0.085), 0.012, 0.008))
    jewel = canvas.region("brooch")
    paint.brass(jewel, 136)
    engrave_brooch(jewel)
    return Design(pieces, canvas, covered_vertices(covers, 0.10), 0.2)


def ranger() -> Design:
    """A leather cuirass with stitched shoulder guards and a baldric over a linen shirt."""
    under, drape = Drape(0.055, 18, hanging_folds(0.06, 31)), Drape(0.11, 50)
    shirt = neckline(5.72, 6.06, 6.08)
    edge = neckline(5.52, 5.93, 5.97)
    cuirass = overlap(edge, within(1.34, 0.22))
    neck = Drape(0.02, 4)
    low, high = neck_lines(neck, neckline(5.68, 6.04, 6.04), neckline(5.84, 6.22, 6.20))
    stand: list[tuple[float, Values | float]] = [
        (-0.4, 0.03), (0.0, 0.08), (0.5, 0.095), (0.9, 0.11), (1.0, 0.095), (0.95, 0.06), (0.3, 0.03),
    ]  # fmt: skip
    baldric = spline(
        [(1.30, 5.86, 0.0), (1.10, 5.86, 0.45), (0.70, 5.55, 0.9), (0.25, 5.15, 1.1), (-0.35, 4.6, 1.2),
         (-0.8, 4.2, 1.2)], 64
    )  # fmt: skip
    over = Drape(0.13, 50)
    pieces = [
        under.shell(shirt), neck_band(low, high, stand, "collar"),
        drape.shell(cuirass, "cuirass", ((-2.2, 0.3), (2.2, 2.3))),
        strip(drape, drape.line(edge, COLUMNS), 0.065, 0.0, 0.035, "edge", closed=True),
        strip(over, baldric, 0.15, 0.02, 0.035, "strap", roundness=8),
    ]  # fmt: skip
    shoulder = Drape(0.12, 60)
    for start, end, reach, lift in ((0.74, 1.16, 1.30, 0.0), (0.40, 0.86, 1.40, 0.035)):
        pieces += on_both_sides(shoulder_lame(shoulder, start, end, reach, lift, "guard"))
    for place in ((0.52, 5.42, 1.0), (1.06, 5.84, 0.5)):
        stud, normal = over.settle(np.array([place], np.float32), 0.045)
        pieces.append(dome(stud[0], normal[0], 0.05, 0.03, "stud", 14))
    canvas = torso_canvas(
        {"cuirass": (4.4, 2.0), "collar": (4.4, 0.4), "edge": (5.6, 0.16), "strap": (3.2, 0.34), "guard": (1.9, 0.62),
         "stud": (0.14, 0.14)}
    )  # fmt: skip
    body = canvas.region("torso")
    paint.plain_weave(body, 0.034, 0.8, 141)
    body.tint(0, 1)
    paint.wrinkle(body, 0.010, 142)
    sew_shoulders(body)
    chest = canvas.region("cuirass")
    paint.leather(chest, 0.7, 143)
    middle = np.abs(chest.s - 2.2)
    panel = middle - 0.62 - 0.14 * np.cos(1.5 * chest.t)
    paint.seam(chest, panel, 0.016, 0.016)
    for offset in (-0.05, 0.05):
        paint.stitches(chest, panel + offset, chest.t, 0.07)
    paint.seam(chest, middle, 0.012, 0.014)
    paint.dirt(chest, np.exp(-np.abs(panel) / 0.10), 0.18)
    for name, tone in (("collar", 1.0), ("edge", 0.7), ("strap", 0.8), ("guard", 1.0)):
        part = canvas.region(name)
        paint.leather(part, 0.8, 144)
        part.colour[...] *= tone
        half = 0.5 * float(part.t.max())
        paint.stitches(part, np.abs(part.t - half) - 0.72 * half, part.s, 0.06)
    guard = canvas.region("guard")
    paint.seam(guard, guard.t - 0.30, 0.010, 0.012)
    paint.brass(canvas.region("stud"), 145)
    return Design(pieces, canvas, covered_vertices(shirt, 0.12), 0.0)
