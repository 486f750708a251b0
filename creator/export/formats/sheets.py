"""Many equal squares on one picture: where each lies, and the picture itself."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAXIMUM_SHEET_SIDE = 8192  # what every engine and graphics card of today can load


@dataclass(frozen=True)
class Grid:
    """``count`` squares of ``cell`` pixels in ``columns``, row by row, ``padding`` clear pixels between neighbours."""

    count: int
    columns: int
    cell: int
    padding: int = 0

    @property
    def rows(self) -> int:
        return math.ceil(self.count / self.columns)

    @property
    def width(self) -> int:
        return self.columns * (self.cell + self.padding) - self.padding

    @property
    def height(self) -> int:
        return self.rows * (self.cell + self.padding) - self.padding

    def corner(self, index: int) -> tuple[int, int]:
        """The left upper pixel (x, y) of square ``index``."""
        row, column = divmod(index, self.columns)
        return column * (self.cell + self.padding), row * (self.cell + self.padding)


def grids(count: int, cell: int, padding: int, maximum_side: int = MAXIMUM_SHEET_SIDE) -> Iterator[Grid]:
    """As few, nearly square grids as hold ``count`` squares within ``maximum_side`` pixels a side.

    ``maximum_side`` must be at least ``cell``.
    """
    along = (maximum_side + padding) // (cell + padding)
    while count > 0:
        held = min(count, along * along)
        yield Grid(held, min(math.ceil(math.sqrt(held)), along), cell, padding)
        count -= held


def laid_out(grid: Grid, pictures: Sequence[NDArray[np.uint8]], empty: tuple[int, ...]) -> NDArray[np.uint8]:
    """One picture (grid.height, grid.width, channels) of ``pictures`` (uint8, (cell, cell, channels)).

    ``empty``: what stands where no picture is, one number for each channel.
    """
    sheet = np.empty((grid.height, grid.width, len(empty)), np.uint8)
    sheet[:] = empty
    for index, picture in enumerate(pictures):
        x, y = grid.corner(index)
        sheet[y : y + grid.cell, x : x + grid.cell] = picture
    return sheet
