from __future__ import annotations

import io
import re
from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from creator.errors import UsageError
from creator.export.formats.renpy import FIRST_WORDS, KEYWORDS, image_word
from creator.export.portrait_set import PortraitSet

Written = Callable[..., dict[str, bytes]]
MakeSet = Callable[..., PortraitSet]
TEMPLATE = "game/images/{character}/{character}_{expression}"


def test_pictures_are_named_as_scripts_show_them(
    make_set: MakeSet, written: Written, renpy_grammar: ModuleType
) -> None:
    files = written("renpy", make_set(template=TEMPLATE, name="game/portraits"))
    images = renpy_grammar.parse_images(files["game/portraits.rpy"].decode())
    assert images["ada happy"] == "images/ada/ada happy.png"
    assert {f"{who} {look}" for who in ("ada", "bo") for look in ("neutral", "happy", "angry")} == {*images}
    assert {f"game/{path}" for path in images.values()} == files.keys() - {"game/portraits.rpy"}
    for name, path in images.items():
        assert path.rpartition("/")[2] == f"{name}.png", "Ren'Py's own search defines the same image"


def test_side_images_lie_beside_and_have_a_default(
    make_set: MakeSet, written: Written, renpy_grammar: ModuleType
) -> None:
    files = written("renpy", make_set(template=TEMPLATE, name="game/p", size=64), {"side": 16, "kind": "webp"})
    images = renpy_grammar.parse_images(files["game/p.rpy"].decode())
    assert images["side ada happy"] == "images/ada/side ada happy.webp"
    assert images["side ada"] == images["side ada neutral"], "what shows when a script names no look"
    with Image.open(io.BytesIO(files["game/images/ada/side ada happy.webp"])) as image:
        assert image.size == (16, 16)
    assert "ada" not in images, "'show ada at left' would otherwise put the neutral face on again"


def test_poses_become_attributes(make_set: MakeSet, written: Written, renpy_grammar: ModuleType) -> None:
    portraits = make_set(poses=("front", "left"), template=TEMPLATE + "_{pose}", name="p")
    images = renpy_grammar.parse_images(written("renpy", portraits)["p.rpy"].decode())
    assert "ada happy left" in images
    assert "ada happy front" in images


def test_names_are_quoted_and_suggested(make_set: MakeSet, written: Written, renpy_grammar: ModuleType) -> None:
    shown = {"ada": 'Ada "[the] {Great}" \\o/', "bo": "Bo"}
    script = written("renpy", make_set(name="p", display_names=shown))["p.rpy"].decode()
    defines = renpy_grammar.parse_defines(script)
    assert defines["bo"] == ("Bo", "bo")
    assert defines["ada"] == ('Ada "[[the] {{Great}" \\o/', "ada")


def test_without_a_script_there_are_only_pictures(make_set: MakeSet, written: Written) -> None:
    assert all(path.endswith(".png") for path in written("renpy", make_set(), {"script": False}))


@pytest.mark.parametrize("word", [*sorted(KEYWORDS | FIRST_WORDS), "renpy", "config", "class", "none", "7up"])
def test_a_reserved_word_as_a_name_is_made_harmless(
    word: str, make_set: MakeSet, written: Written, renpy_grammar: ModuleType
) -> None:
    script = written("renpy", make_set(characters=(word,), name="p"))["p.rpy"].decode()
    tag = image_word(word, first=True)
    assert f"{tag} happy" in renpy_grammar.parse_images(script)
    assert [linked for _, linked in renpy_grammar.parse_defines(script).values()] == [tag]
    assert (tag == f"{word}_") == (word in KEYWORDS | FIRST_WORDS)


def test_two_characters_of_one_tag_are_refused(make_set: MakeSet, written: Written) -> None:
    with pytest.raises(UsageError, match="two characters would both be 'ada'"):
        written("renpy", make_set(characters=("ada", "Ada"), template="{character}{expression}x"))


@given(st.text(min_size=1, max_size=30))
def test_any_name_is_a_sound_word_or_refused(text: str) -> None:
    try:
        word = image_word(text, first=True)
    except UsageError as error:
        assert "\n" not in str(error)
        assert not any(letter.isalnum() and letter <= "\ufffd" for letter in text)
        return
    assert re.fullmatch(r"[0-9a-zA-Z_\u00a0-\ufffd][-0-9a-zA-Z_\u00a0-\ufffd]*", word), "as Ren'Py's lexer has it"
    assert word == word.lower()
    assert word not in KEYWORDS | FIRST_WORDS
    assert image_word(word, first=True) == word, "once made sound, it stays"
