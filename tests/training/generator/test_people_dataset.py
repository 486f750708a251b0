from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.generator.people_dataset import (  # noqa: E402
    MAP_CHANNELS,
    DatasetError,
    MirroredLabels,
    PeopleDataset,
    is_held_out,
    quantised_normals,
    reduced,
    remove_shard,
    write_shard,
)
from creator.training.people_schema import IDENTITY_SIZE, SCHEMA  # noqa: E402


def _people(count: int, seed: int, attribute_size: int = 3):
    random = np.random.default_rng(seed)
    return {
        "images": random.integers(0, 256, (count, 256, 256, 4), np.uint8),
        "attributes": random.uniform(-1, 1, (count, attribute_size)).astype(np.float32),
        "identity": random.standard_normal((count, 64)).astype(np.float32),
        "weights": random.integers(0, 128, (count, 64, 64), np.uint8),
        "mirrorable": np.arange(count) % 2 == 0,
    }


def test_unfinished_shards_are_ignored_and_finished_ones_taken_up(tmp_path: Path) -> None:
    write_shard(tmp_path, 0, _people(4, 0))
    write_shard(tmp_path, 1, _people(3, 1))
    (tmp_path / "shard_00001.done").unlink()
    dataset = PeopleDataset(tmp_path)
    assert dataset.train_count + dataset.held_out_count == 4
    (tmp_path / "shard_00001.done").touch()
    assert dataset.refresh() == 3
    assert dataset.refresh() == 0
    assert dataset.train_count + dataset.held_out_count == 7


def test_the_same_people_are_held_out_always_and_never_trained_on(people_folder: Path) -> None:
    dataset = PeopleDataset(people_folder)
    assert 0 < dataset.held_out_count < dataset.train_count
    kept = dataset.held_out(100, 128)
    assert all(is_held_out(identity.numpy()) for identity in kept.identity)
    drawn = dataset.batch(np.random.default_rng(0), 64, 128)
    assert not any(is_held_out(identity.numpy()) for identity in drawn.identity)


def test_mirrored_pictures_have_mirrored_attributes_and_only_where_allowed(tmp_path: Path) -> None:
    people = _people(12, 0)
    write_shard(tmp_path, 0, people)
    dataset = PeopleDataset(tmp_path, MirroredLabels((1,)))
    batch = dataset.batch(np.random.default_rng(1), 64, 256)
    flipped = 0
    for identity, attributes, image, weights in zip(
        batch.identity.numpy(), batch.attributes.numpy(), batch.images, batch.weights.numpy(), strict=True
    ):
        (row,) = np.flatnonzero((people["identity"] == identity).all(1))
        original = people["images"][row]
        picture = (image.permute(1, 2, 0) * 255.0).round().to(torch.uint8).numpy()
        mirrored = attributes[1] != people["attributes"][row, 1]
        flipped += mirrored
        wanted = original[:, ::-1] if mirrored else original
        np.testing.assert_array_equal(picture, wanted)
        np.testing.assert_array_equal(weights, people["weights"][row][:, ::-1] if mirrored else people["weights"][row])
        assert people["mirrorable"][row] or not mirrored
        assert abs(attributes[1]) == abs(people["attributes"][row, 1])
        np.testing.assert_array_equal(attributes[[0, 2]], people["attributes"][row, [0, 2]])
    assert 5 < flipped < 45
    again = dataset.batch(np.random.default_rng(1), 64, 256)
    assert all(torch.equal(first, second) for first, second in zip(batch[:4], again[:4], strict=True))


def test_a_mirrored_person_has_swapped_sides_and_the_opposite_asymmetry() -> None:
    encoded = SCHEMA.encode({"yaw": 20.0, "roll": -10.0, "blink_left": 1.0, "smile_right": 0.4, "age": 50.0})
    labels = MirroredLabels.of(SCHEMA)
    mirrored = labels.attributes(torch.from_numpy(encoded)[None])[0].numpy()
    azimuth = -float(SCHEMA["light_azimuth"].default)
    wanted = {"yaw": -20.0, "roll": 10.0, "blink_right": 1.0, "smile_left": 0.4, "age": 50.0, "light_azimuth": azimuth}
    np.testing.assert_allclose(mirrored, SCHEMA.encode(wanted), atol=1e-6)
    code = torch.ones(1, IDENTITY_SIZE)
    assert (labels.identity(code)[0] == -1).nonzero().flatten().tolist() == list(range(48, 60))


def test_reduced_is_the_exact_mean_of_blocks() -> None:
    images = np.random.default_rng(0).integers(0, 256, (2, 256, 256, 4), np.uint8)
    wanted = images.reshape(2, 64, 4, 64, 4, 4).mean((2, 4)).transpose(0, 3, 1, 2) / 255.0
    np.testing.assert_allclose(reduced(torch.from_numpy(images), 64).numpy(), wanted, atol=1e-6)


def test_wrong_arrays_are_refused(tmp_path: Path) -> None:
    people = _people(2, 0)
    with pytest.raises(DatasetError, match="'weights'"):
        write_shard(tmp_path, 0, {**people, "weights": people["weights"].astype(np.float32)})
    with pytest.raises(DatasetError, match="mirrorable"):
        write_shard(tmp_path, 0, {name: people[name] for name in people if name != "mirrorable"})
    with pytest.raises(DatasetError, match="'identity'"):
        write_shard(tmp_path, 0, {**people, "identity": people["identity"][:1]})
    assert list(tmp_path.iterdir()) == []


