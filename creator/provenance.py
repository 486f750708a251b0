"""Where a picture came from, in the words of IPTC and Creative Commons, and the recipe that makes it again."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from creator import __version__
from creator.character import Character, to_json
from creator.manifest import ModelStamp

DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
RECIPE_NAMESPACE = "urn:facewright:recipe:1#"

_MAXIMUM_DESCRIPTION = 2000
_RECIPE_IN_XMP = re.compile(rb"<facewright:recipe>([A-Za-z0-9+/=\s]{1,16777216})</facewright:recipe>")


@dataclass(frozen=True)
class Origin:
    """What a file says about itself.

    ``recipe``: what makes the picture again (see :func:`recipe`); empty for pictures of several people. ``model``: the
    weights. ``description``: the picture in words, its alternative text.
    """

    recipe: Mapping[str, Any] = field(default_factory=dict)
    model: ModelStamp | None = None
    description: str = ""


def recipe(character: Character, model: ModelStamp | None = None) -> dict[str, Any]:
    """What makes a picture again: the character, and the weights that were used."""
    data = to_json(character)
    if model is not None:
        data["model"] = {"name": model.name, "version": model.version, "sha256": model.sha256}
    return data


def recipe_text(origin: Origin) -> str:
    """The recipe as JSON in one line; the same text for equal recipes. Empty without a recipe."""
    return json.dumps(dict(origin.recipe), ensure_ascii=False, allow_nan=False) if origin.recipe else ""


def xmp(origin: Origin, with_recipe: bool = False) -> str:
    """An XMP packet. ``with_recipe``: the recipe is in it too, for files that have no place of their own for it."""
    model = origin.model
    version = f"{__version__}, model {model.name} {model.version}" if model else __version__
    description = escape(origin.description[:_MAXIMUM_DESCRIPTION])
    told = f'<rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt>'
    coded = base64.b64encode(recipe_text(origin).encode()).decode() if with_recipe else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about=""'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:facewright="{RECIPE_NAMESPACE}"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:cc="http://creativecommons.org/ns#">'
        f"<Iptc4xmpExt:DigitalSourceType>{DIGITAL_SOURCE}</Iptc4xmpExt:DigitalSourceType>"
        "<Iptc4xmpExt:AISystemUsed>Facewright</Iptc4xmpExt:AISystemUsed>"
        f"<Iptc4xmpExt:AISystemVersionUsed>{escape(version)}</Iptc4xmpExt:AISystemVersionUsed>"
        + (f"<Iptc4xmpCore:AltTextAccessibility>{told}</Iptc4xmpCore:AltTextAccessibility>" if description else "")
        + (f"<dc:description>{told}</dc:description>" if description else "")
        + (f"<facewright:recipe>{coded}</facewright:recipe>" if coded else "")
        + f"<xmp:CreatorTool>{escape(f'Facewright {__version__}')}</xmp:CreatorTool>"
        f'<cc:license rdf:resource="{LICENCE}"/>'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    )


def recipe_in_xmp(packet: bytes) -> str | None:
    """The recipe that :func:`xmp` put into ``packet``, or None. The text may still be damaged."""
    found = _RECIPE_IN_XMP.search(packet)
    if found is None:
        return None
    try:
        return base64.b64decode(found[1], validate=False).decode()
    except ValueError:
        return None
