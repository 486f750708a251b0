"""Head assets from the MakeHuman project's own files: base mesh, morph targets, fitted items and textures.

A source is a checkout of ``makehumancommunity/makehuman`` (data in ``makehuman/data``) or of ``makehuman-assets`` (data
in ``base``), an unpacked asset pack, or a folder laid out like one. The result is the folder that
``head_assets`` reads. Sources are untrusted: see ``source_folder``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from creator.errors import AssetError
from creator.training.assets.asset_folder import Arrays, encode_arrays, encode_picture
from creator.training.assets.licence_statements import CC0, UNSTATED, licence_of, repository_statement, statements_of
from creator.training.assets.mhclo import parse_mhclo, parse_mhmat
from creator.training.assets.morph_targets import CompiledTargets, MorphTarget, parse_target
from creator.training.assets.source_folder import SourceFolder, SourceText
from creator.training.assets.wavefront import WavefrontMesh, parse_wavefront

KINDS = ("hair", "eyebrows", "eyelashes", "teeth", "tongue", "eyes", "clothes")
#: Folders of targets that reach the bust, in the order of the written file.
TARGET_GROUPS = (
    "macrodetails", "cheek", "chin", "ears", "eyebrows", "eyes", "forehead", "head", "mouth", "neck", "nose",
    "expression/units/african", "expression/units/asian", "expression/units/caucasian", "asym", "torso",
)  # fmt: skip
#: WebP qualities, 0 to 100.
QUALITY = 90
SKIN_QUALITY = 95

_DATA_FOLDERS = ("makehuman/data", "base", "data", "")
_LICENCE_FILES = ("LICENSE.md", "LICENSE.ASSETS.md", "LICENSE.txt", "LICENSE", "README.md")
# Decimetres. Portraits end here; shoes and the like are left out.
_BUST_BOTTOM = 3.9
_ITEM_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
_SKIN = re.compile(r".*_diffuse\d*")

Report = Callable[[str], None]
_Said = tuple[Path, Sequence[str]]  # a file and its statements


@dataclass(frozen=True)
class _Credit:
    """One source file and what it says about its licence."""

    file: str
    licence: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class _Source:
    folder: SourceFolder
    data: Path
    repository: _Credit | None


@dataclass(frozen=True)
class _Texture:
    folder: SourceFolder
    path: Path
    licence: str
    quality: int

    @property
    def shown(self) -> str:
        return self.folder.shown(self.path)

    def read(self) -> bytes:
        return self.folder.read_bytes(self.path)


@dataclass
class _Collected:
    """What has been read so far."""

    allowed: frozenset[str]
    credits: list[_Credit] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    fitted: dict[str, Arrays] = field(default_factory=dict)
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    origins: dict[str, Path] = field(default_factory=dict)
    textures: dict[str, _Texture] = field(default_factory=dict)

    def take(self, what: str, source: _Source, files: Sequence[_Said], speaking: int = 1) -> tuple[str, bool]:
        """The joint licence of a thing's files, kept for the credits, and whether it is allowed.

        Where none of the first ``speaking`` files names a licence, what the repository says of all assets counts.
        """
        licences = [licence_of(statements) for _, statements in files]
        named = frozenset().union(*licences)
        if not any(licences[:speaking]):
            named |= {source.repository.licence if source.repository else UNSTATED}
        licence = " AND ".join(sorted(named))
        if named <= self.allowed:
            self.credits += [
                _Credit(source.folder.relative(path), " AND ".join(sorted(own)) or licence, tuple(statements))
                for (path, statements), own in zip(files, licences, strict=True)
            ]
            return licence, True
        refused = " AND ".join(sorted(named - self.allowed))
        where = next((path for (path, _), own in zip(files, licences, strict=True) if own - self.allowed), files[0][0])
        reason = f"{refused}, see '{source.folder.shown(where)}'"
        if source.repository:
            reason += f", although its {source.repository.file} releases all assets under CC0"
        self.refused.append(f"{what} ({reason})")
        return licence, False


def import_makehuman(sources: Sequence[Path], allowed: Collection[str], report: Report) -> dict[str, bytes]:
    """The files of an asset folder by their path in it, the same bytes for the same sources.

    ``allowed`` names licences besides CC0 that may enter. The first source that has a thing gives it; later ones add
    what is missing. Raises :class:`AssetError`: a source that is not one, damaged files, licences that are not allowed.
    """
    opened = [_open(path) for path in sources]
    collected = _Collected(frozenset({CC0, *allowed}))
    base = _base(opened, collected)
    report(f"base mesh: {len(base.vertices)} vertices, {len(base.faces)} faces, {len(base.group_names)} groups")
    targets = _targets(opened, collected, len(base.vertices))
    report(f"morph targets: {len(targets)}")
    for source in opened:
        for kind in KINDS:
            _items(source, kind, base, collected)
        _skins(source, collected)
    report(f"fitted items: {len(collected.fitted)}")
    _refuse(collected)
    files = {"base.npz": encode_arrays(_base_arrays(base)), "targets.npz": encode_arrays(_target_arrays(targets))}
    for name, arrays in sorted(collected.fitted.items()):
        files[f"fitted/{name}.npz"] = encode_arrays(arrays)
    sizes: dict[str, list[int]] = {}
    for index, (name, texture) in enumerate(sorted(collected.textures.items()), 1):
        encoded, (width, height) = encode_picture(texture.shown, texture.read(), texture.quality)
        files[f"textures/{name}.webp"] = encoded
        sizes[name] = [width, height]
        report(f"texture {index} of {len(collected.textures)}: {name}, {width} x {height} pixels")
    files["manifest.json"] = _manifest(collected, sizes)
    files["LICENSES.txt"] = _credits(opened, collected.credits)
    return files


def _open(path: Path) -> _Source:
    folder = SourceFolder.open(path)
    for below in _DATA_FOLDERS:
        data = folder.root / below
        if any((data / name).exists() for name in (*KINDS, "targets", "3dobjs", "skins")):
            break
    else:
        raise AssetError(f"'{path}' has no MakeHuman data: none of {', '.join(KINDS)}, targets, 3dobjs, skins in it")
    for name in _LICENCE_FILES:
        file = folder.root / name
        if file.is_file() and (sentence := repository_statement(folder.read_text(file))):
            return _Source(folder, data, _Credit(name, CC0, (sentence,)))
    return _Source(folder, data, None)


def _base(sources: Sequence[_Source], collected: _Collected) -> WavefrontMesh:
    for source in sources:
        path = source.data / "3dobjs" / "base.obj"
        if path.is_file():
            text = source.folder.read_text(path)
            mesh = parse_wavefront(text)
            if len(mesh.vertices) > 2**16:
                raise AssetError(f"'{text.name}' has {len(mesh.vertices)} vertices; targets can name only 65536")
            collected.take("base mesh", source, [(path, statements_of(text))])
            return mesh
    given = ", ".join(f"'{source.folder.given}'" for source in sources)
    raise AssetError(f"no 3dobjs/base.obj in {given}; give a checkout of makehumancommunity/makehuman too")


def _targets(sources: Sequence[_Source], collected: _Collected, vertices: int) -> dict[str, MorphTarget]:
    found: dict[str, dict[str, MorphTarget]] = {group: {} for group in TARGET_GROUPS}
    for source in sources:
        folder = source.data / "targets"
        archive = source.data / "targets.npz"
        compiled = None
        if archive.is_file():
            compiled = CompiledTargets(source.folder.shown(archive), source.folder.read_bytes(archive))
        for group, targets in found.items():
            fresh: dict[str, MorphTarget] = {}
            for path in source.folder.files(folder / group, ".target", below=False):
                name = f"{group}/{path.name.removesuffix('.target')}"
                if name in targets:
                    continue
                text = source.folder.read_text(path)
                collected.take(f"target {name!r}", source, [(path, statements_of(text))])
                fresh[name] = parse_target(text, vertices)
            if compiled is not None:
                for name in compiled.names_in(group):
                    if name not in fresh and name not in targets:
                        collected.take(f"target {name!r}", source, [(archive, compiled.licence_lines(name))])
                        fresh[name] = compiled.read(name, vertices)
            targets |= fresh
    # By file name with its ending, which puts 'a-b' before 'a'.
    ordered = [name for targets in found.values() for name in sorted(targets, key=lambda name: f"{name}.target")]
    if not ordered:
        raise AssetError("no morph targets in the sources: neither targets/**/*.target nor targets.npz")
    return {name: found[name.rpartition("/")[0]][name] for name in ordered}


def _items(source: _Source, kind: str, base: WavefrontMesh, collected: _Collected) -> None:
    """Take one kind's fitted items, their textures, and textures that belong to the kind as a whole."""
    folder = source.data / kind
    clothes_files = source.folder.files(folder, ".mhclo", below=True)
    materials = source.folder.files(folder, ".mhmat", below=True)
    for path in clothes_files:
        _item(source, kind, path, [m for m in materials if m.is_relative_to(path.parent)], base, collected)
    homes = {path.parent for path in clothes_files}
    for path in materials:
        if homes.isdisjoint(path.parents):
            _textures(source, path, source.folder.read_text(path), QUALITY, collected)


