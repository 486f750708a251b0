"""A strict reader of the few Ren'Py statements that an export may write, after Ren'Py's own lexer."""

from __future__ import annotations

import ast
import keyword
import re

_WORD = r"[-0-9a-zA-Z_\u00a0-\ufffd]+"
# Ren'Py 8.0's list; later versions refuse fewer words.
_KEYWORDS = {
    "as", "at", "behind", "call", "expression", "hide", "if", "in", "image", "init", "jump", "menu", "onlayer",
    "python", "return", "scene", "show", "with", "while", "zorder", "transform",
}  # fmt: skip
_STATEMENTS = _KEYWORDS | {"define", "default", "label", "screen", "style", "translate", "pass", "camera", "layer"}
_IMAGE = re.compile(rf'image ((?:{_WORD})(?: {_WORD})*) = ("(?:[^"\\]|\\.)*")')
_DEFINE = re.compile(r"# define ([A-Za-z_\u00a0-\ufffd][0-9A-Za-z_\u00a0-\ufffd]*) = (Character\(.*\))")


def parse_images(script: str) -> dict[str, str]:
    """Image name to file of every ``image`` statement; nothing else may stand in the script but comments."""
    assert "\t" not in script
    assert script.endswith("\n")
    images: dict[str, str] = {}
    for line in script.splitlines():
        if not line or line.startswith("#"):
            continue
        match = _IMAGE.fullmatch(line)
        assert match, f"no image statement: {line!r}"
        words = match[1].split(" ")
        assert not _KEYWORDS & {*words}, f"a keyword in {line!r}"
        assert not any(word.startswith("-") for word in words), f"'-' takes an attribute off: {line!r}"
        assert match[1] not in images, f"{match[1]!r} is defined twice"
        images[match[1]] = ast.literal_eval(match[2])
    return images


def parse_defines(script: str) -> dict[str, tuple[str, str]]:
    """The suggested definitions: variable to (name as written, image tag)."""
    found = {}
    for match in filter(None, map(_DEFINE.fullmatch, script.splitlines())):
        call = ast.parse(match[2], mode="eval").body
        assert isinstance(call, ast.Call)
        assert match[1].isidentifier()
        assert not keyword.iskeyword(match[1])
        assert match[1] not in {*_STATEMENTS, "renpy", "config", "persistent", "store", "gui"}
        found[match[1]] = (ast.literal_eval(call.args[0]), ast.literal_eval(call.keywords[0].value))
    return found
