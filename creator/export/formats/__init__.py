"""Writers, one module a format: pure functions from portraits to the bytes of files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from creator.export.formats.atlas import Atlas
from creator.export.formats.contact_sheet import ContactSheet
from creator.export.formats.dialogic import Dialogic
from creator.export.formats.dialogue_map import DialogueMap
from creator.export.formats.foundry import Foundry
from creator.export.formats.godot import Godot
from creator.export.formats.pictures import Pictures
from creator.export.formats.renpy import Renpy
from creator.export.formats.rpg_maker import RpgMaker
from creator.export.formats.unity import Unity
from creator.export.portrait_set import Format

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "pictures": Pictures(),
        "rpg_maker": RpgMaker(),
        "renpy": Renpy(),
        "godot": Godot(),
        "dialogic": Dialogic(),
        "unity": Unity(),
        "atlas": Atlas(),
        "foundry": Foundry(),
        "dialogue_map": DialogueMap(),
        "contact_sheet": ContactSheet(),
    }
)
