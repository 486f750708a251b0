"""Facewright: design a portrait from plain attributes, offline, for games."""

from __future__ import annotations

__version__ = "0.1.0"
