"""Who is in a cast: how its people spread over age, gender presentation, ancestry and skin tone, in numbers and words.

It counts what the attributes say, not what a picture shows, and weighs nothing: an uneven cast may be what the story
needs. What a model does not have is left out. ``tr`` translates all texts (the English one is its key).
"""

from __future__ import annotations

import bisect
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from creator.attributes import Attribute, AttributeSchema, Value
from creator.character import Character
from creator.description import Translate
from creator.errors import UsageError

AGE_LIMITS = (13.0, 18.0, 35.0, 60.0)
"""Years at which the next age group begins."""

GENDER_LIMITS = (1 / 3, 2 / 3)
"""Of the way from the feminine to the masculine end."""

LEADING_SHARE = 0.6
"""An ancestry with less of the mixture than this does not stand for a person alone."""

TONE_LIMITS = (4, 8)
"""Steps of the Monk scale at which skin is told as medium and as dark."""

_AGES = ("child", "teenager", "young_adult", "middle_aged", "older")
_GENDERS = ("feminine", "between", "masculine")
_ANCESTRIES = ("ancestry_african", "ancestry_east_asian", "ancestry_european")
_MONK_STEPS = 10


@dataclass(frozen=True)
class Group:
    """Some of the people. ``name`` is for programs, ``label`` for readers; ``share`` is 0 to 1 of all people."""

    name: str
    label: str
    count: int
    share: float


@dataclass(frozen=True)
class Spread:
    """How all people fall into groups that do not overlap, in the groups' own order; empty groups are among them."""

    name: str
    title: str
    groups: tuple[Group, ...]

    @property
    def evenness(self) -> float:
        """See :func:`evenness`."""
        return evenness([group.count for group in self.groups])

    @property
    def leading(self) -> Group | None:
        """The group with more people than any other, if there is one."""
        most = max(group.count for group in self.groups)
        largest = [group for group in self.groups if group.count == most]
        return largest[0] if len(largest) == 1 else None


@dataclass(frozen=True)
class Crossing:
    """People alike in age group, gender presentation and lightness of skin (in those of them that the model has).

    ``people`` names them in the plural, such as "young men of light skin tone".
    """

    people: str
    count: int


@dataclass(frozen=True)
class Representation:
    """The report. ``total`` is at least 1; ``summary`` is a few sentences; ``reading`` says how it is to be read."""

    title: str
    total_text: str
    total: int
    spreads: tuple[Spread, ...]
    crossing: Crossing | None
    summary: tuple[str, ...]
    reading: str
    evenness_label: str

    def evenness_text(self, spread: Spread) -> str:
        """How even ``spread`` is, as it is shown."""
        return self.evenness_label.format(evenness=f"{spread.evenness:.2f}")

    @property
    def empty_groups(self) -> tuple[Group, ...]:
        """Groups that the model could draw and that nobody is in."""
        return tuple(group for spread in self.spreads for group in spread.groups if group.count == 0)

    def to_json(self) -> dict[str, Any]:
        """Plain data with the groups' names as keys, for programs."""
        return {
            "total": self.total,
            "spreads": {
                spread.name: {
                    "evenness": round(spread.evenness, 4),
                    "groups": {group.name: group.count for group in spread.groups},
                }
                for spread in self.spreads
            },
            "most_frequent_crossing": (
                {"people": self.crossing.people, "count": self.crossing.count} if self.crossing else None
            ),
            "summary": list(self.summary),
        }


def evenness(counts: Sequence[int]) -> float:
    """Pielou's evenness: Shannon's entropy over that of equal groups, 0 (all in one group) to 1 (the same in each).

    Empty groups count as groups. With one group or nobody it is 0. See E. C. Pielou, "The measurement of diversity in
    different types of biological collections", Journal of Theoretical Biology 13 (1966), 131-144.
    """
    total = sum(counts)
    if len(counts) < 2 or total == 0:
        return 0.0
    entropy = -sum(count / total * math.log(count / total) for count in counts if count)
    return min(max(entropy / math.log(len(counts)), 0.0), 1.0)


@dataclass(frozen=True)
class _Facet:
    """One way to group people: ``groups`` holds names and labels, ``group_of`` finds a person's name of a group."""

    name: str
    title: str
    groups: tuple[tuple[str, str], ...]
    group_of: Callable[[Mapping[str, Value]], str]


