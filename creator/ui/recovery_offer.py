"""Offers the changes of a window that died, without standing in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDateTime, QLocale

from creator.ui.autosave import Autosave, find_lost_changes
from creator.ui.language import tr
from creator.ui.message_bar import MessageBar
from creator.ui.session import Session


def offer_lost_changes(session: Session, autosave: Autosave, bar: MessageBar, may_leave: Callable[[], bool]) -> None:
    """Ask in ``bar`` what to do with the newest lost changes, if there are any. Left unanswered, they stay."""
    lost = find_lost_changes(session.schema)
    if lost is None:
        return

    def recover() -> None:
        if not may_leave():
            ask()
            return
        session.recover(lost.unsaved)
        autosave.keep()
        lost.discard()

    def ask() -> None:
        path = lost.unsaved.path
        name = lost.unsaved.character.name or (path.name if path else tr("a character without a name"))
        when = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(lost.unsaved.when.timestamp())),
                                  QLocale.FormatType.ShortFormat)  # fmt: skip
        bar.ask(
            tr("Facewright did not end as it should. Your changes to {name} were kept ({when}).").format(
                name=name, when=when
            ),
            {tr("Recover"): recover, tr("Throw away"): lost.discard},
        )

    ask()
