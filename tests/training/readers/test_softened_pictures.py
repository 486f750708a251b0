from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.gaussian_blur import gaussian_blur  # noqa: E402
from creator.training.readers.softened_pictures import softened  # noqa: E402


def _pictures(count: int = 16, side: int = 64) -> torch.Tensor:
    random = np.random.default_rng(1)
    alpha = (random.random((count, 1, side, side)) > 0.3).astype(np.float32)
    colour = random.random((count, 3, side, side), np.float32) * alpha
    return torch.from_numpy(np.concatenate([colour, alpha], 1))


def test_softened_pictures_stay_premultiplied_and_are_the_same_for_the_same_seed() -> None:
    pictures = _pictures()
    found = softened(pictures, np.random.default_rng(3))
    assert found.shape == pictures.shape
    assert float(found.min()) >= 0.0
    assert float(found[:, 3].max()) <= 1.0
    assert bool((found[:, :3] <= found[:, 3:] + 1e-6).all())
    assert torch.equal(found, softened(pictures, np.random.default_rng(3)))


def test_some_pictures_are_softened_and_some_keep_their_detail() -> None:
    pictures = _pictures(64)
    sharp = (pictures[:, 3, :, 1:] - pictures[:, 3, :, :-1]).abs().mean((1, 2))
    kept = []
    for seed in range(4):
        found = softened(pictures, np.random.default_rng(seed))
        kept.append((found[:, 3, :, 1:] - found[:, 3, :, :-1]).abs().mean((1, 2)) / sharp)
    share = torch.cat(kept)
    assert 0.15 < float((share > 0.99).float().mean()) < 0.7
    assert float(share.min()) < 0.5


def test_blur_keeps_flat_pictures_and_spreads_a_point() -> None:
    flat = torch.full((2, 4, 16, 16), 0.4)
    torch.testing.assert_close(gaussian_blur(flat, 1.0, 3), flat)
    point = torch.zeros(1, 4, 17, 17)
    point[..., 8, 8] = 1.0
    found = gaussian_blur(point, 0.8, 3)
    assert float(found[0, 0].sum()) == pytest.approx(1.0, abs=1e-4)
    torch.testing.assert_close(found, found.flip(-1))
    torch.testing.assert_close(found, found.transpose(2, 3))
