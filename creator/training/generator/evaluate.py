"""How close the generator comes to renders of held-out people, beside a control: the render itself, blurred.

The figures measure fidelity to our rendered people, not likeness to photographs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from creator.attributes import Attribute, AttributeSchema, Value
from creator.random_character import identity_vector, person_seed, random_values
from creator.training.generator.losses import block_similarity
from creator.training.generator.network import DRAFT_SIZE, PortraitNetwork, quantised
from creator.training.generator.people_dataset import PeopleDataset
from creator.training.generator.train import over_grey

# Bounds of the stored weight map (16 means 1) that tell the regions apart.
REGIONS = {"eyes": (96, 256), "mouth": (56, 96), "brows": (40, 56), "skin": (20, 40), "rest": (0, 20)}
BLUR_SIGMA = 1.5


def blurred(pictures: Tensor, sigma: float = BLUR_SIGMA) -> Tensor:
    """Gaussian blur of ``(B, C, S, S)``, edges repeated; ``sigma`` in pixels."""
    reach = int(3 * sigma + 0.5)
    offsets = torch.arange(-reach, reach + 1, dtype=torch.float32)
    kernel = torch.exp(-0.5 * (offsets / sigma) ** 2)
    kernel = (kernel / kernel.sum()).repeat(pictures.shape[1], 1, 1, 1)
    padded = functional.pad(pictures, (reach, reach, reach, reach), mode="replicate")
    padded = functional.conv2d(padded, kernel, groups=pictures.shape[1])
    return functional.conv2d(padded, kernel.transpose(2, 3), groups=pictures.shape[1])


class _Scores:
    """Sums of squared errors by region, of PSNR and SSIM by picture."""

    def __init__(self) -> None:
        self.psnr: list[float] = []
        self.ssim: list[float] = []
        self.alpha: list[float] = []
        self.squares = dict.fromkeys(REGIONS, 0.0)
        self.pixels = dict.fromkeys(REGIONS, 0)

    def add(self, picture: Tensor, truth: Tensor, weights: Tensor) -> None:
        first, second = over_grey(picture), over_grey(truth)
        squared = (first - second).square().mean(1)
        self.psnr += (-10.0 * torch.log10(squared.mean((1, 2)).clamp_min(1e-10))).tolist()
        self.ssim += [float(block_similarity(first[i : i + 1], second[i : i + 1])) for i in range(len(first))]
        self.alpha += (picture[:, 3] - truth[:, 3]).abs().mean((1, 2)).tolist()
        repeat = truth.shape[-1] // weights.shape[-1]
        regions = weights.int().repeat_interleave(repeat, 1).repeat_interleave(repeat, 2)
        for name, (low, high) in REGIONS.items():
            inside = (regions >= low) & (regions < high)
            self.squares[name] += float(squared[inside].sum())
            self.pixels[name] += int(inside.sum())

    def numbers(self) -> dict[str, float]:
        found = {
            "psnr_db": round(float(np.mean(self.psnr)), 2),
            "ssim": round(float(np.mean(self.ssim)), 4),
            "alpha_mean_error": round(float(np.mean(self.alpha)), 4),
        }
        for name in REGIONS:
            if self.pixels[name]:
                mean = max(self.squares[name] / self.pixels[name], 1e-10)
                found[f"psnr_{name}_db"] = round(float(-10.0 * np.log10(mean)), 2)
        return found


def evaluate(network: PortraitNetwork, dataset: PeopleDataset, count: int = 256) -> dict[str, Any]:
    """Scores of draft and full pictures on up to ``count`` held-out people, each beside the blurred render.

    Raises :class:`~creator.training.generator.people_dataset.DatasetError` if nobody was held out.
    """
    found: dict[str, Any] = {"held_out_people": min(count, dataset.held_out_count)}
    for variant, size in (("draft", DRAFT_SIZE), ("full", network.config.size)):
        generator, control = _Scores(), _Scores()
        for start in range(0, max(1, min(count, dataset.held_out_count)), 8):
            batch = dataset.held_out(min(8, count - start), size, start)
            with torch.no_grad():
                picture = network(batch.attributes, batch.identity, size).pictures[-1]
            shown = quantised(picture).permute(0, 3, 1, 2).float() / 255.0
            generator.add(shown, batch.images, batch.weights)
            control.add(blurred(batch.images), batch.images, batch.weights)
        found[variant] = {"generator": generator.numbers(), "blurred_render": control.numbers()}
    return found


Render = Callable[[NDArray[np.float32], NDArray[np.float32]], NDArray[np.uint8]]

# What must be set for an attribute to show at all: strength needs an expression, hue a saturation, and so on.
_SHOWING: dict[str, Value] = {
    "expression": "happy", "hair_style": "short", "hair_grey": 0.2, "hair_lightness": 0.5, "hair_dye": 0.4,
    "garment_saturation": 0.7, "garment_lightness": 0.5, "accent_saturation": 0.7, "accent_lightness": 0.5,
    "garment": "suit",
}  # fmt: skip


def _ends(attribute: Attribute) -> list[Value]:
    if attribute.kind == "choice":
        return list(attribute.choices)
    if attribute.name.endswith("_hue"):  # a circle: its ends are the same
        return [attribute.minimum, (attribute.minimum + attribute.maximum) / 2]
    return [attribute.minimum, attribute.maximum]


def following(
    network: PortraitNetwork,
    render: Render,
    schema: AttributeSchema,
    people: int = 2,
    seed: int = 0,
) -> dict[str, dict[str, float]]:
    """How the full picture follows each attribute, beside how the render does, for ``people`` random people.

    ``render`` gives pictures uint8 (B, S, S, 4), of the network's size, for encoded attributes (B, D) and identities
    (B, 64). Between the two ends of a slider, or the first and each other choice: ``generator`` and ``render`` are the
    mean absolute change in 1/255 over all pixels and channels, ``agreement`` the cosine between the two changes (1: the
    same change).
    """
    found = {}
    for attribute in schema.attributes:
        changes: list[tuple[float, float, float]] = []
        for person in range(people):
            number = person_seed(seed, person)
            plain = {"yaw": 0.0, "pitch": 0.0, "expression_strength": 0.8}
            shown = _SHOWING | plain | ({"beard_style": "full_beard"} if attribute.group == "Facial hair" else {})
            values = random_values(schema, number) | {k: v for k, v in shown.items() if k in schema.names}
            encoded = np.stack([schema.encode(values | {attribute.name: value}) for value in _ends(attribute)])
            identity = np.repeat(identity_vector(number, network.config.identity_size)[None], len(encoded), 0)
            with torch.no_grad():
                pictures = network(torch.from_numpy(encoded), torch.from_numpy(identity)).pictures
            made = quantised(pictures[-1]).numpy().astype(int)
            true = render(encoded, identity).astype(int)
            for index in range(1, len(encoded)):
                one, other = made[index] - made[0], true[index] - true[0]
                norm = np.sqrt(float((one**2).sum()) * float((other**2).sum()))
                cosine = float((one * other).sum()) / max(norm, 1e-9)
                changes.append((float(np.abs(one).mean()), float(np.abs(other).mean()), cosine))
        generator, truth, agreement = np.mean(changes, axis=0).tolist()
        found[attribute.name] = {
            "generator": round(generator, 2), "render": round(truth, 2), "agreement": round(agreement, 3),
        }  # fmt: skip
    return found


def rendered_pictures(schema: AttributeSchema, size: int) -> Render:
    """The people renderer at ``size`` pixels as :func:`following` needs it."""
    from creator.training.generator.render_people import STRANDS
    from creator.training.renderer.people_renderer import PeopleRenderer

    renderer = PeopleRenderer(schema, size, strands=STRANDS[size])
    return lambda attributes, identity: np.stack([each.pixels for each in renderer.render(attributes, identity)])
