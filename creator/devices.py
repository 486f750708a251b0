"""Execution providers: which there are, which can really run, and which one did.

ONNX Runtime falls to the CPU without a word when CUDA's libraries are missing. So nothing here trusts the list that was
asked for: a device counts as working when a session that was made on it says so and has computed something.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import io
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from creator.attributes import nearest_name
from creator.errors import DeviceError, ModelError, UsageError
from creator.manifest import REMEDY
from creator.wording import one_line

AUTO = "auto"
CPU = "cpu"
CUDA = "cuda"
DEVICE_CHOICES = (AUTO, CPU, CUDA)

CPU_PROVIDER = "CPUExecutionProvider"
CUDA_PROVIDER = "CUDAExecutionProvider"

# TF32 and a timed choice of algorithms would make pictures differ from the CPU's and from run to run.
_CUDA_OPTIONS = {"use_tf32": "0", "cudnn_conv_algo_search": "HEURISTIC"}
_FATAL_ONLY = 4
_CUDA_REMEDY = "install them with: pip install 'facewright[cuda]'"

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
class ProviderChoice:
    """What to ask ONNX Runtime for, best first. ``reason``: why "auto" did not take CUDA, if a GPU is there."""

    providers: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True)
class OpenedSession:
    """An ONNX Runtime session and the device it really runs on."""

    session: Any
    device_name: str
    reason: str = ""


def list_devices() -> list[DeviceReport]:
    """The devices of this machine, best first, each proven by a small computation."""
    return [_cuda_report(), DeviceReport(CPU, CPU_PROVIDER, True, cpu_name())]


def choose_providers(device: str) -> ProviderChoice:
    """Turn "auto", "cpu" or "cuda" into providers.

    Raises :class:`UsageError` for another word and :class:`DeviceError`, with a remedy, when CUDA was asked for and
    cannot run. "auto" takes CUDA only where it works.
    """
    if device not in DEVICE_CHOICES:
        raise UsageError(
            f"there is no device '{one_line(device, 60)}'{nearest_name(device, DEVICE_CHOICES)}; "
            f"it may be {', '.join(DEVICE_CHOICES)}"
        )
    if device == CPU:
        return ProviderChoice((CPU_PROVIDER,))
    report = _cuda_report()
    if report.available:
        return ProviderChoice((CUDA_PROVIDER, CPU_PROVIDER))
    if device == CUDA:
        raise DeviceError(f"CUDA cannot run here: {report.reason}; {report.remedy}, or use --device cpu")
    # Without a GPU the CPU is simply the device; with one, the user should learn why it idles.
    return ProviderChoice(
        (CPU_PROVIDER,), f"CUDA cannot run: {report.reason}; {report.remedy}" if report.detail else ""
    )


def open_session(graph: bytes, device: str) -> OpenedSession:
    """Make a session for ``graph`` (a whole ONNX file) on "auto", "cpu" or "cuda".

    Raises :class:`DeviceError` if "cuda" was asked for and does not run, :class:`ModelError` for a graph that ONNX
    Runtime cannot read.
    """
    choice = choose_providers(device)
    session, failure = None, ""
    if CUDA_PROVIDER in choice.providers:
        try:
            session = _new_session(graph, choice.providers)
        except Exception as error:  # ONNX Runtime's errors share no base of their own
            failure = one_line(error, 200)
        if session is None or CUDA_PROVIDER not in session.get_providers():
            reason = f"CUDA cannot run this model: {failure or 'ONNX Runtime fell back to the CPU'}"
            if device == CUDA:
                raise DeviceError(f"{reason}; use --device cpu")
            choice, session = ProviderChoice((CPU_PROVIDER,), reason), None
    if session is None:
        try:
            session = _new_session(graph, (CPU_PROVIDER,))
        except Exception as error:
            raise ModelError(
                f"the model is damaged: ONNX Runtime cannot read it: {one_line(error, 200)}; {REMEDY}"
            ) from error
    on_cuda = CUDA_PROVIDER in session.get_providers()
    return OpenedSession(session, f"CUDA ({_gpu_names()[0]})" if on_cuda and _gpu_names() else
                         "CUDA" if on_cuda else "CPU", choice.reason)  # fmt: skip


def _new_session(graph: bytes, providers: tuple[str, ...]) -> Any:
    runtime = _runtime()
    options = runtime.SessionOptions()
    options.log_severity_level = _FATAL_ONLY
    options.intra_op_num_threads = physical_cores()
    options.use_deterministic_compute = True
    # Threads that spin within a picture save waiting; between two they would take the cores from the window.
    options.add_session_config_entry("session.force_spinning_stop", "1")
    with_options = [(name, _CUDA_OPTIONS) if name == CUDA_PROVIDER else name for name in providers]
    return runtime.InferenceSession(graph, options, providers=with_options, enable_fallback=0)


@functools.cache
def _runtime() -> Any:
    """ONNX Runtime, imported when first needed: it takes a quarter of a second."""
    import onnxruntime

    onnxruntime.set_default_logger_severity(_FATAL_ONLY)
    return onnxruntime


@functools.cache
def _cuda_report() -> DeviceReport:
    def missing(reason: str, remedy: str) -> DeviceReport:
        return DeviceReport(CUDA, CUDA_PROVIDER, False, ", ".join(_gpu_names()), reason, remedy)

    if not _gpu_names():
        return missing("no NVIDIA GPU with a working driver was found", "install NVIDIA's driver for your card")
    if CUDA_PROVIDER not in _runtime().get_available_providers():
        return missing("the installed ONNX Runtime was built without CUDA", _CUDA_REMEDY)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):  # it prints its complaints
        _runtime().preload_dlls()
    try:
        session = _new_session(_PROBE_GRAPH, (CUDA_PROVIDER, CPU_PROVIDER))
        if CUDA_PROVIDER in session.get_providers():
            import numpy as np

            session.run(None, {"x": np.ones((1, 1, 3, 3), np.float32)})
            return DeviceReport(CUDA, CUDA_PROVIDER, True, ", ".join(_gpu_names()))
    except Exception as error:
        return missing(f"CUDA failed in a small trial: {one_line(error, 160)}", _CUDA_REMEDY)
    lines = [line for line in said.getvalue().splitlines() if line.startswith("Failed to load")]
    return missing(f"CUDA's libraries are missing ({one_line(lines[0], 120) if lines else 'unknown'})", _CUDA_REMEDY)


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
