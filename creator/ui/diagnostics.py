"""The log file, and all that helps to find a fault, as text to copy."""

from __future__ import annotations

import importlib.metadata
import logging
import logging.handlers
import platform
import sys

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from creator import __version__, paths
from creator.generator import Generator, PortraitRenderer

LOG_NAME = "facewright.log"
PACKAGES = ("PySide6-Essentials", "onnxruntime", "onnxruntime-gpu", "numpy", "pillow", "pydantic", "platformdirs",
            "typer", "rich")  # fmt: skip

_LOG_BYTES = 1 << 20
_LOG_LINES = 60


def start_log() -> None:
    """Write warnings to stderr and, with what happened before them, to a file of at most 2 MiB."""
    complaints = logging.StreamHandler()
    complaints.setLevel(logging.WARNING)
    handlers: list[logging.Handler] = [complaints]
    try:
        folder = paths.user_log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(
            logging.handlers.RotatingFileHandler(
                folder / LOG_NAME, maxBytes=_LOG_BYTES, backupCount=1, delay=True, encoding="utf-8"
            )
        )
    except OSError:
        pass  # a read-only home is no reason not to start
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", handlers=handlers)


def diagnostics(renderer: PortraitRenderer | None, device: str = "") -> str:
    """Versions, machine, screen, model, device and the end of the log. Characters and names of people are not in it."""
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    lines = [
        f"Facewright {__version__}",
        f"Python {sys.version.split()[0]}, Qt {qVersion()}, {platform.platform()}, {platform.machine()}",
        "Packages: " + ", ".join(f"{name} {version}" for name, version in package_versions().items()),
        f"Screen: {size.width()} x {size.height()} at {screen.devicePixelRatio():g}, "
        f"{QGuiApplication.platformName()}, {QGuiApplication.styleHints().colorScheme().name}",
    ]
    if renderer is None:
        lines.append("Model: none is loaded")
    else:
        manifest = renderer.manifest
        lines.append(f"Model: {manifest.name} {manifest.version}, {len(manifest.schema.attributes)} attributes")
        lines += [f"  {graph.picture}, {graph.precision}: {graph.file} {graph.sha256}" for graph in manifest.graphs]
        lines.append(f"Device: {device or renderer.device_name}")
        if isinstance(renderer, Generator) and renderer.device_reason:
            lines.append(f"  on the CPU because: {renderer.device_reason}")
    return "\n".join([*lines, "", "Log:", *log_end()])


def package_versions() -> dict[str, str]:
    """Those of :data:`PACKAGES` that are installed."""
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return versions


def log_end() -> list[str]:
    """The last lines of the log."""
    try:
        with (paths.user_log_folder() / LOG_NAME).open("rb") as stream:
            stream.seek(0, 2)
            stream.seek(max(stream.tell() - (1 << 14), 0))
            return stream.read().decode("utf-8", "replace").splitlines()[-_LOG_LINES:]
    except OSError:
        return ["(there is no log)"]
