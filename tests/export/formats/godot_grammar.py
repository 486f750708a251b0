"""A strict reader of Godot 4's text resources, written from the engine's grammar and apart from the product's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>&?"(?:[^"\\]|\\["\\ntr]|\\u[0-9a-fA-F]{4})*")|(?P<number>-?\d+(?:\.\d+)?(?:e[-+]\d+)?)"""
    r"""|(?P<word>[A-Za-z_]\w*)|(?P<sign>[\[\]{}(),:=]))"""
)


@dataclass
class Call:
    name: str
    arguments: list[Any]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Call) and (self.name, self.arguments) == (other.name, other.arguments)


@dataclass
class Resource:
    type: str
    external: dict[str, tuple[str, str]] = field(default_factory=dict)  # id: (type, path)
    values: dict[str, Any] = field(default_factory=dict)


class Tokens:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        position = 0
        while text[position:].strip():
            match = _TOKEN.match(text, position)
            assert match, f"no token at {text[position : position + 30]!r}"
            assert match.lastgroup
            self.tokens.append((match.lastgroup, match[match.lastgroup]))
            position = match.end()
        self.at = 0

    def next(self, kind: str | None = None, text: str | None = None) -> str:
        found_kind, found = self.tokens[self.at]
        assert kind in (None, found_kind), f"{found!r} instead of a {kind}"
        assert text in (None, found), f"{found!r} instead of {text!r}"
        self.at += 1
        return found

    def is_next(self, text: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at] == ("sign", text)

    @property
    def is_done(self) -> bool:
        return self.at == len(self.tokens)


def value(tokens: Tokens) -> Any:
    kind, text = tokens.tokens[tokens.at]
    if kind == "string":
        return _unquoted(tokens.next())
    if kind == "number":
        text = tokens.next()
        return float(text) if "." in text or "e" in text else int(text)
    if kind == "word":
        word = tokens.next()
        if word in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[word]
        assert word in {"Vector2", "Color", "NodePath", "ExtResource", "SubResource"}, f"unknown constructor {word}"
        return Call(word, _listed(tokens, "(", ")", value))
    if text == "[":
        return _listed(tokens, "[", "]", value)
    assert text == "{", f"no value begins with {text!r}"
    pairs = _listed(tokens, "{", "}", _pair)
    keys = [key for key, _ in pairs]
    assert len(set(keys)) == len(keys), f"a key is there twice: {keys}"
    return dict(pairs)


def _pair(tokens: Tokens) -> tuple[Any, Any]:
    key = value(tokens)
    tokens.next("sign", ":")
    return key, value(tokens)


def _listed(tokens: Tokens, start: str, end: str, item: Any) -> list[Any]:
    tokens.next("sign", start)
    found: list[Any] = []
    while not tokens.is_next(end):
        if found:
            tokens.next("sign", ",")
        found.append(item(tokens))
    tokens.next("sign", end)
    return found


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text.removeprefix("&")[1:-1])


def parse_value(text: str) -> Any:
    """What ``str_to_var`` gives; the whole text must be one value."""
    tokens = Tokens(text)
    found = value(tokens)
    assert tokens.is_done, "something follows the value"
    return found


def parse_resource(text: str) -> Resource:
    """A ``.tres`` file; every rule that Godot's loader checks is asserted."""
    tokens = Tokens(text)
    name, attributes = _tag(tokens)
    assert name == "gd_resource"
    assert attributes["format"] == 3
    assert attributes.keys() <= {"type", "script_class", "load_steps", "format", "uid"}
    resource = Resource(attributes["type"])
    while True:
        name, tag = _tag(tokens)
        if name == "resource":
            assert not tag
            break
        assert name == "ext_resource"
        assert tag.keys() <= {"type", "path", "id", "uid"}
        assert re.fullmatch(r"[A-Za-z0-9_]+", tag["id"])
        assert tag["id"] not in resource.external
        resource.external[tag["id"]] = (tag["type"], tag["path"])
    assert attributes["load_steps"] == len(resource.external) + 1
    while not tokens.is_done:
        key = tokens.next("word")
        tokens.next("sign", "=")
        resource.values[key] = value(tokens)
    for item in resource.values.values():
        if isinstance(item, Call) and item.name == "ExtResource":
            assert item.arguments[0] in resource.external
    return resource


def _tag(tokens: Tokens) -> tuple[str, dict[str, Any]]:
    tokens.next("sign", "[")
    name, attributes = tokens.next("word"), {}
    while not tokens.is_next("]"):
        key = tokens.next("word")
        tokens.next("sign", "=")
        assert key not in attributes
        attributes[key] = value(tokens)
    tokens.next("sign", "]")
    return name, attributes
