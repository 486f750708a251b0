"""Rendered people: what a pair of eyes would check."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra 'training'")
pytest.importorskip("moderngl", reason="needs the extra 'training'")

from creator.attributes import Value
from creator.random_character import identity_vector, person_seed, random_values
from creator.training.people_schema import GARMENTS, HAIR_STYLES, IDENTITY_SIZE, LIGHT_PRESETS, SCHEMA

pytestmark = [pytest.mark.needs_assets, pytest.mark.slow]

SIZE = 256
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
FACE = (slice(128, 178), slice(98, 158))
STILL: dict[str, Value] = {"hair_style": "crop", "garment": "t_shirt"}


@pytest.fixture(scope="module")
def renderer(head_assets):
    from creator.training.renderer.people_renderer import PeopleRenderer

    return PeopleRenderer(SCHEMA, SIZE, strands=2500)


def rendered(renderer, maps: bool = False, seed: int | None = None, **values: Value):
    code = np.zeros(IDENTITY_SIZE, np.float32) if seed is None else identity_vector(seed, IDENTITY_SIZE)
    return renderer.render(SCHEMA.encode(STILL | values)[None], code[None], maps)[0]


def picture(renderer, **values: Value) -> np.ndarray:
    return rendered(renderer, **values).pixels


def luminance(pixels: np.ndarray, region: tuple[slice, slice]) -> float:
    return float((pixels[region][..., :3] @ LUMINANCE).mean())


def test_a_portrait_has_a_clear_background_and_a_solid_face(renderer):
    pixels = picture(renderer)
    assert (pixels[:14, :14] == 0).all()
    assert (pixels[FACE][..., 3] == 255).all()
    assert (pixels[..., :3] <= pixels[..., 3:]).all()  # premultiplied


def test_no_pixel_of_the_skin_is_black(renderer):
    """Where a shader's arithmetic has no result, a pixel is black: once where the view meets a light's direction."""
    result = rendered(renderer, True, garment="gown", hair_style="bald", skin_tone=2.0)
    skin = result.maps.masks[..., 0] == 255
    assert result.pixels[skin][:, :3].max(1).min() > 15


def test_hair_has_a_soft_edge(renderer):
    alpha = picture(renderer, hair_style="afro")[: SIZE // 3, :, 3]
    soft = (alpha > 0) & (alpha < 255)
    assert soft.sum() > 500
    assert len(np.unique(alpha[soft])) >= 3  # coverage, not a cut-out


def test_the_same_person_is_rendered_to_the_same_bytes(renderer):
    first = picture(renderer, hair_style="long")
    picture(renderer, hair_style="afro", garment="suit", age=70.0, beard_style="full_beard")
    assert (picture(renderer, hair_style="long") == first).all()


@pytest.mark.parametrize("light", ["studio", "dramatic", "sunset"])
def test_tones_keep_their_order_and_do_not_clip(renderer, light: str):
    lights = LIGHT_PRESETS[light][1]
    pictures = [picture(renderer, skin_tone=float(tone), **lights) for tone in range(1, 11)]
    tones = [luminance(each, FACE) for each in pictures]
    assert tones == sorted(tones, reverse=True)
    assert 14 < tones[-1] < tones[0] < 240
    for each in pictures:
        bright = (each[FACE][..., :3] >= 254).all(-1).mean()
        assert bright < 0.01


def test_light_comes_from_where_it_is_said_to(renderer):
    left, right = (slice(128, 178), slice(92, 120)), (slice(128, 178), slice(136, 164))
    from_left = picture(renderer, light_azimuth=-70.0)
    from_right = picture(renderer, light_azimuth=70.0)
    assert luminance(from_left, left) > 1.25 * luminance(from_left, right)
    assert luminance(from_right, right) > 1.25 * luminance(from_right, left)


def test_light_and_picture_mirror_together(renderer):
    """A symmetric person without asymmetric hair: so that mirrored pictures fit mirrored labels."""
    still = {"hair_style": "bald", "pitch": 4.0}
    one = picture(renderer, yaw=20.0, light_azimuth=-50.0, gaze_x=0.4, **still).astype(int)
    other = picture(renderer, yaw=-20.0, light_azimuth=50.0, gaze_x=-0.4, **still).astype(int)
    difference = np.abs(one - other[:, ::-1])
    assert difference.mean() < 3.0
    assert np.quantile(difference, 0.95) < 20


def test_every_attribute_shows(renderer):
    still: dict[str, Value] = {
        "expression": "happy", "hair_grey": 0.5, "hair_lightness": 0.5, "hair_dye": 0.5, "garment": "uniform",
        "garment_saturation": 0.7, "accent_saturation": 0.7, "accent_lightness": 0.5, "beard_style": "full_beard",
        "gender": 0.8,
    }  # fmt: skip
    for attribute in SCHEMA.attributes:
        ends = attribute.choices if attribute.kind == "choice" else (attribute.minimum, attribute.maximum)
        if attribute.name.endswith("_hue"):  # a circle: its ends are the same
            ends = (0.0, 180.0)
        own = still
        if attribute.name == "ancestry_european":
            own = still | {"ancestry_african": 0.5}
        if attribute.group in ("Action units", "Mouth", "Head"):
            own = still | {"expression": "neutral", "beard_style": "none"}
        if attribute.name in ("ear_size", "ear_flare", "ear_lobe", "ear_point"):
            own = still | {"hair_style": "bald"}
        shown = [picture(renderer, **(own | {attribute.name: end})).astype(int) for end in (ends[0], ends[-1])]
        changed = np.abs(shown[0] - shown[1]).max(-1) > 10
        assert changed.sum() > 20, attribute.name


@pytest.mark.parametrize("garment", GARMENTS)
def test_everyone_is_clothed(renderer, garment: str):
    """Whatever the body: no skin on the shoulders or below the collar bones."""
    for values in (
        {"gender": 0.0, "body_weight": 1.0},
        {"gender": 1.0, "body_weight": -1.0, "age": 80.0},
        {"age": 8.0},
    ):
        masks = rendered(renderer, True, garment=garment, hair_style="bald", **values).maps.masks.astype(int)
        skin, clothes = masks[-14:, :, 0], masks[-14:, :, 7]
        assert skin[:, :70].sum() + skin[:, -70:].sum() == 0
        assert clothes.sum() > 2 * skin.sum()  # an open neckline shows some


def test_masks_are_the_coverage(renderer):
    for seed in range(4):
        person = person_seed(5, seed)
        result = rendered(renderer, True, person, **random_values(SCHEMA, person))
        total = result.maps.masks.astype(int).sum(-1)
        assert np.abs(total - result.pixels[..., 3].astype(int)).max() <= 4  # eight rounded shares


def test_masks_lie_on_what_they_name(renderer):
    masks = rendered(renderer, True, beard_style="full_beard", gender=1.0, jaw_open=0.7).maps.masks / 255.0
    rows = {name: (masks[..., i].sum(1) * np.arange(SIZE)).sum() / masks[..., i].sum() for i, name in
            enumerate(("skin", "lips", "eyes", "brows", "hair", "beard", "teeth", "clothes"))}  # fmt: skip
    assert rows["hair"] < rows["brows"] < rows["eyes"] < rows["lips"] < rows["clothes"]
    assert rows["eyes"] < rows["teeth"] < rows["beard"] < rows["clothes"]
    assert masks[..., 2].sum() > 40


def test_normals_are_unit_vectors_that_face_the_camera(renderer):
    maps = rendered(renderer, True, hair_style="bald").maps
    covered = maps.masks.sum(-1) >= 250
    length = np.linalg.norm(maps.normals.astype(np.float32), axis=-1)
    assert length[covered] == pytest.approx(1.0, abs=0.01)
    assert (length[maps.masks.sum(-1) == 0] < 0.01).all()
    face = maps.normals[FACE].astype(np.float32)
    assert face[..., 2].mean() > 0.6
    assert face[:, :20, 0].mean() < -0.1 < 0.1 < face[:, -20:, 0].mean()  # x points right


def test_depth_has_the_nose_in_front(renderer):
    depth = rendered(renderer, True, hair_style="bald").maps.depth.astype(np.float32)
    row, column = np.unravel_index(np.argmax(depth[:220]), depth[:220].shape)
    assert abs(column - SIZE / 2) < 10
    assert 0.5 * SIZE < row < 0.68 * SIZE


def test_albedo_knows_no_light(renderer):
    left, right = (rendered(renderer, True, light_azimuth=a).maps.albedo.astype(int) for a in (-70.0, 70.0))
    assert (left == right).all()


def test_eyes_and_mouth_weigh_most_in_the_loss(renderer):
    weights = rendered(renderer).region_weights / 16
    eye_row = round(0.475 * 64)
    assert weights[eye_row].max() == 8
    assert weights[1, 1] == 1
    assert 0.005 < (weights == 8).mean() < 0.08


def test_landmarks_lie_on_their_features(renderer):
    result = rendered(renderer, True, hair_style="bald", gaze_x=0.3)
    names = np.array(renderer.landmarks.names)
    marks, masks = result.landmarks, result.maps.masks
    assert len(names) == len(marks.xy) == len(marks.cosine) >= 384
    assert np.abs(marks.cosine).max() <= 1.001

    def mask_at(region: str, least: float) -> np.ndarray:
        chosen = np.char.startswith(names, region) & (marks.cosine > least)
        at = np.floor(marks.xy[chosen]).astype(int)
        inside = ((at >= 0) & (at < SIZE)).all(1)
        return masks[at[inside, 1], at[inside, 0]].astype(float) / 255

    for iris in ("iris_left", "iris_right"):
        middle, *rim = mask_at(iris, -1.0)[:, 2]  # the upper lid covers some of the rim
        assert middle > 0.9
        assert np.mean(rim) > 0.3
    for region in ("forehead", "cheek", "nose", "mouth", "chin"):
        assert (mask_at(region, 0.3)[:, :4].sum(1)).mean() > 0.97, region
    assert mask_at("mouth", 0.5)[:, 1].max() > 0.5


def test_landmarks_turn_with_the_head(renderer):
    left, right = (rendered(renderer, True, yaw=yaw).landmarks for yaw in (-30.0, 30.0))
    nose = np.argmax(rendered(renderer, True).landmarks.cosine)
    assert left.xy[nose, 0] < SIZE / 2 < right.xy[nose, 0]


def test_grey_comes_strand_by_strand(renderer):
    """Half grey hair is neither dark nor light: its strands differ more than those of one colour."""
    spread = []
    for grey in (0.0, 0.5):
        result = rendered(renderer, True, hair_style="long", hair_grey=grey, hair_lightness=0.1)
        hair = result.maps.masks[..., 4] == 255
        albedo = result.maps.albedo[hair][..., :3].astype(float) @ LUMINANCE
        spread.append(albedo.std())
    assert spread[1] > 1.6 * spread[0]


@pytest.mark.parametrize("style", ["short", "long", "afro", "braids"])
def test_a_slow_turn_does_not_flicker(renderer, style: str):
    """Between two even steps a picture lies between its neighbours, but for what an edge passes."""
    frames = [picture(renderer, hair_style=style, yaw=yaw).astype(float) for yaw in (10.0, 10.4, 10.8)]
    outlier = np.abs(frames[1] - 0.5 * (frames[0] + frames[2])).mean()
    moved = np.abs(frames[2] - frames[0]).mean()
    assert outlier < 0.75 * moved
    assert outlier < 3.5


def test_hair_styles_differ(renderer):
    shown = {style: picture(renderer, hair_style=style)[..., 3].astype(int) for style in HAIR_STYLES}
    names = list(shown)
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            assert np.abs(shown[one] - shown[other]).sum() > 5000, (one, other)