def _item(
    source: _Source, kind: str, path: Path, materials: Sequence[Path], base: WavefrontMesh, collected: _Collected
) -> None:
    name = _checked_name(path.name.removesuffix(".mhclo"), source.folder.shown(path))
    text = source.folder.read_text(path)
    clothes = parse_mhclo(text, len(base.vertices))
    if kind == "clothes" and base.vertices[clothes.refs, 1].max() < _BUST_BOTTOM:
        return
    if name in collected.origins:
        known = collected.origins[name]
        if known != path and known.is_relative_to(source.data):
            raise AssetError(f"'{source.folder.shown(known)}' and '{text.name}' are two items of one name; remove one")
        return
    mesh_path = source.folder.inside(path.parent, clothes.obj_file, text.name)
    if not mesh_path.is_file():
        raise AssetError(
            f"'{text.name}' names {clothes.obj_file!r}, which is missing (releases of MakeHuman hold compiled meshes "
            "only; use its repositories or asset packs)"
        )
    mesh_text = source.folder.read_text(mesh_path)
    mesh = parse_wavefront(mesh_text)
    if len(mesh.vertices) != len(clothes.refs):
        raise AssetError(
            f"'{mesh_text.name}' has {len(mesh.vertices)} vertices, '{text.name}' fits {len(clothes.refs)}"
        )
    material_texts = [(material, source.folder.read_text(material)) for material in materials]
    every = [(path, text), (mesh_path, mesh_text), *material_texts]
    said = [(file, statements_of(content)) for file, content in every]
    licence, allowed = collected.take(f"{kind}/{name}", source, said, speaking=2)
    collected.origins[name] = path
    if not allowed:
        return
    collected.fitted[name] = {
        "refs": clothes.refs, "weights": clothes.weights, "offsets": clothes.offsets,
        "scale_refs": clothes.scale_refs, "faces": mesh.faces, "uv": mesh.uv, "face_uv": mesh.face_uv,
        "hidden_base_vertices": clothes.hidden_base_vertices,
    }  # fmt: skip
    collected.items[name] = {
        "kind": kind, "vertices": len(mesh.vertices), "faces": len(mesh.faces), "licence": licence,
        "materials": [
            {key: Path(file.replace("\\", "/")).name for key, file in material.items()}
            for material in (parse_mhmat(content) for _, content in material_texts)
            if material
        ],
    }  # fmt: skip
    for material, content in material_texts:
        _textures(source, material, content, QUALITY, collected, licence)


