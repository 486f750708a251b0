"""The generator: one character in, one picture out; its maps and landmarks where the model has them.

A model has several graphs for a picture. Which one runs where is settled here: on each device the quickest precision
that passes its self-test, and with "auto" the quickest device. When a device fails, the next one takes over.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from creator import devices, paths
from creator.attributes import AttributeSchema
from creator.character import Character
from creator.devices import AUTO, CPU
from creator.errors import CreatorError, DeviceError, ModelError, RenderError
from creator.graph_runner import BoundRunner, GraphRunner, PlainRunner
from creator.manifest import (
    DRAFT,
    FULL,
    LANDMARKS,
    MAPS,
    REMEDY,
    Graph,
    Manifest,
    ModelStamp,
    load_manifest,
    read_graph,
)
from creator.onnx_graph import check_graph, select_outputs
from creator.self_test import generator_inputs, psnr, trial_people
from creator.trial_results import Trial, TrialResults
from creator.untrusted_model import try_apart

__all__ = [
    "DRAFT", "FULL", "MASK_NAMES", "Generator", "PortraitMaps", "PortraitRenderer", "RenderRequest", "RenderResult",
]  # fmt: skip

MASK_NAMES = ("skin", "lips", "eyes", "brows", "hair", "beard", "teeth", "clothes")
BATCH = 8
"""People in one run, on devices that gain from it; a CPU does not."""

RIGHT_PSNR = 40.0
"""Decibels at which a device's picture counts as the CPU's. For lower precision: what it had when it was exported."""

_log = logging.getLogger(__name__)

_ALLOWANCE = 1.0  # decibels: the export's machine rounded a little otherwise
_TIMED_RUNS = 3
_WARM_UP_RUNS = 2


@dataclass(frozen=True)
class RenderRequest:
    """All that a picture needs. Equal requests give equal pictures. ``variant`` is "draft" or "full"."""

    character: Character
    variant: str = FULL


@dataclass(frozen=True, eq=False)
class RenderResult:
    """A picture and what is true of it.

    ``pixels``: uint8, shape (S, S, 4), RGBA, sRGB values premultiplied by alpha, read-only. ``milliseconds``: from the
    request to the pixels. ``device``: what really ran, such as "CPU" or "CUDA (NVIDIA H100)". ``model``: the weights.
    """

    request: RenderRequest
    pixels: NDArray[np.uint8]
    milliseconds: float
    device: str
    model: ModelStamp | None = None


@dataclass(frozen=True, eq=False)
class PortraitMaps:
    """What a game needs to relight a picture, pixel by pixel for the full picture of the same character.

    ``albedo``: uint8 (S, S, 3), sRGB, premultiplied by alpha. ``normals``: uint8 (S, S, 3), 128 + 127 n in camera
    space, x right, y up, z to the viewer. ``depth``: float16 (S, S), 0 at the eyes, in units of eye line to chin,
    larger is nearer. ``masks``: uint8 (S, S, 8), in the order of :data:`MASK_NAMES`. All read-only.
    """

    albedo: NDArray[np.uint8]
    normals: NDArray[np.uint8]
    depth: NDArray[np.float16]
    masks: NDArray[np.uint8]


class PortraitRenderer(Protocol):
    """The inference boundary: what the window and the command line know of a generator."""

    @property
    def manifest(self) -> Manifest: ...

    @property
    def schema(self) -> AttributeSchema: ...

    @property
    def device_name(self) -> str: ...

    def render(self, request: RenderRequest) -> RenderResult: ...


@dataclass(frozen=True, eq=False)
class _Opened:
    """A graph's session on a device. ``recorded``: CUDA records its kernels. ``warm``: its slow first runs are over."""

    graph: Graph
    runner: GraphRunner
    device: str
    device_name: str
    several: bool
    recorded: bool
    warm: bool = False


