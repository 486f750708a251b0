from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.generator.splat import dense_splat, sparse_splat  # noqa: E402


def _points(seed: int, points: int = 50, channels: int = 3):
    torch.manual_seed(seed)
    xy = torch.rand(2, points, 2) * 1.5 - 0.25  # some outside the picture
    weight = torch.relu(torch.randn(2, points))
    return xy, weight, torch.randn(2, points, channels, requires_grad=True)


@pytest.mark.parametrize("size", [16, 64])
def test_the_sparse_way_gives_the_dense_numbers_and_gradients(size: int) -> None:
    xy, weight, features = _points(0)
    dense, sparse = dense_splat(xy, weight, features, size), sparse_splat(xy, weight, features, size)
    torch.testing.assert_close(sparse, dense, atol=1e-5, rtol=1e-5)
    downstream = torch.randn_like(dense)
    (first,) = torch.autograd.grad(dense, features, downstream)
    (second,) = torch.autograd.grad(sparse, features, downstream)
    torch.testing.assert_close(second, first, atol=1e-5, rtol=1e-4)


def test_a_point_shows_its_features_at_its_place_and_nothing_far_away() -> None:
    xy = torch.tensor([[[0.25, 0.75]]])
    drawn = dense_splat(xy, torch.ones(1, 1), torch.tensor([[[2.0, -3.0]]]), 16)
    torch.testing.assert_close(drawn[0, :, 12, 4], torch.tensor([2.0, -3.0, 1.0]), atol=0.3, rtol=0.0)
    assert float(drawn[0, :, 12, 4][0]) > 1.7
    assert float(drawn[0, :, :8].abs().max()) == 0.0
    assert float(drawn[0, 2].max()) < 1.0


def test_points_that_face_away_do_not_count() -> None:
    xy, _, features = _points(1)
    drawn = sparse_splat(xy, torch.zeros(2, 50), features, 16)
    assert float(drawn.detach().abs().max()) == 0.0


def test_points_far_outside_the_picture_are_harmless() -> None:
    xy = torch.tensor([[[-40.0, 90.0], [0.5, 0.5]]])
    weight, features = torch.ones(1, 2), torch.ones(1, 2, 1)
    torch.testing.assert_close(sparse_splat(xy, weight, features, 16), dense_splat(xy, weight, features, 16))
