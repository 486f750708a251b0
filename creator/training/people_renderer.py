"""Real-time rendering of synthetic people: moderngl on a stand-alone EGL context (Mesa's llvmpipe without a GPU)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import moderngl
import numpy as np
import torch

from creator.attributes import AttributeSchema
from creator.training import appearance, head_model, skin_atlas
from creator.training.hair_strands import make_grooms
from creator.training.head_assets import Floats, load_base, load_targets, load_texture
from creator.training.head_field import HeadField
from creator.training.people_geometry import (
    BROW_ITEMS,
    GARMENT_ITEMS,
    LASH_ITEM,
    PeopleGeometry,
    PersonVertices,
    vertex_normals,
)
from creator.training.people_schema import BROW_STYLES, GARMENTS, HAIR_STYLES
from creator.training.strand_grooms import POINTS, Groom, strand_points

_SHADERS = Path(__file__).parent / "shaders"
_SHADOW_SIZE = 640
_NEAR, _FAR = 6.0, 18.0
_GARMENT_TEXTURES = {
    "t_shirt": "male_casualsuit02_diffuse",
    "shirt": "male_casualsuit04_diffuse",
    "suit": "male_elegantsuit01_diffuse",
    "overalls": "male_worksuit01_diffuse",
}
_HAIR_SHADOW_STRIDE = 2  # every so many strands cast shadow


@dataclass(frozen=True)
class Rendered:
    """One picture and its labels."""

    pixels: np.ndarray  # (size, size, 4) uint8, display-encoded colour premultiplied by coverage
    region_weights: np.ndarray  # (64, 64) uint8: importance * 16 for the training loss


def _shader(name: str) -> str:
    return (_SHADERS / name).read_text().replace("#include light", (_SHADERS / "light.glsl").read_text())


def view_projection() -> Floats:
    """Camera space (units of the frame) to clip space, (4, 4): the same picture as :func:`head_model.project`."""
    d, scale = head_model.CAMERA_DISTANCE, 2 * head_model.CHIN_DROP * head_model.CAMERA_DISTANCE
    shift = 1 - 2 * head_model.EYE_LINE
    a, b = (_FAR + _NEAR) / (_FAR - _NEAR), -2 * _FAR * _NEAR / (_FAR - _NEAR)
    # clip w = distance = d - z; x' = scale x; y' = scale y + shift w; depth = a w + b.
    matrix = np.array(
        [[scale, 0, 0, 0], [0, scale, -shift, shift * d], [0, 0, -a, a * d + b], [0, 0, -1, d]], np.float32
    )
    return matrix


def light_matrix(direction: Floats) -> Floats:
    """Orthographic matrix (4, 4) from camera space to the key light's clip space, around head and shoulders."""
    up = np.array([0, 1, 0], np.float32)
    x = np.cross(up, direction)
    x /= np.linalg.norm(x)
    y = np.cross(direction, x)
    centre = np.array([0, -0.35, -0.7], np.float32)
    half, depth = 2.35, 4.5
    rows = [[*(x / half), -x @ centre / half], [*(y / half), -y @ centre / half],
            [*(-direction / depth), direction @ centre / depth], [0, 0, 0, 1]]  # fmt: skip
    return np.array(rows, np.float32)


def _column_major(matrix: Floats) -> bytes:
    return np.ascontiguousarray(matrix.T, np.float32).tobytes()


