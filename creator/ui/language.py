"""The window's languages. English is the source; Qt's own tools make and compile the translations."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from creator import paths
from creator.attributes import Attribute, AttributeSchema

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""Codes and names, each name in its own language."""

_ATTRIBUTES = "attributes"  # the context of the schema's words in the translation files


def tr(text: str, comment: str = "", count: int = -1) -> str:
    """``text`` in the window's language. ``%n`` stands for ``count``; fields in braces are left for ``str.format``."""
    return QCoreApplication.translate("", text, comment or None, count)


def translated_word(text: str) -> str:
    """A label, help line or end word of the schema in the window's language; as it is when it has no translation."""
    return QCoreApplication.translate(_ATTRIBUTES, text) if text else text


def system_language() -> str:
    """The first of the user's languages that the window speaks, else English."""
    codes = (name.partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((code for code in codes if code in LANGUAGES), "en")


def present_language() -> str:
    """The code of the language that the window speaks."""
    return QLocale().name().partition("_")[0]


def use_language(app: QApplication, code: str) -> None:
    """Speak ``code`` (see :data:`LANGUAGES`; empty: the system's) in widgets that are made from now on."""
    code = code if code in LANGUAGES else system_language()
    folder = str(paths.resource_folder() / "translations")
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(QLocale(code))
    for name, where in (
        (f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"attributes_{code}", folder),
        (f"facewright_{code}", folder),
    ):
        translator = QTranslator(app)
        if translator.load(name, where):
            app.installTranslator(translator)


def in_window_language(schema: AttributeSchema) -> AttributeSchema:
    """The schema with its words translated; names, choices, groups and numbers stay what they are."""
    return AttributeSchema(tuple(_translated(attribute) for attribute in schema.attributes))


def _translated(attribute: Attribute) -> Attribute:
    return replace(
        attribute,
        label=translated_word(attribute.label),
        help=translated_word(attribute.help),
        unit=translated_word(attribute.unit),
        low_word=translated_word(attribute.low_word),
        high_word=translated_word(attribute.high_word),
        choice_labels=tuple(translated_word(label) for label in attribute.choice_labels),
    )
