"""Execution providers: which there are, which can really run, and which one did.

ONNX Runtime falls to the CPU without a word when a provider's libraries are missing. So nothing here trusts the list
that was asked for: a device counts as working when a session that was made on it says so and has computed something.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import importlib
import importlib.metadata
import importlib.util
import io
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from creator import paths
from creator.attributes import nearest_name
from creator.errors import DeviceError, ModelError, UsageError
from creator.manifest import REMEDY
from creator.wording import one_line

AUTO = "auto"
CPU = "cpu"
CUDA = "cuda"
TENSORRT = "tensorrt"

CPU_PROVIDER = "CPUExecutionProvider"
CUDA_PROVIDER = "CUDAExecutionProvider"

BATCH_DIMENSION = "batch"
"""The name of the free dimension of graphs that take several people."""


@dataclass(frozen=True)
class Kind:
    """A way to run graphs besides the CPU. ``plugin``: the Python package that brings the provider, if it is one.

    ``automatic``: whether "auto" may take it; TensorRT builds its engine for minutes, so it must be asked for.
    """

    name: str
    provider: str
    label: str
    remedy: str
    plugin: str = ""
    nvidia: bool = False
    automatic: bool = True


_CUDA_REMEDY = "install them with: pip install 'facewright[cuda]'"
KINDS = {
    kind.name: kind
    for kind in (
        Kind(CUDA, CUDA_PROVIDER, "CUDA", _CUDA_REMEDY, nvidia=True),
        Kind(TENSORRT, "TensorrtExecutionProvider", "TensorRT", "install NVIDIA's TensorRT", nvidia=True,
             automatic=False),
        Kind("tensorrt-rtx", "NvTensorRTRTXExecutionProvider", "TensorRT for RTX",
             "update NVIDIA's driver", "onnxruntime_ep_nv_tensorrt_rtx",
             nvidia=True, automatic=False),
        Kind("directml", "DmlExecutionProvider", "DirectML", "install onnxruntime-directml in place of onnxruntime"),
        Kind("coreml", "CoreMLExecutionProvider", "CoreML", "update macOS"),
        Kind("webgpu", "WebGpuExecutionProvider", "WebGPU", "install a driver with Vulkan for your GPU",
             "onnxruntime_ep_webgpu"),
    )
}  # fmt: skip
DEVICE_CHOICES = (AUTO, CPU, *KINDS)

# TF32 and a timed choice of algorithms would make pictures differ from the CPU's and from run to run.
_CUDA_OPTIONS = {"use_tf32": "0", "cudnn_conv_algo_search": "HEURISTIC"}
_FATAL_ONLY = 4
_RUNTIME_PACKAGES = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml")

# What ONNX Runtime and CUDA say, in lower case, and what a user can do about it.
_KNOWN_FAILURES = (
    ("no kernel image is available", "this GPU's compute capability is not supported by the installed ONNX Runtime",
     "use --device cpu, or an older or newer onnxruntime-gpu"),
    ("driver version is insufficient", "NVIDIA's driver is too old for the installed CUDA libraries",
     "update NVIDIA's driver"),
    ("out of memory", "the GPU has not enough free memory", "close other programs that use the GPU and try again"),
    ("alloc_failed", "the GPU has not enough free memory", "close other programs that use the GPU and try again"),
    ("device lost", "the GPU was reset or removed", "try again, or restart the computer"),
    ("device-lost", "the GPU was reset or removed", "try again, or restart the computer"),
    ("unspecified launch failure", "the GPU was reset or removed", "try again, or restart the computer"),
)  # fmt: skip

# One 3x3 convolution of a 3x3 picture of ones: needs cuBLAS and cuDNN like the real graphs. tests/test_devices.py
# builds it again.
_PROBE_GRAPH = bytes.fromhex(
    "08093a87010a0f0a01780a01771201792204436f6e76120570726f62652a33080108010803080310014201774a240000803f0000803f0000"
    "803f0000803f0000803f0000803f0000803f0000803f0000803f5a1b0a017812160a14080112100a0208010a0208010a0208030a02080362"
    "1b0a017912160a14080112100a0208010a0208010a0208010a02080142040a001012"
)


@dataclass(frozen=True)
class DeviceReport:
    """One device. ``detail`` names the hardware; ``reason`` and ``remedy`` are empty when it is available."""

    name: str
    provider: str
    available: bool
    detail: str
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Candidates:
    """Devices to try, best first. ``reason``: why "auto" may not take a GPU that is there."""

    names: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True)
class OpenedSession:
    """An ONNX Runtime session, the device it really runs on, such as "cuda", and that device in words."""

    session: Any
    device: str
    device_name: str


def list_devices() -> list[DeviceReport]:
    """The devices of this machine, best first, each proven by a small computation."""
    offered = _runtime().get_available_providers()
    shown = [
        name
        for name, kind in KINDS.items()
        if name == CUDA or kind.provider in offered or (kind.plugin and importlib.util.find_spec(kind.plugin))
    ]
    return [*map(device_report, shown), device_report(CPU)]


def candidates(device: str) -> Candidates:
    """Turn "auto" or a device's name into devices to try.

    Raises :class:`UsageError` for another word and :class:`DeviceError`, with a remedy, when a device was asked for and
    cannot run. "auto" tries only what works here.
    """
    if device not in DEVICE_CHOICES:
        raise UsageError(
            f"there is no device '{one_line(device, 60)}'{nearest_name(device, DEVICE_CHOICES)}; "
            f"it may be {', '.join(DEVICE_CHOICES)}"
        )
    if device == CPU:
        return Candidates((CPU,))
    if device != AUTO:
        report = device_report(device)
        if not report.available:
            label = KINDS[device].label
            raise DeviceError(f"{label} cannot run here: {report.reason}; {report.remedy}, or use --device cpu")
        return Candidates((device,))
    reports = [report for report in list_devices() if report.name != CPU and KINDS[report.name].automatic]
    working = tuple(report.name for report in reports if report.available)
    # Without a GPU the CPU is simply the device; with one, the user should learn why it idles.
    idle = [report for report in reports if report.detail and not report.available]
    reason = (
        f"{KINDS[idle[0].name].label} cannot run: {idle[0].reason}; {idle[0].remedy}" if idle and not working else ""
    )
    return Candidates((*working, CPU), reason)


def open_session(graph: bytes, device: str, batch: int | None = None, captured: bool = False) -> OpenedSession:
    """Make a session for ``graph`` (a whole ONNX file) on one ``device``, such as "cpu" or "cuda".

    ``batch`` fixes the number of people of a graph that takes any. ``captured``: let CUDA record its kernels once and
    replay them, which needs fixed places in memory for input and output. Raises :class:`DeviceError` if it runs
    elsewhere or not at all, :class:`ModelError` for a graph that the CPU cannot read.
    """
    try:
        session = _new_session(graph, device, batch, captured)
    except Exception as error:  # ONNX Runtime's errors share no base of their own
        if device == CPU:
            raise ModelError(
                f"the model is damaged: ONNX Runtime cannot read it: {one_line(error, 200)}; {REMEDY}"
            ) from error
        raise DeviceError(f"{KINDS[device].label} cannot run this model: {explained(error)}") from error
    if device == CPU:
        return OpenedSession(session, CPU, "CPU")
    kind = KINDS[device]
    if not _runs_on(session, kind.provider):
        raise DeviceError(f"{kind.label} cannot run this model: ONNX Runtime fell back to the CPU")
    hardware = device_report(device).detail
    return OpenedSession(session, device, f"{kind.label} ({hardware.split(', ')[0]})" if hardware else kind.label)


def explained(error: object) -> str:
    """What went wrong and what to do about it, in one line: for known failures in our words, else ONNX Runtime's."""
    text = one_line(error, 200)
    for sign, reason, remedy in _KNOWN_FAILURES:
        if sign in text.lower():
            return f"{reason}; {remedy}"
    return text


