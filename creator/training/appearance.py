"""Colours of a person from encoded attributes, in closed form: shared by the renderer and the generator's graph.

All colours are linear RGB albedos (B, 3).
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from creator.training.head.head_model import AttributeReader

# Skin at the ten Monk steps as it should look in neutral light, sRGB; lighter steps are warmed from the published
# swatches (Monk Skin Tone scale, 2022), which are near white on a screen.
_MONK_SRGB = (
    (235, 205, 188), (229, 194, 173), (222, 180, 153), (211, 165, 132), (188, 141, 107),
    (160, 112, 81), (130, 89, 63), (105, 72, 52), (84, 58, 44), (68, 47, 38),
)  # fmt: skip
_SKIN_GAIN = 0.70
_LUMINANCE = (0.2126, 0.7152, 0.0722)
_WARMTH = (-0.050, 0.028, -0.170)  # log change from neutral to olive; the reverse is pink
# Log of the lips' albedo over the skin's without lipstick, at the ends of the tone scale; and deep red lipstick.
_LIPS_LIGHT = (-0.33, -0.88, -0.72)
_LIPS_DARK = (0.10, -0.12, 0.04)
_LIPSTICK = (0.250, 0.014, 0.022)
# Natural pigment from black over brown to blond.
_HAIR_LINEAR = ((0.010, 0.008, 0.007), (0.030, 0.018, 0.012), (0.075, 0.042, 0.023), (0.165, 0.100, 0.052),
                (0.300, 0.205, 0.110), (0.480, 0.370, 0.220))  # fmt: skip
_GREY_LINEAR = (0.50, 0.50, 0.49)
# Dark brown, brown, hazel, green, blue, pale grey.
_IRIS_LINEAR = ((0.035, 0.014, 0.007), (0.110, 0.046, 0.018), (0.190, 0.120, 0.038), (0.140, 0.190, 0.075),
                (0.070, 0.150, 0.260), (0.220, 0.280, 0.310))  # fmt: skip


SIZE = 21  # of the appearance vector
HAIR = 1  # place of the hair's colour in it


def srgb_to_linear(value: float) -> float:
    """One display-encoded channel 0..255 to linear 0..1 (IEC 61966-2-1)."""
    v = value / 255.0
    return v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4


def _ramp(position: Tensor, colours: tuple[tuple[float, ...], ...]) -> Tensor:
    """Log-linear ramp: position (B,) in 0..1 over equally spaced colours -> (B, 3)."""
    table = torch.log(torch.tensor(colours, device=position.device))
    steps = len(colours) - 1
    knots = torch.arange(steps + 1, dtype=torch.float32, device=position.device)
    weights = (1.0 - (position[:, None] * steps - knots).abs()).clamp(min=0.0)
    return torch.exp(weights @ table)


def skin_colour(reader: AttributeReader, attributes: Tensor) -> Tensor:
    """The face's mean albedo. The undertone turns the hue and keeps the luminance, so that tones keep their order."""
    tones = tuple(tuple(_SKIN_GAIN * srgb_to_linear(c) for c in tone) for tone in _MONK_SRGB)
    tone = _ramp((reader.value(attributes, "skin_tone") - 1.0) / 9.0, tones)
    turn = torch.tensor([_WARMTH], device=tone.device) * reader.value(attributes, "undertone")[:, None]
    turned = tone * torch.exp(turn)
    luminance = torch.tensor(_LUMINANCE, device=tone.device)
    return turned * ((tone @ luminance) / (turned @ luminance))[:, None]


def lip_factor(reader: AttributeReader, attributes: Tensor) -> Tensor:
    """Albedo of the lips over the skin's: natural by tone, age and gender, to deep red lipstick at ``lip_colour`` 1."""
    tone = (reader.value(attributes, "skin_tone") - 1.0) / 9.0
    natural = tone[:, None] * torch.tensor([_LIPS_DARK], device=tone.device)
    natural = natural + (1.0 - tone[:, None]) * torch.tensor([_LIPS_LIGHT], device=tone.device)
    age = ((reader.value(attributes, "age") - 45.0) / 40.0).clamp(0.0, 1.0)
    natural = natural * ((1.0 - 0.40 * age) * (1.0 - 0.38 * reader.value(attributes, "gender")))[:, None]
    lipstick = torch.tensor([_LIPSTICK], device=tone.device) * (1.0 - 0.6 * tone)[:, None]
    painted = torch.log(lipstick / skin_colour(reader, attributes))
    amount = reader.value(attributes, "lip_colour")[:, None] ** 1.4
    return torch.exp(natural + amount * (painted - natural))


def _pigment(reader: AttributeReader, attributes: Tensor) -> Tensor:
    natural = _ramp(reader.value(attributes, "hair_lightness"), _HAIR_LINEAR)
    red = reader.value(attributes, "hair_red")[:, None]
    return natural * torch.exp(red * torch.log(torch.tensor([[1.75, 0.80, 0.42]], device=red.device)))


