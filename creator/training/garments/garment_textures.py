"""Procedural cloth, leather and metal: what is painted into a garment's atlas.

A :class:`Canvas` holds the layers of one garment in float32; a :class:`Region` is the window of one patch with the
cloth's own coordinates in decimetres. Fabric functions fill a region; others add seams, stitches and trim to it.
Everything is drawn from fixed seeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.spatial import cKDTree

Values = NDArray[np.floating[Any]]

ATLAS_SIDE = 1024
TORSO_ROWS = 608
_RELIEF = 0.014  # decimetres up and down that a height map can show
_GAP = 6  # texels between patches, so that mipmaps do not mix neighbours


@dataclass(frozen=True)
class GarmentMaterial:
    """What a garment is made of, in its own texture coordinates; every map's first row is at the top.

    albedo = linear(colour) * (main * main_colour + accent * accent_colour + (1 - main - accent)).
    """

    colour: NDArray[np.uint8]  # (H, W, 3) sRGB-coded relative colour, as for white cloth
    blend: NDArray[np.uint8]  # (H, W, 4): share of the main colour, of the accent colour, roughness, metalness
    height: NDArray[np.uint8]  # (H, W), 255 is ``bump_depth`` above 0
    bump_depth: float  # decimetres
    sheen: float  # 0..1, strength of the fuzz that lights up at grazing angles


@dataclass(frozen=True)
class Patch:
    """A rectangle of the atlas: place and size in texels (first row at the top), and the cloth's size in decimetres."""

    left: int
    top: int
    columns: int
    rows: int
    width: float
    height: float

    def uv_window(self) -> tuple[float, float, float, float]:
        """(u0, v0, u1, v1) of the atlas, v from the bottom, half a texel inside."""
        side = ATLAS_SIDE
        return (
            (self.left + 0.5) / side, 1 - (self.top + self.rows - 0.5) / side,
            (self.left + self.columns - 0.5) / side, 1 - (self.top + 0.5) / side,
        )  # fmt: skip


@dataclass(frozen=True)
class Region:
    """Views of a patch's texels: painting into them paints the canvas."""

    s: Values  # (h, w) decimetres from the left
    t: Values  # (h, w) decimetres from the bottom
    colour: Values  # (h, w, 3) relative colour, sRGB-coded 0..1
    main: Values
    accent: Values
    roughness: Values
    metalness: Values
    height: Values  # (h, w) decimetres

    @property
    def shape(self) -> tuple[int, int]:
        return self.s.shape[0], self.s.shape[1]

    def tint(self, main: float, accent: float) -> None:
        self.main[...], self.accent[...] = main, accent

    def blend(self, mask: Values, main: float, accent: float) -> None:
        """Mix the shares of main and accent colour towards the given ones by a mask (h, w) of 0..1."""
        self.main[...] += mask * (main - self.main)
        self.accent[...] += mask * (accent - self.accent)

    def shade(self, factor: Values) -> None:
        self.colour[...] *= factor[..., None]


class Canvas:
    """The layers of a garment's atlas while they are painted."""

    def __init__(self, patches: dict[str, Patch]) -> None:
        self.patches = patches
        self._layers = np.zeros((ATLAS_SIDE, ATLAS_SIDE, 8), np.float32)
        self._layers[..., :3] = 0.78
        self._layers[..., 3], self._layers[..., 5] = 1, 0.8

    def region(self, name: str) -> Region:
        patch = self.patches[name]
        view = self._layers[patch.top : patch.top + patch.rows, patch.left : patch.left + patch.columns]
        s = (np.arange(patch.columns, dtype=np.float32) + 0.5) * (patch.width / patch.columns)
        t = (patch.rows - 0.5 - np.arange(patch.rows, dtype=np.float32)) * (patch.height / patch.rows)
        grid = np.meshgrid(s, t)
        return Region(grid[0], grid[1], view[..., :3], *(view[..., k] for k in range(3, 8)))

    def material(self, sheen: float) -> GarmentMaterial:
        """The painted maps. Heights are squashed into a narrow range, so that 8 bits resolve flat slopes on metal."""
        layers = self._layers
        height = _RELIEF * np.tanh((layers[..., 7] - np.median(layers[::8, ::8, 7])) / _RELIEF)
        lowest = float(height.min())
        depth = max(float(height.max()) - lowest, 1e-4)

        def coded(values: Values) -> NDArray[np.uint8]:
            return np.round(np.clip(values, 0, 1) * 255).astype(np.uint8)

        return GarmentMaterial(
            coded(layers[..., :3]), coded(layers[..., 3:7]), coded((height - lowest) / depth), depth, sheen
        )