def runtime_version() -> str:
    return str(_runtime().__version__)


def device_array(array: Any, device: str) -> Any:
    """A copy of a NumPy array in the memory of "cuda", or on the host for other devices, at a fixed place."""
    return _runtime().OrtValue.ortvalue_from_numpy(array, "cuda" if device == CUDA else "cpu", 0)


def _runs_on(session: Any, provider: str) -> bool:
    """Whether the session has nodes on ``provider``, by ONNX Runtime's own record."""
    if provider not in session.get_providers():
        return False
    try:
        parts = session.get_provider_graph_assignment_info()
    except Exception:  # an older ONNX Runtime, or a provider that keeps no record
        return True
    return not parts or any(part.ep_name == provider for part in parts)


def _new_session(graph: bytes, device: str, batch: int | None = None, captured: bool = False) -> Any:
    runtime = _runtime()
    options = runtime.SessionOptions()
    options.log_severity_level = _FATAL_ONLY
    options.intra_op_num_threads = render_threads()
    options.use_deterministic_compute = True
    # Threads that spin within a picture save waiting; between two they would take the cores from the window.
    options.add_session_config_entry("session.force_spinning_stop", "1")
    if batch is not None:
        options.add_free_dimension_override_by_name(BATCH_DIMENSION, batch)
    if device == CPU:
        return runtime.InferenceSession(graph, options, providers=[CPU_PROVIDER], enable_fallback=0)
    kind = KINDS[device]
    options.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    if kind.plugin:
        options.add_provider_for_devices(_plugin_devices(kind)[:1], {})
        return runtime.InferenceSession(graph, options)
    chosen = [(kind.provider, _provider_options(device, captured)), CPU_PROVIDER]
    if device == TENSORRT:
        chosen.insert(1, (CUDA_PROVIDER, _CUDA_OPTIONS))
    return runtime.InferenceSession(graph, options, providers=chosen, enable_fallback=0)


