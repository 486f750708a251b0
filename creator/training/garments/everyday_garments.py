"""Everyday clothes: how each is cut, built and painted on the reference body.

Lengths are decimetres; the collar bones meet at about (0, 5.7, 0.7), the nape is at (0, 6.1, -0.3).
"""

from __future__ import annotations

import numpy as np

from creator.training.garments import garment_textures as paint
from creator.training.garments.garment_cuts import (
    COLUMNS,
    HOOD_SIZE,
    across_torso,
    along_line,
    along_torso,
    azimuth,
    hanging_folds,
    hood_edge,
    hood_on_shoulders,
    neck_band,
    neck_hem,
    neck_lines,
    neckline,
    on_both_sides,
    overlap,
    rolled_cord,
    sew_shoulders,
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
    spline,
    strip,
)
from creator.training.garments.garment_textures import Values


def t_shirt() -> Design:
    drape = Drape(0.045, 14, hanging_folds(0.10, 3))
    covers = neckline(5.70, 6.07, 6.08)
    canvas = torso_canvas({"hem": (5.0, 0.24)})
    body = canvas.region("torso")
    paint.jersey(body)
    paint.wrinkle(body, 0.010, 31)
    sew_shoulders(body)
    from_neck, around = along_line(body, drape.line(covers, 8 * COLUMNS))
    paint.stitches(body, from_neck - 0.13, around, 0.045)
    hem = canvas.region("hem")
    paint.jersey(hem, 6)
    paint.ribs(hem, 0.05, 0.010)
    paint.stitches(hem, hem.t - 0.035, hem.s, 0.045)
    return Design(
        [drape.shell(covers), neck_hem(drape, covers, 0.095, 0.022)], canvas, covered_vertices(covers, 0.10), 0.15
    )


def overalls() -> Design:
    folds = hanging_folds(0.10, 3)
    drape, over = Drape(0.05, 14, folds), Drape(0.10, 30, folds)
    covers = neckline(5.74, 6.07, 6.08)
    bib = overlap(within(0.92, 0.10), lambda points: np.minimum(5.22 - points[..., 1], points[..., 2] - NECK_AXIS_Z))
    strap = spline([(0.64, 4.1, 1.3), (0.67, 4.6, 1.2), (0.72, 5.12, 1.05), (0.80, 5.55, 0.85), (0.92, 5.92, 0.45),
                    (0.98, 6.0, 0.1), (0.90, 5.9, -0.25), (0.6, 5.4, -0.6), (0.3, 4.6, -0.7)], 72)  # fmt: skip
    top = spline([(-0.94, 5.19, 1.0), (-0.4, 5.19, 1.1), (0.4, 5.19, 1.1), (0.94, 5.19, 1.0)], 40)
    pieces = [
        drape.shell(covers), neck_hem(drape, covers, 0.085, 0.02), over.shell(bib, "bib", ((-1.4, 0.9), (1.4, 2.3))),
        strip(over, top, 0.05, 0.0, 0.025, "band"), *on_both_sides(strip(over, strap, 0.155, 0.0, 0.035, "strap",
            roundness=8)),
    ]  # fmt: skip
    for side in (1, -1):
        place, normal = over.settle(np.array([[side * 0.73, 5.26, 1.0]], np.float32), 0.045)
        pieces.append(dome(place[0], normal[0], 0.075, 0.03, "button", 18))
    canvas = torso_canvas(
        {"hem": (5.0, 0.22), "bib": (2.8, 1.4), "band": (2.0, 0.12), "strap": (4.1, 0.36), "button": (0.2, 0.2)}
    )
    body = canvas.region("torso")
    paint.jersey(body, 241)
    body.tint(0, 1)
    paint.wrinkle(body, 0.010, 242)
    sew_shoulders(body)
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


def turtleneck() -> Design:
    drape, neck = Drape(0.05, 20, hanging_folds(0.12, 5)), Drape(0.02, 4)
    covers = neckline(5.80, 6.12, 6.12)
    top = neckline(6.00, 6.36, 6.32)
    low, high = neck_lines(neck, covers, top)
    angle = azimuth()
    slouch = 0.010 * np.cos(5 * angle + 0.6) * np.cos(2 * angle) + 0.008 * np.cos(9 * angle)
    profile: list[tuple[float, Values | float]] = [
        (-0.30, 0.02), (-0.2, 0.06), (0.0, 0.06), (0.10, 0.06), (0.11, 0.08), (0.08, 0.10 + slouch),
        (0.11, 0.13 + slouch),
        (0.3, 0.135 + slouch), (0.5, 0.125 + slouch), (0.7, 0.12), (0.88, 0.115), (0.98, 0.10), (1.02, 0.07),
        (1.01, 0.035), (0.93, 0.015), (0.8, 0.01), (0.6, 0.0),
    ]  # fmt: skip
    canvas = torso_canvas({"collar": (5.0, 0.95)})
    body = canvas.region("torso")
    paint.knit(body)
    paint.wrinkle(body, 0.010, 33)
    rib = canvas.region("collar")
    paint.knit(rib, 0.05, 0.05, 0.010)
    paint.ribs(rib, 0.10, 0.022)
    return Design(
        [drape.shell(covers), neck_band(low, high, profile, "collar")], canvas, covered_vertices(top, 0.16), 0.45
    )


