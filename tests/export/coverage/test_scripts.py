"""What scripts of Ren'Py, Dialogic and Yarn Spinner say about portraits."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator.errors import ScriptError
from creator.export.coverage import dialogic_timeline, renpy_script, yarn_script
from creator.export.coverage.portrait_use import DefinedImage, PortraitUse, SpeakerTag, SpokenLine, Statement

READERS: dict[str, Callable[[str], Iterable[Statement]]] = {
    "renpy": renpy_script.read_statements,
    "dialogic": dialogic_timeline.read_statements,
    "yarn": yarn_script.read_statements,
}


def told(engine: str, script: str) -> list[tuple[str, str, int]]:
    uses = [statement for statement in READERS[engine](script) if isinstance(statement, PortraitUse)]
    return [(f"side {use.character}" if use.side else use.character, use.expression, use.line) for use in uses]


@pytest.mark.parametrize(
    ("line", "uses"),
    [
        ("show eileen happy", [("eileen", "happy")]),
        ("show eileen happy at left, shaking with dissolve", [("eileen", "happy")]),
        ("show eileen -sad happy night as e2 behind lucy", [("eileen", "happy"), ("eileen", "night")]),
        ("show eileen", [("eileen", "")]),
        ("scene bg room", [("bg", "room")]),
        ("scene", []),
        ("show side eileen happy", [("side eileen", "happy")]),
        ("show expression 'eileen ' + mood", []),
        ("show screen map", []),
        ("show layer master at shake", []),
        ("hide eileen", []),
        ("show eileen happy # sad", [("eileen", "happy")]),
        ("show eileen happy:", [("eileen", "happy")]),
        ("show mädchen froh", [("mädchen", "froh")]),
        ('$ renpy.show("eileen happy", at_list=[left])', [("eileen", "happy")]),
        ("$ x = 'show eileen sad'", []),
        ("shower eileen happy", []),
    ],
)
def test_renpy_shows(line: str, uses: list[tuple[str, str]]) -> None:
    assert told("renpy", f"label start:\n    {line}\n") == [(*use, 2) for use in uses]


def test_renpy_speakers_wear_attributes() -> None:
    script = """\
define e = Character("Eileen", image="eileen", who_color="#c8ffc8")
default 5 l = DynamicCharacter('lucy_name',
    image='lucy mad')
define narrator = Character(None)
label start:
    e happy "Hello, [name]!"
    e -happy @ vhappy laughing 'Text with "show eileen sad"'
    e "Nothing new."
    l mad \"\"\"
    show eileen sad
    \"\"\"
    "show eileen angry"
    nobody sad "?"
"""
    statements = list(renpy_script.read_statements(script))
    assert [s for s in statements if isinstance(s, SpeakerTag)] == [SpeakerTag("e", "eileen"), SpeakerTag("l", "lucy")]
    assert [s for s in statements if isinstance(s, SpokenLine)] == [
        SpokenLine("e", ("happy",), 6),
        SpokenLine("e", ("-happy", "vhappy", "laughing"), 7),
        SpokenLine("l", ("mad",), 9),
        SpokenLine("nobody", ("sad",), 13),
    ]
    assert not told("renpy", script)


def test_other_languages_inside_a_renpy_script_are_passed_over() -> None:
    script = """\
init python:
    def f():
        show = 1
        renpy.show("eileen happy")
screen say(who, what):
    text what
    show eileen
init -2 style default:
    show eileen sad
translate german strings:
    old "show eileen"
    new "zeige"
label end:
    show eileen angry
"""
    assert told("renpy", script) == [("eileen", "happy", 4), ("eileen", "angry", 14)]


def test_renpy_images_are_there() -> None:
    script = """\
image eileen happy = "eileen_happy.png"
image side eileen = im.Crop("x.png",
  (0, 0, 5, 5))
image bg:
    "bg.png"
