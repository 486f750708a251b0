"""All attribute rows in groups, built from the model's schema."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from creator.attributes import Attribute, AttributeSchema, Value
from creator.character import Character
from creator.ui.ancestry_triangle import AncestryTriangle, ancestry_attributes
from creator.ui.attribute_group import AttributeGroup, GroupHead
from creator.ui.attribute_marks import AttributeMarks
from creator.ui.attribute_row import AttributeRow
from creator.ui.attribute_text import tooltip
from creator.ui.face_pictures import EYES, FACE, HEAD, WHOLE, FacePictures
from creator.ui.face_strip import FaceStrip
from creator.ui.face_tiles import FaceTiles, Tile
from creator.ui.icon_button import IconButton
from creator.ui.language import tr, translated_word
from creator.ui.light_ball import LightBall, light_attributes
from creator.ui.swatch_strip import MONK_TONES, SwatchStrip

_OPEN_AT_START = 1  # group; the headers of the others stay in sight
EXPRESSION = "expression"
_TILE_SIDE, _STRIP_SIDE = 62, 76  # of the pictures of choices, in logical pixels
_ROWS_AT_ONCE = 1  # made in one go, so that the window is never deaf
_REGIONS = {"Brows": EYES, "Expression": FACE, "Facial hair": FACE, "Hair": HEAD, "Light": FACE}


@dataclass
class _Shown:
    """What the rows show; rows that are made later begin with it."""

    values: Mapping[str, Value] = field(default_factory=dict)
    character: Character | None = None


class AttributePanel(QWidget):
    """Search, filters, groups of rows, and a line of help. Reports edits; shows what it is given.

    ``edited`` carries name, value and whether more of the same movement may follow. ``values_edited`` carries several
    values by name, what they are called in the history, and the same flag. ``finished`` ends a movement.
    ``group_command`` carries titles of groups and "copy", "paste" or "roll".
    """

    edited = Signal(str, object, bool)
    values_edited = Signal(object, str, bool)
    finished = Signal()
    group_command = Signal(object, str)

    def __init__(self, marks: AttributeMarks | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks = marks or AttributeMarks(parent=self)
        self.groups: list[AttributeGroup] = []
        self.tiles: list[FaceTiles] = []
        self._schema = AttributeSchema(())
        self._group_of: dict[str, AttributeGroup] = {}
        self._pictures: FacePictures | None = None
        self._light_presets: tuple[Tile, ...] = ()
        self._shown = _Shown()
        self._fitting: list[Attribute] = []  # what a filter found
        self._listeners: list[AncestryTriangle | LightBall] = []
        self._swatches: dict[str, SwatchStrip] = {}
        self._builder = QTimer(self)
        self._builder.setInterval(0)
        self._builder.timeout.connect(self._make_some)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search attributes"))
        self.search.setAccessibleName(tr("Search attributes"))
        self.search.setClearButtonEnabled(True)
        self.search.setToolTip(
            tr("Return goes to the attribute that fits best, Ctrl+Down and Ctrl+Up to the next ones")
        )
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._go_to_found)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.search)
        leave.setContext(Qt.ShortcutContext.WidgetShortcut)
        leave.activated.connect(self.search.clear)
        self.only_changed = self._toggle("", tr("Changed"), tr("Show only what differs from its default"))
        self.only_favourites = self._toggle("star", "", tr("Show only favourites"))
        self.menu_button = IconButton("more", tr("More for all attributes"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.menu_button.setMenu(self._menu())
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 12, 8)
        top.setSpacing(6)
        top.addWidget(self.search, 1)
        for button in (self.only_changed, self.only_favourites, self.menu_button):
            top.addWidget(button)

        self._nothing = QLabel()
        self._nothing.setObjectName("quiet")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._nothing.setContentsMargins(12, 24, 12, 0)
        self._nothing.hide()
        content = QWidget()
        content.setObjectName("rows")
        self._groups_layout = QVBoxLayout(content)
        self._groups_layout.setContentsMargins(8, 0, 8, 12)
        self._groups_layout.setSpacing(2)
        self._groups_layout.addWidget(self._nothing)
        self._groups_layout.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        self.help = QLabel()
        self.help.setObjectName("quiet")
        self.help.setWordWrap(True)
        self.help.setTextFormat(Qt.TextFormat.RichText)
        self.help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.help.setContentsMargins(14, 7, 14, 7)
        self.help.setText(tr("Point at an attribute to see what it does."))
        self.help.setFixedHeight(3 * self.help.fontMetrics().lineSpacing() + 16)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setFixedHeight(1)
        line.setForegroundRole(line.palette().ColorRole.Dark)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(line)
        layout.addWidget(self.help)
        self.setMinimumWidth(410)
        self.setEnabled(False)
        self.marks.changed.connect(self._show_marks)
        for keys, go in (
            ("Ctrl+PgDown", partial(self._go_to_group, 1)),
            ("Ctrl+PgUp", partial(self._go_to_group, -1)),
            ("Ctrl+Down", partial(self._go_to_row, 1)),
            ("Ctrl+Up", partial(self._go_to_row, -1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(go)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def _toggle(self, icon_name: str, text: str, tip: str) -> QToolButton:
        button = IconButton(icon_name, tip, framed=True) if icon_name else QToolButton()
        button.setObjectName("quiet_button")
        button.setText(text)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(tip)
        button.toggled.connect(self._filter)
        return button

    def _menu(self) -> QMenu:
        menu = QMenu(self)

        def add(text: str, work: Callable[[], None]) -> None:
            action = QAction(text, menu)
            action.triggered.connect(work)
            menu.addAction(action)

        add(tr("Copy all attributes"), lambda: self.group_command.emit(self._schema.groups, "copy"))
        add(tr("Paste attributes"), lambda: self.group_command.emit(self._schema.groups, "paste"))
        menu.addSeparator()
        add(tr("Reset all attributes"), self._reset_all)
        add(tr("Unlock all attributes"), lambda: self.marks.lock(self._schema.names, False))
        menu.addSeparator()
        add(tr("Open all groups"), lambda: self._set_all_open(True))
        add(tr("Close all groups"), lambda: self._set_all_open(False))
        return menu

    def build(
        self,
        schema: AttributeSchema,
        pictures: FacePictures | None = None,
        light_presets: tuple[Tile, ...] = (),
    ) -> None:
        """Make the groups. Called once, when the model is known. Pictures of choices need ``pictures``."""
        self._schema, self._pictures = schema, pictures
        self._light_presets = light_presets
        self._shown.values = schema.defaults()
        for index, title in enumerate(schema.groups):
            attributes = tuple(a for a in schema.attributes if a.group == title)
            group = AttributeGroup(title, attributes, self._make_row, partial(self._make_head, title))
            group.needs_rows.connect(self._builder.start)
            group.command.connect(self._on_command)
            self.groups.append(group)
            self._group_of |= dict.fromkeys((a.name for a in attributes), group)
            self._groups_layout.insertWidget(self._groups_layout.count() - 1, group)
            group.set_open(index < _OPEN_AT_START)
            group.show_changed(self._shown.values)
        self._make_some()
        self.setEnabled(True)

    @property
    def rows(self) -> dict[str, AttributeRow]:
        """The rows that were made so far, by name, in the schema's order."""
        made = {name: row for group in self.groups for name, row in group.rows.items()}
        return {name: made[name] for name in self._schema.names if name in made}

    def row(self, name: str) -> AttributeRow:
        """The row of attribute ``name``, made now if it was never seen."""
        return self._group_of[name].row(name)

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show a character's values. Rows whose value stays are left alone."""
        self._shown.values = values
        for group in self.groups:
            for name, row in group.rows.items():
                row.show_value(values[name])
            group.show_changed(values)
        for listener in self._listeners:
            listener.show_values(values)
        for name, swatches in self._swatches.items():
            swatches.show_value(float(values[name]))

    def show_faces(self, character: Character) -> None:
        """Let the pictures of choices show ``character``: for a character at rest, not while a slider moves."""
        self._shown.character = character
        for tiles in self.tiles:
            tiles.show_character(character)

    @property
    def scroll_viewport(self) -> QWidget:
        """The part of the panel that scrolls, as far as it is seen."""
        return self._scroll.viewport()

    @property
    def shows_light(self) -> bool:
        """Whether the ball that moves the light can be seen."""
        return any(isinstance(one, LightBall) and one.isVisible() for one in self._listeners)

    @property
    def open_groups(self) -> tuple[str, ...]:
        """The titles of the groups that the user has open, whatever a filter shows."""
        return tuple(group.title for group in self.groups if group.was_opened)

    def open_only(self, titles: Iterable[str]) -> None:
        """Open these groups and close the others; unknown titles are passed over."""
        wanted = frozenset(titles)
        for group in self.groups:
            group.set_open(group.title in wanted)

    def reveal(self, name: str) -> None:
        """Open the group of attribute ``name``, scroll to its row and give it the focus."""
        self._group_of[name].set_open(True)
        self._focus_row(self.row(name))

    def begin_search(self) -> None:
        """Go to the line that searches; what is typed replaces the last search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # Making what is seen

    def _make_some(self) -> None:
        left = _ROWS_AT_ONCE
        for group in self.groups:
            if group.is_open:
                left -= group.make_some(left)
            if not left:
                self._builder.start()
                return
        self._builder.stop()

    def _make_row(self, attribute: Attribute) -> AttributeRow:
        row = AttributeRow(attribute)
        row.edited.connect(self.edited)
        row.finished.connect(self.finished)
        row.locked.connect(lambda name, on: self.marks.lock((name,), on))
        row.favoured.connect(self.marks.favour)
        row.pointed.connect(self._show_help)
        row.show_marks(attribute.name in self.marks.locked, attribute.name in self.marks.favourites)
        row.show_value(self._shown.values[attribute.name])
        name = attribute.name
        if name == "skin_tone" and (attribute.minimum, attribute.maximum) == (1.0, len(MONK_TONES)):
            strip = SwatchStrip(MONK_TONES, tr("{attribute}, Monk scale").format(attribute=attribute.label))
            strip.show_value(float(self._shown.values[name]))
            strip.picked.connect(lambda tone: self.edited.emit(name, tone, False))
            self._swatches[name] = strip
            row.add_below(strip)
        if attribute.kind == "choice" and name != EXPRESSION and self._pictures is not None:
            row.add_below(self._choice_tiles(attribute))
        return row

    def _choice_tiles(self, attribute: Attribute, side: int = _TILE_SIDE, *, one_line: bool = False) -> FaceTiles:
        name = attribute.name
        labels = zip(attribute.choices, attribute.choice_labels, strict=True)
        tiles = tuple(Tile(label, {name: choice}) for choice, label in labels)
        return self._tiles(tiles, name, attribute.group, partial(self._choose, name), side, one_line=one_line)

    def _choose(self, name: str, tile: Tile) -> None:
        self.edited.emit(name, tile.values[name], False)

    def _tiles(
        self,
        tiles: tuple[Tile, ...],
        client: str,
        group: str,
        choose: Callable[[Tile], None],
        side: int = _TILE_SIDE,
        *,
        one_line: bool = False,
    ) -> FaceTiles:
        assert self._pictures is not None
        region = _REGIONS.get(group, WHOLE)
        made = FaceTiles(tiles, self._pictures, f"choices of {client}", region, side, one_line=one_line)
        made.chosen.connect(lambda index: choose(tiles[index]))
        if self._shown.character is not None:
            made.show_character(self._shown.character)
        self.tiles.append(made)
        return made

    def _make_head(self, title: str) -> GroupHead | None:
        """What stands above a group's rows: the ancestry's triangle, the strip of expressions, or the ball and the
        presets of the light."""
        shares, angles = ancestry_attributes(self._schema), light_attributes(self._schema)
        if shares and shares[0].group == title:
            triangle = AncestryTriangle(shares)
            self._listen(triangle, tr("Ancestry"))
            return GroupHead(triangle, frozenset(a.name for a in shares))
        expression = self._schema.by_name.get(EXPRESSION)
        if expression is not None and expression.group == title and self._pictures is not None:
            tiles = self._choice_tiles(expression, _STRIP_SIDE, one_line=True)
            return GroupHead(FaceStrip(tiles, expression.label), frozenset((EXPRESSION,)))
        if len(angles) == 2 and angles[0].group == title:
            ball = LightBall(angles)
            self._listen(ball, tr("Light direction"))
            names = frozenset(a.name for a in angles)
            if not self._light_presets or self._pictures is None:
                return GroupHead(ball, names)
            ball.setFixedWidth(ball.sizeHint().width() - 44)
            head = QWidget()
            line = QHBoxLayout(head)
            line.setContentsMargins(0, 0, 0, 4)
            line.addWidget(ball, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(self._tiles(self._light_presets, "light presets", title, self._choose_light), 1)
            return GroupHead(head, names)
        return None

    def _choose_light(self, tile: Tile) -> None:
        self.values_edited.emit(tile.values, tr("Light: {preset}").format(preset=tile.label), False)

    def _listen(self, widget: AncestryTriangle | LightBall, what: str) -> None:
        widget.show_values(self._shown.values)
        widget.edited.connect(lambda values, live: self.values_edited.emit(values, what, live))
        widget.finished.connect(self.finished)
        self._listeners.append(widget)

    # Filters, marks, help

    def _filter(self) -> None:
        words = self.search.text().lower().split()
        changed, favourites = self.only_changed.isChecked(), self.only_favourites.isChecked()
        values, favoured = self._shown.values, self.marks.favourites

        def fits(attribute: Attribute) -> bool:
            labels = " ".join(attribute.choice_labels)
            group = f"{attribute.group} {translated_word(attribute.group)}"
            text = f"{attribute.label} {group} {attribute.help} {labels}".lower()
            return (
                all(word in text for word in words)
                and (not changed or values[attribute.name] != attribute.default)
                and (not favourites or attribute.name in favoured)
            )

        is_on = bool(words) or changed or favourites
        found = [group.filter(fits if is_on else None) for group in self.groups]
        self._fitting = [attribute for attribute in self._schema.attributes if is_on and fits(attribute)]
        self._nothing.setVisible(not any(found))
        if favourites and not favoured:
            self._nothing.setText(tr("No favourites yet. The star beside an attribute makes it one."))
        else:
            self._nothing.setText(tr("No attribute fits."))
        self._make_some()

    def _show_marks(self) -> None:
        locked, favourites = self.marks.locked, self.marks.favourites
        for name, row in self.rows.items():
            row.show_marks(name in locked, name in favourites)

    def _show_help(self, name: str) -> None:
        attribute = self._schema[name]
        help_line, _, ends = tooltip(attribute).partition("\n")
        text = f"<b>{html.escape(attribute.label)}</b>&ensp;{html.escape(help_line)}"
        self.help.setText(f"{text}<br>{html.escape(ends)}" if ends else text)

    def _on_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        widget = now
        while widget is not None and widget is not self:
            if isinstance(widget, AttributeRow):
                self._show_help(widget.attribute.name)
                return
            widget = widget.parentWidget()

    # Commands

    def _on_command(self, title: str, command: str) -> None:
        names = [a.name for a in self._schema.attributes if a.group == title]
        if command == "reset":
            what = tr("Reset {group}").format(group=translated_word(title))
            self.values_edited.emit(self._defaults(names), what, False)
        elif command in ("lock", "unlock"):
            self.marks.lock(names, command == "lock")
        else:
            self.group_command.emit((title,), command)

    def _reset_all(self) -> None:
        self.values_edited.emit(self._defaults(self._schema.names), tr("Reset all"), False)

    def _defaults(self, names: Iterable[str]) -> dict[str, Value]:
        return {name: self._schema[name].default for name in names if name not in self.marks.locked}

    def _set_all_open(self, is_open: bool) -> None:
        for group in self.groups:
            group.set_open(is_open)

    def _focus_row(self, row: AttributeRow) -> None:
        control = row.slider or row.choice
        assert control is not None
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(row, 0, 60))
        control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_found(self) -> None:
        """To the attribute whose own name is nearest to what is searched."""
        words = self.search.text().lower().split()

        def distance(attribute: Attribute) -> tuple[bool, int]:
            label = attribute.label.lower()
            return not all(word in label for word in words), len(label)

        if self._fitting:
            self._focus_row(self.row(min(self._fitting, key=distance).name))

    def _go_to_row(self, step: int) -> None:
        """To the next or the last row that can be seen; from the search, to the first."""
        found = [a.name for a in self._fitting]  # some of these may not be made yet
        names = found or [name for name, row in self.rows.items() if row.isVisible()]
        focus = QApplication.focusWidget()
        at = next((i for i, n in enumerate(names) if focus and n in self.rows and self.row(n).isAncestorOf(focus)), -1)
        if names:
            self._focus_row(self.row(names[min(max(at + step, 0), len(names) - 1)]))

    def _go_to_group(self, step: int) -> None:
        shown = [group for group in self.groups if group.isVisible()]
        if not shown:
            return
        focus = QApplication.focusWidget()
        at = next((i for i, group in enumerate(shown) if focus and group.isAncestorOf(focus)), -1 if step > 0 else 0)
        if step < 0 and at >= 0 and focus is not shown[at].header:
            at += 1  # first to the header of the group that has the focus
        header = shown[min(max(at + step, 0), len(shown) - 1)].header
        header.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll.ensureWidgetVisible(header, 0, 20)
