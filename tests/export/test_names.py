"""Names of files: templates, what engines allow, and that nothing leads out of the folder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator.errors import UsageError
from creator.export.names import FIELDS, NAME_RULES, NameTemplate, unique_names

VALUES: dict[str, str | int] = {
    "character": "Zoë O'Neill", "expression": "happy", "pose": "own", "light": "own", "crop": "bust", "preset": "png",
    "index": 7, "number": 3, "size": 512, "seed": 99,
}  # fmt: skip


@pytest.mark.parametrize(
    ("template", "rules", "expected"),
    [
        ("{character} {expression}", "any", "Zoë O'Neill happy"),
        ("{character} {expression}", "renpy", "zoe_o_neill happy"),
        ("img/faces/{character}_{expression}", "plain", "img/faces/Zoe_O_Neill_happy"),
        ("{preset}/{character}_{size}_{index:03}", "lower", "png/zoe_o_neill_512_007"),
        ("{seed:08}-{number:2}{{x}}", "any", "00000099- 3{x}"),
    ],
)
def test_a_template_is_filled_as_the_engine_wants_it(template: str, rules: str, expected: str) -> None:
    assert NameTemplate(template).filled(VALUES, NAME_RULES[rules]) == expected


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{charakter}", "did you mean 'character'"),
        ("{character.__class__}", "unknown field"),
        ("{character!r}", "only say a width"),
        ("{character:>40}", "only say a width"),
        ("{index:99999}", "only say a width"),
        ("{character", "not complete"),
        ("../{character}", "must stay inside the folder"),
        ("/etc/{character}", "must stay inside the folder"),
        ("a/../b", "must stay inside the folder"),
        ("a//b", "must stay inside the folder"),
        ("a\\b", "must stay inside the folder"),
        ("C:{character}", "must stay inside the folder"),
        ("", "1 to 200 printable"),
        ("a\nb", "1 to 200 printable"),
        ("x" * 201, "1 to 200 printable"),
        ("a/" * 20 + "b", "more than 8 folders"),
    ],
)
def test_a_wrong_template_is_explained(template: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        NameTemplate(template)


@pytest.mark.parametrize("rules", sorted(NAME_RULES))
@given(name=st.text(max_size=300), expression=st.text(max_size=20))
def test_any_name_gives_a_file_that_every_system_can_have(rules: str, name: str, expression: str) -> None:
    values = {**VALUES, "character": name, "expression": expression}
    path = NameTemplate("faces/{character}/{expression}").filled(values, NAME_RULES[rules])
    parts = path.split("/")
    assert parts[0] == "faces"
    assert len(parts) == 3
    for part in parts:
        assert part.strip(" .") == part
        assert part not in ("", ".", "..")
        assert len(part.encode()) <= 200
        assert not set(part) & set('<>:"/\\|?*\0')
        assert part.isprintable()
        assert part.split(".")[0].lower() not in ("con", "nul", "prn", "aux", "com1", "lpt9")
        if rules != "any":
            assert part.isascii()
        if rules in ("lower", "renpy"):
            assert part == part.lower()


@given(st.lists(st.text(max_size=12), max_size=40), st.sampled_from(sorted(NAME_RULES)))
def test_no_two_characters_get_one_name(names: list[str], rules: str) -> None:
    unique = unique_names(names, NAME_RULES[rules])
    assert len({name.casefold() for name in unique}) == len(names)
    assert unique_names(names, NAME_RULES[rules]) == unique


def test_names_in_other_writing_systems_stay_apart_where_the_engine_cannot_spell_them() -> None:
    first, second = unique_names(["Анна", "花子"], NAME_RULES["renpy"])
    assert first != second
    assert first.startswith("name_")
    assert unique_names(["Анна", "花子"], NAME_RULES["any"]) == ("Анна", "花子")
    assert NAME_RULES["renpy"].field("3rd guard") == "n3rd_guard"


def test_every_field_can_be_used() -> None:
    template = NameTemplate("".join(f"{{{field}}}" for field in FIELDS))
    assert template.used == set(FIELDS)
