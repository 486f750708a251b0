from __future__ import annotations

import contextlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from creator import devices
from creator.devices import CPU_PROVIDER, CUDA_PROVIDER, DeviceReport, choose_providers, list_devices, open_session
from creator.errors import DeviceError, ModelError, UsageError


@pytest.fixture
def fresh() -> Iterator[None]:
    """Forget what was found out about this machine, before and after."""
    cached = (devices._cuda_report, devices._gpu_names, devices._runtime)
    for function in cached:
        function.cache_clear()
    yield
    for function in cached:
        function.cache_clear()


def has_cuda(monkeypatch: pytest.MonkeyPatch, *, works: bool, gpu: str = "NVIDIA H100") -> None:
    reason = "" if works else "CUDA's libraries are missing"
    report = DeviceReport("cuda", CUDA_PROVIDER, works, gpu, reason, "" if works else "install them")
    monkeypatch.setattr(devices, "_cuda_report", lambda: report)
    monkeypatch.setattr(devices, "_gpu_names", lambda: (gpu,) if gpu else ())


class FakeSession:
    def __init__(self, providers: list[str]) -> None:
        self.get_providers = lambda: providers


def test_the_cpu_is_always_there() -> None:
    reports = list_devices()
    assert [report.name for report in reports] == ["cuda", "cpu"]
    assert reports[1].available
    assert reports[1].detail
    if not reports[0].available:
        assert reports[0].reason
        assert reports[0].remedy


def test_the_probe_is_one_convolution() -> None:
    from onnx import TensorProto, helper, numpy_helper

    weight = numpy_helper.from_array(np.ones((1, 1, 3, 3), np.float32), "w")
    graph = helper.make_graph(
        [helper.make_node("Conv", ["x", "w"], ["y"])],
        "probe",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 1, 3, 3])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 1, 1, 1])],
        [weight],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    assert model.SerializeToString() == devices._PROBE_GRAPH
    opened = open_session(devices._PROBE_GRAPH, "cpu")
    assert opened.device_name == "CPU"
    assert opened.session.run(None, {"x": np.ones((1, 1, 3, 3), np.float32)})[0].item() == 9.0


def test_an_unknown_device_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'cuda'"):
        choose_providers("cuda0")


def test_cpu_asks_for_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    has_cuda(monkeypatch, works=True)
    assert choose_providers("cpu").providers == (CPU_PROVIDER,)


def test_working_cuda_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    has_cuda(monkeypatch, works=True)
    for device in ("auto", "cuda"):
        assert choose_providers(device).providers == (CUDA_PROVIDER, CPU_PROVIDER)


def test_broken_cuda_is_an_error_or_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    has_cuda(monkeypatch, works=False)
    with pytest.raises(DeviceError, match="libraries are missing; install them"):
        choose_providers("cuda")
    choice = choose_providers("auto")
    assert choice.providers == (CPU_PROVIDER,)
    assert "libraries are missing" in choice.reason


def test_without_a_gpu_the_cpu_needs_no_excuse(monkeypatch: pytest.MonkeyPatch) -> None:
    has_cuda(monkeypatch, works=False, gpu="")
    assert choose_providers("auto").reason == ""


def test_what_really_ran_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    has_cuda(monkeypatch, works=True)
    monkeypatch.setattr(devices, "_new_session", lambda graph, providers: FakeSession(list(providers)))
    assert open_session(b"", "auto").device_name == "CUDA (NVIDIA H100)"
    assert open_session(b"", "cpu").device_name == "CPU"


def test_a_silent_fall_to_the_cpu_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    has_cuda(monkeypatch, works=True)
    monkeypatch.setattr(devices, "_new_session", lambda graph, providers: FakeSession([CPU_PROVIDER]))
    opened = open_session(b"", "auto")
    assert opened.device_name == "CPU"
    assert "fell back to the CPU" in opened.reason
    with pytest.raises(DeviceError, match="fell back to the CPU"):
        open_session(b"", "cuda")


def test_cuda_that_fails_on_the_model_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    has_cuda(monkeypatch, works=True)

    def new_session(graph: bytes, providers: tuple[str, ...]) -> FakeSession:
        if CUDA_PROVIDER in providers:
            raise RuntimeError("no memory")
        return FakeSession([CPU_PROVIDER])

    monkeypatch.setattr(devices, "_new_session", new_session)
    assert "no memory" in open_session(b"", "auto").reason
    with pytest.raises(DeviceError, match="no memory"):
        open_session(b"", "cuda")


def test_a_graph_that_cannot_be_read_is_a_model_error() -> None:
    with pytest.raises(ModelError, match="ONNX Runtime cannot read it"):
        open_session(b"nonsense", "cpu")


def fake_runtime(*, providers: list[str], really: list[str], says: str = "", error: str = "") -> SimpleNamespace:
    def session(*_: Any, **__: Any) -> Any:
        if error:
            raise RuntimeError(error)
        return SimpleNamespace(get_providers=lambda: really, run=lambda *_: None)

    options = SimpleNamespace(add_session_config_entry=lambda *_: None)
    return SimpleNamespace(
        get_available_providers=lambda: providers,
        preload_dlls=lambda: print(says),
        SessionOptions=lambda: options,
        InferenceSession=session,
    )


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("runtime", "expected"),
    [
        (fake_runtime(providers=[CPU_PROVIDER], really=[]), "built without CUDA"),
        (
            fake_runtime(
                providers=[CUDA_PROVIDER],
                really=[CPU_PROVIDER],
                says="Failed to load libcublas.so.13: no such file\nPlease follow",
            ),
            "libcublas.so.13",
        ),
        (fake_runtime(providers=[CUDA_PROVIDER], really=[], error="bad driver"), "bad driver"),
        (fake_runtime(providers=[CUDA_PROVIDER], really=[CUDA_PROVIDER, CPU_PROVIDER]), ""),
    ],
)
def test_every_way_that_cuda_can_fail_has_a_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], runtime: Any, expected: str
) -> None:
    monkeypatch.setattr(devices, "_gpu_names", contextlib.nullcontext(("NVIDIA Test",)).__enter__)
    monkeypatch.setattr(devices, "_runtime", lambda: runtime)
    report = devices._cuda_report.__wrapped__()
    assert report.available == (expected == "")
    assert expected in report.reason
    assert report.detail == "NVIDIA Test"
    assert capsys.readouterr().out == "", "what ONNX Runtime prints must not reach the output"