def represent(people: Iterable[Character], schema: AttributeSchema, tr: Translate = str) -> Representation:
    """Count ``people``, who are asked for one by one and not kept.

    Raises :class:`UsageError` when there is nobody, or when the model has none of the attributes that are counted.
    """
    facets = _facets(schema, tr)
    if not facets:
        raise UsageError("this model has neither age, gender, ancestries nor skin tone, so there is nothing to count")
    defaults = schema.defaults()
    counters: list[Counter[str]] = [Counter() for _ in facets]
    crossings: Counter[tuple[str, str, str]] = Counter()
    total, youngest, oldest = 0, math.inf, -math.inf
    for person in people:
        values = {**defaults, **person.values}
        found = {}
        for facet, counter in zip(facets, counters, strict=True):
            found[facet.name] = facet.group_of(values)
            counter[found[facet.name]] += 1
        crossings[found.get("age", ""), found.get("gender", ""), _lightness(found.get("skin_tone", ""))] += 1
        total += 1
        if "age" in values:
            youngest, oldest = min(youngest, float(values["age"])), max(oldest, float(values["age"]))
    if total == 0:
        raise UsageError("there is nobody to count")
    spreads = tuple(
        Spread(
            facet.name,
            facet.title,
            tuple(Group(name, label, counter[name], counter[name] / total) for name, label in facet.groups),
        )
        for facet, counter in zip(facets, counters, strict=True)
    )
    (age, gender, tone), count = crossings.most_common(1)[0]
    known = sum(bool(part) for part in (age, gender, tone))
    crossing = Crossing(_people(age, gender, tone, tr), count) if known > 1 else None
    reading = tr(
        "What the characters' attributes say is counted. Evenness is 1 when every group has the same number of people "
        "and 0 when all are in one group. Ancestry is mixed where no part of it has 60 %."
    )
    summary = tuple(_sentences(spreads, total, (youngest, oldest), crossing, tr))
    return Representation(
        title=tr("Who is in this cast"),
        total_text=tr("Characters counted: {number}").format(number=total),
        total=total,
        spreads=spreads,
        crossing=crossing,
        summary=summary,
        reading=reading,
        evenness_label=tr("Evenness {evenness} of 1"),
    )


def _facets(schema: AttributeSchema, tr: Translate) -> tuple[_Facet, ...]:
    found = (_age(schema, tr), _gender(schema, tr), _ancestry(schema, tr), _skin_tone(schema, tr))
    return tuple(facet for facet in found if facet is not None)


def _number(schema: AttributeSchema, name: str) -> Attribute | None:
    attribute = schema.by_name.get(name)
    return attribute if attribute is not None and attribute.kind == "continuous" else None


def _age(schema: AttributeSchema, tr: Translate) -> _Facet | None:
    attribute = _number(schema, "age")
    if attribute is None:
        return None
    labels = (tr("Under 13"), tr("13 to 17"), tr("18 to 34"), tr("35 to 59"), tr("60 and older"))
    groups = tuple(zip(_AGES, labels, strict=True))
    first, last = (bisect.bisect_right(AGE_LIMITS, limit) for limit in (attribute.minimum, attribute.maximum))
    return _Facet(
        "age",
        tr("Age"),
        groups[first : last + 1],
        lambda values: _AGES[bisect.bisect_right(AGE_LIMITS, float(values["age"]))],
    )


def _gender(schema: AttributeSchema, tr: Translate) -> _Facet | None:
    attribute = _number(schema, "gender")
    if attribute is None:
        return None
    low, span = attribute.minimum, attribute.maximum - attribute.minimum
    return _Facet(
        "gender",
        tr("Gender presentation"),
        tuple(zip(_GENDERS, (tr("Feminine"), tr("In between"), tr("Masculine")), strict=True)),
        lambda values: _GENDERS[bisect.bisect_right(GENDER_LIMITS, (float(values["gender"]) - low) / span)],
    )


def _ancestry(schema: AttributeSchema, tr: Translate) -> _Facet | None:
    labels = (tr("Mostly African"), tr("Mostly East Asian"), tr("Mostly European"))
    groups = tuple(
        (name, label) for name, label in zip(_ANCESTRIES, labels, strict=True) if _number(schema, name) is not None
    )
    if len(groups) < 2:
        return None

    def group_of(values: Mapping[str, Value]) -> str:
        shares = {name: max(float(values[name]), 0.0) for name, _ in groups}
        strongest = max(shares, key=lambda name: shares[name])
        return strongest if 0 < sum(shares.values()) * LEADING_SHARE <= shares[strongest] else "mixed"

    return _Facet("ancestry", tr("Ancestry"), (*groups, ("mixed", tr("Mixed"))), group_of)


