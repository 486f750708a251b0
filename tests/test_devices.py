from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from creator import devices
from creator.devices import CPU_PROVIDER, CUDA_PROVIDER, DeviceReport, candidates, list_devices, open_session
from creator.errors import DeviceError, ModelError, UsageError


@pytest.fixture
def fresh() -> Iterator[None]:
    """Forget what was found out about this machine, before and after."""
    cached = (devices._tried_report, devices._gpu_names, devices._runtime, devices._plugin_devices)
    for function in cached:
        function.cache_clear()
    yield
    for function in cached:
        function.cache_clear()


def has_cuda(monkeypatch: pytest.MonkeyPatch, *, works: bool, gpu: str = "NVIDIA H100") -> None:
    reason = "" if works else "CUDA's libraries are missing"
    cuda = DeviceReport("cuda", CUDA_PROVIDER, works, gpu, reason, "" if works else "install them")
    cpu = DeviceReport("cpu", CPU_PROVIDER, True, "a CPU")
    monkeypatch.setattr(devices, "device_report", {"cuda": cuda, "cpu": cpu}.__getitem__)
    monkeypatch.setattr(devices, "list_devices", lambda: [cuda, cpu])


class FakeSession:
    """A session that says where it runs: its providers, and those of its nodes."""

    def __init__(self, providers: list[str], nodes: list[str] | None = None) -> None:
        self.get_providers = lambda: providers
        self.get_provider_graph_assignment_info = lambda: [SimpleNamespace(ep_name=name) for name in nodes or providers]


def test_the_cpu_is_always_there() -> None:
    reports = list_devices()
    assert (reports[0].name, reports[-1].name) == ("cuda", "cpu")
    assert reports[-1].available
    assert reports[-1].detail
    for report in reports[:-1]:
        assert report.available or (report.reason and report.remedy)


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
        candidates("cuda0")


def test_cpu_asks_for_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    has_cuda(monkeypatch, works=True)
    assert candidates("cpu").names == ("cpu",)


def test_working_cuda_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    has_cuda(monkeypatch, works=True)
    assert candidates("auto").names == ("cuda", "cpu")
    assert candidates("cuda").names == ("cuda",)


def test_broken_cuda_is_an_error_or_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    has_cuda(monkeypatch, works=False)
    with pytest.raises(DeviceError, match="libraries are missing; install them"):
        candidates("cuda")
    found = candidates("auto")
    assert found.names == ("cpu",)
    assert "libraries are missing" in found.reason


def test_without_a_gpu_the_cpu_needs_no_excuse(monkeypatch: pytest.MonkeyPatch) -> None:
    has_cuda(monkeypatch, works=False, gpu="")
    assert candidates("auto").reason == ""


def test_what_really_ran_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    has_cuda(monkeypatch, works=True)
    monkeypatch.setattr(devices, "_new_session", lambda *_: FakeSession([CUDA_PROVIDER, CPU_PROVIDER]))
    assert open_session(b"", "cuda").device_name == "CUDA (NVIDIA H100)"
    assert open_session(b"", "cpu").device_name == "CPU"


@pytest.mark.parametrize(
    "session", [FakeSession([CPU_PROVIDER]), FakeSession([CUDA_PROVIDER, CPU_PROVIDER], nodes=[CPU_PROVIDER])]
)
def test_a_silent_fall_to_the_cpu_is_told(monkeypatch: pytest.MonkeyPatch, session: FakeSession) -> None:
    has_cuda(monkeypatch, works=True)
    monkeypatch.setattr(devices, "_new_session", lambda *_: session)
    with pytest.raises(DeviceError, match="fell back to the CPU"):
        open_session(b"", "cuda")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("something odd\nhappened", "CUDA cannot run this model: something odd happened"),
        ("CUDA failure 2: out of memory ; GPU=0", "not enough free memory; close other programs"),
        ("CUDA failure 209: no kernel image is available for execution", "compute capability is not supported"),
        ("CUDA driver version is insufficient for CUDA runtime version", "driver is too old.*; update NVIDIA's driver"),
    ],
)
def test_what_cuda_says_becomes_a_reason_and_a_remedy(monkeypatch: pytest.MonkeyPatch, said: str, told: str) -> None:
    has_cuda(monkeypatch, works=True)

    def new_session(*_: object) -> FakeSession:
        raise RuntimeError(said)

    monkeypatch.setattr(devices, "_new_session", new_session)
    with pytest.raises(DeviceError, match=told):
        open_session(b"", "cuda")


def test_a_graph_that_cannot_be_read_is_a_model_error() -> None:
    with pytest.raises(ModelError, match="ONNX Runtime cannot read it"):
        open_session(b"nonsense", "cpu")


