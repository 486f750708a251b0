from __future__ import annotations

import json

import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.generator.evaluate import blurred, evaluate, following  # noqa: E402
from creator.training.generator.network import quantised  # noqa: E402
from creator.training.generator.people_dataset import PeopleDataset  # noqa: E402


def test_scores_have_both_columns_and_regions(small_network, people_folder) -> None:
    found = evaluate(small_network, PeopleDataset(people_folder), 5)
    assert found["held_out_people"] <= 5
    for variant in ("draft", "full"):
        generator, control = found[variant]["generator"], found[variant]["blurred_render"]
        assert control["psnr_db"] > generator["psnr_db"] + 3
        assert control["ssim"] > generator["ssim"]
        assert {"psnr_eyes_db", "psnr_rest_db"} <= set(generator)
    assert json.dumps(found)


def test_blur_keeps_flat_pictures_and_the_mean() -> None:
    flat = torch.full((1, 4, 32, 32), 0.3)
    torch.testing.assert_close(blurred(flat), flat)
    point = torch.zeros(1, 1, 33, 33)
    point[0, 0, 16, 16] = 1.0
    assert float(blurred(point).sum()) == pytest.approx(1.0, abs=1e-4)
    assert float(blurred(point)[0, 0, 16, 16]) < 0.1


def test_following_compares_each_attributes_change_with_the_renders(small_network, small_schema) -> None:
    def same(attributes, identity):
        found = small_network(torch.from_numpy(attributes), torch.from_numpy(identity))
        return quantised(found.pictures[-1]).numpy()

    def inverted(attributes, identity):
        return 255 - same(attributes, identity)

    found = following(small_network, same, small_schema)
    assert list(found) == list(small_schema.names)
    against = following(small_network, inverted, small_schema)
    for name, figures in found.items():
        assert figures["generator"] == figures["render"] > 0
        assert figures["agreement"] == pytest.approx(1.0, abs=1e-3)
        assert against[name]["agreement"] == pytest.approx(-1.0, abs=1e-3)
