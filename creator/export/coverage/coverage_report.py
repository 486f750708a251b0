"""Compares what a game's scripts ask for with the portraits that there are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from creator.attributes import nearest_name
from creator.export.coverage.expression_words import closest_expression
from creator.export.coverage.game_folder import Game, PlacedUse
from creator.export.coverage.portrait_use import DefinedImage, Engine

State = Literal["exported", "missing", "unknown"]
_Look = tuple[str, str, bool]  # tag, plain expression, whether it is a side image
_SHOWN_PLACES = 3
_SHOWN_OTHERS = 12


@dataclass(frozen=True)
class CoveredPortrait:
    """One character with one expression, as the scripts ask for it.

    ``character`` is its tag. ``state``: "exported"; "missing" when the model can make it; "unknown" when it cannot,
    or when the script spells it so that the engine will not find it. ``remedy``: a few words, or nothing.
    ``places``: ``script:line``, in order.
    """

    engine: Engine
    character: str
    expression: str
    side: bool
    state: State
    remedy: str
    places: tuple[str, ...]

    @property
    def label(self) -> str:
        return " ".join((*(("side",) if self.side else ()), self.character, self.expression or "(any)"))


@dataclass(frozen=True)
class Coverage:
    """``portraits``: by character, then by first use. ``others``: what scripts show that is no cast, no picture."""

    scripts: int
    portraits: tuple[CoveredPortrait, ...]
    others: tuple[str, ...]
    notices: tuple[str, ...]

    def of_state(self, state: State) -> tuple[CoveredPortrait, ...]:
        return tuple(portrait for portrait in self.portraits if portrait.state == state)

    @property
    def is_complete(self) -> bool:
        return all(portrait.state == "exported" for portrait in self.portraits)

    def lines(self) -> list[str]:
        """The report for a reader: what is missing, what nobody knows, who is not in the cast, and the sum."""
        told = []
        for portrait in (*self.of_state("missing"), *self.of_state("unknown")):
            more = len(portrait.places) - _SHOWN_PLACES
            places = ", ".join(portrait.places[:_SHOWN_PLACES]) + (f" and {more} more" if more > 0 else "")
            told.append(f"{portrait.state:<8} {portrait.label:<28} {places}"
                        + (f"  ({portrait.remedy})" if portrait.remedy else ""))  # fmt: skip
        if self.others:
            more = len(self.others) - _SHOWN_OTHERS
            told.append(f"not in the cast: {', '.join(self.others[:_SHOWN_OTHERS])}"
                        + (f" and {more} more" if more > 0 else ""))  # fmt: skip
        exported = len(self.of_state("exported"))
        told.append(
            f"{exported} of the {len(self.portraits)} portraits that the scripts use are exported"
            if self.portraits
            else f"no portrait of this cast is used ({self.scripts} scripts were read)"
        )
        return told

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": "facewright coverage",
            "format": 1,
            "scripts": self.scripts,
            "complete": self.is_complete,
            "portraits": [
                {
                    "engine": portrait.engine,
                    "character": portrait.character,
                    "expression": portrait.expression,
                    "side": portrait.side,
                    "state": portrait.state,
                    "remedy": portrait.remedy,
                    "places": list(portrait.places),
                }
                for portrait in self.portraits
            ],
            "others": list(self.others),
            "notices": list(self.notices),
        }


def coverage_of(
    game: Game,
    exported: Mapping[str, Collection[str]],
    names: Mapping[str, str],
    expressions: Sequence[str],
) -> Coverage:
    """Compare ``game`` with a cast.

    ``exported``: for each character's tag the looks that an export wrote; they count for Yarn alone, since the other
    engines find only what ``game`` itself has. ``names``: for each tag the character's name; Yarn's scripts may say
    either. ``expressions``: those that the model can make.
    """
    spellings: dict[str, list[str]] = {}
    for tag in names:
        spellings.setdefault(plain(tag), []).append(tag)
    # Two targets of a link may spell a character's tag in two ways: the first stands for both.
    tags = {plain(name): spellings[plain(tag)][0] for tag, name in reversed(list(names.items()))}
    tags |= {spelled: of_one[0] for spelled, of_one in spellings.items()}
    looks: set[_Look] = set()
    pictured = {(image.character, image.side) for image in game.images}
    for image in game.images:
        if plain(image.character) in tags:
            looks.add((tags[plain(image.character)], plain(image.expression), image.side))
    also = {(tags[plain(tag)], plain(look), False) for tag, of_tag in exported.items() for look in of_tag}
    there: dict[Engine, set[_Look]] = {"renpy": looks, "dialogic": looks, "yarn": looks | also}
    no_cast = {plain(character) for character, _ in pictured}
    found: dict[tuple[Engine, str, str, bool, str], list[str]] = {}
    others: dict[str, None] = {}
    for placed in game.uses:
        use = placed.use
        tag = tags.get(plain(use.character), "")
        if tag:
            is_there = (
                DefinedImage(use.character, use.expression, use.side) in game.images
                if use.expression
                else (use.character, use.side) in pictured
            )
            wrong = "" if is_there else _wrong_spelling(placed, spellings[plain(tag)], expressions)
            key = (placed.engine, tag, use.expression, use.side, wrong)
            found.setdefault(key, []).append(f"{placed.script}:{use.line}")
        elif plain(use.character) not in no_cast:
            others[use.character] = None
    portraits = [
        CoveredPortrait(
            engine, tag, expression, side, *_judged(tag, expression, side, wrong, there[engine], expressions), tuple(at)
        )
        for (engine, tag, expression, side, wrong), at in found.items()
    ]
    order = {tag: number for number, tag in enumerate(names)}
    portraits.sort(key=lambda portrait: order[portrait.character])
    return Coverage(game.scripts, tuple(portraits), tuple(others), game.notices)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """``text`` as scripts may write it: without accents, capitals, blanks and strokes."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[\W_]+", "", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def _wrong_spelling(placed: PlacedUse, tags: Sequence[str], expressions: Sequence[str]) -> str:
    """What the engine would look for instead, where it minds capitals and the script has them wrong."""
    use = placed.use
    if placed.engine == "yarn":
        return ""
    meant = next((name for name in expressions if plain(name) == plain(use.expression)), use.expression)
    if use.character in tags and use.expression == meant:
        return ""
    return f"{use.character if use.character in tags else tags[-1]} {meant}".strip()


def _judged(
    tag: str,
    expression: str,
    side: bool,
    spelling: str,
    looks: Collection[_Look],
    expressions: Sequence[str],
) -> tuple[State, str]:
    if spelling:
        return "unknown", f"the engine knows '{spelling}'"
    if any(
        (who, beside) == (tag, side) and (not expression or look == plain(expression)) for who, look, beside in looks
    ):
        return "exported", ""
    if expression and plain(expression) not in map(plain, expressions):
        closest = closest_expression(expression, expressions)
        hint = f"; '{closest}' comes closest" if closest else nearest_name(expression, tuple(expressions))
        return "unknown", f"the model has no expression '{expression}'{hint}"
    return "missing", "export side images" if side else ""
