from __future__ import annotations

from dataclasses import replace

import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.generator.network import (  # noqa: E402
    NetworkConfig,
    PortraitVariant,
    activated,
    canonical_features,
    multiply_adds,
    painted,
    people_config,
    people_network,
    point_weight,
    quantised,
    quantised_maps,
    sub_pixel_head,
)


def _inputs(config: NetworkConfig, count: int, seed: int = 0):
    torch.manual_seed(seed)
    attributes = torch.rand(count, config.attribute_size) * 2 - 1
    attributes[:, 3:] = torch.tensor([0.0, 1.0])
    return attributes, torch.randn(count, config.identity_size)


def test_shapes_of_draft_and_full(small_network, small_config) -> None:
    attributes, identity = _inputs(small_config, 3)
    draft, full = small_network(attributes, identity, 128), small_network(attributes, identity, maps=True)
    assert [tuple(o.shape) for o in draft.pictures] == [(3, 4, 128, 128)]
    assert draft.maps is None
    assert [tuple(o.shape) for o in full.pictures] == [(3, 4, 128, 128), (3, 4, 256, 256)]
    assert tuple(full.maps.shape) == (3, 15, 256, 256)


@pytest.mark.parametrize("size", [128, 256, 512])
def test_a_network_has_the_parts_that_its_size_needs(make_network, small_config, size: int) -> None:
    network = make_network(replace(small_config, size=size))
    found = network(*_inputs(small_config, 1), maps=True)
    assert [picture.shape[-1] for picture in found.pictures] == [s for s in (128, 256, 512) if s <= size]
    assert found.maps.shape[-1] == size
    assert hasattr(network, "head512") == (size == 512)


def test_activations_stay_within_half_precision() -> None:
    x = activated(torch.tensor([1e6, -1e7, 3.0, -1.0]))
    torch.testing.assert_close(x, torch.tensor([256.0, -256.0, 3.0, -0.2]))


@pytest.mark.needs_assets
def test_the_shipped_network_keeps_its_budget(head_assets) -> None:
    network = people_network(people_config())
    parameters = sum(parameter.numel() for parameter in network.parameters())
    tables = sum(b.numel() for b in network.buffers() if b.is_floating_point())
    assert parameters < 16e6
    assert (parameters + tables) * 2 < 17 * 2**20
    cost = {size: sum(multiply_adds(network, size).values()) for size in (128, 256, 512)}
    assert cost[128] < 2500
    assert cost[512] < 10_000


def test_a_new_heads_sub_pixels_are_alike() -> None:
    made = torch.nn.functional.pixel_shuffle(sub_pixel_head(6, 5, gain=1.0)(torch.randn(1, 6, 4, 4)), 2)
    blocks = made.view(1, 5, 4, 2, 4, 2)
    torch.testing.assert_close(blocks, blocks[:, :, :, :1, :, :1].expand_as(blocks))


def test_stored_maps_are_valid() -> None:
    torch.manual_seed(0)
    maps = 2 * torch.randn(2, 15, 8, 8)
    maps[0, 3:6] *= 0.01
    albedo, normals, depth, masks = quantised_maps(maps)
    assert [tuple(each.shape) for each in (albedo, normals, depth, masks)] == [(2, 8, 8, c) for c in (3, 3, 1, 8)]
    assert depth.dtype == torch.float16
    length = ((normals.float() - 128) / 127).norm(dim=-1)
    torch.testing.assert_close(length, torch.ones_like(length), atol=0.02, rtol=0)


def test_dense_and_sparse_drawing_give_the_same_portrait(small_network, small_config) -> None:
    attributes, identity = _inputs(small_config, 2)
    sparse = small_network(attributes, identity).pictures[-1]
    torch.testing.assert_close(
        small_network(attributes, identity, dense=True).pictures[-1], sparse, atol=1e-4, rtol=1e-4
    )


