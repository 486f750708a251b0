"""The texts that go with an export: credits and licence, and what a shop asks about generated content."""

from __future__ import annotations

from creator import __version__
from creator.manifest import Manifest

CREDITS_FILE = "facewright-credits.txt"


def disclosure_text() -> str:
    """The answer to Steam's question about pre-generated AI content, in English, to be adapted by the developer."""
    return (
        "Some character portraits in this game were made with Facewright, a portrait generator that ran on the "
        "developer's own computer while the game was made. Its neural network was trained only on synthetic people "
        "that the Facewright project renders itself from CC0 assets. No photographs and no pictures of real persons "
        "were used in training. The portraits were chosen and edited by the developer "
        "before release; the game generates no pictures while it runs."
    )


def credits_text(manifest: Manifest) -> str:
    """What ``facewright-credits.txt`` says; it depends on the model alone, so that it stays as it is in a project."""
    return f"""Portraits made with Facewright

Program: Facewright {__version__}
Model: {manifest.name} {manifest.version}, {manifest.licence}

Licence of the portraits
The pictures are dedicated to the public domain under CC0 1.0:
https://creativecommons.org/publicdomain/zero/1.0/
You may use, change and sell them, also commercially, without naming anybody.
If you like to credit: "Portraits made with Facewright".

Text for a shop's question about AI content (Steam: pre-generated)
{disclosure_text()}

Machine-readable origin
Unless it was switched off, every picture says in its XMP that it is trainedAlgorithmicMedia
(IPTC Digital Source Type), and holds the recipe that makes it again.
"""