def test_a_shard_of_another_schema_is_refused(tmp_path: Path) -> None:
    write_shard(tmp_path, 0, _people(2, 0))
    write_shard(tmp_path, 1, _people(2, 1, attribute_size=5))
    with pytest.raises(DatasetError, match="another attribute schema"):
        PeopleDataset(tmp_path)


def _maps(count: int, seed: int):
    random = np.random.default_rng(seed)
    normals = random.standard_normal((count, 256, 256, 3))
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    normals[:, :64] = 0
    return {
        "albedo": random.integers(0, 256, (count, 256, 256, 3), np.uint8), "normals": quantised_normals(normals),
        "depth": random.uniform(-1, 1, (count, 256, 256)).astype(np.float16),
        "masks": random.integers(0, 32, (count, 256, 256, 8), np.uint8),
    }  # fmt: skip


def test_maps_come_with_the_pictures_and_mirror_with_them(tmp_path: Path) -> None:
    people, maps = _people(12, 0), _maps(12, 1)
    people["mirrorable"][:] = True
    write_shard(tmp_path, 0, people | maps)
    dataset = PeopleDataset(tmp_path, MirroredLabels((1,)))
    assert dataset.has_maps
    assert dataset.size == 256
    batch = dataset.batch(np.random.default_rng(1), 16, 256, maps=True)
    for identity, attributes, found in zip(batch.identity, batch.attributes, batch.maps, strict=True):
        (row,) = np.flatnonzero((people["identity"] == identity.numpy()).all(1))
        flip = bool(attributes[1] != people["attributes"][row, 1])
        found = found.flip(-1) if flip else found
        normals = found[MAP_CHANNELS["normals"]].permute(1, 2, 0).numpy()
        if flip:
            normals = normals * [-1, 1, 1]
        np.testing.assert_allclose(128 + 127 * normals, maps["normals"][row], atol=1e-3)
        assert (normals[:64] == 0).all()
        np.testing.assert_array_equal(found[MAP_CHANNELS["depth"]][0].numpy(), maps["depth"][row].astype(np.float32))
        np.testing.assert_allclose(
            255 * found[MAP_CHANNELS["masks"]].permute(1, 2, 0).numpy(), maps["masks"][row], atol=1e-3
        )
    assert tuple(dataset.batch(np.random.default_rng(0), 3, 64, maps=True).maps.shape) == (3, 15, 64, 64)
    with pytest.raises(DatasetError, match="fewer than 512"):
        dataset.batch(np.random.default_rng(0), 2, 512)


def test_shards_without_maps_say_so_and_do_not_mix(tmp_path: Path) -> None:
    write_shard(tmp_path, 0, _people(4, 0))
    with pytest.raises(DatasetError, match="without maps"):
        PeopleDataset(tmp_path).batch(np.random.default_rng(0), 2, 128, maps=True)
    write_shard(tmp_path, 1, _people(2, 1) | _maps(2, 1))
    with pytest.raises(DatasetError, match="other maps"):
        PeopleDataset(tmp_path)


def test_removed_shards_are_dropped(tmp_path: Path) -> None:
    for index in range(3):
        write_shard(tmp_path, index, _people(4, index))
    dataset = PeopleDataset(tmp_path)
    remove_shard(tmp_path, 0)
    write_shard(tmp_path, 3, _people(5, 3))
    assert dataset.refresh() == 5
    assert dataset.train_count + dataset.held_out_count == 13
    assert not list(tmp_path.glob("shard_00000*"))
    dataset.batch(np.random.default_rng(0), 32, 128)


def test_shards_stay_on_the_device_as_far_as_its_share_reaches(tmp_path: Path) -> None:
    """The device "meta" computes no values, but tells on which side each tensor lies."""
    people = _people(4, 0)
    for index in range(3):
        write_shard(tmp_path, index, people)
    size = people["images"].nbytes + people["weights"].nbytes
    dataset = PeopleDataset(tmp_path, device="meta", resident_bytes=2 * size + 10)
    lie = [shard.arrays["images"].device.type for shard in dataset._shards.values()]
    assert lie == ["meta", "meta", "cpu"]
    batch = dataset._gather([("shard_00000", 0), ("shard_00001", 3)], 128, False)
    assert batch.images.device.type == batch.attributes.device.type == "meta"
    mixed = dataset._gather([("shard_00000", 0), ("shard_00002", 1)], 128, False)
    assert tuple(mixed.images.shape) == (2, 4, 128, 128)
    remove_shard(tmp_path, 0)
    write_shard(tmp_path, 3, people)
    dataset.refresh()
    assert dataset._shards["shard_00003"].arrays["images"].device.type == "meta"


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    dataset = PeopleDataset(tmp_path)
    with pytest.raises(DatasetError, match="no people to train on"):
        dataset.batch(np.random.default_rng(0), 2, 128)
    with pytest.raises(DatasetError, match="no held-out people"):
        dataset.held_out(2, 128)
    with pytest.raises(DatasetError, match="no finished shards"):
        _ = dataset.attribute_size


def test_a_damaged_shard_names_the_file(tmp_path: Path) -> None:
    write_shard(tmp_path, 0, _people(2, 0))
    (tmp_path / "shard_00000.weights.npy").write_bytes(b"nothing")
    with pytest.raises(DatasetError, match=r"shard_00000\.weights\.npy"):
        PeopleDataset(tmp_path)