def pack(sizes: dict[str, tuple[float, float]], top: int = 0) -> dict[str, Patch]:
    """Patches of (width, height) decimetres on shelves below the row ``top``, at the largest density that fits."""
    for density in range(180, 20, -4):
        patches: dict[str, Patch] = {}
        left, shelf, row = 0, 0, top
        for name, (width, height) in sorted(sizes.items(), key=lambda item: -item[1][1]):
            columns, rows = min(max(int(width * density), 24), ATLAS_SIDE), max(int(height * density), 24)
            if left + columns > ATLAS_SIDE:
                left, row, shelf = 0, row + shelf + _GAP, 0
            patches[name] = Patch(left, row, columns, rows, width, height)
            left, shelf = left + columns + _GAP, max(shelf, rows)
        if row + shelf <= ATLAS_SIDE:
            return patches
    raise ValueError("the patches do not fit into the atlas")


def torso_and_trims(trims: dict[str, tuple[float, float]], torso_size: tuple[float, float]) -> dict[str, Patch]:
    """The torso's patch fills the upper rows of the atlas, the trims share the lower ones."""
    return {"torso": Patch(0, 0, ATLAS_SIDE, TORSO_ROWS, *torso_size)} | pack(trims, TORSO_ROWS + _GAP)


def noise(shape: tuple[int, int], cell: tuple[float, float] | float, octaves: int, seed: int) -> Values:
    """Smooth noise (h, w) of mean 0 and deviation 1 whose coarsest cells are ``cell`` texels (down, across)."""
    down, across = cell if isinstance(cell, tuple) else (cell, cell)
    random = np.random.default_rng(seed)
    total = np.zeros(shape, np.float32)
    for octave in range(octaves):
        rows = max(int(shape[0] / down * 2**octave), 2)
        columns = max(int(shape[1] / across * 2**octave), 2)
        values = random.standard_normal((min(rows, shape[0]), min(columns, shape[1]))).astype(np.float32)
        picture = Image.fromarray(values).resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
        total += np.asarray(picture) * 0.55**octave
    return ((total - total.mean()) / total.std()).astype(np.float32)