class _SurfaceBuffers:
    """GPU buffers of one part: moving positions and normals, fixed texture coordinates and marks."""

    def __init__(self, context: moderngl.Context, part: Any, marks: Floats) -> None:
        self.part = part
        self.moving = context.buffer(reserve=len(part.source) * 24, dynamic=True)
        fixed = np.concatenate([part.uv, marks[part.source]], 1).astype(np.float32)
        self.fixed = context.buffer(fixed.tobytes())
        self.indices = context.buffer(part.triangles.tobytes())
        self.arrays: dict[str, moderngl.VertexArray] = {}

    def upload(self, vertices: Floats) -> None:
        normals = vertex_normals(self.part, vertices)
        self.moving.write(np.concatenate([vertices, normals], 1)[self.part.source].tobytes())

    def array(self, context: moderngl.Context, name: str, program: moderngl.Program, indices: Any = None) -> Any:
        key = f"{name}/{id(indices)}"
        if key not in self.arrays:
            moving = [n if n in program else None for n in ("position", "normal")]
            fixed = [n if n in program else None for n in ("uv", "marks")]

            def layout(names: list[str | None], sizes: tuple[int, ...]) -> tuple[str, list[str]]:
                text = " ".join(f"{s}f" if n else f"{4 * s}x" for n, s in zip(names, sizes, strict=True))
                return text, [n for n in names if n]

            content: list[tuple[Any, ...]] = []
            for buffer, names, sizes in ((self.moving, moving, (3, 3)), (self.fixed, fixed, (2, 4))):
                text, present = layout(names, sizes)
                if present:
                    content.append((buffer, text, *present))
            self.arrays[key] = context.vertex_array(program, content, index_buffer=indices or self.indices)
        return self.arrays[key]


class _StrandBuffers:
    """GPU buffers of one groom: moving points and tangents, fixed randoms; line strips."""

    def __init__(self, context: moderngl.Context, groom: Groom) -> None:
        self.groom = groom
        count = len(groom.refs)
        self.moving = context.buffer(reserve=count * POINTS * 24, dynamic=True)
        self.fixed = context.buffer(groom.strand.astype(np.float32).tobytes())
        strips = np.full((count, POINTS + 1), 0xFFFFFFFF, np.uint32)
        strips[:, :POINTS] = np.arange(count * POINTS, dtype=np.uint32).reshape(count, POINTS)
        self.indices = context.buffer(strips.tobytes())
        self.shadow_indices = context.buffer(strips[::_HAIR_SHADOW_STRIDE].tobytes())
        self.arrays: dict[str, moderngl.VertexArray] = {}

    def upload(self, points: Floats) -> None:
        tangents = np.gradient(points, axis=1)
        self.moving.write(np.concatenate([points, tangents], 2).astype(np.float32).tobytes())

    def array(self, context: moderngl.Context, name: str, program: moderngl.Program, shadow: bool) -> Any:
        if name not in self.arrays:
            content: list[tuple[Any, ...]]
            if shadow:
                content = [(self.moving, "3f 12x", "position")]
            else:
                content = [(self.moving, "3f 3f", "position", "tangent"), (self.fixed, "2f 8x", "strand")]
            indices = self.shadow_indices if shadow else self.indices
            self.arrays[name] = context.vertex_array(program, content, index_buffer=indices)
        return self.arrays[name]