def _skins(source: _Source, collected: _Collected) -> None:
    """Textures of the bare skins; painted-on suits and toons are no skins."""
    for path in source.folder.files(source.data / "skins", ".mhmat", below=True):
        text = source.folder.read_text(path)
        picture = parse_mhmat(text).get("diffuseTexture", "")
        if _SKIN.fullmatch(Path(picture.replace("\\", "/")).stem):
            _textures(source, path, text, SKIN_QUALITY, collected)


def _textures(
    source: _Source, material: Path, text: SourceText, quality: int, collected: _Collected, licence: str | None = None
) -> None:
    """Take the textures of a material; ``licence`` is that of its item, or None for a material of its own."""
    written = parse_mhmat(text)
    if not written:
        return
    of_item = licence is not None
    if licence is None:
        what = f"material {source.folder.relative(material)}"
        licence, allowed = collected.take(what, source, [(material, statements_of(text))])
        if not allowed:
            return
    for file in written.values():
        path = source.folder.inside(material.parent, file, text.name)
        if not path.is_file():
            raise AssetError(f"'{text.name}' names {file!r}, which is missing")
        texture = _Texture(source.folder, path, licence, quality)
        known = collected.textures.setdefault(_checked_name(path.stem, text.name), texture)
        # An eye or a skin of a later source gives way; an item must not get another's picture.
        same_thing = known.path == path or (not of_item and known.folder != source.folder)
        if not same_thing and known.read() != texture.read():
            raise AssetError(f"'{known.shown}' and '{texture.shown}' share a name, but differ")


