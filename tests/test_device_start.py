from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from creator import device_start
from creator.attributes import AttributeSchema
from creator.character import new_character
from creator.device_start import DeviceStart, load_at_once
from creator.errors import CreatorError, DeviceError
from creator.generator import Generator, RenderRequest

from .conftest import MakeGpu, OtherProcess

PATIENCE = 60.0


@pytest.fixture
def generator(whole_model_folder: Path, no_trials: None, fake_gpu: MakeGpu) -> Generator:
    """It draws on the CPU; the machine has a CUDA that was never tried."""
    fake_gpu(milliseconds=1.0)
    return Generator.load(whole_model_folder, "cpu")


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_a_device_is_tried_elsewhere_once_and_then_adopted(
    generator: Generator, schema: AttributeSchema, other_process: OtherProcess
) -> None:
    request = RenderRequest(new_character(schema, 3))
    before = generator.render(request)
    other_process.script = other_process.outcome(generator)
    ready = DeviceStart(generator, "cuda").run()
    assert generator.render(request).device == "CPU", "the present device draws until the other is adopted"
    generator.adopt(ready)
    found = generator.render(request)
    assert (found.device, generator.device) == ("CUDA (NVIDIA Test)", "cuda")
    assert np.array_equal(found.pixels, before.pixels)
    DeviceStart(generator, "cuda").run()
    assert other_process.asked == [generator.manifest.folder], "what is known is not tried again"


def test_a_start_that_takes_long_can_be_followed_and_stopped(generator: Generator, other_process: OtherProcess) -> None:
    other_process.script = other_process.SLOW
    start = DeviceStart(generator, "cuda")
    errors: list[CreatorError] = []

    def run() -> None:
        with pytest.raises(DeviceError) as caught:
            start.run()
        errors.append(caught.value)

    thread = threading.Thread(target=run)
    thread.start()
    until(lambda: start.doing == ("cuda", "draft"))
    process = start._process
    assert process is not None
    start.stop()
    thread.join(PATIENCE)
    assert errors
    assert process.returncode is not None, "the other process has ended"


def test_one_that_is_stopped_before_it_begins_starts_nothing(generator: Generator, other_process: OtherProcess) -> None:
    other_process.script = other_process.outcome(generator)
    start = DeviceStart(generator, "cuda")
    start.stop()
    with pytest.raises(DeviceError, match="was not started"):
        start.run()
    assert len(other_process.asked) <= 1
    assert generator.device_name == "CPU"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import os\nos.abort()", "its trial ended with "),
        ("raise SystemExit(3)", "its trial ended with exit code 3"),
        ('print(\'{"trials": {}, "failed": "no memory is left"}\')', "no memory is left"),
        ('print(\'{"trials": [], "failed": 3}\')', "its trial ended with exit code 0"),
    ],
)
def test_a_device_that_fails_elsewhere_is_left_alone_with_a_reason(
    generator: Generator, other_process: OtherProcess, script: str, reason: str
) -> None:
    other_process.script = script
    with pytest.raises(DeviceError, match=reason):
        DeviceStart(generator, "cuda").run()
    ready = DeviceStart(generator, "auto").run()
    generator.adopt(ready)
    assert (generator.device, generator.device_name) == ("auto", "CPU")
    assert reason in generator.device_reason


def test_a_device_that_draws_something_else_is_known_from_then_on(
    generator: Generator, other_process: OtherProcess
) -> None:
    other_process.script = other_process.outcome(generator, psnr=8.0, failed="its picture is 8 dB from the CPU's")
    for _ in range(2):
        with pytest.raises(DeviceError, match="its picture is 8 dB from the CPU's"):
            DeviceStart(generator, "cuda").run()
    assert len(other_process.asked) == 1


def test_a_failing_first_run_leaves_the_present_device(
    generator: Generator, schema: AttributeSchema, other_process: OtherProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    other_process.script = other_process.outcome(generator)
    ready = DeviceStart(generator, "cuda").run()

    def fail(*_: object) -> None:
        raise RuntimeError("CUDA failure 2: out of memory")

    monkeypatch.setattr(device_start.devices, "device_array", fail)
    monkeypatch.setattr("creator.generator.BoundRunner.run", fail)
    with pytest.raises(CreatorError, match="not enough free memory"):
        generator.adopt(ready)
    assert generator.device == "cpu"
    assert generator.render(RenderRequest(new_character(schema))).device == "CPU"


def test_the_other_process_really_tries_the_model(own_model: Path) -> None:
    command = [sys.executable, "-m", "creator.device_start", str(own_model), "cpu"]
    done = run_with_open_input(command)
    said = [json.loads(line) for line in done.splitlines()]
    assert said[:2] == [{"trying": "draft"}, {"trying": "full"}]
    assert said[2] == {"trials": {}, "failed": ""}, "the reference itself needs no trial"
    (own_model / "tiny_full.onnx").write_bytes(b"")
    told = run_with_open_input(command)
    assert "not what the manifest says" in json.loads(told.splitlines()[-1])["failed"]


def run_with_open_input(command: list[str]) -> str:
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        return process.stdout.read()


def test_it_does_not_outlive_who_waits_for_it() -> None:
    script = "from creator import device_start\nimport time\ndevice_start._end_with_parent()\ntime.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(PATIENCE * 5) == 1


def test_a_start_begins_on_the_cpu_where_something_else_must_start_first(
    whole_model_folder: Path, no_trials: None, fake_gpu: MakeGpu
) -> None:
    fake_gpu(milliseconds=1.0)
    assert load_at_once(whole_model_folder, "auto").device == "cpu"
    assert load_at_once(whole_model_folder, "cpu").device == "cpu"


def test_a_device_that_is_not_there_does_not_keep_the_model_from_loading(
    whole_model_folder: Path, no_trials: None
) -> None:
    generator = load_at_once(whole_model_folder, "webgpu")
    assert generator.device == "cpu"
    with pytest.raises(DeviceError, match="webgpu is not installed"):
        DeviceStart(generator, "webgpu").run()
