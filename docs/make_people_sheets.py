"""Makes the contact sheets of rendered people: ``python docs/make_people_sheets.py [NAME ...]``.

The pictures are of the renderer that makes the training people, not of the generator; they need the head assets.
Each function below is one sheet, written to ``docs/pictures/people_NAME.webp``.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageOps

from creator.attributes import Attribute, Value
from creator.random_character import identity_vector, person_seed, random_values
from creator.training.people_schema import EXPRESSIONS, HAIR_STYLES, IDENTITY_SIZE, LIGHT_PRESETS, SCHEMA
from creator.training.renderer.people_renderer import PeopleRenderer

FOLDER = Path(__file__).resolve().parent / "pictures"
SIZE = 384
FACE = (0.19, 0.12, 0.81, 0.88)  # the share of the picture that close rows show
SEED = 6
STILL: dict[str, Value] = {"yaw": 0.0, "pitch": 0.0, "roll": 0.0, "gaze_x": 0.0, "gaze_y": 0.0, "expression": "neutral"}
CLOTHED: dict[str, Value] = {
    "garment": "t_shirt", "garment_hue": 215.0, "garment_saturation": 0.45, "garment_lightness": 0.35,
}  # fmt: skip
HAIR_COLOURS: tuple[dict[str, Value], ...] = (
    {"hair_lightness": 0.04, "hair_red": 0.1}, {"hair_lightness": 0.9, "hair_red": 0.15},
    {"hair_lightness": 0.45, "hair_red": 0.9}, {"hair_lightness": 0.3, "hair_grey": 0.65},
)  # fmt: skip
LIGHTS = ("studio", "dramatic", "sunset")
FRAMES = 24
_INK, _PAPER = (225, 225, 225), (34, 36, 40)


class Portraits:
    """Renders people over a soft backdrop."""

    def __init__(self, size: int = SIZE) -> None:
        self.renderer = PeopleRenderer(SCHEMA, size=size, strands=16000)
        rows = np.linspace(128, 88, size, dtype=np.float32)[:, None, None]
        self.backdrop = np.broadcast_to(rows * np.array([0.97, 1.0, 1.05], np.float32), (size, size, 3))

    def __call__(self, values: Mapping[str, Value], seed: int = SEED) -> Image.Image:
        code = identity_vector(seed, IDENTITY_SIZE)[None]
        pixels = self.renderer.render(SCHEMA.encode(values)[None], code)[0].pixels.astype(np.float32)
        shown = pixels[..., :3] + (1.0 - pixels[..., 3:] / 255.0) * self.backdrop
        return Image.fromarray(np.clip(np.rint(shown), 0, 255).astype(np.uint8))


def close(picture: Image.Image, share: tuple[float, float, float, float], size: tuple[int, int]) -> Image.Image:
    """The part of the picture in the box ``share`` (left, top, right, bottom), fitted into ``size``."""
    part = picture.crop(tuple(round(s * picture.width) for s in share))
    return ImageOps.pad(part, size, Image.Resampling.LANCZOS, color=_PAPER)


def face(picture: Image.Image, side: int) -> Image.Image:
    return close(picture, FACE, (side, round(side * (FACE[3] - FACE[1]) / (FACE[2] - FACE[0]))))


def grid(rows: list[list[Image.Image]], labels: list[str] | None = None, heads: list[str] | None = None) -> Image.Image:
    """Tiles in rows, with a label before each row and a head over each column, where given."""
    width, height = rows[0][0].size
    left, top = (150 if labels else 0), (26 if heads else 0)
    sheet = Image.new("RGB", (left + width * max(map(len, rows)), top + height * len(rows)), _PAPER)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(15)
    for y, row in enumerate(rows):
        if labels:
            draw.text((8, top + y * height + height // 2 - 8), labels[y], fill=_INK, font=font)
        for x, tile in enumerate(row):
            sheet.paste(tile, (left + x * width, top + y * height))
    for x, head in enumerate(heads or []):
        draw.text((left + x * width + 6, 5), head, fill=_INK, font=font)
    return sheet


def random_people(portraits: Portraits) -> Image.Image:
    people = [person_seed(SEED, index) for index in range(48)]
    tiles = [portraits(random_values(SCHEMA, seed), seed) for seed in people]
    small = [tile.resize((240, 240), Image.Resampling.LANCZOS) for tile in tiles]
    return grid([small[i : i + 8] for i in range(0, 48, 8)])


def _person(**more: Value) -> dict[str, Value]:
    return random_values(SCHEMA, SEED) | STILL | CLOTHED | {"expression_strength": 0.9} | more


_THREE: tuple[dict[str, Value], ...] = (
    {"age": 28.0, "gender": 0.05, "ancestry_african": 0.0, "ancestry_east_asian": 0.0, "ancestry_european": 1.0,
     "skin_tone": 2.5, "hair_style": "bob", "beard_style": "none"},
    {"age": 45.0, "gender": 0.95, "ancestry_african": 1.0, "ancestry_east_asian": 0.0, "ancestry_european": 0.0,
     "skin_tone": 7.5, "hair_style": "buzz", "beard_style": "none", "hair_lightness": 0.03, "hair_grey": 0.0},
    {"age": 70.0, "gender": 0.9, "ancestry_african": 0.0, "ancestry_east_asian": 1.0, "ancestry_european": 0.0,
     "skin_tone": 4.0, "hair_style": "short", "beard_style": "none", "hair_lightness": 0.05, "hair_grey": 0.8},
)  # fmt: skip


def expressions(portraits: Portraits) -> Image.Image:
    rows = [
        [face(portraits(_person(**person, expression=name)), 150) for name in EXPRESSIONS] for person in _THREE
    ]  # fmt: skip
    return grid(rows, heads=list(EXPRESSIONS.values()))


def _three_values(attribute: Attribute) -> list[Value]:
    if attribute.kind == "choice":
        return [attribute.choices[0], attribute.choices[len(attribute.choices) // 2], attribute.choices[-1]]
    middle = 0.5 * (attribute.minimum + attribute.maximum)
    return [attribute.minimum, middle, attribute.maximum]


def _still(attribute: Attribute) -> dict[str, Value]:
    """What lets an attribute show."""
    still: dict[str, Value] = {**_THREE[0], "hair_style": "pixie"}
    if attribute.group == "Ears":
        still["hair_style"] = "buzz"
    if attribute.group == "Facial hair":
        still |= {"beard_style": "full_beard", "gender": 1.0}
    if attribute.group == "Clothes":
        still |= {"garment": "uniform", "accent_saturation": 0.6, "accent_lightness": 0.5, "accent_hue": 40.0}
    if attribute.name == "hair_dye_hue":
        still["hair_dye"] = 1.0
    if attribute.name == "expression_strength":
        still["expression"] = "happy"
    if attribute.name == "ancestry_european":
        still["ancestry_african"] = 1.0
    return still


_CLOSE = {"Eyes": (0.31, 0.36, 0.69, 0.56), "Brows": (0.31, 0.36, 0.69, 0.56), "Nose": (0.33, 0.44, 0.67, 0.68),
          "Mouth": (0.33, 0.54, 0.67, 0.78), "Clothes": (0.0, 0.4, 1.0, 1.0)}  # fmt: skip


def attributes(portraits: Portraits) -> Image.Image:
    """Every attribute at its low end, in the middle and at its high end; four attributes beside each other."""
    rows, labels = [], []
    for attribute in SCHEMA.attributes:
        tiles = [portraits(_person(**_still(attribute) | {attribute.name: v})) for v in _three_values(attribute)]
        rows.append([close(tile, _CLOSE.get(attribute.group, FACE), (132, 132)) for tile in tiles])
        labels.append(attribute.label)
    count = -(-len(rows) // 4)
    columns = [grid(rows[i : i + count], labels[i : i + count]) for i in range(0, len(rows), count)]
    sheet = Image.new("RGB", (sum(c.width for c in columns), max(c.height for c in columns)), _PAPER)
    for index, column in enumerate(columns):
        sheet.paste(column, (sum(c.width for c in columns[:index]), 0))
    return sheet


def hair(portraits: Portraits) -> Image.Image:
    rows = []
    for colour in HAIR_COLOURS:
        tiles = [portraits(_person(**colour, hair_style=style, gender=0.4)) for style in HAIR_STYLES]
        rows.append([tile.resize((200, 200), Image.Resampling.LANCZOS) for tile in tiles])
    half = len(HAIR_STYLES) // 2
    names = list(HAIR_STYLES.values())
    halves = [
        grid([row[:half] for row in rows], heads=names[:half]),
        grid([row[half:] for row in rows], heads=names[half:]),
    ]
    sheet = Image.new("RGB", (max(h.width for h in halves), sum(h.height for h in halves)), _PAPER)
    sheet.paste(halves[0], (0, 0))
    sheet.paste(halves[1], (0, halves[0].height))
    return sheet


def tones(portraits: Portraits) -> Image.Image:
    rows = []
    for light in LIGHTS:
        values = dict(LIGHT_PRESETS[light][1])
        people = [{**_THREE[0], "hair_style": "ponytail", "skin_tone": float(tone)} for tone in range(1, 11)]
        rows.append([face(portraits(_person(**person, **values)), 180) for person in people])
    return grid(rows, labels=[LIGHT_PRESETS[light][0] for light in LIGHTS], heads=[str(tone) for tone in range(1, 11)])


def yaw(portraits: Portraits) -> Image.Image:
    angles = range(-40, 41, 10)
    rows = []
    for person in ({**_THREE[0], "hair_style": "long"}, {**_THREE[1], "beard_style": "full_beard"}, _THREE[2]):
        tiles = [portraits(_person(**person) | {"yaw": float(angle)}) for angle in angles]
        rows.append([tile.resize((220, 220), Image.Resampling.LANCZOS) for tile in tiles])
    return grid(rows, heads=[f"{angle}°" for angle in angles])


def moving(portraits: Portraits) -> list[Image.Image]:
    """A slow turn that becomes a smile."""
    frames = []
    for frame in range(FRAMES):
        share = frame / (FRAMES - 1)
        turn = {"yaw": -25.0 + 50.0 * share, "expression": "happy", "expression_strength": share}
        frames.append(portraits(_person(**_THREE[0] | {"hair_style": "wavy"}) | turn))
    return frames


SHEETS = {
    "random": random_people, "expressions": expressions, "attributes": attributes, "hair": hair, "tones": tones,
    "yaw": yaw,
}  # fmt: skip


def main(names: list[str]) -> None:
    portraits = Portraits()
    FOLDER.mkdir(exist_ok=True)
    for name in names or [*SHEETS, "moving"]:
        path = FOLDER / f"people_{name}.webp"
        if name == "moving":
            frames = [frame.resize((256, 256), Image.Resampling.LANCZOS) for frame in moving(portraits)]
            frames[0].save(path, save_all=True, append_images=frames[1:], duration=60, quality=80, method=4)
        else:
            SHEETS[name](portraits).save(path, quality=82, method=6)
        print(f"{path.name}: {path.stat().st_size / 1024:.0f} KiB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
