"""The skin's maps: what each attribute changes and where, and that nothing else changes."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

pytestmark = [pytest.mark.needs_assets, pytest.mark.slow]

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


@pytest.fixture(scope="module")
def atlas(head_assets):
    from creator.training.skin.skin_atlas import SkinAtlas

    return SkinAtlas()


@pytest.fixture(scope="module")
def layout(head_assets):
    from creator.training.skin.skin_layout import skin_layout

    return skin_layout()


@pytest.fixture(scope="module")
def coarse(head_assets):
    from creator.training.skin.skin_layout import COARSE, skin_layout

    return skin_layout(COARSE)


@pytest.fixture(scope="module")
def traits(head_assets):
    from creator.training.skin.skin_atlas import SkinTraits

    return SkinTraits()


def in_box(layout, across, height, half_width, half_height):
    """Texels of the front of the face near a place, on both sides."""
    near = (np.abs(np.abs(layout.across) - across) < half_width) & (np.abs(layout.height - height) < half_height)
    return near & layout.used & (layout.position[..., 2] > 0.5)


def test_left_and_right_texels_mirror_each_other(layout):
    from creator.training.skin.skin_layout import mirrored

    both = layout.used & mirrored(layout.used)
    apart = np.abs(mirrored(layout.position) * (-1, 1, 1) - layout.position).max(-1)[both]
    assert np.quantile(apart, 0.95) < 0.01  # decimetres


@pytest.mark.parametrize("tone", [2.0, 6.0, 9.0])
@pytest.mark.parametrize("age", [12.0, 30.0, 75.0])
def test_slow_colour_keeps_the_face_at_its_tone_and_scalp_and_neck_near_it(atlas, coarse, traits, tone, age):
    colour = atlas.person_maps(replace(traits, skin_tone=tone, age=age, gender=0.8)).colour.astype(float)
    luminance = colour[..., :3] @ LUMINANCE
    face = (np.abs(coarse.across) < 0.9) & (coarse.height > 6.2) & (coarse.height < 7.8) & coarse.used
    face &= coarse.position[..., 2] > 0.6
    forehead = in_box(coarse, 0.0, 7.7, 0.4, 0.12)
    scalp = coarse.used & (coarse.height > 8.1)
    nape = coarse.used & (coarse.position[..., 2] < -0.2) & (coarse.height > 6.0)
    assert abs(luminance[face].mean()) < 0.12
    assert abs(luminance[scalp].mean() - luminance[forehead].mean()) < 0.12
    assert abs(luminance[nape].mean() - luminance[forehead].mean()) < 0.15
    assert np.abs(luminance[coarse.used]).max() < 0.75


def test_photographed_skins_have_zero_mean_on_the_face(atlas, coarse):
    from creator.training.skin.skin_albedo import make_skins

    skins = make_skins(("young_darkskinned_male_diffuse",), ("young_darkskinned_male_diffuse",))
    face = in_box(coarse, 0.0, 7.0, 0.9, 0.8)
    assert np.abs(skins.colour[0][face].mean(0)).max() < 0.03
    assert np.abs(skins.colour[0][coarse.height > 8.2]).max() < 0.02  # no painted hair


def test_the_same_traits_give_the_same_bytes(atlas, traits):
    other = replace(traits, age=70.0, freckles=1.0, character=(1.0, -1.0, 0.5, 0.2))
    first = atlas.person_maps(traits)
    atlas.person_maps(other)
    again = atlas.person_maps(traits)
    assert (first.colour == again.colour).all()
    assert (first.detail == again.detail).all()
    assert first.uniforms == again.uniforms


def test_freckles_come_one_by_one_and_change_only_pigment(atlas, layout, traits):
    maps = [atlas.person_maps(replace(traits, freckles=f)) for f in (0.0, 0.3, 0.6, 1.0)]
    pigments = [m.detail[..., 3].astype(int) for m in maps]
    assert pigments[0].max() == 0
    for less, more in itertools.pairwise(pigments):
        assert (more >= less).all()
        assert (more > 0).sum() > 1.15 * (less > 0).sum()
    assert (maps[0].detail[..., :3] == maps[3].detail[..., :3]).all()
    assert (maps[0].colour == maps[3].colour).all()
    cheeks, chin = in_box(layout, 0.35, 7.0, 0.15, 0.1), in_box(layout, 0.0, 6.35, 0.2, 0.1)
    assert (pigments[3][cheeks] > 30).mean() > 2 * (pigments[3][chin] > 30).mean()


def test_wrinkles_deepen_with_age_and_with_their_attribute(atlas, layout, traits):
    def relief(place, **changes):
        detail = atlas.person_maps(replace(traits, **changes)).detail[..., 1:3].astype(float) - 128
        return float(np.hypot(detail[..., 0], detail[..., 1])[place].mean())

    for place in (in_box(layout, 0.0, 7.75, 0.3, 0.12), in_box(layout, 0.70, 7.32, 0.08, 0.08)):
        by_age = [relief(place, age=age) for age in (20.0, 45.0, 60.0, 80.0)]
        assert by_age == sorted(by_age)
        assert by_age[-1] > 1.5 * by_age[0]
        assert relief(place, age=50.0, wrinkles=1.0) > relief(place, age=50.0, wrinkles=-1.0)


@pytest.mark.parametrize(
    ("unit", "across", "height", "reach"),
    [("brow_raise", 0.2, 7.75, 0.45), ("frown", 0.05, 7.47, 0.3), ("squint", 0.5, 7.25, 0.4),
     ("smile", 0.30, 6.75, 0.75), ("nose_wrinkle", 0.09, 7.2, 0.2)],
)  # fmt: skip
def test_expressions_deepen_the_lines_of_their_place_alone(atlas, layout, traits, unit, across, height, reach):
    still, moved = (atlas.person_maps(replace(traits, age=45.0, **{unit: v})).detail.astype(int) for v in (0.0, 1.0))
    changed = np.abs(moved - still).max(-1) > 3
    place = in_box(layout, across, height, 0.2, 0.2)
    assert changed[place].mean() > 0.05
    assert changed[in_box(layout, across, height, reach, reach)].sum() > 0.95 * changed.sum()


def test_blush_reddens_the_cheeks_and_leaves_forehead_and_detail(atlas, coarse, traits):
    pale, flushed = (atlas.person_maps(replace(traits, blush=b)) for b in (0.0, 1.0))
    change = flushed.colour.astype(float) - pale.colour.astype(float)
    cheeks = change[in_box(coarse, 0.46, 6.96, 0.1, 0.08)].mean(0)
    assert cheeks[1] < -0.25
    assert cheeks[0] > cheeks[1] + 0.2
    assert np.abs(change[in_box(coarse, 0.0, 7.75, 0.4, 0.1)]).max() < 0.03
    assert (flushed.detail == pale.detail).all()


def test_make_up_and_lip_masks_lie_on_lids_and_lips(atlas, layout):
    lips, liner, shadow, _ = np.moveaxis(atlas.masks.astype(float) / 255, -1, 0)
    for mask, across, height, half_width, half_height in (
        (lips, 0.0, 6.60, 0.31, 0.13), (liner, 0.40, 7.31, 0.26, 0.10), (shadow, 0.40, 7.38, 0.30, 0.14),
    ):  # fmt: skip
        inside = in_box(layout, across, height, half_width, half_height)
        assert mask[inside].sum() > 0.98 * mask[layout.used].sum()
        assert mask.max() == 1.0
    assert lips[in_box(layout, 0.0, 6.55, 0.08, 0.03)].min() > 0.95
    assert lips[in_box(layout, 0.0, 6.75, 0.3, 0.02)].max() < 0.05


@pytest.mark.parametrize(
    ("changes", "across", "height"),
    [({"eye_bags": (-1.0, 1.0)}, 0.315, 7.185), ({"hair_lightness": (1.0, 0.0), "gender": (1.0, 1.0)}, 0.0, 6.35)],
)
def test_bags_and_the_shadow_of_a_shaven_beard_darken_their_place_alone(atlas, coarse, traits, changes, across, height):
    ends = [atlas.person_maps(replace(traits, **{n: v[k] for n, v in changes.items()})) for k in (0, 1)]
    change = (ends[1].colour[..., :3].astype(float) - ends[0].colour[..., :3]) @ LUMINANCE
    assert change[in_box(coarse, across, height, 0.08, 0.04)].mean() < -0.03
    assert np.abs(change[in_box(coarse, 0.0, 7.75, 0.4, 0.1)]).max() < 0.01


def test_oil_and_smoothness_change_gloss_and_grain(atlas, coarse, traits):
    matt, oily = (atlas.person_maps(replace(traits, oiliness=v)) for v in (0.0, 1.0))
    nose, jaw = in_box(coarse, 0.0, 7.0, 0.06, 0.1), in_box(coarse, 0.6, 6.6, 0.1, 0.1)
    change = oily.colour[..., 3].astype(float) - matt.colour[..., 3].astype(float)
    assert change[nose].mean() < -0.05
    assert abs(change[jaw].mean()) < 0.02
    assert (oily.colour[..., :3] == matt.colour[..., :3]).all()
    rough, smooth = (atlas.person_maps(replace(traits, skin_smoothness=v)).uniforms for v in (-1.0, 1.0))
    assert rough["skin_grain_amount"] > 2 * smooth["skin_grain_amount"]


def test_traits_are_read_by_name(head_assets):
    from creator.training.skin.skin_atlas import SkinTraits

    traits = SkinTraits.of({"age": 61.0, "yaw": 3.0}, np.arange(4, dtype=np.float32))
    assert traits == SkinTraits(age=61.0, character=(0.0, 1.0, 2.0, 3.0))


class Reader:
    """Attribute values by name, the same for a batch."""

    def __init__(self, **values):
        self.values = values

    def value(self, attributes, name):
        return torch.full((len(attributes),), float(self.values[name]))


def colours(**values):
    from creator.training.appearance import lip_factor, skin_colour

    reader = Reader(**({"skin_tone": 3.0, "undertone": 0.0, "age": 30.0, "gender": 0.2, "lip_colour": 0.0} | values))
    skin = skin_colour(reader, torch.zeros(1, 1))[0].numpy()
    return skin, skin * lip_factor(reader, torch.zeros(1, 1))[0].numpy()


@pytest.mark.parametrize("undertone", [-1.0, 0.0, 1.0])
def test_tones_keep_their_order_at_every_undertone(undertone):
    tones = [colours(skin_tone=tone, undertone=undertone)[0] @ LUMINANCE for tone in np.arange(1.0, 10.01, 0.25)]
    assert (np.diff(tones) < 0).all()


def test_undertone_turns_the_hue_and_keeps_the_luminance():
    pink, olive = (colours(undertone=u)[0] for u in (-1.0, 1.0))
    assert pink @ LUMINANCE == pytest.approx(olive @ LUMINANCE, rel=1e-4)
    assert pink[2] / pink[1] > 1.2 * olive[2] / olive[1]


def test_lips_are_redder_than_skin_and_lipstick_is_deep_red_on_all():
    for tone in (1.0, 5.0, 10.0):
        skin, lips = colours(skin_tone=tone)
        assert lips[0] / lips[1] > skin[0] / skin[1]
        _, painted = colours(skin_tone=tone, lip_colour=1.0)
        assert painted[0] > 8 * painted[1]
    assert colours(age=85.0)[1][1] > colours()[1][1]  # paler with age
