"""What the self-tests of graphs on this machine's devices gave, kept between starts.

One small JSON file in the user's cache folder. It is a convenience: what cannot be read or written is tried again.
"""

from __future__ import annotations

import contextlib
import json
import math
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from creator.atomic_write import write_atomically
from creator.errors import SaveError

FILE_NAME = "self_tests.json"
_FORMAT = 1
_MAXIMUM_BYTES = 1 << 20
_MAXIMUM_ENTRIES = 500


@dataclass(frozen=True)
class Trial:
    """``psnr``: decibels against the CPU's precise picture; ``milliseconds``: of a picture, the quickest of a few.

    ``error``: why it did not run at all; the numbers are 0 then.
    """

    psnr: float
    milliseconds: float
    error: str = ""


class TrialResults:
    """Trials by key. A key names all that the outcome depends on."""

    def __init__(self, folder: Path | None) -> None:
        """``folder``: where the file is; None keeps nothing beyond this object."""
        self._path = None if folder is None else folder / FILE_NAME
        self._lock = threading.Lock()
        self._trials = _read(self._path) if self._path else {}

    @property
    def all(self) -> dict[str, Trial]:
        with self._lock:
            return dict(self._trials)

    def get(self, key: str) -> Trial | None:
        with self._lock:
            return self._trials.get(key)

    def put(self, key: str, trial: Trial) -> None:
        """Keep a trial; the oldest give way. A folder that cannot be written is no reason to stop.

        One that could not be run is not kept: memory may be free again, a driver be mended.
        """
        if trial.error:
            return
        with self._lock:
            self._trials.pop(key, None)
            self._trials[key] = trial
            while len(self._trials) > _MAXIMUM_ENTRIES:
                self._trials.pop(next(iter(self._trials)))
            if self._path is None:
                return
            data = {"format": _FORMAT, "trials": {name: asdict(each) for name, each in self._trials.items()}}
            with contextlib.suppress(SaveError, OSError):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(self._path, json.dumps(data, indent=1).encode())


def _read(path: Path) -> dict[str, Trial]:
    try:
        with path.open("rb") as stream:
            data = json.loads(stream.read(_MAXIMUM_BYTES + 1))
        entries = data["trials"] if data["format"] == _FORMAT else {}
        return {str(key): trial_of(entry) for key, entry in entries.items() if not entry["error"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def trial_of(entry: Any) -> Trial:
    """A trial from JSON. Raises :class:`ValueError`, :class:`KeyError` or :class:`TypeError`."""
    numbers = float(entry["psnr"]), float(entry["milliseconds"])
    if not all(map(math.isfinite, numbers)):
        raise ValueError("it is no number")
    return Trial(*numbers, str(entry["error"])[:300])
