"""Where on the skin things are: zones of colour and gloss, lips, make-up, pores, freckles and age spots.

Places are decimetres on the unrolled rest face of :mod:`skin_layout`; all masks are 0..1 float32 maps (H, W).
"""

from __future__ import annotations

import numpy as np
import scipy.ndimage as ndimage
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from creator.training.assets.head_assets import Floats, load_base, load_targets
from creator.training.skin.skin_layout import HEAD_SIZE, MAP_SIZE, SkinLayout

EYE = (0.365, 7.290)  # across and height of the left eye's middle
EYE_CORNERS = ((0.205, 7.265), (0.525, 7.298))
# Where the lids' margins lie: (across, height), from the inner to the outer corner.
_UPPER_LID_MARGIN = ((0.200, 7.275), (0.244, 7.308), (0.300, 7.324), (0.365, 7.330), (0.410, 7.326), (0.450, 7.314),
                     (0.500, 7.288), (0.530, 7.272))  # fmt: skip
_LOWER_LID_MARGIN = ((0.200, 7.268), (0.260, 7.250), (0.330, 7.246), (0.420, 7.249), (0.500, 7.266), (0.530, 7.272))
MOUTH_CORNER = 0.287
# Half outlines of the lips from the middle plane to the corner: (across, height).
_UPPER_LIP_EDGE = (
    (0.0, 6.688),
    (0.030, 6.699),
    (0.060, 6.706),
    (0.100, 6.699),
    (0.160, 6.676),
    (0.220, 6.650),
    (0.287, 6.617),
)
_LOWER_LIP_EDGE = ((0.0, 6.492), (0.050, 6.494), (0.110, 6.506), (0.170, 6.530), (0.230, 6.566), (0.287, 6.612))


def smooth_step(low: float | np.ndarray, high: float | np.ndarray, value: np.ndarray) -> np.ndarray:
    """0 below ``low``, 1 above ``high`` (or the other way round where low > high), a cubic between."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def _blob(layout: SkinLayout, across: float, height: float, half_width: float, half_height: float) -> Floats:
    """A soft ellipse on both sides of the face, 1 in the middle, 0.5 at the half widths."""
    x = (np.abs(layout.across) - across) / half_width
    y = (layout.height - height) / half_height
    return np.exp2(-(x * x + y * y)) * _before_ears(layout)


def _before_ears(layout: SkinLayout) -> Floats:
    return smooth_step(1.5, 1.2, np.abs(layout.across)) * smooth_step(0.2, 0.5, layout.position[..., 2])


def lip_mask(layout: SkinLayout) -> Floats:
    """The red of the lips, also where it turns into the mouth."""
    x, y = np.abs(layout.across), layout.height
    upper = np.interp(x, *np.array(_UPPER_LIP_EDGE).T)
    lower = np.interp(x, *np.array(_LOWER_LIP_EDGE).T)
    edge = 0.011
    inside = smooth_step(edge, -edge, y - upper) * smooth_step(-edge, edge, y - lower)
    inside = inside * smooth_step(MOUTH_CORNER + 0.008, MOUTH_CORNER - 0.02, x)
    return (inside * (layout.position[..., 2] > 1.15)).astype(np.float32)


def ear_mask(layout: SkinLayout) -> Floats:
    """The ears: what the morph target that makes them stand out moves."""
    base, targets = load_base()[0], load_targets()
    points = []
    for side in "lr":
        indices, deltas = targets[f"ears/{side}-ear-wing-incr"]
        amount = np.linalg.norm(deltas, axis=1)
        points.append(base[indices[amount > 0.3 * amount.max()]])
    mask = np.zeros(layout.used.shape, np.float32)
    x, y, z = np.moveaxis(layout.position, -1, 0)
    near = np.flatnonzero((np.abs(x) > 0.6) & (y > 6.5) & (y < 7.8) & (z > -0.3) & (z < 1.0))
    distance, _ = cKDTree(np.concatenate(points)).query(layout.position.reshape(-1, 3)[near])
    mask.ravel()[near] = smooth_step(0.07, 0.03, distance)
    return mask


def beard_mask(layout: SkinLayout) -> Floats:
    """Where men's beards grow: upper lip, chin, jaw and the throat below it; not the lips."""
    x, y = np.abs(layout.across), layout.height
    upper_edge = np.interp(x, (0.0, 0.10, 0.30, 0.50, 0.85, 1.15, 1.3), (6.79, 6.80, 6.76, 6.66, 6.80, 7.10, 7.15))
    below = smooth_step(0.05, -0.05, y - upper_edge)
    side = smooth_step(1.30, 1.12, x)
    throat = smooth_step(5.80, 6.10, y)
    lips = ndimage.gaussian_filter(lip_mask(layout), 1.0)
    under_mouth_side = 1 - 0.6 * np.exp2(-(((x - 0.27) / 0.07) ** 2 + ((y - 6.47) / 0.07) ** 2))
    front = smooth_step(0.1, 0.5, layout.position[..., 2])
    return (below * side * throat * (1 - lips) * under_mouth_side * front).astype(np.float32)