def hair_colour(reader: AttributeReader, attributes: Tensor) -> Tensor:
    """Colour of the strands that are not grey: melanin from black to blond, pheomelanin for red, then dye."""
    natural = _pigment(reader, attributes)
    dye = reader.value(attributes, "hair_dye")[:, None]
    # Dye on dark hair without bleach stays dark: it takes two thirds of its strength from the hair's lightness.
    light = 0.35 + 0.65 * reader.value(attributes, "hair_lightness")[:, None]
    vivid = _hue_colour(reader.value(attributes, "hair_dye_hue"), 0.95, 0.46) * light
    return natural * (1.0 - dye) + vivid * dye


def grey_share(reader: AttributeReader, attributes: Tensor) -> Tensor:
    """Share of grey strands (B,) that shows: dye covers grey."""
    return reader.value(attributes, "hair_grey") * (1.0 - reader.value(attributes, "hair_dye"))


def mean_hair_colour(reader: AttributeReader, attributes: Tensor) -> Tensor:
    """Colour of all strands together, grey ones among them."""
    grey = grey_share(reader, attributes)[:, None]
    return hair_colour(reader, attributes) * (1 - grey) + torch.tensor([_GREY_LINEAR], device=grey.device) * grey


def brow_colour(reader: AttributeReader, attributes: Tensor) -> Tensor:
    """Brows are a little darker than the hair's pigment and never dyed."""
    return _own_colour(reader, attributes, "brow_colour", 0.72)


def beard_colour(reader: AttributeReader, attributes: Tensor) -> Tensor:
    """Beards are a little redder and darker than the hair's pigment and never dyed."""
    redder = torch.tensor([[1.12, 0.98, 0.86]], device=attributes.device)
    return _own_colour(reader, attributes, "beard_colour", 0.80) * redder


def _own_colour(reader: AttributeReader, attributes: Tensor, name: str, gain: float) -> Tensor:
    return gain * _pigment(reader, attributes) * torch.exp(-1.1 * reader.value(attributes, name))[:, None]


def iris_colour(reader: AttributeReader, attributes: Tensor) -> Tensor:
    return _ramp(reader.value(attributes, "iris_colour"), _IRIS_LINEAR)


def garment_colour(reader: AttributeReader, attributes: Tensor) -> Tensor:
    return _cloth_colour(reader, attributes, "garment")


def accent_colour(reader: AttributeReader, attributes: Tensor) -> Tensor:
    return _cloth_colour(reader, attributes, "accent")


def _cloth_colour(reader: AttributeReader, attributes: Tensor, part: str) -> Tensor:
    saturation = reader.value(attributes, f"{part}_saturation")[:, None]
    lightness = reader.value(attributes, f"{part}_lightness")[:, None]
    return _hue_colour(reader.value(attributes, f"{part}_hue"), saturation, lightness)


def _hue_colour(hue: Tensor, saturation: Tensor | float, lightness: Tensor | float) -> Tensor:
    """Linear RGB from hue (B,) in degrees, saturation and lightness: HSL with a soft hue circle, power 2.2."""
    turn = torch.deg2rad(hue)[:, None]
    third = torch.tensor([[0.0, 2.0 * math.pi / 3.0, 4.0 * math.pi / 3.0]], device=hue.device)
    display = 0.08 + 0.84 * torch.as_tensor(lightness, device=hue.device)
    chroma = 0.55 * saturation * torch.minimum(display, 1.0 - 0.6 * display)
    return (display + chroma * torch.cos(turn - third)).clamp(0.02, 0.96) ** 2.2


def key_direction(reader: AttributeReader, attributes: Tensor) -> Tensor:
    """Unit vector to the key light (B, 3) in camera space: x right, y up, z to the camera."""
    azimuth = torch.deg2rad(reader.value(attributes, "light_azimuth"))
    elevation = torch.deg2rad(reader.value(attributes, "light_elevation"))
    flat = torch.cos(elevation)
    return torch.stack((torch.sin(azimuth) * flat, torch.sin(elevation), torch.cos(azimuth) * flat), 1)


def appearance_vector(reader: AttributeReader, attributes: Tensor) -> Tensor:
    """Everything above as (B, SIZE): colours display-encoded (power 1/2.2), about -1..1, then the key light."""
    colours = (
        skin_colour(reader, attributes), mean_hair_colour(reader, attributes), iris_colour(reader, attributes),
        garment_colour(reader, attributes), skin_colour(reader, attributes) * lip_factor(reader, attributes),
        accent_colour(reader, attributes),
    )  # fmt: skip
    encoded = torch.cat(colours, 1).clamp(min=1e-4) ** (1 / 2.2)
    return torch.cat((2.0 * encoded - 1.0, key_direction(reader, attributes)), 1)