def pebbles(shape: tuple[int, int], cell: float, seed: int) -> Values:
    """Rounded cells (h, w) of about ``cell`` texels, 0 in furrows, 1 on top: Worley's F2 - F1 (1996)."""
    tile = _pebble_tile(cell, seed)
    repeats = tuple(-(-size // len(tile)) for size in shape)
    return np.tile(tile, repeats)[: shape[0], : shape[1]]


@lru_cache
def _pebble_tile(cell: float, seed: int) -> Values:
    side = 256
    count = round(side / cell)
    random = np.random.default_rng(seed)
    place = np.stack(np.meshgrid(np.arange(count), np.arange(count)), -1).reshape(-1, 2)
    points = (place + random.uniform(0.05, 0.95, place.shape)) * (side / count)
    texels = np.stack(np.meshgrid(np.arange(side) + 0.5, np.arange(side) + 0.5), -1)
    nearest = cKDTree(points, boxsize=side).query(texels, k=2)[0]
    rise = np.clip((nearest[..., 1] - nearest[..., 0]) / (0.45 * cell), 0, 1)
    return np.sqrt(rise).astype(np.float32)


def band(distance: Values, width: float, soft: float) -> Values:
    """1 where the distance is below ``width``, falling to 0 over ``soft``."""
    return np.clip((width - distance) / soft + 0.5, 0, 1)


def triangle(x: Values) -> Values:
    """A wave of period 1 between 0 (at whole numbers) and 1."""
    return 1 - np.abs(2 * (x - np.floor(x)) - 1)


def _texels(coordinate: Values, axis: int) -> float:
    """Texels per decimetre of a region's coordinate along an array axis."""
    step = coordinate[0, 1] - coordinate[0, 0] if axis else coordinate[0, 0] - coordinate[1, 0]
    return 1 / float(step)


# Fabrics


def plain_weave(region: Region, period: float = 0.034, slub: float = 0.5, seed: int = 1) -> None:
    """Linen or cotton: warp over weft, threads of uneven thickness (``slub`` 0..1)."""
    shape = region.shape
    # A thread is a whole number of texels wide, or sampling it would beat.
    texels_s, texels_t = _texels(region.s, 1), _texels(region.t, 0)
    across, along = max(round(period * texels_s), 3), max(round(period * texels_t), 3)
    bend_s = 0.12 * slub * noise(shape, (120, 20), 1, seed)
    bend_t = 0.12 * slub * noise(shape, (20, 120), 1, seed + 1)
    x, y = region.s * texels_s / across + bend_s, region.t * texels_t / along + bend_t
    over = np.cos(np.pi * (np.floor(x) + np.floor(y))) > 0
    warp, weft = np.sin(np.pi * (x % 1)), np.sin(np.pi * (y % 1))
    thread = np.where(over, warp * (0.6 + 0.4 * weft), weft * (0.6 + 0.4 * warp))
    region.height[...] += 0.15 * period * thread
    uneven = slub * (0.03 * noise(shape, (along, 60), 1, seed + 2) + 0.03 * noise(shape, (60, across), 1, seed + 3))
    region.shade(0.88 + 0.10 * thread + uneven)
    region.roughness[...] = 0.82


def twill(region: Region, period: float = 0.042, seed: int = 2) -> None:
    """Serge, denim or gabardine: diagonal ribs."""
    shape = region.shape
    wobble = 0.08 * noise(shape, 50, 2, seed)
    rib = triangle((region.s + region.t) / period + wobble)
    thread = triangle((region.s - region.t) / (0.5 * period))
    region.height[...] += period * (0.16 * rib + 0.05 * thread)
    region.shade(0.86 + 0.13 * rib + 0.02 * noise(shape, 3, 2, seed + 1))
    region.roughness[...] = 0.72


def knit(region: Region, column: float = 0.085, row: float = 0.066, depth: float = 0.018, seed: int = 3) -> None:
    """Stockinette stitch: columns of Vs."""
    wander = noise(region.shape, 120, 2, seed)
    x = (region.s + 0.06 * column * wander) / column
    u = x - np.floor(x) - 0.5
    leg = 1 - (np.abs(np.abs(u) - 0.25) / 0.25) ** 2
    v = region.t / row + 0.9 * np.abs(u) + 0.03 * wander
    strand = np.sqrt(np.maximum(1 - (2 * (v - np.floor(v)) - 1) ** 2, 0))
    stitch = leg * strand
    region.height[...] += depth * stitch
    fuzz = noise(region.shape, 2.5, 2, seed + 1)
    region.shade(0.66 + 0.34 * stitch**0.7 + 0.03 * fuzz)
    region.roughness[...] = 0.92


def ribs(region: Region, period: float, depth: float, along_t: bool = True) -> None:
    """Knitted ribs on top of a fabric; they run along t or along s."""
    x = (region.s if along_t else region.t) / period
    wave = np.cos(np.pi * (x - np.floor(x) - 0.5)) ** 0.6
    region.height[...] += depth * wave
    region.shade(0.62 + 0.38 * wave)


def jersey(region: Region, seed: int = 5) -> None:
    """The fine knit of a T-shirt."""
    x, y = region.s / 0.026, region.t / 0.03
    column = triangle(x)
    region.height[...] += 0.0035 * column * (0.7 + 0.3 * triangle(y + 0.5 * np.floor(x)))
    melange = noise(region.shape, (2, 9), 2, seed)
    region.shade(0.92 + 0.06 * column + 0.02 * melange)
    region.roughness[...] = 0.84


def fleece(region: Region, seed: int = 6) -> None:
    """Felted wool or sweatshirt cloth: short fuzz, no visible threads."""
    fuzz = noise(region.shape, 2.5, 2, seed)
    region.height[...] += 0.0006 * fuzz
    region.shade(0.94 + 0.03 * fuzz + 0.02 * noise(region.shape, 60, 3, seed + 1))
    region.roughness[...] = 0.93


def velvet(region: Region, seed: int = 7) -> None:
    """Dense pile with brushed patches."""
    pile = noise(region.shape, 2.2, 2, seed)
    brushed = noise(region.shape, (70, 40), 3, seed + 1)
    region.height[...] += 0.0008 * pile
    region.shade(0.86 + 0.02 * pile + 0.07 * brushed)
    region.roughness[...] = 0.88


def leather(region: Region, wear: float = 0.5, seed: int = 8) -> None:
    """Grain of small cells between creases, larger wrinkles, rubbed places."""
    shape = region.shape
    cells = pebbles(shape, 5.2, seed)
    bends = noise(shape, (60, 110), 3, seed + 1)
    rubbed = np.clip(noise(shape, 90, 4, seed + 2) - 0.6, 0, 1.5) * wear
    region.height[...] += 0.0022 * cells + 0.0030 * bends
    region.shade((0.88 + 0.09 * cells) * (1 + 0.02 * bends) * (1 + 0.15 * rubbed))
    region.roughness[...] = np.clip(
        0.46 - 0.06 * cells + 0.10 * rubbed + 0.04 * noise(shape, 30, 3, seed + 3), 0.3, 0.9
    )


def satin(region: Region, seed: int = 15) -> None:
    """Smooth, shiny weave with faint floats along s."""
    floats = noise(region.shape, (1.8, 26), 1, seed)
    region.height[...] += 0.00012 * floats
    region.shade(0.95 + 0.018 * floats)
    region.roughness[...] = 0.40 + 0.03 * noise(region.shape, 50, 3, seed + 1)


def brocade(region: Region, period: float = 0.62, seed: int = 9) -> None:
    """A woven ogee pattern with a flower, in the accent colour on the main one."""
    x, y = region.s / period, region.t / (1.35 * period)
    row = np.floor(2 * y)
    u = (x + 0.5 * (row % 2)) % 1 - 0.5
    v = (2 * y) % 1 - 0.5
    radius, angle = np.hypot(u * 1.15, v * 0.95), np.arctan2(v, u)
    petals = band(radius, 0.17 + 0.08 * np.cos(6 * angle), 0.05) * (1 - band(radius, 0.055, 0.03))
    frame = band(np.abs(np.abs(u) + 0.42 * np.cos(np.pi * v) - 0.50), 0.028, 0.03)
    figure = np.clip(petals + frame, 0, 1)
    satin = 0.5 + 0.5 * np.cos(2 * np.pi * region.t / 0.022)
    region.blend(figure, 0, 0.9)
    region.height[...] += 0.007 * figure + 0.0015 * satin
    region.shade(0.90 + 0.06 * satin + 0.03 * noise(region.shape, 3, 2, seed))
    region.roughness[...] = 0.62 - 0.22 * figure


def steel(region: Region, wear: float = 1.0, seed: int = 10) -> None:
    """Forged plate: hammer dents, a few scratches, darker pits. Shares of main and accent colour become 0."""
    shape = region.shape
    dents = noise(shape, 60, 2, seed)
    scratches = np.clip(np.abs(noise(shape, (70, 1.8), 1, seed + 1)) - 2.2, 0, 1)
    scratches *= np.clip(noise(shape, 120, 2, seed + 6), 0, 1)
    pits = np.clip(noise(shape, 8, 3, seed + 3) - 1.7, 0, 1)
    stains = noise(shape, 110, 4, seed + 4)
    grain = noise(shape, 2.2, 2, seed + 5)
    region.tint(0, 0)
    region.height[...] += 0.012 * dents - 0.006 * wear * scratches - 0.004 * wear * pits
    tone = 0.72 + 0.018 * stains + 0.008 * grain - 0.20 * pits * wear + 0.15 * scratches * wear
    region.colour[...] = tone[..., None] * np.array([1.0, 0.985, 0.96], np.float32)
    region.roughness[...] = np.clip(0.34 + 0.055 * stains + 0.02 * grain + 0.3 * pits, 0.22, 0.85)
    region.metalness[...] = 1 - 0.5 * pits * wear


def brass(region: Region, seed: int = 12) -> None:
    """Cast brass, darker in its hollows."""
    region.tint(0, 0)
    tarnish = noise(region.shape, 20, 3, seed)
    region.colour[...] = (0.86 + 0.03 * tarnish)[..., None] * np.array([1.0, 0.82, 0.50], np.float32)
    region.roughness[...] = 0.32 + 0.04 * tarnish
    region.metalness[...] = 1
    region.height[...] += 0.001 * tarnish


def rubber(region: Region, cell: float = 0.07, seed: int = 14) -> None:
    """A technical fabric: small hexagonal cells, evenly dark."""
    x, y = region.s / cell, region.t / (cell * 0.866)
    a = np.hypot((x + 0.5 * (np.floor(y) % 2)) % 1 - 0.5, (y % 1 - 0.5) * 0.866)
    dimple = band(a, 0.36, 0.22)
    region.height[...] += 0.006 * dimple
    region.shade(0.80 + 0.15 * dimple + 0.015 * noise(region.shape, 40, 3, seed))
    region.roughness[...] = 0.55


def wrinkle(region: Region, depth: float, seed: int) -> None:
    """Soft wrinkles that run down from the shoulders."""
    waves = noise(region.shape, (190, 60), 1, seed)
    where = np.clip(noise(region.shape, 170, 1, seed + 1) + 0.3, 0, 1.5)
    crest = np.exp(-((waves / 0.6) ** 2)) * where
    region.height[...] += depth * crest
    region.shade(0.975 + 0.025 * np.minimum(crest, 1))


def pinstripes(region: Region, spacing: float, strength: float) -> None:
    """Thin lighter lines along t."""
    line = band(np.abs((region.s / spacing) % 1 - 0.5) * spacing, 0.004, 0.008)
    region.shade(1 + strength * line)


def gild(region: Region, mask: Values) -> None:
    """Gold wire embroidery where the mask (h, w) is 1."""
    wire = 0.75 + 0.25 * triangle((region.s + 0.5 * region.t) / 0.018)
    gold = np.array([0.86, 0.68, 0.36], np.float32) * wire[..., None]
    region.colour[...] += mask[..., None] * (gold - region.colour)
    region.blend(mask, 0, 0)
    region.metalness[...] += mask * (0.9 - region.metalness)
    region.roughness[...] += mask * (0.42 - region.roughness)
    region.height[...] += 0.014 * mask * wire


# Lines on a fabric, from the distance (h, w) to a line and the way along it


def seam(region: Region, distance: Values, depth: float = 0.012, width: float = 0.022) -> None:
    """Two edges of cloth sewn together: a groove with soft shoulders."""
    groove = np.exp(-((distance / width) ** 2))
    puff = np.exp(-(((np.abs(distance) - 2.6 * width) / (1.6 * width)) ** 2))
    region.height[...] += depth * (0.45 * puff - groove)
    region.shade(1 - 0.38 * groove)


def stitches(region: Region, distance: Values, along: Values, length: float = 0.055, accent: bool = False) -> None:
    """A row of thread dashes, lighter than the cloth (or in the accent colour), each pulling the cloth in."""
    dash = band(np.abs(along / length - np.floor(along / length) - 0.5), 0.34, 0.15)
    thread = band(np.abs(distance), 0.0075, 0.008) * dash
    pull = np.exp(-((distance / 0.018) ** 2))
    region.height[...] += 0.006 * thread - 0.006 * pull * (1 - thread)
    region.shade((1 - 0.15 * pull) * (1 + 0.30 * thread))
    if accent:
        region.blend(thread, 0, 1)


def edge_wear(region: Region, distance: Values, width: float = 0.03, seed: int = 20) -> None:
    """Bright rubbed metal along an edge."""
    worn = np.exp(-np.maximum(distance, 0) / width) * np.clip(0.8 + 0.4 * noise(region.shape, 12, 3, seed), 0, 1.4)
    region.shade(1 + 0.22 * worn)
    region.roughness[...] -= 0.10 * worn


def dirt(region: Region, mask: Values, amount: float, seed: int = 22) -> None:
    """Darker, duller towards where the mask (h, w) of 0..1 is high."""
    cover = np.clip(mask * (1 + 0.35 * noise(region.shape, 24, 4, seed)), 0, 1) * amount
    region.shade(1 - cover)
    region.roughness[...] += 0.25 * cover


def button_face(region: Region, holes: bool) -> None:
    """A round face in the patch's circle: a rim and four holes, or a raised boss."""
    width, height = float(region.s.max()), float(region.t.max())
    x, y = region.s / width * 2 - 1, region.t / height * 2 - 1
    radius = np.hypot(x, y)
    rim = np.exp(-(((radius - 0.82) / 0.10) ** 2))
    region.height[...] += 0.010 * rim
    if holes:
        hole = band(np.hypot(np.abs(x) - 0.22, np.abs(y) - 0.22), 0.11, 0.06)
        region.height[...] -= 0.02 * hole
        region.shade(1 - 0.8 * hole)
    else:
        boss = band(radius, 0.45, 0.3)
        region.height[...] += 0.012 * boss
    region.shade(1 - 0.35 * np.exp(-(((radius - 0.64) / 0.07) ** 2)))
