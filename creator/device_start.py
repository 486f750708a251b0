"""Getting a device ready beside the generator that goes on drawing, with word of what is being done and a way to stop.

A provider's libraries take seconds to start, and TensorRT builds its engine for minutes. The first time on a machine
that happens in a process of its own: it can be stopped, a fault of a driver's ends it and not the one that holds the
user's work, and it leaves behind the outcome of the self-tests and the engines. What is left then, opening sessions, is
for a thread beside the one that draws.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from creator import devices
from creator.devices import AUTO, CPU
from creator.errors import CreatorError, DeviceError
from creator.generator import DRAFT, FULL, Generator
from creator.manifest import load_manifest
from creator.trial_results import TrialResults, trial_of
from creator.wording import one_line

PATIENCE_SECONDS = 1800.0
_LINE_BYTES = 1 << 16
_NO_DEVICE = ("", "")


def load_at_once(folder: Path | None, device: str) -> Generator:
    """A generator that draws right away: on the CPU, if ``device`` is something that has to start first.

    Raises :class:`~creator.errors.ModelError`. Where :attr:`Generator.device` is not ``device`` then, a
    :class:`DeviceStart` is what brings it, or tells why not.
    """
    try:
        ready = devices.candidates(device).names == (CPU,)
    except CreatorError:
        ready = False
    return Generator.load(folder, device if ready else CPU)


class DeviceStart:
    """One attempt to go over to ``device``. :meth:`run` is for a thread of its own, the rest for any."""

    def __init__(self, generator: Generator, device: str) -> None:
        self.device = device
        self._generator = generator
        self._lock = threading.Lock()
        self._doing = _NO_DEVICE
        self._stopped = False
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def doing(self) -> tuple[str, str]:
        """The device that is at work, such as "cuda", and the picture it is tried with; empty when it is not tried."""
        return self._doing

    @property
    def is_stopped(self) -> bool:
        return self._stopped

    def stop(self) -> None:
        """Give up: what runs elsewhere ends, and :meth:`run` fails as soon as it can."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def run(self) -> Generator:
        """A generator on the device, for :meth:`Generator.adopt`.

        Raises :class:`DeviceError`, :class:`~creator.errors.ModelError` or :class:`~creator.errors.UsageError`.
        """
        devices.look_again()
        failed: dict[str, str] = {}
        for name in devices.candidates(self.device).names:
            if name == CPU:
                continue
            self._doing = (name, "")
            if self._generator.needs_trial(name) and (reason := self._rehearse(name)):
                if self._stopped or self.device != AUTO:
                    raise DeviceError(reason)
                failed[name] = reason
        return self._generator.opened_on(self.device, failed)

    def _rehearse(self, device: str) -> str:
        """Let another process try ``device``; return why it cannot run, or nothing."""
        command = _command(self._generator.manifest.folder.resolve(), device)
        package = str(Path(__file__).resolve().parent.parent)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([package, os.environ.get("PYTHONPATH", "")])}
        label = devices.KINDS[device].label
        with self._lock:
            if self._stopped:
                return f"{label} was not started"
            try:
                process = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
                )
            except OSError as error:
                return f"{label} could not be tried ({error.strerror or error})"
            self._process = process
        clock = threading.Timer(PATIENCE_SECONDS, process.kill)
        clock.daemon = True
        clock.start()
        with process:
            assert process.stdout is not None
            told = self._listen(device, process.stdout)
        clock.cancel()
        with self._lock:
            self._process = None
        self._doing = (device, "")
        if told is None:
            return f"{label} cannot run this model: its trial ended with {_ending(process.returncode)}"
        return told

    def _listen(self, device: str, output: IO[bytes]) -> str | None:
        """Follow what the other process says; return its verdict, or None if it ended without one."""
        while line := output.readline(_LINE_BYTES):
            try:
                said = json.loads(line)
                if "trying" in said:
                    self._doing = (device, str(said["trying"]))
                elif "trials" in said:
                    trials = {str(key): trial_of(entry) for key, entry in said["trials"].items()}
                    self._generator.keep_trials(trials)
                    return one_line(str(said["failed"]), 300)
            except (ValueError, KeyError, TypeError, AttributeError):
                continue  # a library's own remark
        return None


def _command(folder: Path, device: str) -> list[str]:
    return [sys.executable, "-m", "creator.device_start", str(folder), device]


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _end_with_parent() -> None:
    """Do not go on for minutes when nobody waits any more: the other end of the standard input closes then."""

    def wait() -> None:
        with contextlib.suppress(OSError):
            sys.stdin.buffer.read()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _try_out(folder: Path, device: str) -> None:
    def say(**facts: Any) -> None:
        print(json.dumps(facts), flush=True)

    trials, failed = TrialResults(None), ""
    try:
        generator = Generator(load_manifest(folder), device, trials)
        for picture in (DRAFT, FULL):
            say(trying=picture)
            generator.prepare(picture)
    except CreatorError as error:
        failed = str(error)
    say(trials={key: asdict(trial) for key, trial in trials.all.items()}, failed=failed)


def main() -> int:
    _end_with_parent()
    _try_out(Path(sys.argv[1]), sys.argv[2])
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # a provider's library must not keep the process, or fail while it ends
