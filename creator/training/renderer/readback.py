"""Reading pictures back without waiting: they are copied to buffers while the next person is drawn."""

from __future__ import annotations

from typing import Any

import moderngl
import numpy as np

_KINDS: dict[type, str] = {np.uint8: "f1", np.float16: "f2"}


class Readback:
    """Two sets of pixel buffers for frames of ``size`` x ``size`` RGBA; at most two copies are under way at a time."""

    def __init__(self, context: moderngl.Context, size: int) -> None:
        self._context, self._size = context, size
        self._buffers: dict[tuple[int, int], moderngl.Buffer] = {}
        self._slot = 0

    def start(self, attachments: list[tuple[moderngl.Framebuffer, int, type]]) -> list[tuple[moderngl.Buffer, type]]:
        """Begin to copy ``(frame, attachment number, np.uint8 or np.float16)``; hand the result to :meth:`finish`."""
        self._slot = 1 - self._slot
        copies = []
        for index, (frame, attachment, dtype) in enumerate(attachments):
            key = (self._slot, index)
            if key not in self._buffers:
                self._buffers[key] = self._context.buffer(reserve=self._size**2 * 4 * np.dtype(dtype).itemsize)
            frame.read_into(self._buffers[key], components=4, attachment=attachment, dtype=_KINDS[dtype])
            copies.append((self._buffers[key], dtype))
        return copies

    def finish(self, copies: list[tuple[moderngl.Buffer, type]]) -> list[np.ndarray]:
        """The pictures (size, size, 4), first row at the top; waits for those that are not there yet."""
        return [self._picture(buffer, dtype) for buffer, dtype in copies]

    def _picture(self, buffer: moderngl.Buffer, dtype: Any) -> np.ndarray:
        flat = np.frombuffer(buffer.read(), dtype)
        return np.ascontiguousarray(flat.reshape(self._size, self._size, 4)[::-1])