class PeopleRenderer:
    """Draws people at ``size`` pixels, from pictures rendered at ``supersampling`` times that size."""

    def __init__(self, schema: AttributeSchema, size: int = 256, supersampling: int = 2, strands: int = 7000) -> None:
        self.schema, self.size, self.supersampling = schema, size, supersampling
        self.reader = head_model.AttributeReader(schema)
        self.geometry = PeopleGeometry(schema)
        self.context = moderngl.create_context(standalone=True, backend="egl")
        context = self.context
        side = size * supersampling
        self.frame = context.framebuffer([context.texture((side, side), 4)], context.depth_renderbuffer((side, side)))
        self.shadow = context.depth_texture((_SHADOW_SIZE, _SHADOW_SIZE))
        self.shadow.compare_func = ""
        self.shadow.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self.shadow.repeat_x = self.shadow.repeat_y = False
        self.shadow_frame = context.framebuffer(depth_attachment=self.shadow)

        surface = _shader("surface.vert")
        self.programs = {
            name: context.program(vertex_shader=surface, fragment_shader=_shader(f"{name}.frag"))
            for name in ("skin", "eye", "cloth", "card", "depth")
        }
        hair = _shader("hair.vert")
        self.programs["hair"] = context.program(vertex_shader=hair, fragment_shader=_shader("hair.frag"))
        self.programs["hair_depth"] = context.program(vertex_shader=hair, fragment_shader=_shader("hair_depth.frag"))
        self.camera = _column_major(view_projection())

        self.head = HeadField(self.geometry)
        self.grooms = make_grooms(self.head, strands)
        self._make_marks()
        self.surfaces = {
            name: _SurfaceBuffers(context, part, self.marks[name]) for name, part in self.geometry.parts.items()
        }
        self.strands = {style: _StrandBuffers(context, groom) for style, groom in self.grooms.items()}
        self.visible = {g: context.buffer(t.tobytes()) for g, t in self.geometry.visible_body_triangles.items()}
        self.atlas = skin_atlas.SkinAtlas()
        rows, columns = skin_atlas.MAP_SIZE
        self.skin_texture = context.texture((columns, rows), 4)
        self.skin_texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        self.textures = {name: self._texture(name, size) for name, size in self._texture_list()}
        self.garment_luminance = {}
        for garment, name in _GARMENT_TEXTURES.items():
            pixels = load_texture(name, 512)[..., :3].astype(np.float32) / 255
            luminance = (pixels**2.2) @ np.array([0.2126, 0.7152, 0.0722], np.float32)
            self.garment_luminance[garment] = float(np.median(luminance))
        self._bake_occlusion()

    def _texture_list(self) -> list[tuple[str, int]]:
        names = [(item, 256) for item in BROW_ITEMS.values()] + [(LASH_ITEM, 256), ("teeth", 512)]
        names += [("tongue01_diffuse", 256)] + [(name, 512) for name in _GARMENT_TEXTURES.values()]
        return names

    def _texture(self, name: str, size: int) -> moderngl.Texture:
        pixels = np.ascontiguousarray(load_texture(name, size)[::-1])
        texture = self.context.texture((size, size), 4, pixels.tobytes())
        texture.build_mipmaps()
        texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        return texture

    def _make_marks(self) -> None:
        """Per-vertex marks of the body: occlusion (baked later), lips, inside of the mouth, free."""
        geometry = self.geometry
        base = load_base()[0]
        targets = load_targets()
        lip = np.zeros(len(base), np.float32)
        for name in ("mouth/mouth-upperlip-volume-incr", "mouth/mouth-lowerlip-volume-incr"):
            indices, deltas = targets[name]
            amount = np.linalg.norm(deltas, axis=1)
            lip[indices] = np.maximum(lip[indices], amount / amount.max())
        lip = np.clip((lip - 0.12) / 0.3, 0, 1)[geometry.used]
        inside = np.zeros(len(geometry.used), np.float32)
        inside[np.unique(geometry.body_base_faces[geometry.mouth_lining])] = 1
        fine = geometry.subdivide @ np.stack([np.ones_like(lip), lip * (1 - inside), inside, np.zeros_like(lip)], 1)
        self.marks = {"body": fine.astype(np.float32)}
        for name in geometry.fitted:
            self.marks[name] = np.tile(np.array([[1, 0, 0, 0]], np.float32), (geometry.fitted[name].count, 1))

    def _bake_occlusion(self) -> None:
        """Ambient occlusion of each vertex of body and garments on the default person, from 64 directions."""
        encoded = torch.from_numpy(self.schema.encode({}))[None]
        garments = tuple(GARMENT_ITEMS.values())
        person = self.geometry.people(encoded, torch.zeros(1, 64), [garments])[0]
        golden = np.pi * (3 - np.sqrt(5))
        y = 1 - 2 * (np.arange(64) + 0.5) / 64
        around = np.arange(64) * golden
        directions = np.stack([np.cos(around) * np.sqrt(1 - y * y), y, np.sin(around) * np.sqrt(1 - y * y)], 1)
        parts = ("body", *garments)
        for name in parts:
            self.surfaces[name].upload(person.parts[name])
        program = self.programs["depth"]
        program["alpha_cut"] = 0.0
        for garment in parts:
            vertices = person.parts[garment]
            normals = vertex_normals(self.geometry.parts[garment], vertices)
            seen, total = np.zeros(len(vertices)), np.zeros(len(vertices))
            for direction in directions.astype(np.float32):
                matrix = light_matrix(direction)
                self.shadow_frame.use()
                self.shadow_frame.clear(depth=1.0)
                self.context.enable_only(moderngl.DEPTH_TEST)
                program["view_projection"].write(_column_major(matrix))
                self.surfaces["body"].array(self.context, "depth", program).render()
                if garment != "body":
                    self.surfaces[garment].array(self.context, "depth", program).render()
                depth = np.frombuffer(self.shadow.read(), np.float32).reshape(_SHADOW_SIZE, _SHADOW_SIZE)
                q = np.c_[vertices + normals * 0.02, np.ones(len(vertices))] @ matrix.T
                at = np.clip(((q[:, :2] * 0.5 + 0.5) * _SHADOW_SIZE).astype(int), 0, _SHADOW_SIZE - 1)
                lit = depth[at[:, 1], at[:, 0]] > q[:, 2] * 0.5 + 0.5 - 0.002
                cosine = np.maximum(normals @ direction, 0)
                seen += lit * cosine
                total += cosine
            self.marks[garment][:, 0] = np.clip(seen / np.maximum(total, 1e-6), 0.04, 1) ** 0.8
            self.surfaces[garment] = _SurfaceBuffers(self.context, self.geometry.parts[garment], self.marks[garment])

    def render(self, attributes: np.ndarray, identity: np.ndarray) -> list[Rendered]:
        """Pictures for encoded attributes (B, D) and identity codes (B, 64), both float32."""
        encoded, code = torch.from_numpy(attributes), torch.from_numpy(identity)
        choices = {
            name: [options[i] for i in self.reader.one_hot(encoded, name).argmax(1).tolist()]
            for name, options in (("hair_style", tuple(HAIR_STYLES)), ("garment", tuple(GARMENTS)),
                                  ("brow_style", tuple(BROW_STYLES)))
        }  # fmt: skip
        names: list[tuple[str, ...]] = []
        for garment, brow in zip(choices["garment"], choices["brow_style"], strict=True):
            items = (GARMENT_ITEMS[garment], BROW_ITEMS[brow], LASH_ITEM, "teeth_base", "tongue01")
            names.append(items)
        people = self.geometry.people(encoded, code, names)
        colours = {
            "skin": appearance.skin_colour, "lip": appearance.lip_factor, "hair": appearance.hair_colour,
            "mean_hair": appearance.mean_hair_colour, "iris": appearance.iris_colour,
            "garment": appearance.garment_colour, "key": appearance.key_direction,
        }  # fmt: skip
        values = {key: function(self.reader, encoded).numpy() for key, function in colours.items()}
        plain = {n: self.reader.value(encoded, n).numpy() for n in ("skin_tone", "gender", "age", "hair_grey")}
        variant = torch.sigmoid(1.6 * code[:, head_model.SHAPE_DIMENSIONS]).numpy()
        pictures = []
        for i, person in enumerate(people):
            look = {key: value[i] for key, value in values.items()}
            look |= {key: float(value[i]) for key, value in plain.items()}
            skin = self.atlas.blend(look["skin_tone"], look["gender"], look["age"], float(variant[i]))
            style = {key: value[i] for key, value in choices.items()}
            points = self._strand_points(person, style["hair_style"], encoded[i : i + 1])
            pixels = self._draw(person, style, look, skin, points)
            brow = BROW_ITEMS[style["brow_style"]]
            pictures.append(Rendered(pixels, region_weights(person, brow, pixels, self._mouth_vertices())))
        return pictures

    def _mouth_vertices(self) -> np.ndarray:
        """Which body vertices belong to the lips (N,)."""
        return self.marks["body"][:, 1] > 0.5

    def _strand_points(self, person: PersonVertices, style: str, attributes: torch.Tensor) -> Floats | None:
        groom = self.grooms.get(style)
        if groom is None:
            return None
        return self.geometry.pose_grown(strand_points(groom, self.head.carry(person.base)), person.frame, attributes)

    def _draw(
        self,
        person: PersonVertices,
        style: dict[str, str],
        look: dict[str, Any],
        skin: np.ndarray,
        points: Floats | None,
    ) -> np.ndarray:
        context = self.context
        hair, garment = style["hair_style"], style["garment"]
        for name, vertices in person.parts.items():
            self.surfaces[name].upload(vertices)
        strands = self.strands.get(hair)
        if strands is not None and points is not None:
            strands.upload(points)
        self.skin_texture.write(np.ascontiguousarray(skin[::-1]).tobytes())
        self.skin_texture.build_mipmaps()

        matrix = light_matrix(look["key"])
        self._draw_shadow(matrix, hair, garment, strands)

        self.frame.use()
        self.frame.clear(0, 0, 0, 0, depth=1.0)
        context.enable_only(moderngl.DEPTH_TEST)
        self.shadow.use(1)
        for name, program in self.programs.items():
            if "depth" in name:
                continue
            program["view_projection"].write(self.camera)
            lights = {"key_direction": look["key"].astype(np.float32).tobytes(), "key_matrix": _column_major(matrix)}
            for key, value in lights.items():
                if key in program:
                    program[key].write(value)
            if "shadow_map" in program:
                program["shadow_map"] = 1
            if "picture" in program:
                program["picture"] = 0
        self._draw_skin(look, hair, garment)
        self._draw_eyes(person, look)
        self._draw_mouth()
        self._draw_garment(garment, look)
        if strands is not None:
            program = self.programs["hair"]
            program["hair_colour"].write(look["hair"].astype(np.float32).tobytes())
            program["grey"] = look["hair_grey"]
            program["absorption"] = 1.0 if hair != "buzz" else 0.3
            context.enable_direct(0x8F9D)  # primitive restart
            strands.array(context, "hair", program, shadow=False).render(moderngl.LINE_STRIP)
        context.enable(moderngl.BLEND)
        context.blend_func = (moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA)
        brow = BROW_ITEMS[style["brow_style"]]
        self._draw_card(brow, brow, look["mean_hair"] * 0.8 + 0.004, 0.0, 1.0)
        self._draw_card(LASH_ITEM, LASH_ITEM, np.array([0.012, 0.009, 0.008]), 0.0, 0.95)
        context.disable(moderngl.BLEND)
        side, k = self.size * self.supersampling, self.supersampling
        raw = np.frombuffer(self.frame.read(components=4), np.uint8).reshape(side, side, 4)[::-1]
        return np.round(raw.reshape(self.size, k, self.size, k, 4).mean((1, 3), dtype=np.float32)).astype(np.uint8)

    def _draw_shadow(self, matrix: Floats, hair: str, garment: str, strands: Any) -> None:
        context = self.context
        self.shadow_frame.use()
        self.shadow_frame.clear(depth=1.0)
        context.enable_only(moderngl.DEPTH_TEST)
        program = self.programs["depth"]
        program["view_projection"].write(_column_major(matrix))
        program["alpha_cut"] = 0.0
        program["picture"] = 0
        self.surfaces["body"].array(context, "depth", program).render()
        self.surfaces[GARMENT_ITEMS[garment]].array(context, "depth", program).render()
        if strands is not None and hair != "buzz":
            program = self.programs["hair_depth"]
            program["view_projection"].write(_column_major(matrix))
            context.enable_direct(0x8F9D)
            strands.array(context, "hair_depth", program, shadow=True).render(moderngl.LINE_STRIP)

    def _draw_skin(self, look: dict[str, Any], hair: str, garment: str) -> None:
        program = self.programs["skin"]
        self.skin_texture.use(0)
        program["picture_window"] = skin_atlas.WINDOW
        program["skin_colour"].write(look["skin"].astype(np.float32).tobytes())
        program["lip_colour"].write(look["lip"].astype(np.float32).tobytes())
        program["stubble_colour"].write((0.25 * look["skin"] + 0.45 * look["mean_hair"]).astype(np.float32).tobytes())
        program["stubble"] = {"bald": 0.0, "buzz": 0.85, "afro": 1.0}.get(hair, 0.9)
        program["oil"] = 0.25
        program["bump"] = 0.010 + 0.012 * float(np.clip((look["age"] - 25) / 50, 0, 1))
        self.surfaces["body"].array(self.context, "skin", program, self.visible[garment]).render()

    def _draw_eyes(self, person: PersonVertices, look: dict[str, Any]) -> None:
        program = self.programs["eye"]
        program["gaze"].write(person.gaze.astype(np.float32).tobytes())
        program["eye_centres"].write(person.eye_centres.astype(np.float32).tobytes())
        ball = person.parts["high-poly"][self.geometry.ball_vertices[0]]
        program["eye_radius"] = float(np.linalg.norm(ball - person.eye_centres[0], axis=1).max())
        program["iris_colour"].write(look["iris"].astype(np.float32).tobytes())
        self.surfaces["high-poly"].array(self.context, "eye", program, self.ball_indices()).render()

    def ball_indices(self) -> moderngl.Buffer:
        """Triangles of the eyeballs without the corneas."""
        if not hasattr(self, "_ball_indices"):
            part = self.geometry.parts["high-poly"]
            ball = np.zeros(part.source.max() + 1, bool)
            for vertices in self.geometry.ball_vertices:
                ball[vertices] = True
            keep = ball[part.source[part.triangles]].all(1)
            self._ball_indices = self.context.buffer(part.triangles[keep].tobytes())
        return self._ball_indices

    def _draw_mouth(self) -> None:
        program = self.programs["cloth"]
        program["tint"] = (0.92, 0.84, 0.72)
        program["recolour"], program["mean_luminance"], program["gloss"], program["shade"] = 0.0, 1.0, 0.6, 0.72
        for name, texture in (("teeth_base", "teeth"), ("tongue01", "tongue01_diffuse")):
            self.textures[texture].use(0)
            self.surfaces[name].array(self.context, "cloth", program).render()

    def _draw_garment(self, garment: str, look: dict[str, Any]) -> None:
        program = self.programs["cloth"]
        self.textures[_GARMENT_TEXTURES[garment]].use(0)
        program["tint"].write(look["garment"].astype(np.float32).tobytes())
        program["recolour"], program["shade"], program["gloss"] = 1.0, 1.0, 0.25
        program["mean_luminance"] = self.garment_luminance[garment]
        self.surfaces[GARMENT_ITEMS[garment]].array(self.context, "cloth", program).render()

    def _draw_card(self, item: str, texture: str, tint: Floats, alpha_cut: float, opacity: float) -> None:
        program = self.programs["card"]
        self.textures[texture].use(0)
        program["tint"].write(np.asarray(tint, np.float32).tobytes())
        program["alpha_cut"], program["opacity"] = alpha_cut, opacity
        self.surfaces[item].array(self.context, "card", program).render()