class Generator:
    """Runs a model's graphs with ONNX Runtime. Made by :meth:`load`; one thread renders at a time."""

    def __init__(self, manifest: Manifest, device: str, trials: TrialResults) -> None:
        self.manifest = manifest
        self._device = device
        self._trials = trials
        self._lock = threading.RLock()
        self._opened: dict[tuple[str, bool], _Opened] = {}  # by picture, and whether for several people
        self._first: _Opened | None = None  # asked by other threads while the rest is made ready
        self._order: tuple[str, ...] = ()  # the devices to use, best first
        self._reason = ""
        self._failed: dict[str, str] = {}  # devices that are left alone, and why
        self._files: dict[str, bytes] = {}  # checked, while sessions are being made

    @staticmethod
    def load(folder: Path | None = None, device: str = AUTO, first: str = DRAFT) -> Generator:
        """Open a model (by default the bundled one) on ``device`` ("auto", or one of ``devices.DEVICE_CHOICES``).

        The graph ``first`` is made ready now, the others when first used or by :meth:`prepare`.
        A model from elsewhere runs in a process of its own the first time. Raises :class:`ModelError` for a missing,
        damaged or hostile model and :class:`DeviceError` for a device that cannot run.
        """
        manifest = load_manifest(paths.model_folder() if folder is None else folder)
        trials = TrialResults(paths.user_cache_folder())
        _meet(manifest, trials)
        generator = Generator(manifest, device, trials)
        generator.prepare(first)
        return generator

    @property
    def schema(self) -> AttributeSchema:
        return self.manifest.schema

    @property
    def device(self) -> str:
        """What was asked for, such as "auto"."""
        return self._device

    @property
    def device_name(self) -> str:
        """What really runs, such as "CPU" or "CUDA (NVIDIA H100)"."""
        return self._first.device_name if self._first else ""

    @property
    def precision(self) -> str:
        """The arithmetic of what runs: "fp32", "fp16" or "int8"."""
        return self._first.graph.precision if self._first else ""

    @property
    def device_reason(self) -> str:
        """Why "auto" fell to the CPU, in one line; empty when nothing better was to be had or the device was chosen."""
        return self._reason

    def prepare(self, variant: str) -> None:
        """Make the graph ``variant`` ready, so that its first picture comes without delay."""
        self._ready(variant)

    def needs_trial(self, device: str) -> bool:
        """Whether ``device`` has not yet shown on this machine what it makes of draft and full picture."""
        for picture in (DRAFT, FULL):
            for graph in _preferred(self.manifest.graphs_of(picture), device):
                trial = self._trials.get(_trial_key(graph, device))
                if trial is None:
                    return True
                if _passed(trial, graph):
                    break
        return False

    def keep_trials(self, trials: Mapping[str, Trial]) -> None:
        """Keep what another process found out with the same model on this machine, by the keys it used."""
        for key, trial in trials.items():
            self._trials.put(key, trial)

    def opened_on(self, device: str, failed: Mapping[str, str] = MappingProxyType({})) -> Generator:
        """The same model on another device, or on the same again, with draft and full picture open: see :meth:`adopt`.

        For any thread, while this one draws. On a device that has had its trial nothing runs yet, except on the CPU.
        ``failed``: devices to leave alone, and why. Raises :class:`DeviceError`, :class:`ModelError` or
        :class:`UsageError`.
        """
        other = Generator(self.manifest, device, self._trials)
        other._failed = dict(failed)
        for picture in (DRAFT, FULL):
            opened = other._open(picture, several=False)
            other._opened[picture, False] = other._warmed(opened) if opened.device == CPU else opened
        other._first = other._opened[DRAFT, False]
        other._files.clear()
        return other

    def adopt(self, other: Generator) -> None:
        """Draw as ``other`` would from now on. For the thread that draws, where ``other`` makes its first runs.

        Raises :class:`DeviceError` or :class:`RenderError`; the present device then stays.
        """
        for picture in (DRAFT, FULL):
            other.prepare(picture)
        with self._lock:
            self._device, self._order, self._reason = other._device, other._order, other._reason
            self._opened, self._first, self._failed = other._opened, other._first, other._failed

    def render(self, request: RenderRequest) -> RenderResult:
        """Make the picture. Raises :class:`RenderError` (or :class:`ModelError` when its graph is damaged)."""
        self._ready(request.variant)
        start = time.perf_counter()
        (pixels,), opened = self._run(request.variant, (request.character,))
        milliseconds = (time.perf_counter() - start) * 1000.0
        stamp = self.manifest.stamp(request.variant)
        return RenderResult(request, _frozen(pixels[0]), milliseconds, opened.device_name, stamp)

    def render_maps(self, character: Character) -> PortraitMaps | None:
        """The maps of the full picture, or None if the model makes none. Raises :class:`RenderError`."""
        if MAPS not in self.manifest.pictures:
            return None
        albedo, normals, depth, masks = self._run(MAPS, (character,))[0]
        return PortraitMaps(_frozen(albedo[0]), _frozen(normals[0]), _frozen(depth[0, ..., 0]), _frozen(masks[0]))

    def landmarks(self, character: Character) -> dict[str, tuple[float, float]] | None:
        """Named points (x, y) in 0..1 of the picture's side, x right, y down; they may lie outside the picture.

        None if the model gives none. Raises :class:`RenderError`.
        """
        if LANDMARKS not in self.manifest.pictures:
            return None
        points = self._run(LANDMARKS, (character,))[0][0][0]
        return {
            name: (float(x), float(y)) for name, (x, y) in zip(self.manifest.landmark_names, points[:, :2], strict=True)
        }

    def render_batch(self, characters: Iterable[Character]) -> Iterator[NDArray[np.uint8]]:
        """The full pictures of many characters, in order, several at a time where that is quicker.

        Raises :class:`RenderError`. To stop iterating is to stop.
        """
        waiting = iter(characters)
        while some := tuple(islice(waiting, self._people_at_once())):
            yield from map(_frozen, self._run(FULL, some)[0][0])

    def _people_at_once(self) -> int:
        opened = self._ready(FULL)
        return BATCH if opened.device != CPU and opened.graph.batch is None else 1

    def _run(self, picture: str, characters: Sequence[Character]) -> tuple[list[NDArray[Any]], _Opened]:
        """The outputs of ``picture``'s graph, on the first device that does not fail, and what made them."""
        feeds = generator_inputs(self.schema, self.manifest.identity_size, characters)
        while True:
            opened = self._ready(picture, several=len(characters) > 1)
            try:
                return opened.runner.run(feeds), opened
            except Exception as error:  # ONNX Runtime's errors share no base of their own
                self._give_up(opened, error)

    def _give_up(self, failed: _Opened, error: Exception) -> None:
        """Leave a device whose run failed. Raises :class:`RenderError` if no other one may take over."""
        reason = devices.explained(error)
        with self._lock:
            self._opened = {key: opened for key, opened in self._opened.items() if opened.device != failed.device}
            if self._device != AUTO or failed.device == CPU:  # the next request makes the sessions anew
                raise RenderError(f"the picture could not be made on {failed.device_name}: {reason}") from error
            self._failed[failed.device] = self._reason = f"{failed.device_name} failed: {reason}"
            self._first = None

    # Which graph where

    def _ready(self, picture: str, several: bool = False) -> _Opened:
        """The graph of ``picture``, open and warm, on the first device that does not fail."""
        with self._lock:
            key = (picture, several)
            while True:
                opened = self._opened.get(key) or self._open(picture, several)
                try:
                    self._opened[key] = warm = self._warmed(opened)
                except CreatorError:
                    raise
                except Exception as error:
                    self._give_up(opened, error)
                    continue
                self._first = self._first or warm
                self._files.clear()
                return warm

    def _open(self, picture: str, several: bool) -> _Opened:
        graphs = self.manifest.graphs_of(picture)
        if picture == LANDMARKS:  # a few points are no work for a GPU
            return self._open_graph(graphs[0], CPU, several)
        if not self._order:
            self._order = self._best_first()
        reasons = list(self._failed.values())
        for device in (name for name in self._order if name not in self._failed):
            for graph in _preferred(graphs, device):
                opened, reason = self._tried(graph, device, several)
                if opened is not None:
                    self._reason = self._reason or "; ".join(reasons[:1])
                    return opened
                if device != CPU:  # on the CPU another precision follows
                    reasons.append(reason)
        raise DeviceError(f"{reasons[0]}; use --device cpu")

    def _best_first(self) -> tuple[str, ...]:
        """The devices to use: with "auto", where a GPU works, as quick as their self-tests were."""
        found = devices.candidates(self._device)
        self._reason = found.reason
        if len(found.names) == 1:
            return found.names
        times = {}
        for device in (name for name in found.names if name not in self._failed):
            for graph in _preferred(self.manifest.graphs_of(FULL), device):
                trial = self._trial(graph, device, None)
                if _passed(trial, graph):
                    times[device] = trial.milliseconds
                    break
                if device != CPU:
                    self._reason = self._reason or _rejection(trial, graph, device)
        return tuple(sorted(times, key=lambda device: times[device])) or (CPU,)

    def _tried(self, graph: Graph, device: str, several: bool) -> tuple[_Opened | None, str]:
        """The graph ready to run, or None and the reason why it must not."""
        try:
            opened = self._open_graph(graph, device, several)
        except DeviceError as error:
            return None, str(error)
        if graph.picture not in (DRAFT, FULL) or (device == CPU and graph == self.manifest.variant(graph.picture)):
            return opened, ""  # the reference itself; and maps go with the picture that passed
        trial = self._trial(graph, device, opened)
        return (opened, "") if _passed(trial, graph) else (None, _rejection(trial, graph, device))

    def _trial(self, graph: Graph, device: str, opened: _Opened | None) -> Trial:
        """What the self-test of ``graph`` on ``device`` gave, now or earlier on this machine."""
        key = _trial_key(graph, device)
        trial = self._trials.get(key)
        if trial is None:
            try:
                trial = self._self_test(graph, opened or self._open_graph(graph, device, several=False))
            except ModelError:
                raise
            except Exception as error:
                trial = Trial(0.0, 0.0, devices.explained(error))
            self._trials.put(key, trial)
        return trial

    def _self_test(self, graph: Graph, opened: _Opened) -> Trial:
        """Draw the people of the trial here and with the precise graph on the CPU; compare, and take the time."""
        reference = self.manifest.variant(graph.picture)
        precise = self._open_graph(reference, CPU, several=False)
        opened = self._warmed(opened)
        worst, times = np.inf, []
        for person in trial_people(self.schema):
            feeds = generator_inputs(self.schema, self.manifest.identity_size, (person,))
            wanted = precise.runner.run(feeds)[0]
            for _ in range(_TIMED_RUNS):
                start = time.perf_counter()
                found = opened.runner.run(feeds)[0]
                times.append((time.perf_counter() - start) * 1000.0)
            worst = min(worst, psnr(found, wanted))
        return Trial(float(worst), min(times))

    def _open_graph(self, graph: Graph, device: str, several: bool) -> _Opened:
        """A session of the graph; nothing has run yet."""
        if device == devices.CUDA and not several:
            try:
                return self._session(graph, device, several, recorded=True)
            except DeviceError as error:
                _log.info("CUDA cannot record the %s picture: %s", graph.picture, error)
        return self._session(graph, device, several, recorded=False)

    def _session(self, graph: Graph, device: str, several: bool, recorded: bool) -> _Opened:
        batch = None if several else 1
        opened = devices.open_session(self._part(graph), device, batch, recorded)
        _check_signature(opened.session, self.manifest, graph, batch)
        runner: GraphRunner
        if device == CPU or several:
            runner = PlainRunner(opened.session, graph.outputs)
        else:
            runner = BoundRunner(opened.session, graph.outputs, device, self._example())
        return _Opened(graph, runner, device, opened.device_name, several, recorded)

    def _part(self, graph: Graph) -> bytes:
        """The checked graph, cut down to the outputs that are meant."""
        if graph.file not in self._files:
            data = read_graph(self.manifest, graph)
            check_graph(data, str(self.manifest.folder / graph.file))
            self._files[graph.file] = data
        return select_outputs(self._files[graph.file], graph.outputs)

    def _warmed(self, opened: _Opened) -> _Opened:
        """``opened`` after its first runs, which are slow. Raises what ONNX Runtime raises.

        For the thread that draws: what CUDA records belongs to a thread.
        """
        if opened.warm:
            return opened
        runs = _WARM_UP_RUNS if opened.graph.picture in (DRAFT, FULL) and not opened.several else 0
        try:
            for _ in range(runs):
                opened.runner.run(self._example())
        except Exception as error:
            if not opened.recorded:
                raise
            _log.info("CUDA cannot record the %s picture: %s", opened.graph.picture, error)
            plain = self._session(opened.graph, opened.device, opened.several, recorded=False)
            return self._warmed(plain)  # some kernel cannot be recorded: it runs without
        return replace(opened, warm=True)

    def _example(self) -> dict[str, NDArray[np.float32]]:
        return generator_inputs(self.schema, self.manifest.identity_size, trial_people(self.schema)[:1])


