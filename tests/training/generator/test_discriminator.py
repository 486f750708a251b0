from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.generator import discriminator as critic  # noqa: E402

SMALL = critic.DiscriminatorConfig(((256, 4), (128, 4), (64, 8), (32, 8), (16, 8)))


def test_pictures_of_several_sizes_are_judged_in_patches() -> None:
    judge = critic.Discriminator(SMALL, 256)
    for size, count in ((128, 3), (256, 4)):
        found = judge(torch.randn(2, 15, size, size), torch.randn(2, 7, 64, 64))
        assert tuple(found.logits.shape) == (2, 1, 16, 16)
        assert [f.shape[-1] for f in found.features] == [size >> (level + 1) for level in range(count)]


def test_it_has_about_five_million_parameters() -> None:
    judge = critic.Discriminator(critic.DiscriminatorConfig(), 512)
    assert 4e6 < sum(parameter.numel() for parameter in judge.parameters()) < 6e6


def test_the_two_losses_pull_in_opposite_directions() -> None:
    high, low = torch.tensor([2.0]), torch.tensor([-2.0])
    assert critic.discriminator_loss(high, low) < critic.discriminator_loss(low, high)
    assert critic.generator_loss(low, high) < critic.generator_loss(high, low)
    even = critic.discriminator_loss(high, high)
    assert float(even) == pytest.approx(0.6931, abs=1e-3)


def test_the_penalty_grows_with_the_slope_and_reaches_the_weights() -> None:
    torch.manual_seed(0)
    judge = critic.Discriminator(SMALL, 128)
    seen, geometry = torch.randn(2, 15, 128, 128), torch.zeros(2, 7, 64, 64)
    penalty = critic.gradient_penalty(judge, seen, geometry)
    penalty.backward()
    penalty = penalty.detach()
    assert judge.judge.weight.grad is not None
    with torch.no_grad():
        judge.judge.weight.mul_(2.0)
    assert float(critic.gradient_penalty(judge, seen, geometry).detach()) == pytest.approx(4 * float(penalty), rel=1e-3)


def test_matching_is_zero_for_equal_features_and_relative_otherwise() -> None:
    features = [torch.randn(2, 3, 8, 8), torch.randn(2, 5, 4, 4)]
    assert float(critic.feature_matching(features, features)) == 0.0
    scaled = [100 * each for each in features]
    doubled = [2 * each for each in scaled]
    assert float(critic.feature_matching(scaled, doubled)) == pytest.approx(1.0, rel=1e-4)


def test_what_is_shown_lies_over_the_background() -> None:
    picture = torch.zeros(1, 4, 8, 8)
    picture[..., :4] = torch.tensor([0.5, 0.25, 0.0, 1.0]).view(1, 4, 1, 1)
    seen = critic.shown(picture, torch.tensor([[1.0, 0.0, 0.5]]), None)
    assert tuple(seen.shape) == (1, 15, 8, 8)
    assert seen[0, :4, 0, 0].tolist() == [0.0, -0.5, -1.0, 1.0]
    assert seen[0, :4, 0, 7].tolist() == [1.0, -1.0, 0.0, -1.0]


def test_the_geometry_is_drawn_with_normals(small_network, small_config) -> None:
    attributes, identity = torch.zeros(2, small_config.attribute_size), torch.zeros(2, 64)
    dense, sparse = (critic.geometry_map(small_network.geometry, attributes, identity, way) for way in (True, False))
    assert tuple(dense.shape) == (2, 7, 64, 64)
    torch.testing.assert_close(dense, sparse, atol=1e-5, rtol=1e-4)
    assert not dense.requires_grad