def region_weights(person: PersonVertices, brow: str, pixels: np.ndarray, mouth: np.ndarray) -> np.ndarray:
    """(64, 64) uint8: eyes 8, mouth 4, brows 3, covered 1.5, elsewhere 1, times 16."""
    side = 64
    weights = np.ones((side, side), np.float32)
    k = pixels.shape[0] // side
    covered = pixels[..., 3].reshape(side, k, side, k).mean((1, 3)) > 127
    weights[covered] = 1.5

    def box(points: Floats, value: float, pad: float) -> None:
        xy = head_model.project(torch.from_numpy(points)[None])[0][0].numpy()
        low, high = (xy.min(0) - pad) * side, (xy.max(0) + pad) * side
        x0, y0 = np.maximum(np.floor(low).astype(int), 0)
        x1, y1 = np.minimum(np.ceil(high).astype(int), side)
        weights[y0:y1, x0:x1] = np.maximum(weights[y0:y1, x0:x1], value)

    brows = person.parts[brow]
    for left in (True, False):
        own = brows[(brows[:, 0] > person.eye_centres.mean(0)[0]) == left]
        box(own, 3.0, 0.004)
    box(person.parts["body"][mouth], 4.0, 0.01)
    for centre in person.eye_centres:
        spread = np.array([[-0.24, -0.15, 0.1], [0.24, 0.15, 0.1]], np.float32)
        box(centre + spread, 8.0, 0.0)
    return np.round(weights * 16).astype(np.uint8)
