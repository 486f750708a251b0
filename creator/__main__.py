"""Starts Facewright: with arguments the command line, without the window."""

from __future__ import annotations

import os
import sys

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main() -> int:
    """Return the exit code."""
    if len(sys.argv) > 1:
        from creator import cli

        return cli.main()
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _SCREENS):
        # Qt would abort the whole process.
        print("facewright: there is no screen for the window; 'facewright --help' works without one", file=sys.stderr)
        return 1
    try:
        from creator.ui import app
    except ImportError as error:
        print(
            f"facewright: the window cannot start: {error}; "
            "the README names the system libraries that it needs, and 'facewright --help' works without them",
            file=sys.stderr,
        )
        return 1
    return app.run()


if __name__ == "__main__":
    sys.exit(main())
