"""Exports in the renderer's thread, one picture at a time, so that the preview goes on between two of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from creator.attributes import AttributeSchema
from creator.character import Character
from creator.export.job import (
    ExportEvent,
    ExportFinished,
    FileDone,
    FileMade,
    MapRenderer,
    PictureRendered,
    export_portraits,
)
from creator.export.plan import ExportJob
from creator.generator import PortraitMaps, PortraitRenderer, RenderRequest, RenderResult
from creator.manifest import Manifest
from creator.ui.preview_renderer import PreviewRenderer

_REMEMBERED = 48


class RememberingRenderer:
    """Gives the last pictures again without drawing them: only the frame or the style has changed in the dialog."""

    def __init__(self, renderer: PortraitRenderer) -> None:
        self._renderer = renderer
        self._results: OrderedDict[RenderRequest, RenderResult] = OrderedDict()

    @property
    def manifest(self) -> Manifest:
        return self._renderer.manifest

    @property
    def schema(self) -> AttributeSchema:
        return self._renderer.schema

    @property
    def device_name(self) -> str:
        return self._renderer.device_name

    def render(self, request: RenderRequest) -> RenderResult:
        if request not in self._results:
            self._results[request] = self._renderer.render(request)
        self._results.move_to_end(request)
        while len(self._results) > _REMEMBERED:
            self._results.popitem(last=False)
        return self._results[request]

    def landmarks(self, character: Character) -> dict[str, tuple[float, float]] | None:
        return self._renderer.landmarks(character) if isinstance(self._renderer, MapRenderer) else None

    def render_maps(self, character: Character) -> PortraitMaps | None:
        return self._renderer.render_maps(character) if isinstance(self._renderer, MapRenderer) else None


class ExportRunner(QObject):
    """Runs one export after the other. A new one takes the place of the one under way.

    ``rendered``: pictures done and to be done. ``made``: path and bytes of a file, where they were asked for.
    ``written``: path and state of a file. ``finished``: the report. ``failed``: why it ended. ``ended``: it is over, in
    whichever way. Signals arrive in the thread that made this object.
    """

    rendered = Signal(int, int)
    made = Signal(str, bytes)
    written = Signal(str, str)
    finished = Signal(object)
    failed = Signal(str)
    ended = Signal()

    def __init__(self, renderer: PreviewRenderer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._renderer = renderer
        self._remembering: RememberingRenderer | None = None
        self._current: _Steps | None = None

    @property
    def is_running(self) -> bool:
        return self._current is not None

    def start(self, job: ExportJob, with_data: bool = False) -> None:
        """Begin ``job``; ``with_data``: also tell each file's bytes."""
        self.cancel()
        if self._remembering is None:
            self._remembering = RememberingRenderer(self._renderer.renderer)
        self._current = _Steps(job, self._remembering, with_data)
        self._go_on(self._current)

    def cancel(self) -> None:
        """Stop after the picture under way. Files are whole or not there. Nothing more is told but ``ended``."""
        current, self._current = self._current, None
        if current is not None:
            self._renderer.submit(lambda _renderer: current.stop(), lambda _error: None)
            self.ended.emit()

    def _go_on(self, steps: _Steps) -> None:
        self._renderer.submit(lambda _renderer: steps.step(), lambda error: self._on_step(steps, error))

    def _on_step(self, steps: _Steps, error: str) -> None:
        events = steps.taken()
        if steps is not self._current:
            return
        report = None
        for event in events:
            match event:
                case PictureRendered(done, total):
                    self.rendered.emit(done, total)
                case FileMade(path, data):
                    self.made.emit(path, data)
                case FileDone(path, state):
                    self.written.emit(path, state)
                case ExportFinished():
                    report = event.report
            if steps is not self._current:
                return  # a listener has begun another one
        if error or report is not None:
            self._current = None
            if error:
                self.failed.emit(error)
            else:
                self.finished.emit(report)
            self.ended.emit()
        else:
            self._go_on(steps)


class _Steps:
    """An export under way. All but :meth:`taken` is done in the worker; no two steps run at once."""

    def __init__(self, job: ExportJob, renderer: PortraitRenderer, with_data: bool) -> None:
        self._job, self._with_data, self._renderer = job, with_data, renderer
        self._events: Iterator[ExportEvent] | None = None
        self._told: list[ExportEvent] = []
        self._stopped = False

    def step(self) -> None:
        """Go on until a picture has been rendered; the last picture is followed by all that is left."""
        if self._stopped:
            return
        if self._events is None:
            self._events = export_portraits(self._job, self._renderer, with_data=self._with_data)
        for event in self._events:
            self._told.append(event)
            if isinstance(event, PictureRendered) and event.done < event.total:
                return

    def stop(self) -> None:
        self._stopped = True
        close = getattr(self._events, "close", None)
        if close is not None:
            close()

    def taken(self) -> list[ExportEvent]:
        """What has happened since the last call; in the window's thread, between two steps."""
        told, self._told = self._told, []
        return told