def _skin_tone(schema: AttributeSchema, tr: Translate) -> _Facet | None:
    attribute = _number(schema, "skin_tone")
    if attribute is None:
        return None
    first, last = _monk_step(attribute.minimum), _monk_step(attribute.maximum)
    label = tr("Monk {step}")
    ends = {1: tr("Monk {step} (lightest)"), _MONK_STEPS: tr("Monk {step} (darkest)")}
    return _Facet(
        "skin_tone",
        tr("Skin tone"),
        tuple((str(step), ends.get(step, label).format(step=step)) for step in range(first, last + 1)),
        lambda values: str(_monk_step(float(values["skin_tone"]))),
    )


def _monk_step(tone: float) -> int:
    """The nearest of the ten steps; the Monk Skin Tone Scale is Ellis Monk's (2019)."""
    return min(max(math.floor(tone + 0.5), 1), _MONK_STEPS)


def _lightness(step: str) -> str:
    return ("light", "medium", "dark")[bisect.bisect_right(TONE_LIMITS, int(step))] if step else ""


def _people(age: str, gender: str, tone: str, tr: Translate) -> str:
    """The people of one crossing, in the plural; an empty part is not known."""
    nouns = {
        "child": (tr("girls"), tr("children"), tr("boys")),
        "teenager": (tr("teenage girls"), tr("teenagers"), tr("teenage boys")),
        "young_adult": (tr("young women"), tr("young people"), tr("young men")),
        "middle_aged": (tr("middle-aged women"), tr("middle-aged people"), tr("middle-aged men")),
        "older": (tr("older women"), tr("older people"), tr("older men")),
        "": (tr("women"), tr("people"), tr("men")),
    }[age]
    noun = nouns[_GENDERS.index(gender or "between")]
    toned = {
        "light": tr("{people} of light skin tone"),
        "medium": tr("{people} of medium skin tone"),
        "dark": tr("{people} of dark skin tone"),
        "": "{people}",
    }[tone]
    return toned.format(people=noun)


def _sentences(
    spreads: Sequence[Spread], total: int, ages: tuple[float, float], crossing: Crossing | None, tr: Translate
) -> Iterator[str]:
    by_name = {spread.name: spread for spread in spreads}
    if "age" in by_name:
        youngest, oldest, leading = round(ages[0]), round(ages[1]), by_name["age"].leading
        if youngest == oldest:
            yield tr("Everybody is {age} years old.").format(age=youngest)
        elif leading is None:
            yield tr("Ages run from {youngest} to {oldest}.").format(youngest=youngest, oldest=oldest)
        else:
            yield tr(
                "Ages run from {youngest} to {oldest}; the largest age group is “{group}”, {count} of {total}."
            ).format(youngest=youngest, oldest=oldest, group=leading.label, count=leading.count, total=total)
    if "gender" in by_name:
        feminine, between, masculine = (group.count for group in by_name["gender"].groups)
        yield tr("Of {total}, {feminine} look feminine, {masculine} masculine and {between} in between.").format(
            total=total, feminine=feminine, masculine=masculine, between=between
        )
    if "ancestry" in by_name:
        told = ", ".join(f"{group.label} ({group.count})" for group in by_name["ancestry"].groups if group.count)
        yield tr("By ancestry: {groups}.").format(groups=told)
    if "skin_tone" in by_name:
        met, leading = [group for group in by_name["skin_tone"].groups if group.count], by_name["skin_tone"].leading
        if len(met) == 1:
            yield tr("Every skin tone is at step {step} of the Monk scale.").format(step=met[0].name)
        elif leading is None:
            yield tr("Skin tones run from step {lightest} to step {darkest} of the Monk scale.").format(
                lightest=met[0].name, darkest=met[-1].name
            )
        else:
            yield tr(
                "Skin tones run from step {lightest} to step {darkest} of the Monk scale; the most frequent is step "
                "{step}, {count} of {total}."
            ).format(lightest=met[0].name, darkest=met[-1].name, step=leading.name, count=leading.count, total=total)
    if crossing is not None and crossing.count > 1:
        yield tr("No combination is more frequent than this: {count} of {total} are {people}.").format(
            count=crossing.count, total=total, people=crossing.people
        )
    yield _empty_groups(spreads, tr)


def _empty_groups(spreads: Sequence[Spread], tr: Translate) -> str:
    parts = []
    for spread in spreads:
        labels = ", ".join(group.label for group in spread.groups if group.count == 0)
        if labels:
            parts.append(tr("{title} – {groups}").format(title=spread.title, groups=labels))
    if not parts:
        return tr("Every group has somebody in it.")
    return tr("Nobody is in these groups: {groups}.").format(groups="; ".join(parts))
