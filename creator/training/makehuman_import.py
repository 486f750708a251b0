"""Head assets from the MakeHuman project's own files: base mesh, morph targets, fitted items and textures.

A source is a checkout of ``makehumancommunity/makehuman`` (data in ``makehuman/data``) or of ``makehuman-assets`` (data
in ``base``), an unpacked asset pack, or a folder laid out like one. The result is the folder that
:mod:`creator.training.head_assets` reads. Sources are untrusted: see :mod:`creator.training.source_folder`.
"""

from __future__ import annotations

import io
import json
import re
import warnings
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from creator.errors import AssetError
from creator.training.licence_statements import CC0, UNSTATED, licence_of, repository_statement, statements_of
from creator.training.mhclo import parse_mhclo, parse_mhmat
from creator.training.morph_targets import CompiledTargets, MorphTarget, parse_target
from creator.training.source_folder import SourceFolder, SourceText
from creator.training.wavefront import WavefrontMesh, parse_wavefront

KINDS = ("hair", "eyebrows", "eyelashes", "teeth", "tongue", "eyes", "clothes")
#: Folders of targets that reach the bust, in the order of the written file.
TARGET_GROUPS = (
    "macrodetails", "cheek", "chin", "ears", "eyebrows", "eyes", "forehead", "head", "mouth", "neck", "nose",
    "expression/units/african", "expression/units/asian", "expression/units/caucasian", "asym", "torso",
)  # fmt: skip
LARGEST_TEXTURE = 2048
QUALITY = 90
SKIN_QUALITY = 95
MAXIMUM_PIXELS = 8192 * 8192

_DATA_FOLDERS = ("makehuman/data", "base", "data", "")
_LICENCE_FILES = ("LICENSE.md", "LICENSE.ASSETS.md", "LICENSE.txt", "LICENSE", "README.md")
# Decimetres. Portraits end here; shoes and the like are left out.
_BUST_BOTTOM = 3.9
_ITEM_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
_SKIN = re.compile(r".*_diffuse\d*")
_PICTURE_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")

Report = Callable[[str], None]
Arrays = dict[str, NDArray[Any]]


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


@dataclass
class _Collected:
    """What has been read so far."""

    allowed: frozenset[str]
    credits: list[_Credit] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    fitted: dict[str, Arrays] = field(default_factory=dict)
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    origins: dict[str, Path] = field(default_factory=dict)
    textures: dict[str, tuple[SourceFolder, Path, str, int]] = field(default_factory=dict)

    def take(self, what: str, source: _Source, texts: Iterable[tuple[Path, Sequence[str]]]) -> tuple[str, bool]:
        """The joint licence of an item's files, kept for the credits, and whether it is allowed."""
        named: set[str] = set()
        where = ""
        taken = []
        for path, statements in texts:
            own = licence_of(statements)
            if own - self.allowed and not where:
                where = source.folder.shown(path)
            named |= own
            taken.append((path, own, tuple(statements)))
        if not named and source.repository:
            named.add(source.repository.licence)
        licence = " AND ".join(sorted(named or {UNSTATED}))
        if (named or {UNSTATED}) <= self.allowed:
            self.credits += [
                _Credit(source.folder.relative(path), " AND ".join(sorted(own)) or licence, statements)
                for path, own, statements in taken
            ]
            return licence, True
        reason = f"{licence}, see '{where}'" if where else f"{licence}: no file states a licence"
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
    files = {"base.npz": _archive(_base_arrays(base)), "targets.npz": _archive(_target_arrays(targets))}
    for name, arrays in sorted(collected.fitted.items()):
        files[f"fitted/{name}.npz"] = _archive(arrays)
    sizes: dict[str, list[int]] = {}
    for index, (name, (folder, path, _, quality)) in enumerate(sorted(collected.textures.items()), 1):
        files[f"textures/{name}.webp"], sizes[name] = encode_texture(folder, path, quality)
        report(f"texture {index} of {len(collected.textures)}: {name}, {sizes[name][0]} x {sizes[name][1]} pixels")
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
                collected.take(f"target {name}", source, [(path, statements_of(text))])
                fresh[name] = parse_target(text, vertices)
            if compiled is not None:
                for name in compiled.names_in(group):
                    if name not in fresh and name not in targets:
                        collected.take(f"target {name}", source, [(archive, compiled.licence_lines(name))])
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
            f"'{text.name}' names '{clothes.obj_file}', which is missing (releases of MakeHuman hold compiled meshes "
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
    licence, allowed = collected.take(f"{kind}/{name}", source, [(file, statements_of(said)) for file, said in every])
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
            for material in (parse_mhmat(said) for _, said in material_texts)
            if material
        ],
    }  # fmt: skip
    for material, said in material_texts:
        _textures(source, material, said, QUALITY, collected, licence)


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
    if licence is None:
        what = f"material {source.folder.relative(material)}"
        licence, allowed = collected.take(what, source, [(material, statements_of(text))])
        if not allowed:
            return
    for file in written.values():
        path = source.folder.inside(material.parent, file, text.name)
        if not path.is_file():
            raise AssetError(f"'{text.name}' names '{file}', which is missing")
        name = _checked_name(path.stem, text.name)
        known = collected.textures.get(name)
        if known is None:
            collected.textures[name] = (source.folder, path, licence, quality)
        elif (
            known[0] == source.folder
            and known[1] != path
            and known[0].read_bytes(known[1]) != source.folder.read_bytes(path)
        ):
            raise AssetError(f"'{known[0].shown(known[1])}' and '{source.folder.shown(path)}' share a name, but differ")