def test_a_portrait_does_not_depend_on_its_batch(small_network, small_config) -> None:
    attributes, identity = _inputs(small_config, 3)
    alone = small_network(attributes[1:2], identity[1:2]).pictures[-1]
    torch.testing.assert_close(small_network(attributes, identity).pictures[-1][1:2], alone, atol=1e-4, rtol=1e-4)


def test_every_parameter_learns(make_network, small_config) -> None:
    network = make_network(small_config)
    for head in network.head_maps.values():
        torch.nn.init.normal_(head.leave.weight)  # it begins at zero, where what comes before learns nothing
    attributes, identity = _inputs(small_config, 2)
    found = network(attributes, identity, maps=True)
    sum((output - 1.0).square().sum() for output in (*found.pictures, found.maps)).backward()
    idle = [n for n, p in network.named_parameters() if p.grad is None or float(p.grad.abs().sum()) == 0.0]
    assert idle == []


def test_quantised_is_valid_premultiplied_colour() -> None:
    torch.manual_seed(0)
    picture = quantised(torch.randn(2, 4, 8, 8) * 2)
    assert picture.dtype == torch.uint8
    assert tuple(picture.shape) == (2, 8, 8, 4)
    assert bool((picture[..., :3] <= picture[..., 3:]).all())


def test_variant_gives_bytes(small_network, small_config) -> None:
    picture = PortraitVariant(small_network, 128)(*_inputs(small_config, 1))
    assert picture.dtype == torch.uint8
    assert tuple(picture.shape) == (1, 128, 128, 4)


def test_standardise_scales_by_the_sample(make_network, small_config) -> None:
    network = make_network(small_config)
    sample = torch.randn(200, small_config.attribute_size) * 0.5 + 0.25
    network.standardise(sample)
    standard = (sample - network.attribute_mean) * network.attribute_scale
    torch.testing.assert_close(standard.mean(0), torch.zeros(small_config.attribute_size), atol=1e-5, rtol=0)
    torch.testing.assert_close(standard.std(0), torch.ones(small_config.attribute_size), atol=0.01, rtol=0)


def test_config_survives_json(small_config) -> None:
    assert NetworkConfig.from_json(small_config.to_json()) == small_config


def test_nearer_and_facing_points_weigh_more() -> None:
    weight = point_weight(torch.tensor([[1.0, 1.0, 0.5, -0.2]]), torch.tensor([[1.0, 2.0, 1.0, 1.0]]))[0]
    assert weight[0] > weight[1] > 0
    assert weight[0] > weight[2] > 0
    assert weight[3] == 0


def test_canonical_features_are_bounded_and_tell_points_apart() -> None:
    torch.manual_seed(0)
    features = canonical_features(torch.randn(20, 3) * 7 + 3, 10)
    assert tuple(features.shape) == (20, 10)
    assert float(features.abs().max()) <= 1.6
    assert float(torch.cdist(features, features).add(torch.eye(20)).min()) > 0.01


def test_multiply_adds_grow_with_the_full_picture(small_network) -> None:
    costs = [sum(multiply_adds(small_network, *each).values()) for each in ((128,), (256,), (256, True))]
    assert 0 < costs[0] < costs[1] < costs[2]


def test_the_palette_colours_what_the_shares_say() -> None:
    layers = torch.zeros(1, 6, 4, 8, 8)  # RGBA and two shares, four sub-pixels each
    layers[:, 3] = 1.0
    layers[:, 4, :, :4] = 1.0
    layers[:, 5, 1, 4:] = 0.5
    palette = torch.tensor([[[0.8, 0.2, 0.1], [0.0, 0.6, 1.0]]])
    portrait = painted(layers.view(1, 24, 8, 8), palette)
    assert tuple(portrait.shape) == (1, 4, 16, 16)
    torch.testing.assert_close(portrait[0, :, 0, 0], torch.tensor([0.8, 0.2, 0.1, 1.0]))
    torch.testing.assert_close(portrait[0, :, 15, 15], torch.tensor([0.0, 0.0, 0.0, 1.0]))
    torch.testing.assert_close(portrait[0, :, 14, 15], torch.tensor([0.0, 0.3, 0.5, 1.0]))
