"""How the window writes an attribute's value."""

from __future__ import annotations

from decimal import Decimal

from creator.attributes import Attribute, Value
from creator.ui.language import tr

FINE_STEPS = 10
"""How many fine steps (with Shift) make one step of an attribute."""


def step_decimals(attribute: Attribute) -> int:
    """Digits after the point that ``attribute.step`` needs: 1 gives 0, 0.02 gives 2."""
    exponent = Decimal(str(attribute.step)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def number_text(value: float, decimals: int) -> str:
    """``value`` with ``decimals`` digits after the point, and one more only where a fine step needs it."""
    text = f"{value:.{decimals + 1}f}"
    if text.endswith("0"):
        text = text[:-1].rstrip(".")
    return "0" + text[2:] if float(text) == 0 and text.startswith("-") else text


def value_text(attribute: Attribute, value: Value) -> str:
    """The value without its unit, or the label of a choice."""
    if attribute.kind == "choice":
        return attribute.choice_labels[attribute.choices.index(str(value))]
    return number_text(float(value), step_decimals(attribute))


def tooltip(attribute: Attribute) -> str:
    """The help line, and what the two ends of the slider mean."""
    lines = [attribute.help]
    if attribute.kind == "continuous":
        low, high = (_end_text(attribute, end) for end in ("minimum", "maximum"))
        lines.append(tr("{low} to {high}").format(low=low, high=high))
    return "\n".join(lines)


def _end_text(attribute: Attribute, end: str) -> str:
    word = attribute.low_word if end == "minimum" else attribute.high_word
    number = number_text(getattr(attribute, end), step_decimals(attribute)) + unit_suffix(attribute)
    return f"{word} ({number})" if word else number


def unit_suffix(attribute: Attribute) -> str:
    """The unit as it follows a number: a degree sign without a space, a word with one."""
    if not attribute.unit:
        return ""
    return f" {attribute.unit}" if attribute.unit[0].isalpha() else attribute.unit
