"""The skin of a person as textures and uniforms for ``skin_material.glsl``.

:class:`SkinAtlas` is built once. Its static maps are uploaded once; :meth:`SkinAtlas.person_maps` gives the two maps
and the uniforms of one person. All arrays are uploaded as they are, first row first; the shader knows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import numpy as np
import scipy.ndimage as ndimage
from numpy.typing import NDArray

from creator.training.assets.head_assets import Floats
from creator.training.skin.skin_albedo import make_skins
from creator.training.skin.skin_grain import grain_tile, lip_furrows, lip_shading
from creator.training.skin.skin_layout import COARSE, COARSE_SIZE, HEAD_SIZE, MAP_SIZE, skin_layout
from creator.training.skin.skin_relief import ALBEDO_RANGE, SLOPE_RANGE, line_amounts, make_layers
from creator.training.skin.skin_zones import (
    age_spot_onsets,
    colour_zones,
    freckle_onsets,
    lip_mask,
    make_up_masks,
    pore_map,
)

# (darkness, sex, age) -> atlases, any of which is that kind of skin.
_ATLASES = {
    ("light", "female", "young"): ("young_lightskinned_female_diffuse2", "young_lightskinned_female_diffuse3"),
    ("light", "female", "middle"): ("middleage_lightskinned_female_diffuse2", "middleage_lightskinned_female_diffuse"),
    ("light", "female", "old"): ("old_lightskinned_female_diffuse", "old_lightskinned_female_diffuse2"),
    ("light", "male", "young"): ("young_lightskinned_male_diffuse2", "young_lightskinned_male_diffuse",
                                 "young_lightskinned_male_diffuse3"),
    ("light", "male", "middle"): ("middleage_lightskinned_male_diffuse", "middleage_lightskinned_male_diffuse2"),
    ("light", "male", "old"): ("old_lightskinned_male_diffuse2", "old_lightskinned_male_diffuse"),
    ("dark", "female", "young"): ("young_darkskinned_female_diffuse",),
    ("dark", "female", "middle"): ("middleage_darkskinned_female_diffuse",),
    ("dark", "female", "old"): ("old_darkskinned_female_diffuse",),
    ("dark", "male", "young"): ("young_darkskinned_male_diffuse",),
    ("dark", "male", "middle"): ("middleage_darkskinned_male_diffuse",),
    ("dark", "male", "old"): ("old_darkskinned_male_diffuse",),
}  # fmt: skip
# Fine detail comes only from atlases that are stored at full density.
_DETAILS = {
    ("female", "young"): ("young_lightskinned_female_diffuse2", "young_lightskinned_female_diffuse3"),
    ("female", "middle"): ("middleage_lightskinned_female_diffuse2",),
    ("female", "old"): ("old_darkskinned_male_diffuse",),
    ("male", "young"): ("young_lightskinned_male_diffuse2", "young_lightskinned_male_diffuse",
                        "young_darkskinned_male_diffuse"),
    ("male", "middle"): ("middleage_lightskinned_male_diffuse", "middleage_darkskinned_male_diffuse"),
    ("male", "old"): ("old_darkskinned_male_diffuse",),
}  # fmt: skip
_AGE_KNOTS = (26.0, 48.0, 74.0)
CHARACTER_SIZE = 4  # numbers of the identity that the skin uses
_SPOT_SHIFT = 14.0  # texels
_RELIEF_OF_PHOTOS = 0.20  # counts of slope for a count of luminance difference between neighbours

# Log colour of a zone at full amount, linear RGB, on light skin and on dark skin.
_ZONE_COLOURS = {
    "cheeks": ((0.010, -0.105, -0.080), (-0.010, -0.075, -0.055)),
    "nose": ((0.010, -0.170, -0.130), (-0.015, -0.090, -0.070)),
    "ears": ((0.060, -0.200, -0.150), (0.020, -0.090, -0.080)),
    "chin": ((0.005, -0.080, -0.060), (0.060, 0.045, 0.035)),
    "around_nose": ((-0.030, -0.170, -0.120), (-0.080, -0.100, -0.080)),
    "forehead": ((0.000, 0.010, -0.050), (-0.070, -0.080, -0.095)),
    "orbits": ((-0.060, -0.095, -0.060), (-0.150, -0.160, -0.140)),
    "under_eyes": ((-0.100, -0.150, -0.080), (-0.140, -0.150, -0.120)),
    "lids": ((-0.010, -0.090, -0.065), (-0.060, -0.070, -0.060)),
    "beard": ((-0.120, -0.118, -0.088), (-0.085, -0.080, -0.070)),
    "neck": ((0.000, -0.010, -0.040), (-0.020, -0.020, -0.010)),
    "cheekbones": ((0.015, 0.010, 0.005), (0.080, 0.065, 0.055)),
    "blood": ((0.010, -0.090, -0.070), (0.0, -0.040, -0.030)),
    "pigment": ((-0.060, -0.100, -0.140), (-0.110, -0.120, -0.120)),
}  # fmt: skip
_BLUSH = (-0.02, -0.46, -0.30)


@dataclass(frozen=True)
class SkinTraits:
    """What the skin shows of a person; ranges as in the attribute schema, expressions 0..1.

    ``character`` are standard normal numbers from the identity code.
    """

    age: float = 30.0
    gender: float = 0.5
    skin_tone: float = 3.0
    ancestry_east_asian: float = 0.0
    skin_smoothness: float = 0.0
    freckles: float = 0.0
    wrinkles: float = 0.0
    oiliness: float = 0.3
    blush: float = 0.0
    eye_makeup: float = 0.0
    eye_bags: float = 0.0
    hair_lightness: float = 0.25
    brow_raise: float = 0.0
    frown: float = 0.0
    squint: float = 0.0
    smile: float = 0.0
    nose_wrinkle: float = 0.0
    character: tuple[float, ...] = (0.0,) * CHARACTER_SIZE

    @classmethod
    def of(cls, values: Mapping[str, float], character: Floats) -> SkinTraits:
        """From attribute values by name (others are ignored) and ``character`` (CHARACTER_SIZE,)."""
        names = {f.name for f in fields(cls)} - {"character"}
        known = {name: float(value) for name, value in values.items() if name in names}
        return cls(**known, character=tuple(float(c) for c in character))


@dataclass(frozen=True)
class SkinMaps:
    """What is uploaded for one person.

    ``colour`` (h, w, 4) float16: log albedo over the tone's, and roughness; ``detail`` (H, W, 4) uint8: fine log
    albedo, slope to the right, slope downwards (128 is 0), pigment of spots; ``uniforms``: floats and tuples by name.
    """

    colour: NDArray[np.float16]
    detail: NDArray[np.uint8]
    uniforms: dict[str, float | tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Spots:
    """The texels (N,) of a field of spots and when they are coloured."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    onsets: NDArray[np.uint8]

    @classmethod
    def of(cls, onsets: NDArray[np.uint8]) -> _Spots:
        rows, columns = np.nonzero(onsets < 255)
        return cls(rows, columns, onsets[rows, columns])

    def placed(self, character: tuple[float, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Rows and columns of the texels as one identity has them: left and right exchanged or not, shifted a little
        on the head."""
        head = self.rows < HEAD_SIZE[0]
        rows, columns = self.rows, self.columns
        if character[2] < 0:
            rows = np.where(head, HEAD_SIZE[0] - 1 - rows, rows)
            columns = np.where(head, columns, MAP_SIZE[1] - 1 - columns)
        across, down = (round(_SPOT_SHIFT * math.tanh(c)) for c in (character[0] + character[3], character[1]))
        rows = np.where(head, np.clip(rows + across, 0, HEAD_SIZE[0] - 1), rows)
        return rows, np.where(head, np.clip(columns + down, 0, MAP_SIZE[1] - 1), columns)


def _box_of(chosen: np.ndarray) -> tuple[slice, slice]:
    """The smallest box around what is chosen (H, W)."""
    rows, columns = np.flatnonzero(chosen.any(1)), np.flatnonzero(chosen.any(0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _step(low: float, high: float, value: float) -> float:
    t = min(max((value - low) / (high - low), 0.0), 1.0)
    return t * t * (3 - 2 * t)


def _darkness(tone: float) -> float:
    return _step(2.5, 9.0, tone)


class SkinAtlas:
    """Static maps, to be uploaded once, and the makings of a person's own.

    ``masks`` (H, W, 4) uint8: lips, eyeliner, eye shadow, coarseness of the grain. ``grain`` (256, 256, 4) uint8, a
    tile: slope to the right, slope downwards, cavity, mottling.
    """

    def __init__(self) -> None:
        layout, coarse = skin_layout(), skin_layout(COARSE)
        liner, shadow = make_up_masks(layout)
        masks = np.stack([lip_mask(layout), liner, shadow, pore_map(layout)], -1)
        self.masks = np.round(np.clip(masks, 0, 1) * 255).astype(np.uint8)
        self.grain = grain_tile()

        names = tuple(dict.fromkeys(name for group in _ATLASES.values() for name in group))
        detailed = {name for group in _DETAILS.values() for name in group}
        skins = make_skins(names, tuple(name for name in names if name in detailed))
        self._skin_names = skins.names
        self._slow_box = _box_of(np.abs(skins.colour).max((0, 3)) > 0)
        self._colour = np.ascontiguousarray(skins.colour[:, *self._slow_box])
        self._box = _box_of(np.abs(skins.detail).max(0) > 0)
        self._details = {
            name: np.ascontiguousarray(detail[self._box].astype(np.int16))
            for name, detail in zip(skins.detailed, skins.detail, strict=True)
        }
        zones = colour_zones(coarse) | _mottling()
        self._zones = np.stack([zones[name] for name in (*_ZONE_COLOURS, "t_zone", "scalp")], -1).reshape(
            -1, len(_ZONE_COLOURS) + 2
        )
        self._layers = make_layers(layout)
        self._freckles, self._age_spots = _Spots.of(freckle_onsets(layout)), _Spots.of(age_spot_onsets(layout))
        self._blank = _blank_detail(lip_furrows(layout), lip_shading(layout))

    def person_maps(self, traits: SkinTraits) -> SkinMaps:
        return SkinMaps(self._colour_map(traits), self._detail_map(traits), skin_uniforms(traits))

    def _colour_map(self, traits: SkinTraits) -> NDArray[np.float16]:
        weights = _skin_weights(traits)
        mix = np.array([weights.get(name, 0.0) for name in self._skin_names], np.float32)
        colour = (self._zones @ _zone_table(traits)).reshape(*COARSE_SIZE, 4)
        colour[*self._slow_box, :3] += np.tensordot(mix, self._colour, 1)
        return colour.astype(np.float16)

    def _detail_map(self, traits: SkinTraits) -> NDArray[np.uint8]:
        detail = self._blank.copy()
        photo = np.zeros(self._details[next(iter(self._details))].shape, np.int16)
        for name, weight in _detail_weights(traits).items():
            photo += self._details[name] * np.int16(round(64 * weight))
        photo >>= 6
        box = detail[self._box].astype(np.int16)
        box[..., 0] += photo
        relief = np.int16(
            round(
                256
                * _RELIEF_OF_PHOTOS
                * (0.55 + 0.55 * _step(35, 70, traits.age))
                * (1.0 - 0.75 * traits.skin_smoothness)
                * (1.0 - 0.35 * _darkness(traits.skin_tone))
            )
        )
        box[:, 1:-1, 1] += ((photo[:, 2:] - photo[:, :-2]) * relief) >> 8
        box[1:-1, :, 2] += ((photo[2:] - photo[:-2]) * relief) >> 8
        detail[self._box] = np.clip(box, 0, 255)
        units = {n: getattr(traits, n) for n in ("brow_raise", "frown", "squint", "smile", "nose_wrinkle")}
        # Highlights along folds stand out on dark skin.
        softness = 128 * (1 - 0.3 * _darkness(traits.skin_tone))
        for name, amount in line_amounts(traits.age, traits.wrinkles, units, _line_character(traits)).items():
            factor = np.int16(round(softness * amount))
            if factor == 0:
                continue
            for layer in self._layers[name]:
                part = detail[layer.rows, layer.columns, :3]
                part[...] = np.clip(part + ((layer.counts * factor) >> 7), 0, 255)
        self._add_spots(detail[..., 3], traits)
        return detail

    def _add_spots(self, pigment: NDArray[np.uint8], traits: SkinTraits) -> None:
        spots = max(0.0, (traits.age + 10 * traits.wrinkles - 46) / 44) * (0.75 + 0.25 * traits.character[2])
        steps = np.arange(256, dtype=np.float32)
        fields_of_spots = ((self._freckles, traits.freckles, 235.0), (self._age_spots, min(spots, 1.0), 150.0))
        for field_of_spots, amount, strength in fields_of_spots:
            if amount > 0:
                table = (np.clip((254 * amount - steps) / 120, 0, 1) * strength).astype(np.uint8)
                rows, columns = field_of_spots.placed(traits.character)
                pigment[rows, columns] = np.maximum(pigment[rows, columns], table[field_of_spots.onsets])


def _blank_detail(height: Floats, albedo: Floats) -> NDArray[np.uint8]:
    """The detail map of smooth skin with lips: height (H, W) in decimetres and log albedo (H, W)."""
    down, right = np.gradient(height)
    counts = [albedo * (127 / ALBEDO_RANGE), right * (127 / SLOPE_RANGE), down * (127 / SLOPE_RANGE), 0 * albedo]
    blank = np.clip(np.round(np.stack(counts, -1)), -127, 127) + np.array((128, 128, 128, 0))
    return np.ascontiguousarray(blank.astype(np.uint8))


def skin_uniforms(traits: SkinTraits) -> dict[str, float | tuple[float, ...]]:
    """Uniforms of ``skin_material.glsl`` that are not colours of :mod:`appearance`."""
    dark = _darkness(traits.skin_tone)
    adult = _step(10.0, 20.0, traits.age)
    pigment = np.array((-0.40, -0.72, -0.90)) * (1 - 0.45 * dark)
    coarse = (0.55 + 0.25 * adult + 0.25 * _step(40, 75, traits.age) + 0.10 * traits.gender * adult) * (
        1 - 0.80 * traits.skin_smoothness
    )
    # The dark skins' mirror-like part is most of what is seen of them: coarse grain there looks like leather.
    coarse *= 1 - 0.6 * dark
    return {
        "skin_pigment": tuple(float(v) for v in pigment),
        "skin_grain_amount": float(coarse),
        "skin_oil": float(traits.oiliness),
        "skin_make_up": float(traits.eye_makeup),
        "skin_lip_roughness": 0.44 - 0.10 * traits.oiliness + 0.06 * _step(50, 80, traits.age),
    }


def _skin_weights(traits: SkinTraits) -> dict[str, float]:
    """Weights of the atlases, which sum to 1."""
    dark = _step(4.0, 8.5, traits.skin_tone)
    place = np.interp(traits.age, _AGE_KNOTS, (0.0, 1.0, 2.0))
    weights: dict[str, float] = {}
    for (darkness, sex, stage), names in _ATLASES.items():
        weight = (dark if darkness == "dark" else 1 - dark) * (traits.gender if sex == "male" else 1 - traits.gender)
        weight *= max(0.0, 1.0 - abs(place - ("young", "middle", "old").index(stage)))
        if weight > 0.004:
            for name, share in zip(names, _shares(traits.character[0], len(names)), strict=True):
                weights[name] = weights.get(name, 0.0) + weight * share
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


def _detail_weights(traits: SkinTraits) -> dict[str, float]:
    """Weights of fine detail: fewer, nearly whole atlases, so that averaging does not smooth it; squares sum to 1."""
    place = np.interp(traits.age + 14 * traits.wrinkles, _AGE_KNOTS, (0.0, 1.0, 2.0))
    male = _step(0.25, 0.75, traits.gender)
    weights: dict[str, float] = {}
    for (sex, stage), names in _DETAILS.items():
        weight = (male if sex == "male" else 1 - male) * max(
            0.0, 1.0 - abs(place - ("young", "middle", "old").index(stage))
        )
        for name, share in zip(names, _shares(1.4 * traits.character[1], len(names)), strict=True):
            if weight * share > 0.02:
                weights[name] = weights.get(name, 0.0) + weight * share
    norm = float(np.sqrt(sum(w * w for w in weights.values())))
    strength = (0.75 + 0.25 * _step(8, 22, traits.age)) * (1 - 0.35 * traits.skin_smoothness)
    return {name: strength * weight / norm for name, weight in weights.items()}


def _shares(number: float, count: int) -> Floats:
    """Shares of ``count`` alternatives, which sum to 1, by one standard normal number."""
    place = (0.5 + 0.5 * np.tanh(number)) * (count - 1)
    return np.maximum(0.0, 1.0 - np.abs(np.arange(count) - place)).astype(np.float32)


def _line_character(traits: SkinTraits) -> dict[str, float]:
    """People of one age wrinkle in different places."""
    c = traits.character
    groups = {"forehead": c[2], "frown": 0.6 * c[2] - 0.8 * c[3], "crow": 0.8 * c[1] - 0.5 * c[2], "nasolabial": c[3],
              "under_eye": 0.7 * c[1] + 0.5 * c[0]}  # fmt: skip
    character = {}
    for name, number in groups.items():
        character[name] = character[f"{name}_fine"] = float(np.exp(0.28 * np.clip(number, -2, 2)))
    character["under_eye"] *= 1.0 + 0.6 * traits.eye_bags
    return character


def _zone_table(traits: SkinTraits) -> Floats:
    """Per zone (Z, 4): what a full zone adds to log red, green, blue and roughness."""
    dark = _darkness(traits.skin_tone)
    old, adult = _step(35, 80, traits.age), _step(12, 22, traits.age)
    c = traits.character
    shaven = traits.gender**1.5 * adult * (0.60 + 0.12 * c[2])
    shaven *= (1 - 0.7 * traits.hair_lightness) * (1 - 0.35 * traits.ancestry_east_asian)
    amounts = {
        "cheeks": 0.75 + 0.20 * c[3] + 0.10 * (1 - adult), "nose": 0.65 + 0.18 * c[0] + 0.25 * old, "ears": 0.9,
        "chin": 0.6, "around_nose": 0.6 + 0.1 * c[0], "forehead": 0.9, "orbits": 0.45 + 0.25 * old + 0.12 * c[1],
        "under_eyes": 0.35 + 0.45 * old + 0.2 * adult + 0.15 * c[1] + 0.4 * traits.eye_bags,
        "lids": 0.7 + 0.3 * old,
        "beard": shaven,
        "neck": 1.0, "cheekbones": 1.0, "blood": 0.55 + 0.10 * old - 0.3 * traits.skin_smoothness,
        "pigment": 0.30 + 0.45 * old - 0.2 * traits.skin_smoothness,
    }  # fmt: skip
    table = np.zeros((len(_ZONE_COLOURS) + 2, 4), np.float32)
    for row, (name, (light, deep)) in enumerate(_ZONE_COLOURS.items()):
        table[row, :3] = max(amounts[name], 0.0) * ((1 - dark) * np.array(light) + dark * np.array(deep))
        if name == "cheeks":
            table[row, :3] += traits.blush * np.array(_BLUSH) * (1 - 0.25 * dark)
        if name == "nose":
            table[row, :3] += 0.25 * traits.blush * np.array(_BLUSH)
    names = (*_ZONE_COLOURS, "t_zone", "scalp")
    # On dark skin highlights stand out by themselves.
    oil, matt = traits.oiliness, 1 - 0.45 * dark
    # Roughness is given as its difference from the shader's middle value.
    changes = {
        "t_zone": matt * (-0.035 - 0.13 * oil), "cheeks": 0.02 + 0.04 * dark, "cheekbones": matt * (-0.02 - 0.05 * oil),
        "orbits": 0.02 + 0.06 * dark, "neck": 0.05, "beard": 0.02, "scalp": -0.05,
    }  # fmt: skip
    for name, change in changes.items():
        table[names.index(name), 3] += change
    return table


def _mottling(seed: int = 31) -> dict[str, Floats]:
    """Uneven blood and pigment: slow noise of mean 0 and deviation 1 (h, w), the same for all."""
    random = np.random.RandomState(seed)

    def noise(sigmas: tuple[float, ...]) -> Floats:
        total = sum(ndimage.gaussian_filter(random.standard_normal(COARSE_SIZE), s, mode="wrap") * s for s in sigmas)
        return (total / total.std()).astype(np.float32)

    return {"blood": noise((1.6, 3.0, 7.0)), "pigment": noise((2.0, 5.0, 10.0))}
