"""Makes the pictures of the README with the bundled model: ``python docs/make_pictures.py``.

``contact_sheet.webp``: the first 24 people of ``facewright random --seed 1``. ``attributes.webp``: one person, each row
an attribute from one end to the other (or some of its choices).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from creator.attributes import Attribute, Value
from creator.character import Character
from creator.generator import FULL, Generator, RenderRequest
from creator.random_character import person_seed, random_values

FOLDER = Path(__file__).resolve().parent / "pictures"
SEED = 1
COLUMNS, ROWS = 6, 4
SWEEP_SEED = 12
SWEEP = ("age", "gender", "skin_tone", "jaw_width", "nose_width", "hair_style", "hair_lightness", "expression", "yaw",
         "light_azimuth")  # fmt: skip
STEPS = 7
LABEL_WIDTH = 150


def backdrop(size: int) -> np.ndarray:
    """A soft vertical grey gradient, float32 (size, size, 3), 0..255."""
    rows = np.linspace(132, 92, size, dtype=np.float32)[:, None, None]
    return np.broadcast_to(rows * np.array([0.97, 1.0, 1.05], np.float32), (size, size, 3))


def composited(generator: Generator, seed: int, values: dict[str, Value]) -> Image.Image:
    """The full picture of one person over the backdrop."""
    character = Character(name="", seed=seed, values=values)
    pixels = generator.render(RenderRequest(character, FULL)).pixels.astype(np.float32)
    shown = pixels[..., :3] + (1.0 - pixels[..., 3:] / 255.0) * backdrop(len(pixels))
    return Image.fromarray(np.clip(np.rint(shown), 0, 255).astype(np.uint8))


def contact_sheet(generator: Generator) -> Image.Image:
    people = [person_seed(SEED, index) for index in range(COLUMNS * ROWS)]
    tiles = [composited(generator, seed, random_values(generator.schema, seed)) for seed in people]
    side = tiles[0].width
    sheet = Image.new("RGB", (COLUMNS * side, ROWS * side))
    for index, tile in enumerate(tiles):
        sheet.paste(tile, (index % COLUMNS * side, index // COLUMNS * side))
    return sheet


def sweep_values(attribute: Attribute) -> list[Value]:
    if attribute.kind == "choice":
        return list(attribute.choices)[:STEPS]
    return [float(value) for value in np.linspace(attribute.minimum, attribute.maximum, STEPS)]


def attribute_sweeps(generator: Generator) -> Image.Image:
    person = random_values(generator.schema, SWEEP_SEED) | {"yaw": 0.0, "pitch": 0.0, "expression": "neutral"}
    rows = [generator.schema[name] for name in SWEEP]
    side = 160
    sheet = Image.new("RGB", (LABEL_WIDTH + STEPS * side, len(rows) * side), (34, 36, 40))
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(16)
    for row, attribute in enumerate(rows):
        draw.text((12, row * side + side // 2 - 8), attribute.label, fill=(225, 225, 225), font=font)
        for column, value in enumerate(sweep_values(attribute)):
            still = {"expression_strength": 1.0} if attribute.name == "expression" else {}
            tile = composited(generator, SWEEP_SEED, person | still | {attribute.name: value})
            sheet.paste(tile.resize((side, side), Image.Resampling.LANCZOS), (LABEL_WIDTH + column * side, row * side))
    return sheet


def main() -> None:
    generator = Generator.load()
    FOLDER.mkdir(exist_ok=True)
    contact_sheet(generator).save(FOLDER / "contact_sheet.webp", quality=90, method=6)
    attribute_sweeps(generator).save(FOLDER / "attributes.webp", quality=88, method=6)
    print(f"wrote contact_sheet.webp and attributes.webp into {FOLDER}, rendered on {generator.device_name}")


if __name__ == "__main__":
    main()
