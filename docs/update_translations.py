"""Brings the translations up to date: ``python docs/update_translations.py``, with the tools of Qt that PySide6 has.

``resources/translations/facewright_LANGUAGE.ts`` holds the texts of the window and of the description, found in the
code (in English only those with a number in them, for their plurals); ``attributes_LANGUAGE.ts`` the words of the
attributes and of the model's card, taken from the people's schema and the bundled model's manifest.
``errors_LANGUAGE.ts`` holds the forms of the core's errors and notices (see creator/ui/error_text.py), found where they
are raised; the program reads it as it is. New texts arrive unfinished: translate them in Qt
Linguist or in the file itself, then run this again. The compiled ``.qm`` files beside them are what the program reads.
"""

from __future__ import annotations

import ast
import itertools
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from pathlib import Path

import PySide6

from creator.attributes import AttributeSchema
from creator.manifest import load_manifest
from creator.training.people_schema import SCHEMA

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de",)
TOOLS = Path(PySide6.__file__).parent
SOURCES = (
    "creator/description.py",
    "creator/representation.py",
    *sorted(str(f.relative_to(ROOT)) for f in (ROOT / "creator" / "ui").rglob("*.py")),
)
CARD = ("people", "views", "parameters", "data", "machine", "at least", "at most")
"""Words of a model's card that are not its own."""

NOT_IN_WINDOW = ("cli", "training", "ui", "constraints.py")
SHORTEST_FORM = 6  # letters: shorter ones would fit anything
PARTS = (
    " (did you mean '%1'?)",
    "this model has no attribute '%1'; its value was kept but not used",
    "the folder '%1' does not exist",
    "the folder '%1' may not be written by you",
    "install Facewright again, or let FACEWRIGHT_MODELS name a folder with a sound model",
    "install them with: pip install 'facewright[cuda]'",
    "%1 failed: %2",
    "its first run took more than %1 seconds",
    "its first run could not be started (%1)",
    "this model gives no maps, so that only the pictures were written",
    "this model has no expression '%1'%2%3",
    "this model has no light '%1'%2%3",
    "unexpected %1: %2",
    "No such file or directory",
    "Permission denied",
    "No space left on device",
    "Is a directory",
    "Not a directory",
    "Read-only file system",
    "File exists",
    "File name too long",
    "Operation not permitted",
    "Input/output error",
)
"""Forms that are put into errors, or are told beside them: hints, reasons, notices, and what the system says."""


def main() -> None:
    """Update and compile everything; say what is left to translate."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    collect(FOLDER / "facewright_en.ts", "-pluralonly")
    for language in LANGUAGES:
        collect(FOLDER / f"facewright_{language}.ts")
        update_words(FOLDER / f"attributes_{language}.ts", model_words())
        update_words(FOLDER / f"errors_{language}.ts", error_forms())
    for ts in sorted(FOLDER.glob("*.ts")):
        if not ts.stem.startswith("errors"):
            compile_to(ts, ts.with_suffix(".qm"))
        left = sum(1 for message in messages(ts) if message.find("translation[@type='unfinished']") is not None)
        print(f"{ts.name}: {left} to translate" if left else f"{ts.name}: complete")


def collect(ts: Path, *options: str) -> None:
    """Let lupdate bring ``ts`` up to date with the code; texts that are gone are dropped."""
    language = ts.stem.partition("_")[2]
    command = [*_tool("lupdate"), "-silent", "-no-obsolete", "-locations", "none", "-no-ui-lines",
               "-source-language", "en", "-target-language", language, *options, *SOURCES, "-ts", str(ts)]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def compile_to(ts: Path, qm: Path) -> None:
    """Let lrelease compile ``ts``."""
    subprocess.run([*_tool("lrelease"), "-silent", str(ts), "-qm", str(qm)], check=True, capture_output=True)


def messages(ts: Path) -> list[ElementTree.Element]:
    return ElementTree.parse(ts).getroot().findall(".//message")


def model_words() -> list[str]:
    """Every word of the people's and the bundled model's attributes, lights and card, once, in order."""
    manifest = load_manifest(ROOT / "onnx_models")
    schemas: Iterable[AttributeSchema] = (SCHEMA, manifest.schema)
    words: dict[str, None] = {}
    for schema in schemas:
        for a in schema.attributes:
            words |= dict.fromkeys((a.group, a.label, a.help, a.unit, a.low_word, a.high_word, *a.choice_labels))
    gates = manifest.metrics.get("evaluation", {}).get("gates", ())
    data = str(manifest.training.get("data", ""))
    words |= dict.fromkeys((*manifest.light_labels.values(), *(gate["name"] for gate in gates), data, *CARD))
    return [word for word in words if word]


def error_forms() -> list[str]:
    """The form of every line that the core raises where the window may meet it, and :data:`PARTS`, once."""
    forms: dict[str, None] = {}
    for file in sorted((ROOT / "creator").rglob("*.py")):
        path = file.relative_to(ROOT / "creator")
        if path.parts[0] in NOT_IN_WINDOW or "coverage" in path.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                form = form_of(node.exc.args[0])
                if len("".join(re.findall("[a-z]", form))) >= SHORTEST_FORM:
                    forms[form] = None
    return [*forms, *(part for part in PARTS if part not in forms)]


def form_of(text: ast.expr) -> str:
    """A text of the code with %1, %2 and so on for what it puts in; empty for what is no text."""
    pieces = re.split("(\0)", _pieces(text))
    if pieces == ["", "\0", ""]:
        return ""
    fields = itertools.count(1)
    return "".join(f"%{next(fields)}" if piece == "\0" else piece for piece in pieces)


def _pieces(text: ast.expr) -> str:
    if isinstance(text, ast.Constant) and isinstance(text.value, str):
        return text.value
    if isinstance(text, ast.JoinedStr):
        return "".join(map(_pieces, text.values))
    if isinstance(text, ast.BinOp) and isinstance(text.op, ast.Add):
        return _pieces(text.left) + _pieces(text.right)
    return "\0"


def update_words(ts: Path, words: list[str]) -> None:
    """Make ``ts`` hold exactly ``words``, with the translations that it had."""
    known = {m.findtext("source"): m.findtext("translation") for m in messages(ts)} if ts.exists() else {}
    root = ElementTree.Element("TS", version="2.1", language=ts.stem.partition("_")[2], sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = ts.stem.partition("_")[0]
    for word in words:
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = word
        translation = ElementTree.SubElement(message, "translation")
        translation.text = known.get(word) or ""
        if not translation.text:
            translation.set("type", "unfinished")
    ElementTree.indent(root, "    ", 0)
    text = ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)
    ts.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8", newline="\n")


def _tool(name: str) -> list[str]:
    program = TOOLS / (f"{name}.exe" if sys.platform == "win32" else name)
    return [str(program)]


if __name__ == "__main__":
    main()