def colour_zones(layout: SkinLayout) -> dict[str, Floats]:
    """Slowly varying zones for colour and gloss."""
    x, y = np.abs(layout.across), layout.height
    ears = ear_mask(layout)
    orbit = np.exp2(-((((x - 0.36) / 0.235) ** 2 + ((y - 7.275) / 0.115) ** 2) ** 1.5)) * _before_ears(layout)
    return {
        "cheeks": _blob(layout, 0.46, 6.965, 0.23, 0.16),
        "nose": np.clip(_blob(layout, 0.0, 6.93, 0.115, 0.10) + 0.7 * _blob(layout, 0.14, 6.885, 0.05, 0.06), 0, 1),
        "ears": ears,
        "chin": _blob(layout, 0.0, 6.30, 0.13, 0.09),
        "forehead": _blob(layout, 0.0, 7.74, 0.52, 0.24),
        "orbits": orbit,
        "under_eyes": _blob(layout, 0.315, 7.185, 0.13, 0.050),
        "beard": ndimage.gaussian_filter(beard_mask(layout), 0.0075 * layout.used.shape[0]),
        "lids": np.exp2(-((((x - 0.365) / 0.185) ** 2 + ((y - 7.345) / 0.055) ** 2) ** 2)) * _before_ears(layout),
        "around_nose": _blob(layout, 0.205, 6.89, 0.045, 0.07),
        "neck": smooth_step(6.1, 5.8, y),
        "t_zone": np.clip(
            _blob(layout, 0.0, 7.70, 0.30, 0.20) + _blob(layout, 0.0, 7.15, 0.075, 0.30)
            + _blob(layout, 0.0, 6.93, 0.14, 0.10) + 0.6 * _blob(layout, 0.0, 6.32, 0.12, 0.08), 0, 1),
        "cheekbones": _blob(layout, 0.58, 7.08, 0.17, 0.09),
        "scalp": smooth_step(7.75, 8.15, y + 0.25 * np.abs(layout.across) * (layout.position[..., 2] < 1.0)),
    }  # fmt: skip


def make_up_masks(layout: SkinLayout) -> tuple[Floats, Floats]:
    """Eyeliner with its wing, and shadow on the upper lid."""
    x, y = np.abs(layout.across), layout.height
    front = layout.position[..., 2] > 1.0
    over = y - np.interp(x, *np.array(_UPPER_LID_MARGIN).T)
    under = np.interp(x, *np.array(_LOWER_LID_MARGIN).T) - y
    outward = smooth_step(EYE_CORNERS[0][0], EYE_CORNERS[1][0], x)
    within = smooth_step(0.205, 0.25, x) * smooth_step(0.540, 0.500, x)
    thickness = 0.012 + 0.016 * outward
    upper = smooth_step(thickness * 1.35, thickness * 0.65, over) * smooth_step(-0.030, -0.012, over) * within
    lower = (
        smooth_step(0.016, 0.006, under)
        * smooth_step(-0.02, -0.01, under)
        * within
        * outward
        * smooth_step(0.52, 0.47, x)
        * 0.6
    )
    # The wing runs on from the outer corner, up and outwards, ever thinner.
    along = (x - 0.500) / 0.135
    wing_y = EYE_CORNERS[1][1] + 0.004 + 0.062 * along
    wing = np.exp(-(((y - wing_y) / (0.012 - 0.008 * np.clip(along, 0, 1))) ** 2))
    wing *= smooth_step(-0.1, 0.15, along) * smooth_step(1.05, 0.5, along)
    lid = smooth_step(0.19, 0.27, x) * smooth_step(0.66, 0.48, x - 0.6 * over)
    shadow = smooth_step(0.150, 0.045, over) * smooth_step(-0.03, 0.0, over) * lid
    liner = np.maximum(np.maximum(upper, lower), 0.7 * wing)
    return (liner * front).astype(np.float32), (shadow * front).astype(np.float32)