def hoodie() -> Design:
    drape = Drape(0.07, 30, hanging_folds(0.18, 23))
    covers = neckline(5.74, 6.08, 6.08)
    neck = Drape(0.03, 8)
    hood = hood_on_shoulders(drape, neck.line(neckline(5.66, 6.08, 6.10, 0.14, 0.5), COLUMNS), 0.86, "hood", 121)
    pieces = [drape.shell(covers), hood]
    for side in (1, -1):
        cord = spline(
            [(side * 0.22, 5.56, 0.95), (side * 0.26, 5.35, 1.0), (side * 0.25, 5.12, 1.05), (side * 0.27, 4.95, 1.1)],
            40,
        )
        pieces.append(rolled_cord(drape, cord, 0.028, 0.02, "cord"))
    canvas = torso_canvas({"hood": HOOD_SIZE, "cord": (0.8, 0.1)})
    body = canvas.region("torso")
    paint.fleece(body, 122)
    paint.wrinkle(body, 0.010, 123)
    s, t = np.abs(across_torso(body)), along_torso(body)
    raglan = (s - 0.75 - 0.62 * np.clip(np.abs(t - 0.1), 0, 2)) * 0.85
    paint.seam(body, raglan)
    paint.stitches(body, np.abs(raglan) - 0.04, t)
    cloth = canvas.region("hood")
    paint.fleece(cloth, 124)
    paint.seam(cloth, np.minimum(cloth.s, HOOD_SIZE[0] - cloth.s))
    paint.stitches(cloth, np.abs(hood_edge(cloth)) - 0.06, cloth.s, 0.05)
    cord_cloth = canvas.region("cord")
    paint.plain_weave(cord_cloth, 0.03, 0.2, 125)
    cord_cloth.tint(0, 1)
    return Design(pieces, canvas, covered_vertices(covers, 0.4), 0.35)


def scarf_turn(
    low: Values, high: Values, share: float, out: float, thick: float, tall: float, seed: int, patch: str
) -> Piece:
    """One turn of a scarf: a soft tube around the neck whose folds run along it and twist slowly."""
    angle = azimuth()
    random = np.random.default_rng(seed)
    centre = low + share * (high - low)
    outward, up = around_neck(low)
    section = np.linspace(-0.5 * np.pi, 1.5 * np.pi, 29)
    wander = sum(random.uniform(-0.03, 0.03) * np.cos(k * angle) for k in (1, 2, 3))
    rows = []
    for around in section:
        crease = (
            1
            + 0.13 * np.cos(5 * around + 1.2 * np.cos(angle) + 0.8)
            + 0.07 * np.cos(9 * around + 2.0 * np.cos(2 * angle))
        )
        rows.append(
            centre
            + outward * (out + thick * np.cos(around) * crease)[:, None]
            + up * (wander + tall * np.sin(around) * crease)[:, None]
        )
    return grid(np.stack(rows), patch, closed=True)


def scarf() -> Design:
    drape = Drape(0.055, 20, hanging_folds(0.14, 19))
    shirt = neckline(5.72, 6.08, 6.08)
    neck = Drape(0.02, 4)
    low, high = neck_lines(neck, neckline(5.66, 6.04, 6.04), neckline(5.98, 6.32, 6.28))
    ahead = 0.5 + 0.5 * np.cos(azimuth())
    dropped = low + np.array([0, -1, 0.35], np.float32) * (0.16 * ahead)[:, None]
    pieces = [
        drape.shell(shirt), scarf_turn(dropped, high - 0.5 * (low - dropped), 0.10, 0.20, 0.15, 0.20, 111, "loop"),
        scarf_turn(low, high, 0.62, 0.12, 0.12, 0.15, 112, "loop"),
    ]  # fmt: skip
    hanging = Drape(0.10, 30, hanging_folds(0.14, 19))
    end = spline([(0.26, 5.66, 0.9), (0.34, 5.35, 1.0), (0.40, 5.0, 1.1), (0.42, 4.3, 1.25)], 40)
    pieces.append(strip(hanging, end, 0.26, 0.06, 0.07, "end", roundness=3, across=15))
    canvas = torso_canvas({"loop": (5.6, 1.2), "end": (1.6, 0.6)})
    body = canvas.region("torso")
    paint.plain_weave(body, 0.03, 0.4, 113)
    body.tint(0, 1)
    paint.wrinkle(body, 0.010, 114)
    sew_shoulders(body)
    for name, seed in (("loop", 115), ("end", 116)):
        cloth = canvas.region(name)
        paint.knit(cloth, 0.06, 0.05, 0.012, seed)
        width = float(cloth.t.max())
        stripes = paint.band(np.abs((cloth.s % 1.4) - 0.7), 0.10, 0.01)
        cloth.blend(stripes, 0, 1)
        fold = paint.noise(cloth.shape, (26, 300), 2, seed + 10)
        cloth.height[...] += 0.02 * fold * min(width, 1)
    return Design(pieces, canvas, covered_vertices(shirt, 0.15), 0.45)
