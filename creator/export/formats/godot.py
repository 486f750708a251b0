"""Godot 4: pictures, and with their normal maps a ``CanvasTexture`` each, which 2D lights can light."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Literal

from creator.export.formats.godot_text import ExtResource, string_text, variant_text
from creator.export.formats.map_pictures import normal_picture, png
from creator.export.formats.options import FormatOptions, checked_options
from creator.export.portrait_set import ExportFile, Portrait, PortraitSet
from creator.portrait_file import picture_bytes


class _Options(FormatOptions):
    kind: Literal["png", "webp"] = "png"


class Godot:
    """``NAME.png``, and with maps ``NAME_normal.png`` and ``NAME.tres``. Never one of Godot's ``.import`` files.

    The resource names its pictures relative to itself, so that the folder may lie anywhere in the project.
    Options: ``kind`` of the picture, "png" or "webp".
    """

    label = "Godot 4"

    def files(self, portraits: PortraitSet, options: Mapping[str, Any]) -> Iterator[ExportFile]:
        chosen = checked_options(_Options, self.label, options)
        for portrait in portraits.portraits:
            picture = f"{portrait.name}.{chosen.kind}"
            yield ExportFile(picture, partial(picture_bytes, portrait.pixels, chosen.kind, portrait.origin))
            if portrait.maps is not None:
                normal = f"{portrait.name}_normal.png"
                yield ExportFile(normal, partial(_normal_bytes, portrait))
                content = partial(canvas_texture, picture.rpartition("/")[2], normal.rpartition("/")[2])
                yield ExportFile(f"{portrait.name}.tres", content)


def canvas_texture(diffuse: str, normal: str) -> bytes:
    """A ``CanvasTexture`` resource of the pictures at two paths, relative to it. Normals: x right, y up, z outward."""
    return (
        '[gd_resource type="CanvasTexture" load_steps=3 format=3]\n\n'
        f'[ext_resource type="Texture2D" path={string_text(diffuse)} id="1_diffuse"]\n'
        f'[ext_resource type="Texture2D" path={string_text(normal)} id="2_normal"]\n\n'
        "[resource]\n"
        f"diffuse_texture = {variant_text(ExtResource('1_diffuse'))}\n"
        f"normal_texture = {variant_text(ExtResource('2_normal'))}\n"
    ).encode()


def _normal_bytes(portrait: Portrait) -> bytes:
    assert portrait.maps is not None
    return png(normal_picture(portrait.maps, portrait.pixels[..., 3]), portrait.origin)
