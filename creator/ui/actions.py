"""Menus, tool bar and shortcuts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow, QSizePolicy, QToolBar, QToolButton, QWidget

from creator.ui.session import Session


class Actions:
    """All actions of the window. What they do is connected elsewhere."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self.new_person = self._action("New person", "R", "Another person with random attributes (R)")
        self.new_seed = self._action("New seed", "Shift+R", "The same attributes on somebody else (Shift+R)")
        self.open = self._action("Open…", QKeySequence.StandardKey.Open)
        self.save = self._action("Save", QKeySequence.StandardKey.Save)
        self.save_as = self._action("Save as…", "Ctrl+Shift+S")
        self.export = self._action("Export PNG…", "Ctrl+E", "Write the portrait as a PNG with transparency (Ctrl+E)")
        self.quit = self._action("Quit", "Ctrl+Q")
        self.quit.triggered.connect(window.close)
        self.undo = self._action("Undo", "Ctrl+Z")
        self.redo = self._action("Redo", "Ctrl+Shift+Z")
        self.controls = self._action("Controls", "F9")
        self.controls.setCheckable(True)
        self.controls.setChecked(True)
        self.about = self._action("About Facewright", None)
        self._fill_menus()

    def _action(self, text: str, shortcut: str | QKeySequence.StandardKey | None, tip: str = "") -> QAction:
        action = QAction(text, self._window)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        if tip:
            action.setToolTip(tip)
        return action

    def _fill_menus(self) -> None:
        bar = self._window.menuBar()
        menus: dict[str, tuple[QAction | None, ...]] = {
            "&File": (self.new_person, self.new_seed, None, self.open, self.save, self.save_as, None, self.export,
                      None, self.quit),
            "&Edit": (self.undo, self.redo),
            "&View": (self.controls,),
            "&Help": (self.about,),
        }  # fmt: skip
        for title, actions in menus.items():
            menu = bar.addMenu(title)
            for action in actions:
                if action is None:
                    menu.addSeparator()
                else:
                    menu.addAction(action)

    def fill_tool_bar(self, seed_line: QLineEdit) -> None:
        bar = QToolBar("Tools", self._window)
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.addAction(self.new_person)
        bar.addAction(self.new_seed)
        label = QLabel("Seed")
        label.setObjectName("quiet")
        label.setContentsMargins(10, 0, 4, 0)
        label.setBuddy(seed_line)
        bar.addWidget(label)
        bar.addWidget(seed_line)
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(gap)
        bar.addAction(self.undo)
        bar.addAction(self.redo)
        bar.addAction(self.export)
        button = bar.widgetForAction(self.export)
        assert isinstance(button, QToolButton)
        button.setObjectName("primary")
        self._window.addToolBar(bar)

    def show_state(self, session: Session | None) -> None:
        """Enable what can be done, and name what undo and redo would do."""
        for action in (self.new_person, self.new_seed, self.open, self.save, self.save_as, self.export, self.about):
            action.setEnabled(session is not None)
        for action, word, label, keys in (
            (self.undo, "Undo", session.undo_label if session else "", "Ctrl+Z"),
            (self.redo, "Redo", session.redo_label if session else "", "Ctrl+Shift+Z"),
        ):
            action.setEnabled(bool(label))
            action.setText(f"{word} {label}".strip())
            action.setIconText(word)
            action.setToolTip(f"{word} {label} ({keys})" if label else f"{word} ({keys})")
