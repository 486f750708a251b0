"""Rendered people: what a pair of eyes would check."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra 'training'")
pytest.importorskip("moderngl", reason="needs the extra 'training'")

from creator.attributes import Value
from creator.training.people_schema import IDENTITY_SIZE, SCHEMA

pytestmark = [pytest.mark.needs_assets, pytest.mark.slow]


@pytest.fixture(scope="module")
def renderer(head_assets):
    from creator.training.people_renderer import PeopleRenderer

    return PeopleRenderer(SCHEMA, strands=2500)


def picture(renderer, **values: Value) -> np.ndarray:
    code = np.zeros((1, IDENTITY_SIZE), np.float32)
    return renderer.render(SCHEMA.encode(values)[None], code)[0].pixels


def luminance(pixels: np.ndarray, region: tuple[slice, slice]) -> float:
    return float((pixels[region][..., :3] @ np.array([0.2126, 0.7152, 0.0722])).mean())


FACE = (slice(130, 175), slice(100, 156))


def test_a_portrait_has_a_clear_background_and_a_solid_face(renderer):
    pixels = picture(renderer)
    assert (pixels[:20, :20] == 0).all()
    assert (pixels[FACE][..., 3] == 255).all()
    assert (pixels[..., :3] <= pixels[..., 3:]).all()  # premultiplied
    edge = (pixels[..., 3] > 0) & (pixels[..., 3] < 255)
    assert edge.sum() > 100  # true coverage along hair and shoulders


def test_the_same_person_is_rendered_to_the_same_bytes(renderer):
    first = picture(renderer, hair_style="long")
    picture(renderer, hair_style="afro", garment="suit", age=70.0)
    assert (picture(renderer, hair_style="long") == first).all()


def test_tones_keep_their_order_and_do_not_clip(renderer):
    tones = [luminance(picture(renderer, skin_tone=float(tone)), FACE) for tone in range(1, 11)]
    assert tones == sorted(tones, reverse=True)
    assert 20 < tones[-1] < tones[0] < 245


def test_light_comes_from_where_it_is_said_to(renderer):
    left, right = (slice(130, 175), slice(92, 120)), (slice(130, 175), slice(136, 164))
    from_left = picture(renderer, light_azimuth=-70.0)
    from_right = picture(renderer, light_azimuth=70.0)
    assert luminance(from_left, left) > 1.3 * luminance(from_left, right)
    assert luminance(from_right, right) > 1.3 * luminance(from_right, left)


def test_every_attribute_shows(renderer):
    still = {"expression": "happy", "hair_grey": 0.5, "garment_saturation": 0.7, "hair_lightness": 0.5}
    for attribute in SCHEMA.attributes:
        ends = attribute.choices if attribute.kind == "choice" else (attribute.minimum, attribute.maximum)
        if attribute.name == "garment_hue":  # a circle: its ends are the same
            ends = (0.0, 180.0)
        if attribute.name == "ancestry_european":
            still = still | {"ancestry_african": 0.5}
        shown = [picture(renderer, **(still | {attribute.name: end})).astype(int) for end in (ends[0], ends[-1])]
        changed = np.abs(shown[0] - shown[1]).max(-1) > 12
        assert changed.sum() > 25, attribute.name


def test_eyes_and_mouth_weigh_most_in_the_loss(renderer):
    rendered = renderer.render(SCHEMA.encode({})[None], np.zeros((1, IDENTITY_SIZE), np.float32))[0]
    weights = rendered.region_weights / 16
    eye_row = round(0.46 * 64)
    assert weights[eye_row].max() == 8
    assert weights[2, 2] == 1
    assert 0.005 < (weights == 8).mean() < 0.08