"""
    assert list(renpy_script.read_statements(script)) == [
        DefinedImage("eileen", "happy"),
        DefinedImage("eileen", "", side=True),
        DefinedImage("bg", ""),
    ]


def test_lines_that_continue_keep_their_number() -> None:
    script = 'show eileen happy at Transform(\n    xpos=1,\n    ypos=2)\nshow \\\n  lucy mad\n"a\nb"\nshow bob sad\n'
    assert told("renpy", script) == [("eileen", "happy", 1), ("lucy", "mad", 4), ("bob", "sad", 8)]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ('e "never closed\n', "string that begins at line 1"),
        ("\n$ f(\n", "bracket of the statement at line 2"),
        ("label a:\n\tshow b\n", "line 2 holds a tab"),
        ("$ x = '" + "a" * 70_000 + "'\n", "line 1"),
    ],
)
def test_what_is_not_renpy_is_told_with_its_line(script: str, reason: str) -> None:
    with pytest.raises(ScriptError, match=reason):
        list(renpy_script.read_statements(script))


def test_dialogic_events_and_lines() -> None:
    script = """\
# join Nobody (happy)
join Emilio (happy) center [animation="Bounce In"]
join "My Character" (Special/Crazy) left
update Emilio [animation="Tada"]
leave Emilio
\tEmilio (excited): Hello: [portrait=sad]well[/b] \\
and [portrait = angry ] more
Emilio: No change
Plain text with (brackets): still a name
if {Emilio.mood} == "x":
- Choice (sad): not a line
set {x} = 5
[background path="a: (b)"]
"My Character" (Cool) : Yo
\\[portrait=no] text
A narrator (sic) speaks
"""
    assert told("dialogic", script) == [
        ("Emilio", "happy", 2),
        ("My Character", "Special/Crazy", 3),
        ("Emilio", "", 4),
        ("Emilio", "excited", 6),
        ("Emilio", "sad", 6),
        ("Emilio", "angry", 7),
        ("My Character", "Cool", 14),
    ]


def test_yarn_customs() -> None:
    script = """\
title: Ada: not a line #mood:happy
tags: x
---
// Ada: comment #mood:happy
Ada: Hello! #line:0f #expression:happy
<<portrait Ada sad>>
<<show "Old Bo" angry at left>>
<<if $x>>
    Ada (afraid): Oh! // #mood:no
    -> Ada: Run! <<if $y>> #face:determined
    -> Stay
<<endif>>
<<face Ada>>
See http://example.org/#mood:x
Ada: \\#mood:none http://x.org #emotion:tired
===
Ada: outside #mood:happy
"""
    assert told("yarn", script) == [
        ("Ada", "happy", 5),
        ("Ada", "sad", 6),
        ("Old Bo", "angry", 7),
        ("Ada", "afraid", 9),
        ("Ada", "determined", 10),
        ("Ada", "", 13),
        ("Ada", "tired", 15),
    ]


_SCRAPS = st.sampled_from(
    ["show ", "scene", "eileen", " happy", '"', "'", '"""', "\n", "    ", "(", ")", "[", "{", "\\", "#", "@", ":", "-",
     "image ", "define e = Character(", "image=", "join ", "update ", "[portrait=", "]", "---\n", "===\n", "<<", ">>",
     "#mood:", "->", "//", "\t", "\r", "\ufeff", "é", "python:\n", "$ "]
)  # fmt: skip


@pytest.mark.parametrize("engine", READERS)
@given(text=st.text(max_size=80) | st.lists(_SCRAPS, max_size=40).map("".join))
def test_any_text_is_read_or_one_clear_error(engine: str, text: str) -> None:
    try:
        for statement in READERS[engine](text):
            if isinstance(statement, PortraitUse):
                assert statement.character
                assert 1 <= statement.line <= text.count("\n") + len(text.splitlines()) + 1
    except ScriptError as error:
        assert "\n" not in str(error)
        assert "line" in str(error)


@pytest.mark.parametrize("engine", READERS)
def test_a_megabyte_of_one_thing_is_read_in_one_go(engine: str) -> None:
    """Patterns that look back would never end here."""
    for scrap in ("a ", "(", " ", '"', "<<", "[portrait=", ":", "#", "é(", "\\", "a\n", "-> ", "[["):
        try:
            list(READERS[engine](scrap * 30_000))
        except ScriptError:
            continue