def _checked_name(name: str, where: str) -> str:
    if not _ITEM_NAME.fullmatch(name):
        raise AssetError(f"'{where}': the name {name[:80]!r} has characters other than letters, digits, '_', '.', '-'")
    return name


def _refuse(collected: _Collected) -> None:
    if not collected.refused:
        return
    shown = "; ".join(collected.refused[:5])
    more = f"; and {len(collected.refused) - 5} more" if len(collected.refused) > 5 else ""
    raise AssetError(f"not {CC0}: {shown}{more}. Use CC0 files, or allow a licence with --allow-licence NAME")


def _base_arrays(mesh: WavefrontMesh) -> Arrays:
    return {
        "vertices": mesh.vertices, "uv": mesh.uv, "faces": mesh.faces, "face_uv": mesh.face_uv,
        "face_group": mesh.face_group, "group_names": np.array(mesh.group_names),
    }  # fmt: skip


def _target_arrays(targets: dict[str, MorphTarget]) -> Arrays:
    counts = [len(target.indices) for target in targets.values()]
    return {
        "names": np.array(list(targets)),
        "offsets": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        "indices": np.concatenate([target.indices for target in targets.values()]),
        "deltas": np.concatenate([target.deltas for target in targets.values()]),
    }


def _manifest(collected: _Collected, sizes: dict[str, list[int]]) -> bytes:
    manifest = {
        "fitted": dict(sorted(collected.items.items())),
        "textures": sizes,
        "texture_licences": {name: texture.licence for name, texture in sorted(collected.textures.items())},
        "licences": sorted({name for credit in collected.credits for name in credit.licence.split(" AND ")}),
    }
    return (json.dumps(manifest, indent=1) + "\n").encode()


def _credits(sources: Sequence[_Source], credits_: Sequence[_Credit]) -> bytes:
    """The text of LICENSES.txt: for each distinct set of statements its files, then the lines as written."""
    lines = ["Where these assets come from, and what their files say about licence and authors.", ""]
    for source in sources:
        if source.repository:
            lines += [f"{source.repository.file} of a source: {source.repository.statements[0]}", ""]
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for credit in credits_:
        alike.setdefault((credit.licence, credit.statements), []).append(credit.file)
    for (licence, statements), files in alike.items():
        lines += [f"Licence: {licence}", *(f"  file: {file}" for file in dict.fromkeys(files))]
        lines += [f"    {line}" for line in statements] or ["    (the file itself states nothing)"]
        lines.append("")
    return "\n".join(lines).encode()
