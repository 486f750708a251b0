"""Uniforms: how each is cut, built and painted on the reference body."""

from __future__ import annotations

import numpy as np

from creator.training.garments import garment_textures as paint
from creator.training.garments.garment_cuts import (
    across_torso,
    along_torso,
    hanging_folds,
    neck_band,
    neck_lines,
    neckline,
    on_both_sides,
    rolled_cord,
    sew_shoulders,
    shoulder_lame,
    stand_collar,
    torso_canvas,
)
from creator.training.garments.garment_shells import (
    Design,
    Drape,
    covered_vertices,
    dome,
    spline,
    strip,
)
from creator.training.garments.garment_textures import Canvas, Region, Values


def uniform() -> Design:
    drape = Drape(0.06, 30, hanging_folds(0.10, 17))
    covers = neckline(5.76, 6.08, 6.08)
    neck = Drape(0.015, 4)
    low, high = neck_lines(neck, neckline(5.74, 6.08, 6.08), neckline(6.00, 6.34, 6.32))
    pieces = [drape.shell(covers), stand_collar(low, high, 0.03, 0.05, 0.03, "collar")]
    pieces.append(
        rolled_cord(
            drape,
            spline([(0.11, 5.72, 0.8), (0.11, 5.4, 0.95), (0.11, 5.0, 1.1), (0.11, 4.4, 1.25)], 40),
            0.022,
            0.0,
            "piping",
        )
    )
    for y in (5.56, 5.28, 5.0, 4.72):
        place, normal = drape.settle(np.array([[0.0, y, 1.0]], np.float32), 0.015)
        pieces.append(dome(place[0], normal[0], 0.062, 0.035, "button", 16))
    board = spline([(0.92, 6.04, 0.16), (1.3, 5.93, 0.16), (1.62, 5.78, 0.16), (1.86, 5.62, 0.16)], 24)
    taper = np.linspace(0.13, 0.17, 24)
    pieces += on_both_sides(strip(drape, board, taper, 0.02, 0.035, "board", roundness=8))
    for side in (1, -1):
        place, normal = drape.settle(np.array([[side * 0.98, 6.0, 0.16]], np.float32), 0.05)
        pieces.append(dome(place[0], normal[0], 0.05, 0.03, "button", 16))
    canvas = torso_canvas({"collar": (4.4, 0.72), "piping": (1.5, 0.1), "board": (1.0, 0.36), "button": (0.2, 0.2)})
    body = canvas.region("torso")
    paint.twill(body, 0.036, 91)
    paint.wrinkle(body, 0.010, 92)
    sew_shoulders(body)
    s, t = across_torso(body), along_torso(body)
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
    paint.gild(collar_cloth, star)
    piping_cloth = canvas.region("piping")
    paint.twill(piping_cloth, 0.02, 94)
    piping_cloth.tint(0, 1)
    board_cloth = canvas.region("board")
    paint.twill(board_cloth, 0.03, 95)
    rim = np.minimum(np.minimum(board_cloth.t, 0.36 - board_cloth.t), 1.0 - board_cloth.s)
    braid = paint.band(np.abs(rim - 0.06), 0.022, 0.01)
    paint.gild(board_cloth, braid)
    for star_place in (0.30, 0.46):
        paint.gild(
            board_cloth, paint.band(np.hypot(board_cloth.s - star_place - 0.2, board_cloth.t - 0.18), 0.045, 0.012)
        )
    board_cloth.blend(1 - paint.band(0.1 - rim, 0.0, 0.01) - braid, 0, 1)
    button = canvas.region("button")
    paint.brass(button, 96)
    paint.button_face(button, holes=False)
    return Design(pieces, canvas, covered_vertices(covers, 0.3), 0.1)


def moulded_part(canvas: Canvas, name: str, tone: float, seed: int) -> Region:
    """A moulded hard part: smooth, faintly speckled, in the accent colour's neighbour grey."""
    region = canvas.region(name)
    region.tint(0, 0)
    region.colour[...] = tone + 0.01 * paint.noise(region.shape, 3, 2, seed)[..., None]
    region.roughness[...] = 0.34 + 0.03 * paint.noise(region.shape, 60, 3, seed + 1)
    region.metalness[...] = 0.0
    return region