def _provider_options(device: str, captured: bool) -> dict[str, str]:
    if device == CUDA:
        return _CUDA_OPTIONS | ({"enable_cuda_graph": "1"} if captured else {})
    if device == TENSORRT:
        engines = paths.user_cache_folder() / "engines"
        engines.mkdir(parents=True, exist_ok=True)
        kept = {"trt_engine_cache_enable": "1", "trt_engine_cache_path": str(engines)}
        return {**kept, "trt_timing_cache_enable": "1", "trt_timing_cache_path": str(engines), "trt_fp16_enable": "1"}
    return {}


@functools.cache
def _runtime() -> Any:
    """ONNX Runtime, imported when first needed: it takes a quarter of a second."""
    import onnxruntime

    onnxruntime.set_default_logger_severity(_FATAL_ONLY)
    return onnxruntime


def device_report(name: str) -> DeviceReport:
    """What is known of the device ``name`` after a small trial, made once, or again after :func:`look_again`."""
    return _tried_report(name)


def look_again() -> None:
    """Forget what devices were found to be: a driver may be mended by now, memory be free."""
    _tried_report.cache_clear()
    _gpu_names.cache_clear()


@functools.cache
def _tried_report(name: str) -> DeviceReport:
    if name == CPU:
        return DeviceReport(CPU, CPU_PROVIDER, True, cpu_name())
    kind = KINDS[name]
    hardware = ", ".join(_gpu_names()) if kind.nvidia else ""

    def missing(reason: str, remedy: str) -> DeviceReport:
        return DeviceReport(name, kind.provider, False, hardware, reason, remedy)

    if kind.nvidia and not hardware:
        return missing("no NVIDIA GPU with a working driver was found", "install NVIDIA's driver for your card")
    package = kind.plugin.replace("_", "-")
    if package and not importlib.util.find_spec(kind.plugin):
        return missing(f"the package {package} is not installed", f"install it with: pip install {package}")
    if len(packages := _runtime_packages()) > 1:
        return missing(
            f"the packages {' and '.join(packages)} overwrite each other",
            f"remove them all with: pip uninstall {' '.join(packages)}; then install Facewright again",
        )
    try:
        if kind.plugin:
            hardware = hardware or _plugin_hardware(kind)
        elif kind.provider not in _runtime().get_available_providers():
            return missing(f"the installed ONNX Runtime was built without {kind.label}", kind.remedy)
        complaint = _preload(kind)
        session = _new_session(_PROBE_GRAPH, name)
        if _runs_on(session, kind.provider):
            session.run(None, {"x": np.ones((1, 1, 3, 3), np.float32)})
            return DeviceReport(name, kind.provider, True, hardware)
    except Exception as error:
        known = explained(error)
        reason, _, remedy = known.partition("; ") if known != one_line(error, 200) else (
            f"{kind.label} failed in a small trial: {one_line(error, 160)}", "", kind.remedy
        )  # fmt: skip
        return missing(reason, remedy)
    return missing(f"{kind.label}'s libraries are missing ({complaint or 'unknown'})", kind.remedy)


