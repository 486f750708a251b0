"""Every text has its translation, the compiled files are those of the sources, and the window speaks German."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creator.attributes import AttributeSchema
from creator.character import load_character
from creator.errors import CreatorError, RenderError
from creator.manifest import load_manifest
from creator.ui.about_dialog import model_card
from creator.ui.error_text import error_text
from creator.ui.language import LANGUAGES, in_window_language, tr, translated_word, use_language

from .conftest import PATIENCE, MakeWindow, ScriptedQuestions, ScriptedRenderer, settle

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
    expected = {f"{kind}_{code}.ts" for code in LANGUAGES for kind in ("facewright", "attributes", "errors")}
    assert {ts.name for ts in SOURCES} == expected - {"attributes_en.ts", "errors_en.ts"}


@pytest.mark.parametrize("ts", SOURCES, ids=lambda ts: ts.name)
def test_every_text_is_translated_with_its_fields(ts: Path) -> None:
    fields = re.compile(r"\{\w+\}|%[n1-9]")
    for source, forms in entries(ts).items():
        assert forms, f"not translated: {source}"
        for form in forms:
            assert form.strip(), f"not translated: {source}"
            assert sorted(fields.findall(form)) == sorted(fields.findall(source)), source


@pytest.mark.parametrize("ts", [ts for ts in SOURCES if "errors" not in ts.name], ids=lambda ts: ts.name)
def test_the_compiled_file_is_that_of_the_source(ts: Path, update: ModuleType, tmp_path: Path) -> None:
    update.compile_to(ts, tmp_path / "again.qm")
    assert (tmp_path / "again.qm").read_bytes() == ts.with_suffix(".qm").read_bytes(), "run docs/update_translations.py"


def test_no_text_of_the_code_is_missing(update: ModuleType, tmp_path: Path) -> None:
    for name in ("facewright_de.ts", "facewright_en.ts"):
        ts = Path(shutil.copy(FOLDER / name, tmp_path))
        update.collect(ts, *(["-pluralonly"] if "_en" in name else []))
        assert entries(ts) == entries(FOLDER / name), "run docs/update_translations.py"
    for name, words in (("attributes_de.ts", update.model_words()), ("errors_de.ts", update.error_forms())):
        ts = Path(shutil.copy(FOLDER / name, tmp_path))
        update.update_words(ts, words)
        assert entries(ts) == entries(FOLDER / name), "run docs/update_translations.py"


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


# Errors of the core


@pytest.mark.usefixtures("german")
def test_each_form_of_an_error_is_told_in_german() -> None:
    """None hides another one, and what a line names stays as it is."""
    for form, (german,) in entries(FOLDER / "errors_de.ts").items():
        told, expected = form, german
        for number in range(1, 10):
            told, expected = (
                told.replace(f"%{number}", f"Xyz {number}"),
                expected.replace(f"%{number}", f"Xyz {number}"),
            )
        assert error_text(told) == expected


@pytest.mark.usefixtures("german")
def test_an_error_within_an_error_is_german_too(schema: AttributeSchema, tmp_path: Path) -> None:
    file = tmp_path / "a.face.json"
    file.write_text('{"format": 1, "values": {"age": 1000}}')
    with pytest.raises(CreatorError) as caught:
        load_character(file, schema)
    assert error_text(caught.value) == (
        f"die Figur '{file}' ist nicht brauchbar: 'age' ist 1000, außerhalb von 18 bis 80; "
        "der nächste gültige Wert ist 80"
    )
    with pytest.raises(CreatorError) as caught:
        load_character(tmp_path, schema)
    assert "kann nicht gelesen werden" in error_text(caught.value)
    assert error_text("nobody knows this line") == "nobody knows this line"


def test_errors_stay_english_in_the_english_window() -> None:
    assert error_text("cannot read 'a': Permission denied") == "cannot read 'a': Permission denied"


@pytest.mark.usefixtures("german")
def test_what_goes_wrong_in_the_window_is_told_in_german(
    make_window: MakeWindow, renderer: ScriptedRenderer, questions: ScriptedQuestions, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(lambda: renderer)
    settle(window, qtbot)
    assert window.session is not None
    questions.path = tmp_path / "nowhere" / "a.face.json"
    window.actions_.save_as.trigger()
    assert questions.told[-1] == (
        f"Die Figur wurde nicht gespeichert: '{questions.path}' kann nicht geschrieben werden: "
        f"den Ordner '{questions.path.parent}' gibt es nicht"
    )
    QGuiApplication.clipboard().setText("no attributes")
    window.panel.group_command.emit(("Person",), "paste")
    assert window.view.message.text.startswith("Die Zwischenablage enthält keine Merkmale")
    renderer.failure = RenderError("the picture could not be made on CPU: it found no GPU that it can use")
    window.session.new_person(99)
    qtbot.waitUntil(
        lambda: "konnte auf CPU nicht gemacht werden: es fand" in window.view.message.text, timeout=PATIENCE
    )


@pytest.mark.needs_model
@pytest.mark.usefixtures("german")
def test_lights_and_card_of_the_bundled_model_are_german(bundled_model: Path) -> None:
    manifest = load_manifest(bundled_model)
    known = entries(FOLDER / "attributes_de.ts")
    for label in manifest.light_labels.values():
        assert known[label] == [translated_word(label)]
    assert translated_word("Sunset") == "Sonnenuntergang"
    model = SimpleNamespace(manifest=manifest)
    card = model_card(model)  # type: ignore[arg-type]
    people = f"{manifest.training['people']:,}".replace(",", ".")
    assert f"Personen: {people}" in card
    for english in ("people", "at least", "held-out", "renders", "machine"):
        assert english not in card
    assert len(card.splitlines()) < 40, "a card, not a table of all that was measured"