def scifi_suit() -> Design:
    drape, hard = Drape(0.055, 12), Drape(0.06, 40)
    covers = neckline(5.74, 6.10, 6.10)
    neck = Drape(0.02, 4)
    low, high = neck_lines(neck, neckline(5.64, 6.02, 6.02), neckline(5.92, 6.26, 6.24))
    ring: list[tuple[float, Values | float]] = [
        (-0.50, 0.06), (-0.45, 0.15), (-0.35, 0.20), (-0.10, 0.225), (0.10, 0.225), (0.16, 0.205), (0.20, 0.19),
        (0.30, 0.19),
        (0.34, 0.205), (0.40, 0.22), (0.60, 0.21), (0.74, 0.18), (0.80, 0.14), (0.78, 0.10), (0.62, 0.07), (0.2, 0.05),
    ]  # fmt: skip
    inner: list[tuple[float, Values | float]] = [
        (0.2, 0.05), (0.8, 0.075), (1.1, 0.07), (1.16, 0.05), (1.12, 0.02), (0.7, 0.005)]  # fmt: skip
    yoke = spline(
        [
            (0.16, 5.50, 0.95),
            (0.55, 5.44, 0.95),
            (1.0, 5.50, 0.85),
            (1.36, 5.62, 0.6),
            (1.55, 5.72, 0.15),
            (1.4, 5.7, -0.3),
        ],
        48,
    )
    pieces = [drape.shell(covers), neck_band(low, high, ring, "ring"), neck_band(low, high, inner, "inner")]
    pieces += on_both_sides(strip(hard, yoke, 0.16, 0.0, 0.06, "guard", roundness=8))
    cap = shoulder_lame(hard, 0.62, 1.12, 1.25, 0.0, "cap")
    pieces += on_both_sides(cap)
    port, normal = hard.settle(np.array([[0.0, 5.44, 0.95]], np.float32), 0.02)
    pieces.append(dome(port[0], normal[0], 0.10, 0.05, "port", 24))
    canvas = torso_canvas({"ring": (5.4, 0.62), "inner": (4.4, 0.4), "guard": (2.4, 0.4), "cap": (1.8, 0.7),
                     "port": (0.24, 0.24)})  # fmt: skip
    body = canvas.region("torso")
    paint.rubber(body, 0.075, 81)
    body.tint(1, 0)
    s, t = np.abs(across_torso(body)), along_torso(body)
    panel = s - 0.62 - 0.35 * np.cos(1.1 * t)
    body.shade(1 - 0.30 * paint.band(np.abs(panel), 0.012, 0.012))
    paint.seam(body, panel, 0.02, 0.016)
    paint.seam(body, s - 1.66, 0.02, 0.016)
    paint.seam(body, s, 0.02, 0.014)
    piping = paint.band(np.abs(panel - 0.06), 0.016, 0.01)
    body.blend(piping, 0, 1)
    ring_region = moulded_part(canvas, "ring", 0.36, 82)
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
    guard = moulded_part(canvas, "guard", 0.80, 84)
    guard.tint(1, 0)
    paint.seam(guard, np.abs(guard.t - 0.2) - 0.12, 0.008, 0.008)
    paint.edge_wear(guard, np.minimum(guard.t, 0.4 - guard.t) - 0.02, 0.02)
    cap_region = moulded_part(canvas, "cap", 0.80, 85)
    cap_region.tint(1, 0)
    paint.seam(cap_region, cap_region.t - 0.30, 0.010, 0.010)
    stripe = paint.band(np.abs(cap_region.t - 0.44), 0.05, 0.008)
    cap_region.blend(stripe, 0, 1)
    paint.edge_wear(cap_region, np.abs(cap_region.t - 0.56), 0.02)
    port_region = moulded_part(canvas, "port", 0.5, 87)
    port_region.metalness[...] = 1
    paint.button_face(port_region, holes=False)
    return Design(pieces, canvas, covered_vertices(neckline(5.92, 6.26, 6.24), 0.2), 0.0)
