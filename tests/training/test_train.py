from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.people_dataset import MirroredLabels, PeopleDataset  # noqa: E402
from creator.training.train import (  # noqa: E402
    Progress,
    Stage,
    TrainConfig,
    Trainer,
    TrainingError,
    load_average,
    mean_decay,
    parse_stages,
    rate_at,
    stage_at,
    train,
    training_facts,
)


@pytest.fixture
def config(people_folder, small_config, tmp_path):
    def make(stages: str = "128:4", **more):
        settings = {"batch": 4, "warm_up_views": 8, "threads": 1, "report_seconds": 0.0, "minimum_people": 8} | more
        return TrainConfig(
            data=people_folder, run=tmp_path / "run", stages=parse_stages(stages), network=small_config, **settings
        )

    return make


def test_stages_are_read() -> None:
    assert parse_stages("128:20s, 256:30s") == (Stage(128, 20.0), Stage(256, 30.0))
    assert parse_stages("128:7") == (Stage(128, 7.0, "steps"),)


@pytest.mark.parametrize(
    "text", ["", "128", "128:x", "64:10s", "128:0s", "128:-3", "128:10s,256:5", "128:infs", "128:nan"]
)
def test_wrong_stages_are_refused(text: str) -> None:
    with pytest.raises(TrainingError):
        parse_stages(text)


def test_stage_at_and_rate() -> None:
    stages = parse_stages("128:10,256:20")
    assert [stage_at(stages, spent) for spent in (0, 9, 10, 29, 30)] == [
        stages[0],
        stages[0],
        stages[1],
        stages[1],
        None,
    ]
    assert mean_decay(0, 16) < mean_decay(100_000, 16) < 1.0


def test_rate_warms_up_and_falls(config) -> None:
    settings = config("128:50,256:50", warm_up_views=40)
    rates = [rate_at(settings, Progress(views=v, spent=s)) for v, s in ((0, 0), (36, 0), (200, 50), (400, 100))]
    assert rates[0] == pytest.approx(1e-4)
    assert rates[1] == pytest.approx(1e-3)
    assert rates[2] == pytest.approx(0.505e-3)
    assert rates[3] == pytest.approx(1e-5)


def test_training_lowers_the_loss_through_both_stages(config, make_network) -> None:
    settings = config("128:24,256:4", batch=8, half_precision=False, learning_rate=3e-3)
    lines: list[str] = []
    trainer = train(settings, make_network, MirroredLabels((0,)), lines.append)
    entries = [json.loads(line) for line in (settings.run / "progress.jsonl").read_text().splitlines()]
    assert entries[0]["total"] > 1.2 * entries[23]["total"]
    assert {entry["size"] for entry in entries} == {128, 256}
    assert trainer.progress.views == 224
    assert trainer.progress.views_full == 32
    assert "steps left" in lines[0]
    assert "dB" in lines[-1]
    (sheet,) = settings.run.glob("sheet_*.png")
    with Image.open(sheet) as picture:
        assert picture.size[1] == 512
    network, state = load_average(settings.run / "checkpoint.pt", make_network)
    facts = training_facts(network, state)
    assert facts["views"] == 224
    assert json.dumps(facts)


def test_a_resumed_run_goes_on_exactly(config, make_network, people_folder, tmp_path) -> None:
    settings = config("128:6", half_precision=False)
    dataset = PeopleDataset(people_folder, MirroredLabels((0,)))
    whole = Trainer(settings, dataset, make_network)
    for _ in range(4):
        whole.step(128)
        whole.progress.spent += 1
    half = Trainer(settings, dataset, make_network)
    for _ in range(2):
        half.step(128)
        half.progress.spent += 1
    half.save()
    second = Trainer(settings, dataset, make_network)
    assert second.resume()
    for _ in range(2):
        second.step(128)
        second.progress.spent += 1
    for first, other in ((whole.network, second.network), (whole.average, second.average)):
        for one, two in zip(first.parameters(), other.parameters(), strict=True):
            torch.testing.assert_close(one, two, atol=1e-6, rtol=1e-5)
    assert second.progress == whole.progress


def test_an_interruption_keeps_a_checkpoint_and_the_same_command_goes_on(config, make_network) -> None:
    settings = config("128:6")

    def interrupt(line: str) -> None:
        if "2 steps left" in line:
            os.kill(os.getpid(), signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    trainer = train(settings, make_network, MirroredLabels((0,)), interrupt)
    assert trainer.progress.step < 6
    assert signal.getsignal(signal.SIGINT) is before
    lines: list[str] = []
    assert train(settings, make_network, MirroredLabels((0,)), lines.append).progress.step == 6
    assert lines[0].startswith("going on")


def test_a_checkpoint_of_another_network_is_refused(config, make_network, small_config, tmp_path) -> None:
    from dataclasses import replace

    settings = config("128:1")
    train(settings, make_network, MirroredLabels((0,)), lambda line: None)
    with pytest.raises(TrainingError, match="another network"):
        train(
            replace(settings, network=replace(small_config, style_size=24)),
            make_network,
            MirroredLabels((0,)),
            lambda line: None,
        )
    (settings.run / "checkpoint.pt").write_bytes(b"nothing")
    with pytest.raises(TrainingError, match=r"checkpoint\.pt"):
        train(settings, make_network, MirroredLabels((0,)), lambda line: None)


def test_people_of_another_schema_are_refused(config, make_network, small_config) -> None:
    from dataclasses import replace

    settings = replace(config("128:1"), network=replace(small_config, attribute_size=9))
    with pytest.raises(TrainingError, match="another attribute schema"):
        train(settings, make_network, MirroredLabels((0,)), lambda line: None)


def test_half_precision_trains(config, make_network, people_folder: Path) -> None:
    trainer = Trainer(config("128:2"), PeopleDataset(people_folder, MirroredLabels((0,))), make_network)
    losses = [trainer.step(256) for _ in range(2)]
    assert all(value == value for loss in losses for value in loss.values())