def _meet(manifest: Manifest, trials: TrialResults) -> None:
    """Let a model that did not come with Facewright run elsewhere first, once on this machine."""
    if manifest.folder.resolve() == paths.bundled_model_folder().resolve():
        return
    files = sorted({graph.sha256 for graph in manifest.graphs})
    digest = hashlib.sha256(" ".join(files).encode()).hexdigest()
    key = f"first run of {digest[:24]} {devices.runtime_version()}"
    if trials.get(key) is None:
        try_apart(manifest)
        trials.put(key, Trial(0.0, 0.0))


def _preferred(graphs: Sequence[Graph], device: str) -> list[Graph]:
    """The graphs that suit a device, quickest first."""
    order = ("int8", "fp32") if device == CPU else ("fp16", "fp32")
    return sorted((g for g in graphs if g.precision in order), key=lambda graph: order.index(graph.precision))


def _trial_key(graph: Graph, device: str) -> str:
    """All that the outcome of a self-test depends on."""
    detail = devices.device_report(device).detail
    return f"{graph.sha256[:24]} {graph.picture} {device} {detail} {devices.runtime_version()}"


def _needed(graph: Graph) -> float:
    """Decibels that the graph must reach in its self-test."""
    return RIGHT_PSNR if graph.psnr is None else min(RIGHT_PSNR, graph.psnr - _ALLOWANCE)


