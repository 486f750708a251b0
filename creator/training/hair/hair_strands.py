"""All grooms by name: hair, beards, brows, lashes. Each style has a seed of its own and always the same strands.

With a larger ``count`` the same styles are grown more densely.
"""

from __future__ import annotations

from creator.training.hair.beard_grooms import BEARDS, beard_groom
from creator.training.hair.brow_grooms import BROWS, brow_groom, lash_groom
from creator.training.hair.hair_cuts import CUTS
from creator.training.hair.head_field import HeadField
from creator.training.hair.strand_grooms import Groom, finished, shade_map
from creator.training.hair.tied_hair import TIED

# The order gives each style its seed: append only.
_HAIR = CUTS | TIED


def hair_groom(head: HeadField, style: str, count: int) -> Groom:
    """One hair style of about ``count`` strands."""
    seed = 100 + 200 * tuple(_HAIR).index(style)
    locks, density = _HAIR[style](head, count, seed)
    return finished(head, locks, shade_map(head.scalp.uv, density), seed)


def make_grooms(head: HeadField, count: int) -> dict[str, Groom]:
    """All hair styles that have strands (bald has none)."""
    return {style: hair_groom(head, style, count) for style in _HAIR}


def make_beards(head: HeadField, count: int) -> dict[str, Groom]:
    """All beard styles but none; ``count`` is that of the hair beside them."""
    return {style: beard_groom(head, style, count, 10_000 + 200 * index) for index, style in enumerate(BEARDS)}


def make_brows(head: HeadField, count: int) -> dict[str, Groom]:
    """All brow styles; ``count`` is that of the hair beside them."""
    return {style: brow_groom(head, style, count, 20_000 + 200 * index) for index, style in enumerate(BROWS)}


def make_lashes(head: HeadField, count: int) -> Groom:
    """Upper and lower lashes of both eyes; ``count`` is that of the hair beside them."""
    return lash_groom(head, count, 30_000)
