"""Writers, one module a format: pure functions from portraits to the bytes of files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from creator.export.formats.pictures import Pictures
from creator.export.portrait_set import Format

FORMATS: Mapping[str, Format] = MappingProxyType({"pictures": Pictures()})
