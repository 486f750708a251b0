"""Colours: a calm dark look, and a light one where the system asks for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

SYSTEM, LIGHT, DARK = "system", "light", "dark"

_CHOSEN = "facewright_theme"

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
    "warning": "#e5a45a",
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
    "warning": "#a35a00",
    "note": "#d3e5f6",
}

_SHEET = """
QToolBar {{ background: {window}; border: none; border-bottom: 1px solid {dark}; spacing: 4px; padding: 6px 8px; }}
QToolBar QToolButton {{ padding: 5px 11px; border: 1px solid transparent; border-radius: 5px; }}
QToolBar QToolButton:hover {{ background: {button}; }}
QToolBar QToolButton:checked {{ background: {button}; border-color: {mid}; }}
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
QToolButton#quiet_button::menu-indicator {{ image: none; }}
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
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {mid}; border-radius: 3px; min-width: 32px; margin: 2px; }}
QScrollBar::handle:horizontal:hover {{ background: {quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollArea, QWidget#rows {{ background: {window}; }}
QLabel#quiet, QStatusBar, QStatusBar QLabel {{ color: {quiet}; }}
QStatusBar {{ background: {window}; border-top: 1px solid {dark}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QToolButton#quiet_button {{ padding: 1px 10px; }}
QSplitter::handle {{ background: {dark}; }}
QFrame#message {{ border-radius: 6px; background: {note}; }}
QFrame#message[error="true"] {{ background: {error}; }}
QLabel#title {{ font-size: 15px; font-weight: 600; color: {text}; }}
QLabel#warning {{ color: {warning}; }}
QLabel#picture {{ background: {midlight}; border-radius: 6px; }}
QFrame#tour {{ background: {base}; border: 1px solid {mid}; border-radius: 10px; }}
QPushButton {{ background: {button}; color: {text}; border: 1px solid transparent; border-radius: 5px;
    padding: 5px 14px; min-width: 56px; }}
QPushButton:hover {{ border-color: {mid}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:default, QPushButton#primary_button {{ background: {accent}; color: {on_accent}; }}
QPushButton:default:focus, QPushButton#primary_button:focus {{ border-color: {bright}; }}
QPushButton:disabled {{ color: {disabled}; background: {button}; }}
QListView#steps, QListView#characters {{ background: {window}; outline: none; }}
QListView#steps::item {{ padding: 5px 8px; border: 1px solid transparent; border-radius: 4px; }}
QListView#steps::item:hover {{ background: {base}; }}
QListView#steps::item:selected {{ background: {button}; color: {text}; }}
QListView#steps::item:selected:focus {{ border-color: {accent}; }}
QTableView, QPlainTextEdit {{ background: {base}; border: 1px solid {dark}; border-radius: 4px;
    gridline-color: {midlight};   selection-background-color: {accent}; selection-color: {on_accent}; }}
QTableView:focus, QPlainTextEdit:focus {{ border-color: {accent}; }}
QHeaderView::section {{ background: {midlight}; color: {quiet}; border: none; padding: 4px 8px; }}
QTabWidget::pane {{ border: 1px solid {dark}; border-radius: 4px; top: -1px; }}
QTabBar::tab {{ background: transparent; color: {quiet}; padding: 6px 14px; border: none;
    border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
QTabBar::tab:focus {{ color: {accent}; }}
QMenuBar {{ background: {window}; }}
QMenuBar::item {{ padding: 4px 10px; background: transparent; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {button}; }}
QMenu {{ background: {base}; border: 1px solid {mid}; padding: 4px; }}
QMenu::item {{ padding: 5px 26px 5px 22px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent}; color: {on_accent}; }}
QMenu::item:disabled {{ color: {disabled}; }}
QMenu::separator {{ height: 1px; background: {midlight}; margin: 4px 8px; }}
QToolTip {{ background: {base}; color: {text}; border: 1px solid {mid}; padding: 4px; }}
"""


def apply_theme(app: QApplication, theme: str = SYSTEM) -> None:
    """Give ``app`` Fusion's shapes and our colours; see :func:`use_theme`."""
    app.setStyle("Fusion")
    app.setProperty(_CHOSEN, theme)
    _use_colours(app)
    app.styleHints().colorSchemeChanged.connect(lambda: _use_colours(app))


def use_theme(app: QApplication, theme: str) -> None:
    """``theme``: "light", "dark" or "system", which follows the system while the program runs."""
    app.setProperty(_CHOSEN, theme)
    _use_colours(app)


def _use_colours(app: QApplication) -> None:
    chosen = app.property(_CHOSEN)
    light = app.styleHints().colorScheme() == Qt.ColorScheme.Light if chosen == SYSTEM else chosen == LIGHT
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