def pore_map(layout: SkinLayout) -> Floats:
    """How coarse the skin's grain is."""
    coarse = 0.55 * np.ones(MAP_SIZE, np.float32)
    coarse += 0.45 * _blob(layout, 0.0, 6.95, 0.16, 0.14) + 0.40 * _blob(layout, 0.36, 6.98, 0.20, 0.17)
    coarse += 0.20 * _blob(layout, 0.0, 7.70, 0.45, 0.22) + 0.25 * _blob(layout, 0.0, 6.30, 0.18, 0.1)
    coarse -= 0.50 * np.exp2(
        -((((np.abs(layout.across) - EYE[0]) / 0.22) ** 2 + ((layout.height - 7.27) / 0.10) ** 2) ** 2)
    )
    coarse -= 0.25 * ear_mask(layout) + 0.2 * smooth_step(7.8, 8.1, layout.height)
    coarse -= 0.2 * smooth_step(6.0, 5.8, layout.height)
    return np.clip(coarse * (1 - lip_mask(layout)), 0, 1).astype(np.float32)


def spot_onsets(
    layout: SkinLayout, weight: Floats, count: int, radii: tuple[float, float], seed: int
) -> NDArray[np.uint8]:
    """A field of ``count`` spots that come one by one: (H, W) uint8, the amount 0..254 from which a texel is coloured.

    Spots are spread by ``weight`` per area; ``radii`` are the smallest and largest radius in texels of the head. A
    spot's middle comes first, its rim 90 later; 255 never comes.
    """
    random = np.random.RandomState(seed)
    density = np.cumsum((weight * layout.used).ravel(), dtype=np.float64)
    texels = np.searchsorted(density, random.uniform(0, density[-1], count))
    rows, columns = np.unravel_index(texels, MAP_SIZE)
    radius = radii[0] + (radii[1] - radii[0]) * random.beta(1.2, 3.5, count)
    radius = np.where(rows < HEAD_SIZE[0], radius, 0.5 * radius)  # the body's strip has half the density
    local = weight.ravel()[texels] / weight.max()
    # Where spots are dense they also come early.
    onset = np.clip(random.uniform(0.02, 1.0, count) ** 0.8 * (1.15 - 0.45 * local), 0.02, 1.0) * 164
    reach = int(np.ceil(radii[1] * 1.5))
    dy, dx = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    angle, stretch = random.uniform(0, np.pi, count), random.uniform(0.0, 0.35, count)
    centre_y, centre_x = dy - random.uniform(-0.5, 0.5, (count, 1, 1)), dx - random.uniform(-0.5, 0.5, (count, 1, 1))
    c, s = np.cos(angle)[:, None, None], np.sin(angle)[:, None, None]
    u, v = centre_x * c + centre_y * s, (centre_y * c - centre_x * s) * (1 + stretch)[:, None, None]
    around = np.arctan2(v, u)
    wobble = (
        1
        + 0.16 * np.sin(3 * around + angle[:, None, None] * 5)
        + 0.10 * np.sin(5 * around + 9 * stretch[:, None, None])
    )
    away = np.sqrt(u * u + v * v) / (radius[:, None, None] * wobble)
    value = onset[:, None, None] + 90 * np.clip(away, 0, 1.0) ** 1.8
    value[away > 1] = 255
    field = np.full(MAP_SIZE, 255.0)
    y, x = rows[:, None, None] + dy, columns[:, None, None] + dx
    inside = (y >= 0) & (y < MAP_SIZE[0]) & (x >= 0) & (x < MAP_SIZE[1])
    np.minimum.at(field, (y[inside], x[inside]), value[inside])
    return np.minimum(field, 255).astype(np.uint8)


def freckle_onsets(layout: SkinLayout) -> NDArray[np.uint8]:
    """Freckles: thick on nose and cheeks, thin on forehead, chin, neck and shoulders."""
    weight = 0.10 + _blob(layout, 0.0, 7.03, 0.13, 0.13) + 1.0 * _blob(layout, 0.36, 7.00, 0.22, 0.15)
    weight += 0.28 * _blob(layout, 0.0, 7.70, 0.5, 0.22) + 0.12 * _blob(layout, 0.0, 6.4, 0.4, 0.3)
    weight *= 1 - 0.8 * lip_mask(layout)
    weight *= 1 - 0.8 * np.exp2(
        -((((np.abs(layout.across) - EYE[0]) / 0.2) ** 2 + ((layout.height - 7.3) / 0.08) ** 2) ** 2)
    )
    weight *= smooth_step(8.2, 7.8, layout.height)
    return spot_onsets(layout, weight.astype(np.float32), 2300, (1.1, 3.4), 11)


def age_spot_onsets(layout: SkinLayout) -> NDArray[np.uint8]:
    """Age spots: few, large, uneven; on temples, upper cheeks, forehead and the scalp."""
    weight = 0.08 + _blob(layout, 0.72, 7.25, 0.25, 0.28) + 0.5 * _blob(layout, 0.0, 7.85, 0.8, 0.25)
    weight += 0.45 * smooth_step(7.8, 8.1, layout.height)
    weight *= 1 - lip_mask(layout)
    return spot_onsets(layout, weight.astype(np.float32), 210, (2.2, 9.0), 23)
