"""Brings the translations up to date: ``python docs/update_translations.py``, with the tools of Qt that PySide6 has.

``resources/translations/facewright_LANGUAGE.ts`` holds the texts of the window and of the description, found in the
code (in English only those with a number in them, for their plurals); ``attributes_LANGUAGE.ts`` the words of the
attributes, taken from the people's schema and the bundled model's. New texts arrive unfinished: translate them in Qt
Linguist or in the file itself, then run this again. The compiled ``.qm`` files beside them are what the program reads.
"""

from __future__ import annotations

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


def main() -> None:
    """Update and compile everything; say what is left to translate."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    collect(FOLDER / "facewright_en.ts", "-pluralonly")
    for language in LANGUAGES:
        collect(FOLDER / f"facewright_{language}.ts")
        update_attributes(FOLDER / f"attributes_{language}.ts", schema_words())
    for ts in sorted(FOLDER.glob("*.ts")):
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


def schema_words() -> list[str]:
    """Every word of the people's and the bundled model's attributes, once, in order."""
    schemas: Iterable[AttributeSchema] = (SCHEMA, load_manifest(ROOT / "onnx_models").schema)
    words: dict[str, None] = {}
    for schema in schemas:
        for a in schema.attributes:
            words |= dict.fromkeys((a.group, a.label, a.help, a.unit, a.low_word, a.high_word, *a.choice_labels))
    return [word for word in words if word]


def update_attributes(ts: Path, words: list[str]) -> None:
    """Make ``ts`` hold exactly ``words``, with the translations that it had."""
    known = {m.findtext("source"): m.findtext("translation") for m in messages(ts)} if ts.exists() else {}
    root = ElementTree.Element("TS", version="2.1", language=ts.stem.partition("_")[2], sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = "attributes"
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
