"""Pictures for the window: one worker thread, one pending slot, the newest request wins; the rest when it is idle."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops
from PySide6.QtCore import QObject, QThread, Signal

from creator.character import Character
from creator.errors import CreatorError
from creator.generator import DRAFT, FULL, PortraitRenderer, RenderRequest, RenderResult
from creator.ui.error_text import error_text

STILL_SECONDS = 0.25  # a slider that is held, but not moved for so long, gets its full picture too

StandIn = Callable[[Character], NDArray[np.uint8] | None]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Wanted:
    sequence: int
    character: Character
    live: bool
    since: float


@dataclass(frozen=True, eq=False)
class Frame:
    """A finished picture and the number of the request that it answers.

    ``scaled``: the picture at the size it is shown: uint8, shape (side, side, 4), premultiplied RGBA.
    """

    sequence: int
    result: RenderResult
    scaled: NDArray[np.uint8]


@dataclass(eq=False)
class _Job:
    work: Callable[[PortraitRenderer], None]
    done: Callable[[str], None]
    error: str = ""


@dataclass(frozen=True)
class BackgroundTask:
    """Something to draw in idle moments, such as a thumbnail. ``work`` runs in the worker and should be one picture."""

    key: Hashable
    work: Callable[[PortraitRenderer], object]


@dataclass(frozen=True, eq=False)
class BackgroundResult:
    """What became of a :class:`BackgroundTask`: ``value`` is what its work returned, or ``error`` says what failed."""

    client: str
    key: Hashable
    value: object
    error: str = ""


@dataclass(frozen=True, eq=False)
class _Background:
    client: str
    task: BackgroundTask


class PreviewRenderer(QThread):
    """Loads the model and draws, both in its own thread; only frozen values cross over.

    Each request is drawn as a draft. When no newer one is pending and the slider rests, the full picture follows.
    ``frame_ready`` and ``render_failed`` carry the request's number; whoever listens fetches the newest :attr:`frame`,
    so that slow listeners make no queue. Signals arrive in the thread that made this object.

    Background tasks (:meth:`set_background`) are done one by one while no picture is wanted: not between the draft and
    the full picture, and not while a slider is held and has not got its full picture.

    ``stand_in`` may be set once, before the first request: asked in the worker for a draft of a character that is being
    moved, it returns the pixels of a picture, or None where the model has to draw.
    """

    loaded = Signal()
    load_failed = Signal(str)
    frame_ready = Signal(int)
    render_failed = Signal(int, str)
    background_done = Signal(object)
    _job_ended = Signal(object)

    def __init__(self, load: Callable[[], PortraitRenderer], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._load = load
        self.stand_in: StandIn | None = None
        self._renderer: PortraitRenderer | None = None
        self._changed = threading.Condition()
        # Guarded by _changed:
        self._sequence = 0
        self._pending: _Wanted | None = None  # not begun
        self._drafted: _Wanted | None = None  # its draft is begun or done, its full picture not
        self._finished: Character | None = None  # its full picture is begun or done
        self._jobs: deque[_Job] = deque()
        self._background: dict[str, deque[BackgroundTask]] = {}  # by client, the one that asked last at the end
        self._closing = False
        self._frame: Frame | None = None
        self._side = 0
        self._job_ended.connect(self._end_job)

    # In the window's thread

    @property
    def renderer(self) -> PortraitRenderer:
        """The loaded model. Only after ``loaded``; rendering with it is this thread's own business."""
        assert self._renderer is not None
        return self._renderer

    @property
    def frame(self) -> Frame | None:
        """The newest picture."""
        with self._changed:
            return self._frame

    def request(self, character: Character, live: bool) -> int:
        """Ask for a picture; return its number. ``live``: a slider is being moved."""
        with self._changed:
            self._sequence += 1
            wanted = _Wanted(self._sequence, character, live, time.monotonic())
            if self._pending is None and self._drafted is not None and self._drafted.character == character:
                self._drafted = wanted
            elif self._pending is not None or self._finished != character:
                self._pending, self._drafted, self._finished = wanted, None, None
            self._changed.notify()
            return wanted.sequence

    def show_at(self, side: int) -> None:
        """From now on pictures are scaled to ``side`` device pixels, the present one as soon as nothing is pending."""
        with self._changed:
            self._side = side
            self._changed.notify()

    def submit(self, work: Callable[[PortraitRenderer], None], done: Callable[[str], None]) -> None:
        """Do ``work`` in the worker before further pictures; then call ``done`` here with "" or the error's text."""
        with self._changed:
            self._jobs.append(_Job(work, done))
            self._changed.notify()

    def set_background(self, client: str, tasks: Iterable[BackgroundTask]) -> None:
        """Do ``tasks`` in idle moments, in their order, instead of what ``client`` wanted before and has not got.

        Whoever asked last is served first. Each task that is done arrives as ``background_done``, with a
        :class:`BackgroundResult`; the one being worked on while the list changes arrives all the same.
        """
        with self._changed:
            self._background.pop(client, None)
            wanted = deque(tasks)
            if wanted:
                self._background[client] = wanted
                self._changed.notify()

    def close(self, timeout_seconds: float = 5.0) -> bool:
        """Forget the pending picture, finish the jobs, end the thread; return whether it ended in time."""
        with self._changed:
            self._closing = True
            self._pending = self._drafted = None
            self._background.clear()
            self._changed.notify()
        return self.wait(int(timeout_seconds * 1000))

    def _end_job(self, job: _Job) -> None:
        job.done(job.error)

    # In the worker

    def run(self) -> None:
        try:
            renderer = self._load()
        except Exception as error:
            self.load_failed.emit(_text(error))
            return
        self._renderer = renderer
        self.loaded.emit()
        while (task := self._next()) is not None:
            if isinstance(task, _Job):
                self._work(task, renderer)
            elif isinstance(task, Frame):
                self._publish(task.sequence, task.result)
            elif isinstance(task, _Background):
                self._work_in_background(task, renderer)
            else:
                self._draw(*task, renderer)

    def _next(self) -> _Job | Frame | _Background | tuple[_Wanted, str] | None:
        """Wait for something to do; None when the window closes."""
        with self._changed:
            while True:
                if self._jobs:
                    return self._jobs.popleft()
                if self._closing:
                    return None
                if self._pending is not None:
                    wanted, self._pending = self._pending, None
                    self._drafted = wanted
                    return wanted, DRAFT
                delay: float | None = None
                if self._drafted is not None:
                    delay = self._drafted.since + STILL_SECONDS - time.monotonic() if self._drafted.live else 0.0
                    if delay <= 0:
                        wanted, self._drafted = self._drafted, None
                        self._finished = wanted.character
                        return wanted, FULL
                if self._frame is not None and self._side not in (0, self._frame.scaled.shape[0]):
                    return self._frame  # the view has another size now
                if self._background and self._drafted is None:
                    return self._next_in_background()
                self._changed.wait(delay)

    def _next_in_background(self) -> _Background:
        client, tasks = next(reversed(self._background.items()))
        task = tasks.popleft()
        if not tasks:
            del self._background[client]
        return _Background(client, task)

    def _draw(self, wanted: _Wanted, variant: str, renderer: PortraitRenderer) -> None:
        try:
            result = self._stood_in(wanted, variant, renderer)
            result = result or renderer.render(RenderRequest(wanted.character, variant))
        except Exception as error:
            with self._changed:
                if self._drafted is wanted:
                    self._drafted = None
                self._finished = None
                closing = self._closing
            if not closing:
                self.render_failed.emit(wanted.sequence, _text(error))
            return
        self._publish(wanted.sequence, result)

    def _stood_in(self, wanted: _Wanted, variant: str, renderer: PortraitRenderer) -> RenderResult | None:
        """A draft that needs no drawing, while something is being moved."""
        if self.stand_in is None or variant != DRAFT or not wanted.live:
            return None
        began = time.perf_counter()
        pixels = self.stand_in(wanted.character)
        if pixels is None:
            return None
        milliseconds = (time.perf_counter() - began) * 1000.0
        return RenderResult(RenderRequest(wanted.character, DRAFT), pixels, milliseconds, renderer.device_name)

    def _publish(self, sequence: int, result: RenderResult) -> None:
        scaled = enlarged(result.pixels, self._side or result.pixels.shape[0])
        with self._changed:
            self._frame = Frame(sequence, result, scaled)
            closing = self._closing
        if not closing:
            self.frame_ready.emit(sequence)

    def _work(self, job: _Job, renderer: PortraitRenderer) -> None:
        try:
            job.work(renderer)
        except Exception as error:
            job.error = _text(error)
        self._job_ended.emit(job)

    def _work_in_background(self, wanted: _Background, renderer: PortraitRenderer) -> None:
        client, task = wanted.client, wanted.task
        try:
            result = BackgroundResult(client, task.key, task.work(renderer))
        except Exception as error:
            result = BackgroundResult(client, task.key, None, _text(error))
        with self._changed:
            closing = self._closing
        if not closing:
            self.background_done.emit(result)


def enlarged(pixels: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Scale a premultiplied picture smoothly for the screen. Colours stay at or below alpha, as Qt's blending needs."""
    if side == pixels.shape[0]:
        return pixels
    image = Image.frombuffer("RGBX", pixels.shape[1::-1], pixels, "raw", "RGBX", 0, 1)  # X: alpha is one more plane
    scaled = image.resize((side, side), Image.Resampling.BICUBIC)
    alpha = scaled.getchannel("X")
    return np.asarray(ImageChops.darker(scaled, Image.merge("RGBX", (alpha, alpha, alpha, alpha))))


def _text(error: Exception) -> str:
    if isinstance(error, CreatorError):
        return error_text(error)
    _log.error("unexpected error in the worker", exc_info=error)
    return f"unexpected {type(error).__name__}: {error}"
