"""The shape of a head in words: axes of morph targets, and what sliders, age, sex and identity add to them.

An *axis* is a signed number; its negative part weighs the targets of its low end, its positive part those of its high
end. Sliders, age and the identity code are linear in the axes; a soft limit keeps each axis, and each region of axes
together, within what the meshes bear.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from creator.training.people_schema import IDENTITY_SIZE, MIRRORED_IDENTITY

Ends = tuple[dict[str, float], dict[str, float]]


def _ends(stem: str, low: str = "decr", high: str = "incr") -> Ends:
    """The two ends of a target pair; ``*`` in the stem stands for both sides together."""
    return {f"{stem}-{low}": 1.0}, {f"{stem}-{high}": 1.0}


def _odd(stem: str) -> Ends:
    """Left against right: the negative end is what the positive end is in a mirror."""
    return {f"asym/{stem}-odd": -1.0}, {f"asym/{stem}-odd": 1.0}


# Axis -> its low and its high end. The region is what stands before the slash. Triangular and diamond heads are cones
# at full weight.
AXES: dict[str, Ends] = {
    "head/round_rectangular": ({"head/head-round": 0.75}, {"head/head-rectangular": 0.6}),
    "head/triangular": ({"head/head-triangular": 0.45}, {"head/head-invertedtriangular": 1.0}),
    "head/diamond_oval": ({"head/head-diamond": 0.4}, {"head/head-oval": 0.9}),
    "head/square": ({}, {"head/head-square": 0.6}),
    "head/width": _ends("head/head-scale-horiz"),
    "head/height": _ends("head/head-scale-vert"),
    "head/depth": _ends("head/head-scale-depth"),
    "head/back": _ends("head/head-back-scale-depth"),
    "head/angle": _ends("head/head-angle", "in", "out"),
    "head/fat": _ends("head/head-fat"),
    "head/age": _ends("head/head-age"),
    "forehead/height": _ends("forehead/forehead-scale-vert"),
    "forehead/slope": _ends("forehead/forehead-trans", "backward", "forward"),
    "forehead/temple": _ends("forehead/forehead-temple"),
    "forehead/bulge": _ends("forehead/forehead-nubian"),
    "brow/height": _ends("eyebrows/eyebrows-trans", "down", "up"),
    "brow/angle": _ends("eyebrows/eyebrows-angle", "down", "up"),
    "brow/ridge": _ends("eyebrows/eyebrows-trans", "backward", "forward"),
    "cheek/bones": _ends("cheek/*-cheek-bones"),
    "cheek/volume": _ends("cheek/*-cheek-volume"),
    "cheek/inner": _ends("cheek/*-cheek-inner"),
    "cheek/height": _ends("cheek/*-cheek-trans", "down", "up"),
    "jaw/width": _ends("chin/chin-bones"),
    "jaw/drop": _ends("chin/chin-jaw-drop"),
    "jaw/prognathism": _ends("chin/chin-prognathism"),
    "jaw/chin_height": _ends("chin/chin-height"),
    "jaw/chin_width": _ends("chin/chin-width"),
    "jaw/chin_prominence": _ends("chin/chin-prominent"),
    "jaw/chin_cleft": ({"chin/chin-cleft-decr": 1.0}, {"chin/chin-cleft-incr": 1.7}),
    "jaw/chin_triangle": ({}, {"chin/chin-triangle": 1.0}),
    "neck/width": _ends("neck/neck-scale-horiz"),
    "neck/depth": _ends("neck/neck-scale-depth"),
    "neck/height": _ends("neck/neck-scale-vert"),
    "neck/double": _ends("neck/neck-double"),
    "eye/size": _ends("eyes/*-eye-scale"),
    "eye/opening_inner": _ends("eyes/*-eye-height1"),
    "eye/opening": _ends("eyes/*-eye-height2"),
    "eye/opening_outer": _ends("eyes/*-eye-height3"),
    "eye/height": _ends("eyes/*-eye-trans", "down", "up"),
    "eye/spacing": _ends("eyes/*-eye-trans", "in", "out"),
    "eye/inner_corner": _ends("eyes/*-eye-corner1", "down", "up"),
    "eye/outer_corner": _ends("eyes/*-eye-corner2", "down", "up"),
    "eye/depth_inner": _ends("eyes/*-eye-push1", "in", "out"),
    "eye/depth_outer": _ends("eyes/*-eye-push2", "in", "out"),
    "eye/epicanthus": _ends("eyes/*-eye-epicanthus", "in", "out"),
    "eye/fold": _ends("eyes/*-eye-eyefold", "down", "up"),
    "eye/fold_volume": _ends("eyes/*-eye-eyefold", "concave", "convex"),
    "eye/fold_angle": _ends("eyes/*-eye-eyefold-angle", "down", "up"),
    "eye/bag": _ends("eyes/*-eye-bag"),
    "eye/bag_depth": _ends("eyes/*-eye-bag", "in", "out"),
    "eye/bag_height": _ends("eyes/*-eye-bag-height"),
    "nose/length": _ends("nose/nose-scale-vert"),
    "nose/width": _ends("nose/nose-scale-horiz"),
    "nose/depth": _ends("nose/nose-scale-depth"),
    "nose/volume": _ends("nose/nose-volume"),
    "nose/bridge_width": _ends("nose/nose-width1"),
    "nose/middle_width": _ends("nose/nose-width2"),
    "nose/wing_width": _ends("nose/nose-width3"),
    "nose/curve": _ends("nose/nose-curve", "concave", "convex"),
    "nose/hump": _ends("nose/nose-hump"),
    "nose/greek": _ends("nose/nose-greek"),
    "nose/tip": _ends("nose/nose-point", "down", "up"),
    "nose/tip_width": _ends("nose/nose-point-width"),
    "nose/septum": _ends("nose/nose-septumangle"),
    "nose/flaring": _ends("nose/nose-flaring"),
    "nose/nostril_width": _ends("nose/nose-nostrils-width"),
    "nose/nostril_angle": _ends("nose/nose-nostrils-angle", "down", "up"),
    "nose/base": _ends("nose/nose-base", "down", "up"),
    "nose/height": _ends("nose/nose-trans", "down", "up"),
    "nose/forward": _ends("nose/nose-trans", "backward", "forward"),
    "mouth/width": _ends("mouth/mouth-scale-horiz"),
    "mouth/size": _ends("mouth/mouth-scale-vert"),
    "mouth/depth": _ends("mouth/mouth-scale-depth"),
    "mouth/height": _ends("mouth/mouth-trans", "down", "up"),
    "mouth/forward": _ends("mouth/mouth-trans", "backward", "forward"),
    "mouth/corners": _ends("mouth/mouth-angles", "down", "up"),
    "mouth/upper_height": _ends("mouth/mouth-upperlip-height"),
    "mouth/upper_volume": _ends("mouth/mouth-upperlip-volume"),
    "mouth/upper_width": _ends("mouth/mouth-upperlip-width"),
    "mouth/lower_height": _ends("mouth/mouth-lowerlip-height"),
    "mouth/lower_volume": _ends("mouth/mouth-lowerlip-volume"),
    "mouth/lower_width": _ends("mouth/mouth-lowerlip-width"),
    "mouth/bow": _ends("mouth/mouth-cupidsbow"),
    "mouth/bow_width": _ends("mouth/mouth-cupidsbow-width"),
    "mouth/philtrum": ({"mouth/mouth-philtrum-volume-decr": 1.8}, {"mouth/mouth-philtrum-volume-incr": 1.4}),
    "mouth/laugh_lines": _ends("mouth/mouth-laugh-lines", "out", "in"),
    "mouth/dimples": _ends("mouth/mouth-dimples", "out", "in"),
    "ear/size": _ends("ears/*-ear-scale"),
    "ear/length": _ends("ears/*-ear-scale-vert"),
    "ear/flare": _ends("ears/*-ear-wing"),
    "ear/lobe": _ends("ears/*-ear-lobe"),
    "ear/turn": _ends("ears/*-ear-rot", "backward", "forward"),
    "ear/point": ({}, {"ears/*-ear-shape-pointed": 2.3}),
    "asymmetry/brow_height": _odd("asym-brown-1"),
    "asymmetry/brow": _odd("asym-brown-2"),
    "asymmetry/cheek": _odd("asym-cheek-1"),
    "asymmetry/cheek_height": _odd("asym-cheek-2"),
    "asymmetry/ear": _odd("asym-ear-1"),
    "asymmetry/ear_flare": _odd("asym-ear-4"),
    "asymmetry/eye": _odd("asym-eye-2"),
    "asymmetry/lid": _odd("asym-eye-3"),
    "asymmetry/eye_corner": _odd("asym-eye-5"),
    "asymmetry/jaw": _odd("asym-jaw-1"),
    "asymmetry/chin": _odd("asym-jaw-2"),
    "asymmetry/mouth": _odd("asym-mouth-1"),
    "asymmetry/mouth_corner": _odd("asym-mouth-2"),
    "asymmetry/nose": _odd("asym-nose-1"),
    "asymmetry/nose_tip": _odd("asym-nose-3"),
    "asymmetry/temple": _odd("asym-temple-1"),
}

# Slider at 1 -> what it adds to axes; at -1 the opposite.
SLIDER_AXES: dict[str, dict[str, float]] = {
    "body_weight": {"head/fat": 0.45, "cheek/volume": 0.3, "neck/double": 0.25, "neck/width": 0.25},
    "face_shape": {"head/round_rectangular": 1.0},
    "head_width": {"head/width": 0.7},
    "head_height": {"head/height": 0.45},
    "forehead_height": {"forehead/height": 0.8},
    "temples": {"forehead/temple": 0.9},
    "cheekbones": {"cheek/bones": 0.9},
    "cheek_fullness": {"cheek/volume": 0.9},
    "jaw_width": {"jaw/width": 1.0, "head/triangular": -0.3},
    "jaw_angle": {"jaw/drop": 0.8, "jaw/width": 0.15},
    "chin_height": {"jaw/chin_height": 0.65},
    "chin_width": {"jaw/chin_width": 0.9},
    "chin_prominence": {"jaw/chin_prominence": 0.9},
    "chin_cleft": {"jaw/chin_cleft": 1.0},
    "neck_width": {"neck/width": 0.8, "neck/depth": 0.5},
    "eye_size": {"eye/size": 0.9},
    "eye_opening": {"eye/opening_inner": 0.35, "eye/opening": 0.5, "eye/opening_outer": 0.35},
    "eye_height": {"eye/height": 0.7},
    "eye_spacing": {"eye/spacing": 0.7},
    "eye_tilt": {"eye/outer_corner": 0.8, "eye/inner_corner": -0.45},
    "eye_inner_corner": {"eye/inner_corner": 0.8},
    "eye_outer_corner": {"eye/outer_corner": 0.8},
    "epicanthus": {"eye/epicanthus": 0.9},
    "eye_fold": {"eye/fold": 1.0, "eye/fold_volume": -0.6},
    "eye_bags": {"eye/bag": 1.0, "eye/bag_depth": 0.4},
    "brow_height": {"brow/height": 0.9},
    "brow_angle": {"brow/angle": 0.65},
    "nose_length": {"nose/length": 0.8},
    "nose_width": {"nose/width": 0.6, "nose/wing_width": 0.6},
    "nose_bridge_height": {"nose/greek": 0.8, "nose/depth": 0.2},
    "nose_bridge": {"nose/curve": 0.9},
    "nose_hump": {"nose/hump": 0.9},
    "nose_tip": {"nose/tip": 0.8},
    "nose_tip_width": {"nose/tip_width": 0.9},
    "nostrils": {"nose/flaring": 0.6, "nose/nostril_width": 0.7},
    "nose_size": {"nose/depth": 0.7, "nose/volume": 0.3},
    "mouth_width": {"mouth/width": 0.8},
    "mouth_height": {"mouth/height": 0.7},
    "upper_lip": {"mouth/upper_height": 0.65, "mouth/upper_volume": 0.65},
    "lower_lip": {"mouth/lower_height": 0.65, "mouth/lower_volume": 0.65},
    "mouth_corners": {"mouth/corners": 0.7},
    "philtrum": {"mouth/philtrum": -1.1},
    "ear_size": {"ear/size": 0.9},
    "ear_flare": {"ear/flare": 0.9},
    "ear_lobe": {"ear/lobe": 0.8},
    "ear_point": {"ear/point": 1.1, "ear/length": 0.3, "ear/flare": 0.75},
}

# What everybody has, in all ages: the assets' mean face is low-browed and long-chinned.
MEAN_AXES: dict[str, float] = {
    "brow/height": 0.34, "brow/angle": 0.18, "eye/size": 0.32, "eye/opening": 0.22, "eye/outer_corner": -0.12,
    "nose/volume": -0.16, "nose/tip_width": -0.16, "nose/width": -0.08, "nose/length": -0.10, "nose/tip": 0.18,
    "mouth/corners": 0.34, "mouth/width": -0.06, "cheek/volume": 0.04, "head/fat": -0.10, "head/triangular": 0.06,
    "jaw/width": -0.24, "jaw/chin_height": -0.25, "head/height": -0.12, "forehead/height": -0.25,
}  # fmt: skip
# What grows with age, beyond the macro targets: at 75 and more, from about 35.
OLD_AXES: dict[str, float] = {
    "mouth/upper_height": -0.3, "mouth/upper_volume": -0.35, "mouth/lower_volume": -0.3, "mouth/lower_height": -0.15,
    "cheek/height": -0.35, "cheek/inner": -0.2, "cheek/volume": -0.1, "neck/double": 0.3, "ear/size": 0.3,
    "ear/lobe": 0.5, "nose/tip": -0.08, "nose/volume": 0.08, "nose/length": -0.1, "eye/bag": 0.4, "eye/fold": -0.14,
    "eye/size": 0.1, "eye/opening": 0.16, "mouth/corners": -0.1, "brow/height": -0.08, "forehead/temple": -0.2,
    "eye/outer_corner": -0.2,
}  # fmt: skip
# At 10 and less, until about 18: the children's macro targets are gaunt.
CHILD_AXES: dict[str, float] = {
    "cheek/volume": 0.12, "eye/size": 0.1, "jaw/chin_height": -0.1, "neck/width": -0.15, "nose/hump": -0.1,
    "cheek/bones": -0.15,
}  # fmt: skip
# Towards the feminine (-1) and the masculine (+1) end.
MASCULINE_AXES: dict[str, float] = {
    "brow/ridge": 0.13, "brow/height": -0.12, "jaw/width": 0.28, "jaw/chin_width": 0.22, "jaw/drop": 0.10,
    "head/triangular": -0.10, "eye/size": -0.09, "eye/outer_corner": -0.06, "mouth/upper_volume": -0.16,
    "mouth/lower_volume": -0.13, "mouth/width": 0.05, "brow/angle": 0.05, "nose/width": 0.07, "nose/volume": 0.08,
    "nose/tip": -0.06, "nose/length": 0.04, "neck/width": 0.14,
}  # fmt: skip

# Anthropometric directions: features that vary together; the axes' change at one standard deviation.
_DIRECTIONS: tuple[dict[str, float], ...] = (
    # long and narrow against short and broad
    {"head/width": -0.10, "jaw/chin_height": 0.14, "nose/length": 0.14, "forehead/height": 0.08, "jaw/width": -0.10,
     "nose/wing_width": -0.08},
    # robust against gracile
    {"jaw/width": 0.14, "jaw/chin_width": 0.12, "brow/ridge": 0.12, "jaw/chin_prominence": 0.12, "cheek/bones": 0.10,
     "neck/width": 0.12, "jaw/drop": 0.1},
    # soft and full against lean
    {"cheek/volume": 0.18, "head/fat": 0.07, "neck/double": 0.08, "mouth/lower_volume": 0.06, "nose/volume": 0.05,
     "forehead/temple": 0.12},
    # heart-shaped against triangular
    {"head/triangular": 0.22, "forehead/temple": 0.10, "jaw/chin_width": -0.14, "jaw/width": -0.10},
    # projecting, convex profile against a flat one
    {"nose/depth": 0.16, "nose/hump": 0.14, "nose/curve": 0.10, "forehead/slope": -0.08, "jaw/chin_prominence": -0.08},
    # large nose against small nose
    {"nose/length": 0.08, "nose/volume": 0.10, "nose/width": 0.08, "nose/tip_width": 0.08, "nose/tip": -0.02},
    # snub against drooping tip
    {"nose/tip": 0.14, "nose/septum": 0.10, "nose/curve": -0.16, "nose/base": 0.08},
    # full against thin lips
    {"mouth/upper_volume": 0.20, "mouth/lower_volume": 0.20, "mouth/upper_height": 0.16, "mouth/lower_height": 0.14},
    # wide mouth with a wide jaw
    {"mouth/width": 0.15, "jaw/width": 0.05, "mouth/bow": -0.08, "mouth/lower_width": 0.12},
    # large round eyes against small long ones
    {"eye/size": 0.16, "eye/opening": 0.14, "eye/opening_inner": 0.10, "eye/bag": -0.05},
    # deep set against forward eyes
    {"eye/depth_inner": -0.18, "eye/depth_outer": -0.12, "brow/ridge": 0.12, "eye/fold_volume": -0.15},
    # upward against downward outer corners
    {"eye/outer_corner": 0.20, "brow/angle": -0.06, "eye/fold_angle": 0.12, "mouth/corners": 0.05},
    # high cheekbones over flat cheeks
    {"cheek/bones": 0.22, "cheek/height": 0.16, "cheek/inner": 0.14, "cheek/volume": -0.08},
    # oval against square outline
    {"head/diamond_oval": 0.20, "head/square": -0.12, "head/round_rectangular": -0.12, "jaw/chin_triangle": 0.08},
    # broad head
    {"head/width": 0.10, "head/depth": -0.06, "eye/spacing": 0.12, "nose/width": 0.06},
    # heavy-lidded against open lids
    {"eye/fold": -0.18, "eye/fold_volume": 0.12, "eye/opening": -0.06, "brow/height": -0.08},
)  # fmt: skip
# What varies by itself: axis and standard deviation; several axes in one row share one number.
_DETAILS: tuple[dict[str, float], ...] = (
    {"head/angle": 0.12}, {"head/back": 0.14}, {"forehead/slope": 0.12}, {"forehead/height": 0.10},
    {"brow/height": 0.16}, {"brow/angle": 0.08}, {"cheek/inner": 0.20}, {"jaw/chin_height": 0.10},
    {"jaw/chin_cleft": 0.13}, {"jaw/prognathism": 0.12}, {"jaw/chin_prominence": 0.14}, {"neck/height": 0.12},
    {"eye/spacing": 0.14}, {"eye/height": 0.12}, {"eye/inner_corner": 0.14}, {"eye/epicanthus": 0.12},
    {"eye/bag": 0.16, "eye/bag_height": 0.10}, {"nose/bridge_width": 0.24}, {"nose/middle_width": 0.20},
    {"nose/tip_width": 0.22}, {"nose/greek": 0.16}, {"nose/nostril_width": 0.18, "nose/flaring": 0.14},
    {"nose/nostril_angle": 0.12}, {"nose/height": 0.10, "mouth/height": 0.05}, {"mouth/height": 0.12},
    {"mouth/philtrum": 0.14}, {"mouth/bow": 0.24, "mouth/bow_width": 0.10}, {"mouth/upper_width": 0.18},
    {"mouth/forward": 0.10, "mouth/depth": 0.08}, {"ear/size": 0.16, "ear/length": 0.12},
    {"ear/flare": 0.20, "ear/turn": 0.14}, {"ear/lobe": 0.24},
)  # fmt: skip
# Left against right; all are odd, so that a mirrored face has the negative code.
_ASYMMETRIES: tuple[dict[str, float], ...] = (
    {"asymmetry/brow_height": 0.12}, {"asymmetry/brow": 0.14}, {"asymmetry/cheek": 0.17, "asymmetry/temple": 0.10},
    {"asymmetry/cheek_height": 0.11}, {"asymmetry/ear": 0.20, "asymmetry/ear_flare": 0.16}, {"asymmetry/eye": 0.09},
    {"asymmetry/lid": 0.14}, {"asymmetry/eye_corner": 0.16}, {"asymmetry/jaw": 0.15, "asymmetry/chin": 0.10},
    {"asymmetry/mouth": 0.16}, {"asymmetry/mouth_corner": 0.13}, {"asymmetry/nose": 0.12, "asymmetry/nose_tip": 0.16},
)  # fmt: skip

IDENTITY_CLIP = 2.2  # standard deviations
SHAPE_IDENTITY = slice(0, len(_DIRECTIONS) + len(_DETAILS))

# Axes run out softly at this weight; the axes of a region together at this length (root of the sum of squares).
_AXIS_LIMIT = 1.15
_AXIS_LIMITS = {
    "head/width": 0.85, "head/height": 0.6, "head/depth": 0.5, "head/angle": 0.6, "forehead/bulge": 0.2,
    "forehead/slope": 0.5, "brow/ridge": 0.6, "jaw/drop": 0.8, "jaw/prognathism": 0.5, "neck/height": 0.5,
    "eye/spacing": 0.8, "eye/height": 0.8, "nose/height": 0.6, "mouth/forward": 0.4, "mouth/height": 0.9,
    "eye/depth_inner": 0.6, "eye/depth_outer": 0.6, "eye/size": 1.2,
}  # fmt: skip
_REGION_LIMITS = {"head": 1.25, "forehead": 1.3, "brow": 1.3, "cheek": 1.6, "jaw": 1.7, "neck": 1.3, "eye": 1.9,
                  "nose": 2.0, "mouth": 2.0, "ear": 2.0, "asymmetry": 1.0}  # fmt: skip


def axis_targets() -> list[str]:
    """Names of all targets of the axes, each once, in their order."""
    return list(dict.fromkeys(name for low, high in AXES.values() for name in (*low, *high)))


def _rows(tables: list[dict[str, float]]) -> Tensor:
    """(len(tables), axes)."""
    index = {name: i for i, name in enumerate(AXES)}
    rows = torch.zeros(len(tables), len(AXES))
    for row, table in enumerate(tables):
        for name, value in table.items():
            rows[row, index[name]] = value
    return rows


class HeadShape(nn.Module):
    """Sliders, age, gender and identity -> weights of the shape targets.

    ``row`` gives a target's column among ``count`` weights.
    """

    slider_rows: Tensor
    mean_row: Tensor
    old_row: Tensor
    child_row: Tensor
    masculine_row: Tensor
    rotation: Tensor
    identity_rows: Tensor
    asymmetry_rows: Tensor
    axis_limit: Tensor
    region: Tensor
    region_limit: Tensor
    table: Tensor

    def __init__(self, row: dict[str, int], count: int) -> None:
        super().__init__()
        self.register_buffer("slider_rows", _rows(list(SLIDER_AXES.values())))
        for name, axes in (
            ("mean", MEAN_AXES),
            ("old", OLD_AXES),
            ("child", CHILD_AXES),
            ("masculine", MASCULINE_AXES),
        ):
            self.register_buffer(f"{name}_row", _rows([axes]))
        size = SHAPE_IDENTITY.stop
        if MIRRORED_IDENTITY.stop - MIRRORED_IDENTITY.start != len(_ASYMMETRIES) or MIRRORED_IDENTITY.start != size:
            raise ValueError("the identity code's parts do not fit the tables of directions")
        # Mixes the code's numbers, so that neighbouring seeds' components say nothing about neighbouring rows.
        mixed = np.linalg.qr(np.random.RandomState(20261124).standard_normal((size, size)))[0]
        self.register_buffer("rotation", torch.from_numpy(mixed.astype(np.float32)))
        self.register_buffer("identity_rows", _rows([*_DIRECTIONS, *_DETAILS]))
        self.register_buffer("asymmetry_rows", _rows(list(_ASYMMETRIES)))
        self.register_buffer("axis_limit", torch.tensor([_AXIS_LIMITS.get(name, _AXIS_LIMIT) for name in AXES]))
        regions = list(_REGION_LIMITS)
        membership = torch.tensor([[float(name.split("/")[0] == region) for region in regions] for name in AXES])
        self.register_buffer("region", membership)
        self.register_buffer("region_limit", torch.tensor(list(_REGION_LIMITS.values())))
        table = torch.zeros(2, len(AXES), count)
        for index, ends in enumerate(AXES.values()):
            for side, weights in enumerate(ends):
                for name, weight in weights.items():
                    table[side, index, row[name]] = weight
        self.register_buffer("table", table.reshape(2 * len(AXES), count))

    def axes(self, sliders: Tensor, old: Tensor, child: Tensor, male: Tensor, identity: Tensor) -> Tensor:
        """Limited axes (B, A) from sliders (B, len(SLIDER_AXES)), shares (B,) and the identity code (B, 64)."""
        code = (identity[:, SHAPE_IDENTITY] @ self.rotation).clamp(-IDENTITY_CLIP, IDENTITY_CLIP)
        uneven = identity[:, MIRRORED_IDENTITY].clamp(-IDENTITY_CLIP, IDENTITY_CLIP)
        axes = self.mean_row + sliders @ self.slider_rows + code @ self.identity_rows + uneven @ self.asymmetry_rows
        axes = axes + old[:, None] * self.old_row + child[:, None] * self.child_row
        axes = axes + (2.0 * male[:, None] - 1.0) * self.masculine_row
        axes = axes * _soft(axes / self.axis_limit)
        length = torch.sqrt((axes * axes) @ self.region + 1e-9)
        return axes * (_soft(length / self.region_limit) @ self.region.T)

    def forward(self, sliders: Tensor, old: Tensor, child: Tensor, male: Tensor, identity: Tensor) -> Tensor:
        """Weights (B, count)."""
        axes = self.axes(sliders, old, child, male, identity)
        return torch.cat((torch.relu(-axes), torch.relu(axes)), 1) @ self.table


def _soft(load: Tensor) -> Tensor:
    """Factor that keeps ``load`` times it below one: nearly one up to a half, 0.84 at one."""
    square = load * load
    return torch.rsqrt(torch.sqrt(1.0 + square * square))


if SHAPE_IDENTITY.stop + len(_ASYMMETRIES) > IDENTITY_SIZE - 4:
    raise ValueError("the last four numbers of the identity code belong to the skin")
