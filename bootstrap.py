"""Does all the set-up on a fresh machine: a virtual environment, the packages, and then what was asked for.

    python3 bootstrap.py run [ARGUMENTS]    start the window or, with arguments, the command line
    python3 bootstrap.py test [ARGUMENTS]   check the code and run the tests; with arguments only pytest, with them

Needs nothing but Python 3.11 or newer. Everything goes into the folder .venv beside this file.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PARTS = {"run": "", "test": "[dev,training]"}
CHECKS = (
    ("ruff check", ["-m", "ruff", "check", "."]),
    ("ruff format", ["-m", "ruff", "format", "--check", "."]),
    ("mypy", ["-m", "mypy"]),
    ("import rules", ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]),
)


def prepare(part: str) -> None:
    """Make the environment and install what ``part`` needs, unless that was done for this very pyproject.toml."""
    if not PYTHON.exists():
        print("Making .venv ...", flush=True, file=sys.stderr)
        made = subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], stdout=sys.stderr, check=False)
        if made.returncode:
            raise SystemExit("bootstrap: no virtual environment could be made; on Debian: apt install python3-venv")
    mark = ENVIRONMENT / f"installed-{part}"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted:
        return
    print("Installing Facewright into .venv (once; this takes some minutes) ...", flush=True, file=sys.stderr)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--editable", f"{ROOT}{PARTS[part]}"]
    # What is printed here must not mix with the output of the command line, which programs read.
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        raise SystemExit("bootstrap: the packages could not be installed; pip says why above")
    mark.write_text(wanted)


def run(arguments: list[str]) -> int:
    """Start the window or the command line in the caller's folder."""
    return _call([str(ROOT / "main.py"), *arguments], Path.cwd())


def test(arguments: list[str]) -> int:
    """Run every check, then the tests; return 1 if any failed."""
    steps = [] if arguments else list(CHECKS)
    steps.append(("pytest", ["-m", "pytest", *arguments]))
    failed = []
    for name, step in steps:
        print(f"== {name}", flush=True)
        if _call(step, ROOT):
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
    return 1 if failed else 0


def _call(arguments: list[str], folder: Path) -> int:
    with subprocess.Popen([str(PYTHON), *arguments], cwd=folder) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # it was sent to the command too, which ends in its own way
                continue


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file alone may meet an older Python
        raise SystemExit(f"bootstrap: Facewright needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    if not arguments or arguments[0] not in PARTS:
        print(__doc__)
        return 0 if arguments and arguments[0] in ("-h", "--help") else 2
    part, *rest = arguments
    prepare(part)
    return run(rest) if part == "run" else test(rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