def _checked_name(name: str, where: str) -> str:
    if not _ITEM_NAME.fullmatch(name):
        raise AssetError(f"'{where}': the name '{name[:80]}' has characters other than letters, digits, '_', '.', '-'")
    return name


def _refuse(collected: _Collected) -> None:
    if not collected.refused:
        return
    shown = "; ".join(collected.refused[:5])
    more = f"; and {len(collected.refused) - 5} more" if len(collected.refused) > 5 else ""
    raise AssetError(f"not {CC0}: {shown}{more}. Use CC0 files, or allow a licence with --allow-licence NAME")


def encode_texture(folder: SourceFolder, path: Path, quality: int) -> tuple[bytes, list[int]]:
    """A picture as lossy WebP, alpha kept, reduced to :data:`LARGEST_TEXTURE` pixels; with its width and height."""
    name = folder.shown(path)
    data = folder.read_bytes(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP"))
        with picture:
            if picture.width * picture.height > MAXIMUM_PIXELS:
                raise AssetError(f"'{name}' has {picture.width} x {picture.height} pixels, more than 8192 x 8192")
            if picture.mode not in _PICTURE_MODES:
                raise AssetError(f"'{name}' has pixels of kind '{picture.mode}'; save it with 8 bits a channel")
            alpha = picture.mode in ("LA", "PA", "RGBA") or "transparency" in picture.info
            converted = picture.convert("RGBA" if alpha else "RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise AssetError(f"'{name}' has more than 8192 x 8192 pixels") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise AssetError(f"'{name}' is not a PNG, JPEG or WebP picture that can be read: {error}") from error
    if max(converted.size) > LARGEST_TEXTURE:
        converted.thumbnail((LARGEST_TEXTURE, LARGEST_TEXTURE), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    converted.save(stream, "WEBP", quality=quality, method=4)
    return stream.getvalue(), list(converted.size)


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


def _archive(arrays: Arrays) -> bytes:
    stream = io.BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def _manifest(collected: _Collected, sizes: dict[str, list[int]]) -> bytes:
    manifest = {
        "fitted": dict(sorted(collected.items.items())),
        "textures": sizes,
        "texture_licences": {name: licence for name, (_, _, licence, _) in sorted(collected.textures.items())},
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
