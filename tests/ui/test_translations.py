"""Every text has its translation, the compiled files are those of the sources, and the window speaks German."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creator.attributes import AttributeSchema
from creator.ui.language import LANGUAGES, in_window_language, tr, use_language

from .conftest import MakeWindow, ScriptedRenderer, settle

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "translations"
SOURCES = sorted(FOLDER.glob("*.ts"))


@pytest.fixture(scope="module")
def update() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update_translations", ROOT / "docs" / "update_translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    use_language(qapp, "de")
    yield
    use_language(qapp, "en")


def entries(ts: Path) -> dict[str, list[str]]:
    """The translation of each text: one, or one for each plural."""
    found: dict[str, list[str]] = {}
    for message in ElementTree.parse(ts).getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
        found[message.findtext("source") or ""] = [] if translation.get("type") else forms
    return found


def test_there_is_a_file_for_each_language() -> None:
    expected = {f"{kind}_{code}.ts" for code in LANGUAGES for kind in ("facewright", "attributes")}
    assert {ts.name for ts in SOURCES} == expected - {"attributes_en.ts"}


@pytest.mark.parametrize("ts", SOURCES, ids=lambda ts: ts.name)
def test_every_text_is_translated_with_its_fields(ts: Path) -> None:
    fields = re.compile(r"\{\w+\}|%n")
    for source, forms in entries(ts).items():
        assert forms, f"not translated: {source}"
        for form in forms:
            assert form.strip(), f"not translated: {source}"
            assert sorted(fields.findall(form)) == sorted(fields.findall(source)), source


@pytest.mark.parametrize("ts", SOURCES, ids=lambda ts: ts.name)
def test_the_compiled_file_is_that_of_the_source(ts: Path, update: ModuleType, tmp_path: Path) -> None:
    update.compile_to(ts, tmp_path / "again.qm")
    assert (tmp_path / "again.qm").read_bytes() == ts.with_suffix(".qm").read_bytes(), "run docs/update_translations.py"


def test_no_text_of_the_code_is_missing(update: ModuleType, tmp_path: Path) -> None:
    for name in ("facewright_de.ts", "facewright_en.ts"):
        ts = Path(shutil.copy(FOLDER / name, tmp_path))
        update.collect(ts, *(["-pluralonly"] if "_en" in name else []))
        assert entries(ts) == entries(FOLDER / name), "run docs/update_translations.py"
    ts = Path(shutil.copy(FOLDER / "attributes_de.ts", tmp_path))
    update.update_attributes(ts, update.schema_words())
    assert entries(ts) == entries(FOLDER / "attributes_de.ts"), "run docs/update_translations.py"


def test_qts_tool_finds_all_that_the_code_asks_for() -> None:
    """It does not look into f-strings, and a text that is put together has no key."""
    known = entries(FOLDER / "facewright_de.ts")
    files = [
        *(ROOT / "creator" / name for name in ("description.py", "representation.py")),
        *(ROOT / "creator" / "ui").rglob("*.py"),
    ]
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                text = node.args[0]
                assert isinstance(text, ast.Constant), f"{file.name}:{node.lineno}"
                assert text.value in known, f"{file.name}:{node.lineno}"


@pytest.mark.usefixtures("german")
def test_the_window_speaks_german(make_window: MakeWindow, renderer: ScriptedRenderer, qtbot: QtBot) -> None:
    window = make_window(lambda: renderer)
    settle(window, qtbot)
    assert window.session is not None
    assert window.actions_.new_person.text() == "Neue Person"
    window.session.set_attribute("age", 20.0)
    window.session.set_attribute("age", 60.0)
    assert window.session.undo_label == "Alter: 20 → 60"
    assert window.actions_.undo.text() == "Rückgängig: Alter: 20 → 60"
    assert "von 60 Jahren" in window.view.accessibleDescription()


def test_plurals(qapp: QApplication) -> None:
    use_language(qapp, "en")
    assert (tr("%n character(s)", "", 1), tr("%n character(s)", "", 2)) == ("1 character", "2 characters")
    use_language(qapp, "de")
    assert (tr("%n character(s)", "", 1), tr("%n character(s)", "", 2)) == ("1 Figur", "2 Figuren")
    use_language(qapp, "en")


@pytest.mark.usefixtures("german")
def test_names_and_choices_stay_what_recipes_hold(schema: AttributeSchema) -> None:
    german = in_window_language(schema)
    assert german["age"].label == "Alter"
    assert german["expression"].choice_labels == ("Neutral", "Fröhlich", "Traurig")
    assert german.names == schema.names
    assert [a.choices for a in german.attributes] == [a.choices for a in schema.attributes]
    assert german.groups == schema.groups