def fake_runtime(*, providers: list[str], really: list[str], says: str = "", error: str = "") -> SimpleNamespace:
    def session(*_: Any, **__: Any) -> Any:
        if error:
            raise RuntimeError(error)
        fake = FakeSession(really)
        fake.run = lambda *_: None  # type: ignore[attr-defined]
        return fake

    options = SimpleNamespace(add_session_config_entry=lambda *_: None, add_provider_for_devices=lambda *_: None)
    return SimpleNamespace(
        get_available_providers=lambda: providers,
        preload_dlls=lambda: print(says),
        SessionOptions=lambda: options,
        InferenceSession=session,
        register_execution_provider_library=lambda *_: None,
        get_ep_devices=lambda: [
            SimpleNamespace(ep_name=name, ep_vendor="", device=SimpleNamespace(vendor="Maker")) for name in really
        ],
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
        (
            fake_runtime(providers=[CUDA_PROVIDER], really=[], error="no kernel image is available"),
            "compute capability",
        ),
        (fake_runtime(providers=[CUDA_PROVIDER], really=[CUDA_PROVIDER, CPU_PROVIDER]), ""),
    ],
)
def test_every_way_that_cuda_can_fail_has_a_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], runtime: Any, expected: str
) -> None:
    monkeypatch.setattr(devices, "_gpu_names", contextlib.nullcontext(("NVIDIA Test",)).__enter__)
    monkeypatch.setattr(devices, "_runtime", lambda: runtime)
    report = devices._tried_report.__wrapped__("cuda")
    assert report.available == (expected == "")
    assert expected in report.reason
    assert report.available or report.remedy
    assert report.detail == "NVIDIA Test"
    assert capsys.readouterr().out == "", "what ONNX Runtime prints must not reach the output"


@pytest.mark.usefixtures("fresh")
def test_two_packages_of_onnx_runtime_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "_gpu_names", contextlib.nullcontext(("NVIDIA Test",)).__enter__)
    monkeypatch.setattr(devices.importlib.metadata, "version", lambda package: "1.0")
    report = devices._tried_report.__wrapped__("cuda")
    assert "onnxruntime and onnxruntime-gpu" in report.reason
    assert "pip uninstall onnxruntime onnxruntime-gpu" in report.remedy


@pytest.mark.usefixtures("fresh")
def test_a_device_that_failed_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "_gpu_names", functools.cache(lambda: ("NVIDIA Test",)))
    full = fake_runtime(providers=[CUDA_PROVIDER], really=[], error="CUDA failure 2: out of memory")
    monkeypatch.setattr(devices, "_runtime", lambda: full)
    assert "not enough free memory" in devices.device_report("cuda").reason
    free = fake_runtime(providers=[CUDA_PROVIDER], really=[CUDA_PROVIDER, CPU_PROVIDER])
    monkeypatch.setattr(devices, "_runtime", lambda: free)
    assert not devices.device_report("cuda").available, "known until somebody asks again"
    devices.look_again()
    assert devices.device_report("cuda").available


@pytest.fixture
def webgpu(monkeypatch: pytest.MonkeyPatch) -> str:
    """A package that brings a provider, as those of ONNX Runtime's makers do."""
    package = ModuleType("onnxruntime_ep_webgpu")
    package.__spec__ = ModuleSpec(package.__name__, None)
    package.get_library_path = lambda: "lib.so"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, package.__name__, package)
    return "WebGpuExecutionProvider"


@pytest.mark.usefixtures("fresh")
def test_a_plugin_is_used_when_it_finds_a_gpu(monkeypatch: pytest.MonkeyPatch, webgpu: str) -> None:
    monkeypatch.setattr(devices, "_runtime", lambda: fake_runtime(providers=[], really=[webgpu]))
    report = devices._tried_report.__wrapped__("webgpu")
    assert report.available
    assert report.detail == "Maker"
    assert "webgpu" in [each.name for each in list_devices()]


@pytest.mark.usefixtures("fresh", "webgpu")
def test_a_plugin_without_a_gpu_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "_runtime", lambda: fake_runtime(providers=[], really=[]))
    report = devices._tried_report.__wrapped__("webgpu")
    assert not report.available
    assert "found no GPU that it can use" in report.reason
    assert report.remedy


@pytest.mark.usefixtures("fresh")
def test_a_plugin_that_is_not_installed_says_so() -> None:
    with pytest.raises(DeviceError, match="not installed; install it with: pip install onnxruntime-ep-webgpu"):
        candidates("webgpu")


def test_threads_leave_a_core_to_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, threads in ((0, 0), (1, 1), (2, 2), (3, 2), (8, 7)):
        monkeypatch.setattr(devices, "physical_cores", lambda cores=cores: cores)
        assert devices.render_threads() == threads
