"""RPG Maker MZ and MV: face sheets of 4 x 2 faces of 144 pixels, for ``img/faces``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from creator.errors import UsageError
from creator.export.formats.options import FormatOptions, checked_options
from creator.export.formats.sheets import Grid, laid_out
from creator.export.portrait_set import ExportFile, Portrait, PortraitSet
from creator.portrait_file import picture_bytes
from creator.provenance import Origin

FACE = 144
COLUMNS, ROWS = 4, 2
FACES_OF_A_SHEET = COLUMNS * ROWS
GRID = Grid(FACES_OF_A_SHEET, COLUMNS, FACE)


class _Options(FormatOptions):
    index: bool = True


class RpgMaker:
    """Face ``index`` lies at column ``index % 4``, row ``index // 4``; a ninth face begins another sheet.

    Options: ``index`` (true): a JSON file tells which face has which number.
    """

    label = "RPG Maker"

    def files(self, portraits: PortraitSet, options: Mapping[str, Any]) -> Iterator[ExportFile]:
        chosen = checked_options(_Options, self.label, options)
        if portraits.size != FACE:
            raise UsageError(f"faces of RPG Maker are {FACE} pixels; the size is {portraits.size}: say {FACE}")
        sheets = [
            portraits.portraits[start : start + FACES_OF_A_SHEET]
            for start in range(0, len(portraits.portraits), FACES_OF_A_SHEET)
        ]
        names = [portraits.name if number == 0 else f"{portraits.name}_{number + 1}" for number in range(len(sheets))]
        for name, sheet in zip(names, sheets, strict=True):
            yield ExportFile(f"{name}.png", partial(_sheet_bytes, sheet, portraits.origin))
        if chosen.index:
            yield ExportFile(f"{portraits.name}.faces.json", partial(_index_bytes, names, sheets))


def _sheet_bytes(sheet: Sequence[Portrait], origin: Origin | None) -> bytes:
    return picture_bytes(laid_out(GRID, [portrait.pixels for portrait in sheet], (0, 0, 0, 0)), "png", origin)


def _index_bytes(names: Sequence[str], sheets: Sequence[Sequence[Portrait]]) -> bytes:
    faces = [
        {
            "sheet": name.rpartition("/")[2],
            "index": index,
            "character": portrait.tags.character,
            "name": portrait.tags.display_name,
            "expression": portrait.tags.expression,
        }
        for name, sheet in zip(names, sheets, strict=True)
        for index, portrait in enumerate(sheet)
    ]
    data = {"kind": "facewright faces", "format": 1, "columns": COLUMNS, "rows": ROWS, "size": FACE, "faces": faces}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
