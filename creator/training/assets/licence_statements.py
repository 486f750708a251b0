"""What files say about their licence: the statements as written, and the licence's short name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from creator.training.assets.source_folder import SourceText

CC0 = "CC0-1.0"
UNSTATED = "unstated"

_KNOWN = (
    (CC0, re.compile(r"\bCC-?0\b|publicdomain/zero|\bcreative commons zero\b", re.I)),
    ("AGPL-3.0", re.compile(r"\bAGPL|\bAffero\b", re.I)),
    ("LGPL", re.compile(r"\bLGPL|\blesser general public\b", re.I)),
    ("CC-BY", re.compile(r"\bcreative commons attribution\b", re.I)),
    ("GPL", re.compile(r"\bGPL|\bGNU general public\b", re.I)),
)
_ATTRIBUTION = re.compile(r"\bCC[- ]BY((?:[- ](?:SA|NC|ND))*)(?:[- ](\d\.\d))?", re.I)
_STATEMENT = re.compile(r"licen[cs]e|copyright|\bauthor|homepage|\buuid\b|\breleased\b|\bcontact\b|\bCC-?0\b", re.I)
_OTHER = re.compile(r"^licen[cs]e(?:\s*[:=]\s*|\s+)(?!text\b|as\b|along\b)([A-Za-z].*)$", re.I)
_KEYWORDS = ("license", "licence", "author", "homepage", "uuid", "copyright")
_WHOLE_REPOSITORY = re.compile(
    r"[^.]*\bassets have been (?:per \w+ \d{4} )?(?:been )?released under (?:creative commons )?CC0(?:[- ]1\.0)?[^.]*",
    re.I,
)


def statements_of(text: SourceText) -> tuple[str, ...]:
    """The comment and keyword lines that speak of licence, copyright, author, homepage or uuid, without marks."""
    found = []
    for line in text.lines:
        bare = line.lstrip()
        if bare.startswith(("#", "//")):
            if _STATEMENT.search(bare):
                found.append(_printable(bare.lstrip("#/ \t")))
        elif bare.startswith(_KEYWORDS) and bare.split(None, 1)[0].rstrip(":") in _KEYWORDS:
            found.append(_printable(bare))
    return tuple(found)


def _printable(line: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in line).strip()


def licence_of(statements: Iterable[str]) -> frozenset[str]:
    """Short names of all licences that the statements name; empty where they name none.

    A licence line in words unknown here gives these words, so that it is refused by name rather than overlooked.
    """
    names: set[str] = set()
    for line in statements:
        known = {name for name, pattern in _KNOWN if pattern.search(line)}
        for match in _ATTRIBUTION.finditer(line):
            extras = match[1].upper().replace(" ", "-")
            known.add("-".join(filter(None, (f"CC-BY{extras}", match[2]))))
        other = _OTHER.match(line)
        if not known and other:
            known.add(other[1][:60])
        names |= known
    return frozenset(names)


def repository_statement(text: SourceText) -> str | None:
    """The sentence of a repository's README or licence file that releases all its assets under CC0."""
    match = _WHOLE_REPOSITORY.search(" ".join(" ".join(text.lines).split()))
    return match[0].strip(" .") if match else None
