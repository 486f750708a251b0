"""An export from plan to report: renders in the caller's thread, encodes and writes beside it, in a fixed order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from creator.character import Character
from creator.description import alt_text
from creator.export import files
from creator.export.credits import CREDITS_FILE, credits_text
from creator.export.crops import FacePlace, Landmarks, crop_frame, face_place, whole_pixels
from creator.export.files import FileState
from creator.export.finishing import finished, finished_maps, finished_set
from creator.export.looks import OWN
from creator.export.plan import Existing, ExportJob, ExportPlan, PlannedSet, Shot, files_of, plan_export
from creator.export.portrait_set import ExportFile, Portrait, PortraitSet
from creator.export.steadiness import Steadiness, steadiness
from creator.generator import FULL, PortraitMaps, PortraitRenderer, RenderRequest
from creator.manifest import ModelStamp
from creator.provenance import Origin, recipe
from creator.resampling import Frame

_MAXIMUM_WORKERS = 16
_PICTURES_AHEAD = 32  # rendered, but not yet written: bounds the memory


@dataclass(frozen=True)
class PictureRendered:
    """A picture was rendered: ``done`` of ``total``."""

    done: int
    total: int
    name: str


@dataclass(frozen=True)
class FileDone:
    """A file has reached its final state; files come in the plan's order."""

    path: str
    state: FileState


@dataclass(frozen=True)
class FileMade:
    """The bytes of a file, before its :class:`FileDone`; only told of when they were asked for."""

    path: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class ExportReport:
    """What an export did. ``steadiness``: one entry for each character whose set was measured."""

    preset: str
    folder: str
    device: str
    model: ModelStamp
    dry_run: bool
    files: tuple[FileDone, ...]
    steadiness: tuple[Steadiness, ...] = ()
    notices: tuple[str, ...] = ()

    def count(self, state: FileState) -> int:
        return sum(file.state == state for file in self.files)

    def summary(self) -> str:
        """A line such as "3 new, 1 changed, 8 unchanged"."""
        states: tuple[FileState, ...] = ("new", "changed", "unchanged", "skipped")
        told = [f"{self.count(state)} {state}" for state in states if self.count(state)]
        return ", ".join(told) or "nothing to do"

    def to_json(self) -> dict[str, Any]:
        """A plain dictionary; equal exports give equal ones."""
        return asdict(self)


@dataclass(frozen=True)
class ExportFinished:
    """The last event."""

    report: ExportReport


ExportEvent = PictureRendered | FileMade | FileDone | ExportFinished


def export_portraits(
    job: ExportJob, renderer: PortraitRenderer, plan: ExportPlan | None = None, with_data: bool = False
) -> Iterator[ExportEvent]:
    """Run ``job`` and tell what happens; the last event is :class:`ExportFinished`.

    To stop iterating is to cancel: files under way become whole, later ones are not begun. ``plan``: what
    :func:`plan_export` gave, if it has been made already. ``with_data``: also tell each file's bytes. The same job
    gives the same bytes, whoever asks. Raises :class:`CreatorError`; all files told of before are whole.
    """
    plan = plan or plan_export(job, renderer.manifest)
    run = _Run(job, plan, renderer, with_data)
    try:
        yield from run.events()
    finally:
        run.pool.shutdown(wait=True, cancel_futures=True)


@runtime_checkable
class MapRenderer(Protocol):
    """A renderer that also knows what lies under the picture; None where its model does not."""

    def render_maps(self, character: Character) -> PortraitMaps | None: ...

    def landmarks(self, character: Character) -> dict[str, tuple[float, float]] | None: ...


@dataclass(eq=False)
class _Drawing:
    """A set whose pictures are rendered, and being finished."""

    planned: PlannedSet
    portraits: list[Future[Portrait]] = field(default_factory=list)
    landmarks: dict[str, list[Landmarks]] = field(default_factory=dict)


