from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.generator import losses  # noqa: E402


def _pictures(seed: int = 0, size: int = 128):
    torch.manual_seed(seed)
    return torch.rand(2, 4, size, size), torch.rand(2, 4, size, size)


def _even():
    return torch.ones(2, 1, 64, 64)


@pytest.mark.parametrize("size", [128, 256])
def test_all_losses_vanish_for_equal_pictures_only(size: int) -> None:
    first, second = _pictures(size=size)
    same = losses.portrait_loss(first, first.clone(), _even(), losses.LossWeights())
    other = losses.portrait_loss(first, second, _even(), losses.LossWeights())
    for name in ("pyramid", "gradient", "alpha", "structure", "total"):
        assert float(same[name]) == pytest.approx(0.0, abs=1e-5)
        assert float(other[name]) > 0.01


def test_region_map_has_a_mean_of_one_and_keeps_ratios() -> None:
    weights = torch.from_numpy(np.full((2, 64, 64), 16, np.uint8))
    weights[:, :8, :8] = 128
    region = losses.region_map(weights)
    assert tuple(region.shape) == (2, 1, 64, 64)
    assert float(region.mean()) == pytest.approx(1.0, abs=1e-5)
    assert float(region[0, 0, 0, 0] / region[0, 0, 30, 30]) == pytest.approx(8.0)


@pytest.mark.parametrize("size", [16, 64, 128, 256])
def test_region_at_keeps_the_mean(size: int) -> None:
    region = torch.rand(1, 1, 64, 64)
    assert losses.region_at(region, size).shape[-1] == size
    assert float(losses.region_at(region, size).mean()) == pytest.approx(float(region.mean()), abs=1e-5)


def test_errors_in_heavy_regions_cost_more() -> None:
    region = _even()
    region[:, :, :32] = 4.0
    difference = torch.zeros(2, 4, 128, 128)
    above, below = difference.clone(), difference.clone()
    above[..., 10, 10] = 1.0
    below[..., 100, 10] = 1.0
    for loss in (losses.pyramid_loss, losses.gradient_loss):
        assert float(loss(above, region)) == pytest.approx(4.0 * float(loss(below, region)), rel=1e-4)


def test_the_pyramid_sees_a_flat_offset_and_the_gradient_does_not() -> None:
    flat = torch.full((2, 4, 128, 128), 0.1)
    assert float(losses.pyramid_loss(flat, _even())) == pytest.approx(0.1, abs=1e-5)
    assert float(losses.gradient_loss(flat, _even())) == pytest.approx(0.0, abs=1e-6)


def test_structure_prefers_the_noisy_picture_less_than_the_shifted_brightness() -> None:
    torch.manual_seed(0)
    truth = torch.nn.functional.interpolate(torch.rand(2, 4, 16, 16), 128, mode="bilinear")
    brighter, noisy = truth + 0.05, truth + 0.15 * torch.randn_like(truth)
    assert float(losses.structure_loss(brighter, truth)) < float(losses.structure_loss(noisy, truth))


def test_losses_have_finite_gradients() -> None:
    first, second = _pictures()
    first.requires_grad_()
    losses.portrait_loss(first, second, _even(), losses.LossWeights())["total"].backward()
    assert bool(torch.isfinite(first.grad).all())


def test_the_maps_count_alike_and_vanish_when_equal() -> None:
    torch.manual_seed(0)
    truth = torch.rand(2, 15, 128, 128)
    assert float(losses.maps_loss(truth, truth, _even())) == 0.0
    for at in (slice(0, 3), slice(3, 6), slice(6, 7), slice(7, 15)):
        other = truth.clone()
        other[:, at] += 1.0
        assert float(losses.maps_loss(other, truth, _even())) == pytest.approx(0.25, rel=1e-4)


def _strands(seed: int, across: int, size: int = 256):
    """Random strands on a bald picture, running down (``across`` 3) or sideways (2)."""
    random = torch.Generator().manual_seed(seed)
    wave = 0.2 * torch.rand(size, generator=random)
    picture = torch.full((1, 4, size, size), 0.4)
    picture[:, :3] += wave if across == 3 else wave[:, None]
    return picture


def test_texture_is_alike_for_other_strands_of_the_same_kind_only() -> None:
    truth = _strands(0, across=3)
    smooth = torch.full_like(truth, 0.5)
    others = [float(losses.texture_loss(each, truth)) for each in (_strands(1, 3), _strands(1, 2), smooth)]
    assert float(losses.texture_loss(truth, truth)) == 0.0
    assert others[0] < 0.3 * min(others[1:])
    # Pixel by pixel the mean of all strands beats every guess.
    even = torch.ones(1, 1, 64, 64)
    assert float(losses.pyramid_loss(smooth - truth, even)) < float(losses.pyramid_loss(_strands(1, 3) - truth, even))


def test_texture_has_finite_gradients_on_an_empty_picture() -> None:
    picture = torch.zeros(1, 4, 256, 256, requires_grad=True)
    losses.texture_loss(picture, _strands(0, 3)).backward()
    assert bool(torch.isfinite(picture.grad).all())
