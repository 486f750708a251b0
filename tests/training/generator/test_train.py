from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.generator.background_rendering import BackgroundRendering, rendering  # noqa: E402
from creator.training.generator.discriminator import DiscriminatorConfig  # noqa: E402
from creator.training.generator.people_dataset import MirroredLabels, PeopleDataset  # noqa: E402
from creator.training.generator.train import (  # noqa: E402
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

SMALL_CRITIC = DiscriminatorConfig(((256, 4), (128, 4), (64, 8), (32, 8), (16, 8)))


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
    assert parse_stages("512a:7")[0] == Stage(512, 7.0, "steps", adversarial=True)
    assert parse_stages("512a:7")[0].name == "512a"
    assert parse_stages("256at:7")[0] == Stage(256, 7.0, "steps", adversarial=True, alone="t")
    assert [stage.name for stage in parse_stages("512t:7s,256at:1s,256n:2s,256m:1s")] == [
        "512t", "256at", "256n", "256m"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "128",
        "128:x",
        "64:10s",
        "128:0s",
        "128:-3",
        "128:10s,256:5",
        "128:infs",
        "128:nan",
        "128t:5",
        "256ta:5",
        "128n:5",
        "512n:5",
    ],
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


def test_new_top_layers_begin_at_the_full_rate(config) -> None:
    settings = config("128:10,256t:10,512a:10", warm_up_views=0, learning_rate=1.0, final_rate=0.0)
    rates = [rate_at(settings, Progress(views=9, spent=spent)) for spent in (0.0, 5.0, 9.999, 10.0, 15.0, 19.999)]
    assert rates == pytest.approx([1.0, 0.5, 0.0, 1.0, 0.5, 0.0], abs=1e-3)


def test_the_rate_of_an_adversarial_stage_falls_to_a_quarter(config) -> None:
    settings = config("128:50,256a:20,256:50", warm_up_views=0)
    rates = [rate_at(settings, Progress(views=99, spent=spent)) for spent in (49.999, 50, 60, 69.999, 70)]
    assert rates[0] == pytest.approx(rates[4], rel=1e-3)
    assert rates[1:4] == pytest.approx([2e-4, 1e-4, 5e-5], rel=1e-3)


def test_a_run_can_begin_with_the_weights_of_another(config, make_network, people_folder, tmp_path: Path) -> None:
    dataset = PeopleDataset(people_folder)
    first = Trainer(config("128:2"), dataset, make_network)
    first.step(parse_stages("128:2")[0])
    other = replace(config("128:2"), run=tmp_path / "other", limit_seconds=0.0)
    second = train(other, make_network, MirroredLabels(), begin_with=first.average)
    batch = dataset.held_out(2, 128)
    assert bool((second.predict(batch, 128) == first.predict(batch, 128)).all())
    first.close()
    with pytest.raises(TrainingError, match="other sizes"):
        second.begin_with(make_network(replace(first.config.network, style_size=8)))


@pytest.mark.parametrize(
    ("stages", "parts"),
    [
        ("256t:3", {"stage128", "head256", "detail_texture"}),
        ("256at:3", {"stage128", "head256", "detail_texture"}),
        ("256n:3", {"head_noise"}),
        ("256m:3", {"head_maps"}),
    ],
)
def test_some_stages_train_some_layers_alone(
    config, make_network, people_folder, mapped_folder, stages: str, parts: set[str]
) -> None:
    settings = config(stages)
    trainer = Trainer(settings, PeopleDataset(mapped_folder if "m" in stages else people_folder), make_network)
    before = {name: value.clone() for name, value in trainer.network.named_parameters()}
    for _ in range(3):
        trainer.step(settings.stages[0])
    trainer.close()
    changed = {
        name.partition(".")[0]
        for name, value in trainer.network.named_parameters()
        if bool((value != before[name]).any())
    }
    assert changed == parts
    trainer._enter(parse_stages("256:1")[0])
    fixed = {name for name, value in trainer.network.named_parameters() if not value.requires_grad}
    assert fixed == {"head_noise.weight", "head_noise.bias"}


def test_maps_are_not_trained_without_maps(config, make_network, people_folder) -> None:
    settings = config("256m:3")
    trainer = Trainer(settings, PeopleDataset(people_folder), make_network)
    with pytest.raises(TrainingError, match="need people with maps"):
        trainer.step(settings.stages[0])
    trainer.close()


def test_training_lowers_the_loss_through_both_stages(config, make_network) -> None:
    settings = config("128:24,256:4", batch=8, half_precision=False, learning_rate=3e-3)
    lines: list[str] = []
    trainer = train(settings, make_network, MirroredLabels((0,)), lines.append)
    entries = [json.loads(line) for line in (settings.run / "progress.jsonl").read_text().splitlines()]
    assert entries[0]["total"] > 1.2 * entries[23]["total"]
    assert {entry["stage"] for entry in entries} == {"128", "256"}
    assert trainer.progress.views == 224
    assert trainer.progress.views_by_stage == {"128": 192, "256": 32}
    assert "pictures/s" in lines[0]
    assert "min left" in lines[0]
    assert "dB" in lines[-1]
    (sheet,) = settings.run.glob("sheet_*.png")
    with Image.open(sheet) as picture:
        assert picture.size[1] == 512
    network, state = load_average(settings.run, make_network)
    facts = training_facts(network, state)
    assert facts["views"] == 224
    assert json.dumps(facts)


def test_a_resumed_run_goes_on_where_it_was(config, make_network, people_folder) -> None:
    settings = config("128:6", half_precision=False)
    dataset = PeopleDataset(people_folder, MirroredLabels((0,)))
    first = Trainer(settings, dataset, make_network)
    for _ in range(3):
        first.step(settings.stages[0])
    first.save()
    second = Trainer(settings, dataset, make_network)
    assert second.resume()
    assert second.progress == first.progress
    for one, two in ((first.network, second.network), (first.average, second.average)):
        for name, weight in one.named_parameters():
            other = dict(two.named_parameters())[name]
            torch.testing.assert_close(
                weight, other, atol=4e-3 * float(weight.detach().abs().max()) + 1e-6, rtol=0, msg=name
            )
    # The same batch, weighed by weights that hardly differ.
    losses = [float(each.step(settings.stages[0])["total"]) for each in (first, second)]
    assert losses[0] == pytest.approx(losses[1], rel=0.02)


def test_an_interruption_keeps_a_checkpoint_and_the_same_command_goes_on(config, make_network) -> None:
    settings = config("128:6")

    def interrupt(line: str) -> None:
        if line.startswith("128  16 views"):
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
    (settings.run / "checkpoint.json").write_bytes(b"nothing")
    with pytest.raises(TrainingError, match=r"checkpoint\.json"):
        train(settings, make_network, MirroredLabels((0,)), lambda line: None)


def test_people_of_another_schema_are_refused(config, make_network, small_config) -> None:
    from dataclasses import replace

    settings = replace(config("128:1"), network=replace(small_config, attribute_size=9))
    with pytest.raises(TrainingError, match="another attribute schema"):
        train(settings, make_network, MirroredLabels((0,)), lambda line: None)


def test_half_precision_trains(config, make_network, people_folder: Path) -> None:
    trainer = Trainer(config("256:2"), PeopleDataset(people_folder, MirroredLabels((0,))), make_network)
    losses = [trainer.step(trainer.config.stages[0]) for _ in range(2)]
    assert all(bool(value == value) for loss in losses for value in loss.values())


def test_adversarial_training_moves_both_sides_and_uses_the_maps(
    config, make_network, mapped_folder: Path, small_config
) -> None:
    from dataclasses import replace

    settings = replace(config("256:1,256a:3", penalty_every=2, discriminator=SMALL_CRITIC), data=mapped_folder)
    trainer = train(settings, make_network, MirroredLabels((0,)), lambda line: None)
    entries = [json.loads(line) for line in (settings.run / "progress.jsonl").read_text().splitlines()]
    assert [entry["stage"] for entry in entries] == ["256", "256a", "256a", "256a"]
    assert all(entry["maps"] > 0 for entry in entries)
    assert [("penalty" in entry) for entry in entries] == [False, False, True, False]
    assert all(0 < entry["adversarial"] < 10 and 0 < entry["critic"] < 10 for entry in entries[1:])
    again = Trainer(settings, PeopleDataset(mapped_folder), make_network)
    assert again.resume()
    for one, two in zip(trainer.discriminator.parameters(), again.discriminator.parameters(), strict=True):
        torch.testing.assert_close(one, two, atol=0, rtol=5e-3)


def test_the_step_from_supervised_to_adversarial_is_soft(config, make_network, people_folder: Path) -> None:
    settings = config("128:60,128a:4", batch=8, discriminator=SMALL_CRITIC, learning_rate=3e-3, half_precision=False)
    trainer = train(settings, make_network, MirroredLabels(), lambda line: None)
    entries = [json.loads(line) for line in (settings.run / "progress.jsonl").read_text().splitlines()]
    before = sum(entry["pyramid"] for entry in entries[54:60]) / 6
    assert max(entry["pyramid"] for entry in entries[60:]) < 1.3 * before
    assert trainer.progress.views_by_stage == {"128": 480, "128a": 32}


def test_the_time_limit_stops_cleanly(config, make_network) -> None:
    settings = config("128:100000", limit_seconds=2.0)
    lines: list[str] = []
    trainer = train(settings, make_network, MirroredLabels((0,)), lines.append)
    assert lines[-1].startswith("out of time")
    assert (settings.run / "checkpoint.json").exists()
    assert trainer.progress.step < 100_000


def test_stages_that_do_not_fit_are_refused(config, make_network) -> None:
    with pytest.raises(TrainingError, match="end at 256 pixels"):
        train(config("512:1"), make_network, MirroredLabels(), lambda line: None)


def test_background_renderers_share_the_shards_between_them(tmp_path: Path) -> None:
    plan = BackgroundRendering(2, 256, True, ring=5)
    first, second = (plan.command(tmp_path, number) for number in range(2))
    assert first[first.index("--first") + 1] == "0"
    assert second[second.index("--first") + 1] == "1"
    assert first[first.index("--step") + 1] == "2"
    assert "--maps" in first
    with rendering(None, tmp_path) as processes:
        assert processes == []
