"""Menus, tool bar and shortcuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from creator.ui.icons import icon
from creator.ui.language import tr
from creator.ui.session import Session

_EXPLORING = (
    ("roll", "Ctrl+R"), ("back", "Ctrl+B"), ("show_portrait", "Ctrl+1"), ("show_explore", "Ctrl+2"),
    ("show_blend", "Ctrl+3"), ("show_family", "Ctrl+4"),
)  # fmt: skip


class Actions:
    """All actions of the window. What they do is connected elsewhere.

    ``named`` holds those whose keys the user may change, by a name that settings keep.
    """

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self.named: dict[str, QAction] = {}
        self._tips: dict[QAction, str] = {}
        self._default_keys: dict[str, QKeySequence] = {}
        standard = QKeySequence.StandardKey
        self.new_person = self._action("new_person", tr("New person"), "R", tr("Another person with random attributes"))
        self.new_seed = self._action("new_seed", tr("New seed"), "Shift+R", tr("The same attributes on somebody else"))
        self.open = self._action("open", tr("Open…"), standard.Open)
        self.save = self._action("save", tr("Save"), standard.Save)
        self.save_as = self._action("save_as", tr("Save as…"), "Ctrl+Shift+S")
        self.export = self._action("export", tr("Export…"), "Ctrl+E", tr("Write pictures into your game's folder"))
        self.export_again = self._action("export_again", tr("Export again"), "Ctrl+Shift+E")
        self.export_again.setEnabled(False)
        self.coverage = self._action("coverage", tr("Portraits that scripts use…"), None)
        self.cast_report = self._action("cast_report", tr("Who is in this cast…"), None)
        self.quit = self._action("quit", tr("Quit"), "Ctrl+Q")
        self.quit.triggered.connect(window.close)
        self.undo = self._action("undo", tr("Undo"), "Ctrl+Z")
        self.redo = self._action("redo", tr("Redo"), "Ctrl+Shift+Z")
        self.copy_description = self._action("copy_description", tr("Copy description"), "Ctrl+Shift+D")
        self.find = self._action("find", tr("Find an attribute"), standard.Find)
        self.name_person = self._action("name_person", tr("Name the person"), "Ctrl+Shift+N")
        self.settings = self._action("settings", tr("Settings…"), "Ctrl+,")
        self.controls = self._action("controls", tr("Controls"), "F9")
        self.controls.setCheckable(True)
        self.controls.setChecked(True)
        self.next_pane = self._action("next_pane", tr("Next pane"), "F6")
        self.cast_sheet = self._action("cast_sheet", tr("Cast sheet"), "Ctrl+Shift+L")
        self.tour = self._action("tour", tr("Three steps to begin"), None)
        self.copy_diagnostics = self._action("copy_diagnostics", tr("Copy diagnostics"), None)
        self.show_log = self._action("show_log", tr("Show the log's folder"), None)
        self.about = self._action("about", tr("About Facewright"), None)
        self.view_menu = QMenu()
        self._fill_menus()

    def _action(self, name: str, text: str, keys: str | QKeySequence.StandardKey | None, tip: str = "") -> QAction:
        action = QAction(text, self._window)
        self._name(name, action, QKeySequence() if keys is None else QKeySequence(keys), tip or text.rstrip("…"))
        return action

    def _name(self, name: str, action: QAction, keys: QKeySequence, tip: str) -> None:
        self.named[name], self._default_keys[name], self._tips[action] = action, keys, tip
        self._set_keys(action, keys)

    def _set_keys(self, action: QAction, keys: QKeySequence) -> None:
        action.setShortcut(keys)
        text = keys.toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{self._tips[action]} ({text})" if text else self._tips[action])

    def add_page(self, name: str, title: str, keys: str) -> QAction:
        """An action that shows and hides a page at the side, in the view menu and the tool bar."""
        action = self._action(name, title, keys)
        action.setCheckable(True)
        self.view_menu.insertAction(self.cast_sheet, action)
        self._bar.insertAction(self._pages_end, action)
        button = self._bar.widgetForAction(action)
        assert isinstance(button, QToolButton)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.show_icons()
        return action

    def add_exploring(self, actions: Sequence[QAction]) -> None:
        """The menu of what the studio offers; its actions get keys here, where no two may have the same."""
        menu = QMenu(tr("E&xplore"), self._window)
        self._window.menuBar().insertMenu(self.view_menu.menuAction(), menu)
        for action, (name, keys) in zip(actions, _EXPLORING, strict=True):
            self._name(name, action, QKeySequence(keys), action.text())
            menu.addAction(action)

    def default_keys(self, name: str) -> QKeySequence:
        return self._default_keys[name]

    def use_keys(self, changed: Mapping[str, str]) -> None:
        """Give the actions their own keys, or those in ``changed`` (portable text by name; empty: none)."""
        for name, action in self.named.items():
            keys = self._default_keys[name]
            if name in changed:
                keys = QKeySequence.fromString(changed[name], QKeySequence.SequenceFormat.PortableText)
            self._set_keys(action, keys)

    def _fill_menus(self) -> None:
        bar = self._window.menuBar()
        menus: dict[str, tuple[QAction | None, ...]] = {
            tr("&File"): (self.new_person, self.new_seed, None, self.open, self.save, self.save_as, None, self.export,
                          self.export_again, self.coverage, self.cast_report, None, self.quit),
            tr("&Edit"): (self.undo, self.redo, None, self.find, self.name_person, self.copy_description, None,
                          self.settings),
            tr("&View"): (self.controls, self.next_pane, None, self.cast_sheet),
            tr("&Help"): (self.tour, None, self.copy_diagnostics, self.show_log, None, self.about),
        }  # fmt: skip
        for title, actions in menus.items():
            menu = bar.addMenu(title)
            for action in actions:
                if action is None:
                    menu.addSeparator()
                else:
                    menu.addAction(action)
            if self.cast_sheet in actions:
                self.view_menu = menu

    def fill_tool_bar(self, name_line: QLineEdit, seed_line: QLineEdit) -> QToolBar:
        bar = self._bar = QToolBar(tr("Tools"), self._window)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.addAction(self.new_person)
        bar.addAction(self.new_seed)
        for text, line in ((tr("Seed"), seed_line), (tr("Name"), name_line)):
            label = QLabel(text)
            label.setObjectName("quiet")
            label.setContentsMargins(10, 0, 4, 0)
            label.setBuddy(line)
            bar.addWidget(label)
            bar.addWidget(line)
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(gap)
        bar.addAction(self.undo)
        bar.addAction(self.redo)
        self._pages_end = bar.addSeparator()
        bar.addAction(self.export)
        button: QWidget = bar.widgetForAction(self.export)
        assert isinstance(button, QToolButton)
        button.setObjectName("primary")
        for action in (self.new_person, self.new_seed, self.undo, self.redo, self.export):
            bar.widgetForAction(action).setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for action in (self.undo, self.redo):
            button = bar.widgetForAction(action)
            assert isinstance(button, QToolButton)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        bar.setIconSize(QSize(18, 18))
        self.show_icons()
        self._window.addToolBar(bar)
        return bar

    def show_icons(self) -> None:
        """Draw the icons anew, in the colours of the present theme."""
        for name in ("undo", "redo", "library", "history"):
            if name in self.named:
                # The same colour when the page is shown: these buttons are framed then, not filled.
                colour = self._window.palette().color(QPalette.ColorRole.WindowText)
                self.named[name].setIcon(icon(name, colour))

    def show_repeatable(self, folder: Path | None, obstacle: str) -> None:
        """Say where the last export can be repeated, or why it cannot."""
        action = self.export_again
        action.setEnabled(not obstacle)
        text = tr("Write the present character into {folder} as the last one").format(folder=folder)
        self._tips[action] = tr("Not possible: {reason}").format(reason=obstacle) if obstacle else text
        action.setText(tr("Export again (the folder is gone)") if obstacle and folder else tr("Export again"))
        action.setStatusTip(self._tips[action])
        self._set_keys(action, action.shortcut())

    def show_state(self, session: Session | None) -> None:
        """Enable what can be done, and name what undo and redo would do."""
        for action in (self.new_person, self.new_seed, self.open, self.save, self.save_as, self.export, self.about,
                       self.copy_description, self.coverage, self.cast_report, self.cast_sheet, self.tour, self.find,
                       self.name_person):  # fmt: skip
            action.setEnabled(session is not None)
        for action, (word, sentence), label in (
            (self.undo, (tr("Undo"), tr("Undo {step}")), session.undo_label if session else ""),
            (self.redo, (tr("Redo"), tr("Redo {step}")), session.redo_label if session else ""),
        ):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setEnabled(bool(label))
            action.setText(sentence.format(step=label) if label else word)
            action.setIconText(word)
            action.setToolTip(f"{action.text()} ({keys})" if keys else action.text())