class _Run:
    def __init__(self, job: ExportJob, plan: ExportPlan, renderer: PortraitRenderer, with_data: bool) -> None:
        self.job, self.plan, self.renderer, self.with_data = job, plan, renderer, with_data
        self.stamp = renderer.manifest.stamp(FULL)
        self.pool = ThreadPoolExecutor(min(_MAXIMUM_WORKERS, os.cpu_count() or 1), "export")
        self.writing: deque[tuple[str, Future[tuple[FileState, bytes]]]] = deque()
        self.done: list[FileDone] = []
        self.steadiness: list[Steadiness] = []
        self.rendered = 0
        self.device = renderer.device_name

    def events(self) -> Iterator[ExportEvent]:
        if not self.job.dry_run:
            files.make_folder(self.job.folder)
            files.sweep(self.job.folder)
        drawing: deque[_Drawing] = deque()
        for planned in self.plan.sets:
            if planned.is_skipped:
                while drawing:  # the order of the files is the plan's
                    yield from self._write(drawing.popleft())
                yield from self._written(wait=True)
                for path in planned.paths:
                    yield self._told(FileDone(path, "skipped"))
                continue
            current = _Drawing(planned)
            for shot, portrait in self._drawn(current):
                current.portraits.append(portrait)
                self.rendered += 1
                yield PictureRendered(self.rendered, self.plan.picture_count, shot.name)
                while drawing and (_is_ready(drawing[0]) or _ahead(drawing) > _PICTURES_AHEAD):
                    yield from self._write(drawing.popleft())
                yield from self._written(wait=False)
            drawing.append(current)
        while drawing:
            yield from self._write(drawing.popleft())
        yield from self._written(wait=True)
        if self.job.preset.credits and self.done:
            text = credits_text(self.renderer.manifest).encode()
            state = files.put(self.job.folder, ExportFile(CREDITS_FILE, lambda: text), self.job.dry_run)
            yield self._told(FileDone(CREDITS_FILE, state))
        yield ExportFinished(self._report())

    def _drawn(self, current: _Drawing) -> Iterator[tuple[Shot, Future[Portrait]]]:
        """Render the shots of a set; each picture is finished in the pool."""
        places: dict[str, FacePlace] = {}
        for shot in current.planned.shots:
            who = shot.tags.character
            landmarks = _landmarks(self.renderer, shot.character) if self._needs_landmarks(current.planned) else None
            if who not in places:  # one frame for all pictures of a person: that of the first
                places[who] = face_place(landmarks)
            if landmarks is not None and _keeps_still(shot):
                current.landmarks.setdefault(who, []).append(landmarks)
            result = self.renderer.render(RenderRequest(shot.character, FULL))
            self.device = result.device
            maps = _maps(self.renderer, shot.character) if self.plan.with_maps else None
            frame = whole_pixels(crop_frame(self.job.preset.crop, places[who]), result.pixels.shape[0])
            yield shot, self.pool.submit(self._finished, shot, result.pixels, maps, frame)

    def _needs_landmarks(self, planned: PlannedSet) -> bool:
        return self.job.preset.crop != "bust" or len(planned.shots) > 1

    def _finished(self, shot: Shot, pixels: NDArray[np.uint8], maps: PortraitMaps | None, frame: Frame) -> Portrait:
        preset, size = self.job.preset, self.plan.size
        words = alt_text(shot.character, self.renderer.schema)
        origin = Origin(recipe(shot.character, self.stamp), self.stamp, words) if preset.metadata else None
        kept = finished_maps(maps, size, frame) if maps is not None else None
        return Portrait(shot.tags, shot.name, finished(pixels, preset, size, frame), kept, origin, words)

    def _write(self, drawing: _Drawing) -> Iterator[ExportEvent]:
        """Hand the files of a finished set to the pool."""
        preset, size, planned = self.job.preset, self.plan.size, drawing.planned
        portraits = [portrait.result() for portrait in drawing.portraits]
        pictures = finished_set([portrait.pixels for portrait in portraits], preset, size)
        whole = tuple(replace(portrait, pixels=picture) for portrait, picture in zip(portraits, pictures, strict=True))
        origin = Origin(model=self.stamp) if preset.metadata else None
        if origin is not None and len(whole) == 1:
            origin = whole[0].origin
        for file in files_of(PortraitSet(planned.name, whole, size, preset.crop, preset.name, origin), preset):
            self.writing.append((file.path, self.pool.submit(self._put, file)))
        for who, landmarks in drawing.landmarks.items():
            measured = steadiness(who, landmarks)
            if measured is not None:
                self.steadiness.append(measured)
        yield from self._written(wait=False)

    def _put(self, file: ExportFile) -> tuple[FileState, bytes]:
        """What became of the file, and its bytes if they were asked for."""
        if self.with_data:
            data = file.content()
            file = ExportFile(file.path, lambda: data)
        state = files.put(self.job.folder, file, self.job.dry_run, keep=self.job.existing is Existing.SKIP)
        return state, data if self.with_data else b""

    def _written(self, wait: bool) -> Iterator[ExportEvent]:
        """The files that are done, in order; with ``wait`` all of them, and never more under way than is sound."""
        while self.writing and (wait or self.writing[0][1].done() or len(self.writing) > _PICTURES_AHEAD):
            path, written = self.writing.popleft()
            state, data = written.result()
            if self.with_data:
                yield FileMade(path, data)
            yield self._told(FileDone(path, state))

    def _told(self, file: FileDone) -> FileDone:
        self.done.append(file)
        return file

    def _report(self) -> ExportReport:
        notices = list(self.plan.notices)
        if self.job.preset.maps and not self.plan.with_maps:
            notices.append("this model gives no maps, so that only the pictures were written")
        return ExportReport(
            self.job.preset.name, str(self.job.folder), self.device, self.stamp, self.job.dry_run,
            tuple(self.done), tuple(self.steadiness), tuple(notices),
        )  # fmt: skip


def _keeps_still(shot: Shot) -> bool:
    return shot.look.pose in (OWN, "front")


def _is_ready(drawing: _Drawing) -> bool:
    return all(portrait.done() for portrait in drawing.portraits)


def _ahead(drawing: deque[_Drawing]) -> int:
    return sum(len(each.portraits) for each in drawing)


def _landmarks(renderer: PortraitRenderer, character: Character) -> Landmarks | None:
    found: Landmarks | None = renderer.landmarks(character) if isinstance(renderer, MapRenderer) else None
    return found


def _maps(renderer: PortraitRenderer, character: Character) -> PortraitMaps | None:
    return renderer.render_maps(character) if isinstance(renderer, MapRenderer) else None