def _preload(kind: Kind) -> str:
    """Load CUDA's libraries from their packages; return the first complaint, if any."""
    if not kind.nvidia or kind.plugin:
        return ""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):  # it prints its complaints
        _runtime().preload_dlls()
    lines = [line for line in said.getvalue().splitlines() if line.startswith("Failed to load")]
    return one_line(lines[0], 120) if lines else ""


def _runtime_packages() -> list[str]:
    """The builds of ONNX Runtime that are installed; they share one folder, so there should be one."""
    found = []
    for package in _RUNTIME_PACKAGES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            importlib.metadata.version(package)
            found.append(package)
    return found


@functools.cache
def _plugin_devices(kind: Kind) -> tuple[Any, ...]:
    """The hardware that a provider in a package of its own offers. Raises :class:`DeviceError` if there is none."""
    package = importlib.import_module(kind.plugin)
    _runtime().register_execution_provider_library(kind.name, package.get_library_path())
    found = tuple(device for device in _runtime().get_ep_devices() if device.ep_name == kind.provider)
    if not found:
        raise DeviceError("it found no GPU that it can use")
    return found


def _plugin_hardware(kind: Kind) -> str:
    vendors = [str(device.device.vendor or device.ep_vendor) for device in _plugin_devices(kind)]
    return ", ".join(dict.fromkeys(vendors))


@functools.cache
def _gpu_names() -> tuple[str, ...]:
    """Names of the GPUs that NVIDIA's driver offers to this process, by the driver's own library."""
    try:
        driver = ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
        count = ctypes.c_int()
        if driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count)):
            return ()
        names = []
        for index in range(count.value):
            device, name = ctypes.c_int(), ctypes.create_string_buffer(128)
            if driver.cuDeviceGet(ctypes.byref(device), index) or driver.cuDeviceGetName(name, len(name), device):
                continue
            text = name.value.decode(errors="replace")
            names.append(text if text.startswith("NVIDIA") else f"NVIDIA {text}")
        return tuple(names)
    except (OSError, AttributeError):
        return ()


def cpu_name() -> str:
    """The processor in words, such as "AMD EPYC, 2 cores"."""
    name = ""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    cores = physical_cores() or os.cpu_count() or 1
    return f"{name or platform.processor() or platform.machine()}, {cores} core{'s' if cores > 1 else ''}"


def render_threads() -> int:
    """Threads of a picture on the CPU: all cores but one, which is the window's, and at least two; 0 if unknown."""
    cores = physical_cores()
    return max(cores - 1, min(cores, 2))


@functools.cache
def physical_cores() -> int:
    """Cores this process may use, without hyper-threads; 0 (ONNX Runtime's own choice) where that cannot be told.

    A number of our own keeps ONNX Runtime from pinning threads to cores that a container does not have.
    """
    if sys.platform != "linux":
        return 0
    allowed = os.sched_getaffinity(0)
    cores = set()
    for cpu in allowed:
        try:
            siblings = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list").read_text()
        except OSError:
            return len(allowed)
        cores.add(siblings.strip())
    return len(cores)
