"""Running one graph again and again: plainly, or with arrays that stay in the device's memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from creator import devices

Feeds = Mapping[str, NDArray[np.float32]]


class GraphRunner(Protocol):
    def run(self, feeds: Feeds) -> list[NDArray[Any]]:
        """The graph's outputs; what ONNX Runtime raises if it cannot."""
        ...


class PlainRunner:
    """Copies what goes in and out at each run. Any number of people."""

    def __init__(self, session: Any, outputs: Sequence[str]) -> None:
        self._session = session
        self._outputs = list(outputs)

    def run(self, feeds: Feeds) -> list[NDArray[Any]]:
        found: list[NDArray[Any]] = self._session.run(self._outputs, dict(feeds))
        return found


class BoundRunner:
    """Keeps input and output at fixed places in the device's memory: what goes in is written over what was there.

    So nothing is allocated for a picture, and CUDA can replay its recorded kernels. For inputs of one shape.
    """

    def __init__(self, session: Any, outputs: Sequence[str], device: str, example: Feeds) -> None:
        self._session = session
        self._inputs = {name: devices.device_array(array, device) for name, array in example.items()}
        shapes = {node.name: (node.shape, _TYPES[node.type]) for node in session.get_outputs()}
        self._found = [devices.device_array(np.zeros(*shapes[name]), device) for name in outputs]
        self._binding = session.io_binding()
        for name, value in self._inputs.items():
            self._binding.bind_ortvalue_input(name, value)
        for name, value in zip(outputs, self._found, strict=True):
            self._binding.bind_ortvalue_output(name, value)

    def run(self, feeds: Feeds) -> list[NDArray[Any]]:
        for name, value in self._inputs.items():
            value.update_inplace(np.ascontiguousarray(feeds[name]))
        self._session.run_with_iobinding(self._binding)
        return [np.array(value.numpy()) for value in self._found]


_TYPES = {"tensor(uint8)": np.uint8, "tensor(float16)": np.float16, "tensor(float)": np.float32}