def _passed(trial: Trial, graph: Graph) -> bool:
    return not trial.error and trial.psnr >= _needed(graph)


def _rejection(trial: Trial, graph: Graph, device: str) -> str:
    label = "the CPU" if device == CPU else devices.KINDS[device].label
    reason = trial.error or f"its picture is {trial.psnr:.0f} dB from the CPU's, {_needed(graph):.0f} are needed"
    return f"{label} cannot run this model in {graph.precision}: {reason}"


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    whole = np.ascontiguousarray(array)
    whole.flags.writeable = False
    return whole


_OUTPUT_FORMS: dict[str, tuple[tuple[str, int], ...]] = {
    DRAFT: (("tensor(uint8)", 4),),
    FULL: (("tensor(uint8)", 4),),
    MAPS: (("tensor(uint8)", 3), ("tensor(uint8)", 3), ("tensor(float16)", 1), ("tensor(uint8)", 8)),
}
"""Element type and channels of each picture's outputs, (B, S, S, channels)."""


def _check_signature(session: Any, manifest: Manifest, graph: Graph, batch: int | None) -> None:
    """Raise :class:`ModelError` unless the graph takes and gives exactly what the manifest says."""
    batch = batch or graph.batch

    def form(node: Any) -> tuple[Any, ...]:
        people, *rest = node.shape
        return (node.name, node.type, people if isinstance(people, int) else None, *rest)

    taken = {
        ("attributes", "tensor(float)", batch, manifest.schema.encoded_size),
        ("identity", "tensor(float)", batch, manifest.identity_size),
    }
    given: set[tuple[Any, ...]]
    if graph.picture == LANDMARKS:
        given = {(graph.outputs[0], "tensor(float)", batch, len(manifest.landmark_names), 3)}
    else:
        given = {
            (name, kind, batch, graph.size, graph.size, channels)
            for name, (kind, channels) in zip(graph.outputs, _OUTPUT_FORMS[graph.picture], strict=True)
        }
    found = {form(node) for node in session.get_outputs()}
    if {form(node) for node in session.get_inputs()} != taken or found != given:
        raise ModelError(
            f"the model is damaged: '{manifest.folder / graph.file}' does not take and give "
            f"what its manifest says; {REMEDY}"
        )
