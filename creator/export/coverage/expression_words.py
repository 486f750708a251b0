"""Words that script writers use for a mood, and the expression that comes closest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_WORDS: Mapping[str, str] = {
    "neutral": "normal default calm idle plain blank base",
    "happy": "smile smiling glad joy joyful cheerful pleased content friendly relieved",
    "laughing": "laugh grin grinning amused delighted excited hysterical vhappy",
    "sad": "cry crying unhappy sorrow sorrowful tearful tears upset depressed disappointed lonely",
    "angry": "mad furious annoyed rage irritated pissed fuming grumpy",
    "afraid": "scared fear fearful frightened terrified worried nervous anxious panic panicked concerned",
    "disgusted": "disgust yuck gross sick",
    "surprised": "surprise shock shocked astonished amazed startled wow",
    "contemptuous": "contempt scorn scornful disdain sneer sneering smug",
    "determined": "serious resolute focused brave confident stern",
    "smirking": "smirk sly cheeky mischievous teasing",
    "tired": "sleepy exhausted bored weary asleep",
    "pained": "pain hurt suffering wounded",
    "winking": "wink flirty flirt",
}
_CLOSEST = {word: expression for expression, words in _WORDS.items() for word in words.split()}


def closest_expression(word: str, expressions: Sequence[str]) -> str:
    """The one of ``expressions`` that says about what ``word`` says, or nothing."""
    closest = _CLOSEST.get(word.casefold(), "")
    return closest if closest in expressions else ""
