"""Starts Facewright from a checkout: with arguments the command line, without the window."""

from __future__ import annotations

import sys

from creator.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
