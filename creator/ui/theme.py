"""Colours: a calm dark look, and a light one where the system asks for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

_DARK = {
    "window": "#24262b",
    "dark": "#1a1b1e",
    "base": "#2b2e34",
    "midlight": "#34373d",
    "button": "#33363d",
    "mid": "#4b4f58",
    "text": "#e3e5e8",
    "bright": "#ffffff",
    "quiet": "#9299a3",
    "disabled": "#666c76",
    "accent": "#5a9bd8",
    "on_accent": "#0d1a26",
    "error": "#5c2b2e",
    "note": "#2d4257",
}
_LIGHT = {
    "window": "#f2f3f5",
    "dark": "#dcdee2",
    "base": "#ffffff",
    "midlight": "#eceef0",
    "button": "#e6e8ec",
    "mid": "#b9bec7",
    "text": "#24272c",
    "bright": "#000000",
    "quiet": "#656c76",
    "disabled": "#a2a8b1",
    "accent": "#2a76bd",
    "on_accent": "#ffffff",
    "error": "#f6d2d2",
    "note": "#d3e5f6",
}

_SHEET = """
QToolBar {{ background: {window}; border: none; border-bottom: 1px solid {dark}; spacing: 4px; padding: 6px 8px; }}
QToolBar QToolButton {{ padding: 5px 11px; border: 1px solid transparent; border-radius: 5px; }}
QToolBar QToolButton:hover {{ background: {button}; }}
QToolBar QToolButton:pressed {{ background: {mid}; }}
QToolBar QToolButton:disabled {{ color: {disabled}; }}
QToolBar QToolButton:focus {{ border-color: {accent}; }}
QToolButton#primary {{ background: {accent}; color: {on_accent}; font-weight: 600; }}
QToolButton#primary:hover {{ background: {accent}; border-color: {bright}; }}
QToolButton#primary:disabled {{ background: {button}; color: {disabled}; }}
QToolButton#group {{ border: 1px solid transparent; border-radius: 4px; padding: 6px 4px; font-weight: 600;
    text-align: left; color: {text}; }}
QToolButton#group:hover {{ background: {base}; }}
QToolButton#group:focus {{ border-color: {accent}; }}
QToolButton#reset {{ border: 1px solid transparent; border-radius: 4px; color: {quiet}; }}
QToolButton#reset:hover {{ background: {button}; color: {bright}; }}
QToolButton#reset:focus {{ border-color: {accent}; }}
QToolButton#reset:disabled {{ color: {mid}; }}
QToolButton#quiet_button {{ background: {button}; border: 1px solid transparent; border-radius: 4px;
    padding: 4px 10px; }}
QToolButton#quiet_button:hover {{ border-color: {mid}; }}
QToolButton#quiet_button:checked {{ background: {accent}; color: {on_accent}; }}
QToolButton#quiet_button:focus {{ border-color: {accent}; }}
QLineEdit {{ background: {base}; border: 1px solid transparent; border-radius: 4px; padding: 3px 6px;
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus {{ border-color: {accent}; }}
QLineEdit:disabled {{ color: {disabled}; }}
QComboBox {{ background: {base}; border: 1px solid transparent; border-radius: 4px; padding: 3px 8px; }}
QComboBox:hover {{ background: {button}; }}
QComboBox:focus {{ border-color: {accent}; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox QAbstractItemView {{ background: {base}; border: 1px solid {mid}; padding: 3px; outline: none;
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {mid}; border-radius: 3px; min-height: 32px; margin: 2px; }}
QScrollBar::handle:vertical:hover {{ background: {quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea, QWidget#rows {{ background: {window}; }}
QLabel#quiet, QStatusBar, QStatusBar QLabel {{ color: {quiet}; }}
QStatusBar {{ background: {window}; border-top: 1px solid {dark}; }}
QStatusBar::item {{ border: none; }}
QSplitter::handle {{ background: {dark}; }}
QFrame#message {{ border-radius: 6px; background: {note}; }}
QFrame#message[error="true"] {{ background: {error}; }}
QToolTip {{ background: {base}; color: {text}; border: 1px solid {mid}; padding: 4px; }}
"""


def apply_theme(app: QApplication) -> None:
    """Give ``app`` Fusion's shapes and our colours, and follow the system between light and dark."""
    app.setStyle("Fusion")
    _use_colours(app)
    app.styleHints().colorSchemeChanged.connect(lambda: _use_colours(app))


def _use_colours(app: QApplication) -> None:
    light = app.styleHints().colorScheme() == Qt.ColorScheme.Light
    colours = _LIGHT if light else _DARK
    app.setPalette(_palette(colours))
    app.setStyleSheet(_SHEET.format(**colours))


def _palette(colours: dict[str, str]) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, name in {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "base",
        role.AlternateBase: "midlight",
        role.Text: "text",
        role.Button: "button",
        role.ButtonText: "text",
        role.BrightText: "bright",
        role.Light: "mid",
        role.Midlight: "midlight",
        role.Mid: "mid",
        role.Dark: "dark",
        role.Shadow: "dark",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Accent: "accent",
        role.Link: "accent",
        role.ToolTipBase: "base",
        role.ToolTipText: "text",
        role.PlaceholderText: "quiet",
    }.items():
        palette.setColor(target, QColor(colours[name]))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(colours["disabled"]))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours["mid"]))
    return palette
