"""When an attribute shows in a picture: the hue of a dye only in dyed hair, a beard's density only in a beard."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from creator.attributes import Value
from creator.errors import ModelError


@dataclass(frozen=True)
class Condition:
    """What attribute ``name`` must be: from ``at_least`` to ``at_most``, or a choice that is not one of ``none_of``."""

    name: str
    at_least: float = -math.inf
    at_most: float = math.inf
    none_of: tuple[str, ...] = ()

    def holds(self, values: Mapping[str, Value]) -> bool:
        """Whether ``values`` meet it; an attribute that is not among them hinders nothing."""
        value = values.get(self.name)
        if value is None:
            return True
        return value not in self.none_of if isinstance(value, str) else self.at_least <= value <= self.at_most

    def to_json(self) -> dict[str, Any]:
        """A plain dictionary without what does not limit."""
        entry: dict[str, Any] = {"name": self.name}
        if self.none_of:
            entry["none_of"] = list(self.none_of)
        if self.at_least > -math.inf:
            entry["at_least"] = self.at_least
        if self.at_most < math.inf:
            entry["at_most"] = self.at_most
        return entry

    @staticmethod
    def from_json(entry: Any) -> Condition:
        """Read what :meth:`to_json` wrote; raise :class:`ModelError` for anything else."""
        try:
            low, high = float(entry.get("at_least", -math.inf)), float(entry.get("at_most", math.inf))
            condition = Condition(str(entry["name"]), low, high, tuple(map(str, entry.get("none_of", ()))))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ModelError(f"the model's manifest holds a damaged condition: {error!r}") from error
        if set(entry) - {"name", "at_least", "at_most", "none_of"} or math.isnan(low) or math.isnan(high):
            raise ModelError(f"the model's manifest holds a damaged condition of '{condition.name}'")
        return condition


def shows(conditions: Iterable[Condition], values: Mapping[str, Value]) -> bool:
    """Whether an attribute with these ``conditions`` can be seen in a picture of ``values``."""
    return all(condition.holds(values) for condition in conditions)
