"""A renderer of plain shapes that knows landmarks and maps, and ready-made presets and jobs."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from creator import paths
from creator.attributes import AttributeSchema
from creator.character import Character, new_character
from creator.export.cast import CastMember
from creator.export.job import ExportEvent, ExportFinished, ExportReport, export_portraits
from creator.export.plan import Existing, ExportJob
from creator.export.presets import Preset
from creator.generator import Generator, PortraitMaps, RenderRequest, RenderResult
from creator.manifest import Manifest

SIDE = 64


class DrawnRenderer:
    """Draws a head on shoulders, coloured by the character; moves the eyes by a pixel when the person is sad."""

    def __init__(self, manifest: Manifest, side: int = SIDE) -> None:
        full = replace(manifest.variant("full"), size=side)
        maps = replace(full, picture="maps", outputs=("albedo", "normals", "depth", "masks"))
        self.manifest = replace(manifest, graphs=(manifest.variant("draft"), full, maps))
        self.side = side
        self.requests: list[RenderRequest] = []
        self.threads: set[int] = set()
        self.before_render: Callable[[int], None] = lambda count: None
        self.gives_landmarks = True

    @property
    def schema(self) -> AttributeSchema:
        return self.manifest.schema

    @property
    def device_name(self) -> str:
        return "Drawn"

    def render(self, request: RenderRequest) -> RenderResult:
        self.before_render(len(self.requests))
        self.requests.append(request)
        self.threads.add(threading.get_ident())
        return RenderResult(request, head(self.side, request.character), 1.0, "Drawn", self.manifest.stamp("full"))

    def landmarks(self, character: Character) -> dict[str, tuple[float, float]] | None:
        if not self.gives_landmarks:
            return None
        shift = 1 / 512 if character.values["expression"] == "sad" else 0.0
        return {
            "eye_left": (0.6 + shift, 0.45), "eye_right": (0.4 + shift, 0.45), "chin": (0.5, 0.70),
            "shoulder_right": (0.1, 0.9), "shoulder_left": (0.9, 0.9),
        }  # fmt: skip

    def render_maps(self, character: Character) -> PortraitMaps | None:
        alpha = head(self.side, character)[..., 3:]
        normals = np.full((self.side, self.side, 3), (128, 128, 255), np.uint8)
        depth = np.zeros((self.side, self.side), np.float16)
        return PortraitMaps(np.repeat(alpha, 3, 2), normals, depth, np.repeat(alpha, 8, 2))


def head(side: int, character: Character) -> NDArray[np.uint8]:
    """A disc on a bust in the character's colour, dark eyes; premultiplied uint8 (side, side, 4)."""
    rows, columns = (np.mgrid[:side, :side] + 0.5) / side
    skull = 0.26 - np.hypot(rows - 0.48, columns - 0.5)
    bust = rows - 0.8 - (columns - 0.5) ** 2
    alpha = np.clip(np.maximum(skull, bust) * side / 2 + 0.5, 0, 1)[..., None]
    random = np.random.default_rng([character.seed, *character.values["expression"].encode()])  # type: ignore[union-attr]
    colour = random.integers(60, 230, 3) * (0.7 + 0.3 * columns[..., None])
    for x in (0.4, 0.6):
        colour = np.where((np.hypot(rows - 0.45, columns - x) < 0.03)[..., None], 20.0, colour)
    return np.rint(np.concatenate([colour * alpha, 255 * alpha], axis=2)).astype(np.uint8)


@pytest.fixture
def drawn(manifest: Manifest) -> DrawnRenderer:
    return DrawnRenderer(manifest)


@pytest.fixture
def settings_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "settings"
    monkeypatch.setattr(paths, "user_settings_folder", lambda: folder)
    return folder


def member(schema: AttributeSchema, name: str, seed: int = 1, **values: object) -> CastMember:
    return CastMember(name, new_character(schema, seed, name, values))


def plain(**changes: object) -> Preset:
    return Preset(label="Plain", name="plain").adjusted(**{"size": 32, "credits": False, **changes})


def run(
    renderer: DrawnRenderer | Generator, folder: Path, cast: list[CastMember], preset: Preset | None = None,
    existing: Existing = Existing.REPLACE, dry_run: bool = False,
) -> ExportReport:  # fmt: skip
    job = ExportJob(tuple(cast), preset or plain(), folder, existing, dry_run)
    return report_of(list(export_portraits(job, renderer)))


def report_of(events: list[ExportEvent]) -> ExportReport:
    last = events[-1]
    assert isinstance(last, ExportFinished)
    json.dumps(last.report.to_json())
    return last.report


def states(report: ExportReport) -> dict[str, str]:
    return {file.path: file.state for file in report.files}


def content(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
