"""Real-time rendering of synthetic people: moderngl on a stand-alone EGL context (Mesa's llvmpipe without a GPU).

Deferred shading: a geometry pass leaves one material a sample (``shaders/gbuffer.glsl``), a light pass shades each
pixel: the mean of its samples where they are alike, else each of them. The maps are means of the same samples.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import moderngl
import numpy as np
import torch

from creator.attributes import AttributeSchema
from creator.training import appearance
from creator.training.assets.head_assets import Floats, load_texture
from creator.training.hair.hair_over_garments import Drape, drape
from creator.training.hair.hair_strands import hair_groom, make_beards, make_brows, make_lashes
from creator.training.hair.head_field import HeadField
from creator.training.hair.strand_grooms import POINTS, SHADE_SIZE, Groom, strand_points
from creator.training.head import head_model
from creator.training.head.expressions import ACTION_UNITS
from creator.training.head.landmarks import Landmarks, LandmarkSet
from creator.training.head.people_geometry import GARMENT_ITEMS, PeopleGeometry, PersonVertices, lip_amounts
from creator.training.people_schema import BEARD_STYLES, BROW_STYLES, GARMENTS, HAIR_STYLES, IDENTITY_SIZE
from creator.training.renderer import camera
from creator.training.renderer.ambient_occlusion import bake_occlusion
from creator.training.renderer.camera import light_matrix
from creator.training.renderer.gpu_buffers import STRANDS_A_ROW, StrandBuffers, SurfaceBuffers
from creator.training.renderer.light_rig import RIM_DIRECTIONS, LightRig, light_rig
from creator.training.renderer.readback import Readback
from creator.training.renderer.shader_sources import set_uniforms, shader_source
from creator.training.skin.skin_atlas import CHARACTER_SIZE, SkinAtlas, SkinMaps, SkinTraits

_EXPOSURE = 0.54
_SKULL_CENTRE = (0.0, 0.05, -0.75)  # camera space; hair grows away from here
_RIM_SHADOW_SIZE = 256
_RIM_MATRICES = np.stack([light_matrix(direction) for direction in RIM_DIRECTIONS])
_STRAND_MATERIALS = {"brow": 3.0, "hair": 4.0, "beard": 5.0, "lash": 8.0}  # as in shaders/materials.glsl
_CHOICES = {"hair": tuple(HAIR_STYLES), "beard": tuple(BEARD_STYLES), "brow": tuple(BROW_STYLES)}
_SHADOW_STRIDE = 3  # every so many strands cast shadow, as lines so many texels wide
_SHADOW_LINE = 2.0
_PUPIL = 0.165  # radius over the ball's
_USUAL_UNIT = 1.19  # decimetres from the eye line to the chin
_LASH_COLOUR = np.array([0.010, 0.008, 0.007], np.float32)
_Copies = list[tuple[moderngl.Buffer, type]]
MASK_NAMES = ("skin", "lips", "eyes", "brows", "hair", "beard", "teeth", "clothes")


@dataclass(frozen=True)
class Maps:
    """Maps of one picture, all (size, size, ...), from the same samples.

    ``albedo`` uint8 RGBA, sRGB, premultiplied by coverage. ``normals`` float16 (3), camera space (x right, y up, z to
    the camera), unit length where something is, else 0. ``depth`` float16, camera z in units of eye line to chin (0 at
    the eyes, larger is nearer), 0 where nothing is. ``masks`` uint8 (8): share of each of ``MASK_NAMES``; together they
    are the coverage. Lashes count as brows, tongue and lining as teeth.
    """

    albedo: np.ndarray
    normals: np.ndarray
    depth: np.ndarray
    masks: np.ndarray


@dataclass(frozen=True)
class Rendered:
    """One picture and its labels."""

    pixels: np.ndarray  # (size, size, 4) uint8, display-encoded colour premultiplied by coverage
    region_weights: np.ndarray  # (64, 64) uint8: importance * 16 for the training loss
    maps: Maps | None
    landmarks: Landmarks | None  # with the maps


@dataclass(frozen=True)
class _Strands:
    """A groom on one person."""

    groom: str  # name among the renderer's strand buffers
    material: str
    points: Floats  # camera space
    colour: Floats
    grey: float = 0.0
    share: float = 1.0  # of the strands that are seen
    width: float = 1.0  # over the groom's own
    casts: bool = False
    root_shade: float = 0.72


@dataclass(frozen=True)
class _Person:
    """What the passes need to know about one person."""

    vertices: PersonVertices
    garment: str
    strands: tuple[_Strands, ...]
    scalp_shade: np.ndarray
    colours: dict[str, Floats]
    values: dict[str, float]
    skin: SkinMaps
    lights: LightRig

    @cached_property
    def key_matrix(self) -> Floats:
        return light_matrix(self.lights.key_direction)

    @property
    def radius_scale(self) -> float:
        """Decimetres to camera units."""
        return 1.0 / float(self.vertices.frame.unit)


class _Programs:
    """All shader programs."""

    def __init__(self, context: moderngl.Context, side: int, samples: int) -> None:
        constants: dict[str, float | int] = {
            "SIDE": side, "SAMPLES": samples, "SCALE": camera.SCALE, "SHIFT": camera.SHIFT, "DEPTH_A": camera.DEPTH_A,
            "DEPTH_B": camera.DEPTH_B, "CAMERA_DISTANCE": head_model.CAMERA_DISTANCE, "EXPOSURE": _EXPOSURE,
            "POINTS": POINTS, "STRANDS_A_ROW": STRANDS_A_ROW,
        }  # fmt: skip

        def program(vertex: str, fragment: str) -> moderngl.Program:
            return context.program(
                vertex_shader=shader_source(vertex, constants), fragment_shader=shader_source(fragment, constants)
            )

        names = ("skin", "eye", "mouth", "garment")
        self.surface = {name: program("surface.vert", f"{name}.frag") for name in names}
        self.depth = program("surface.vert", "depth_only.frag")
        self.strand = program("strand.vert", "strand.frag")
        self.shadow_strand = program("shadow_strand.vert", "depth_only.frag")
        self.lighting = program("screen.vert", "lighting.frag")
        self.resolve_maps = program("screen.vert", "resolve_maps.frag")

    def camera_programs(self) -> Iterator[moderngl.Program]:
        """Those that draw into the geometry pass."""
        yield from self.surface.values()
        yield self.strand


class _Targets:
    """Textures and frame buffers of all passes."""

    def __init__(self, context: moderngl.Context, size: int, samples: int, shadow_size: int) -> None:
        side = size * samples

        def texture(components: int, dtype: str = "f1", width: int = side) -> moderngl.Texture:
            made = context.texture((width, width), components, dtype=dtype)
            made.filter = (moderngl.NEAREST, moderngl.NEAREST)
            return made

        def depth(shape: tuple[int, int], linear: bool) -> moderngl.Texture:
            made = context.depth_texture(shape)
            made.compare_func = ""
            kind = moderngl.LINEAR if linear else moderngl.NEAREST
            made.filter = (kind, kind)
            made.repeat_x = made.repeat_y = False
            return made

        self.albedo, self.directions, self.surface = texture(4), texture(4, "f2"), texture(4)
        self.depth = depth((side, side), linear=False)
        self.geometry = context.framebuffer([self.albedo, self.directions, self.surface], self.depth)
        self.shadow = depth((shadow_size, shadow_size), linear=True)
        self.shadow_frame = context.framebuffer(depth_attachment=self.shadow)
        self.rim_shadow = depth((2 * _RIM_SHADOW_SIZE, _RIM_SHADOW_SIZE), linear=True)
        self.rim_frame = context.framebuffer(depth_attachment=self.rim_shadow)
        self.picture = context.framebuffer([texture(4, width=size)])
        self.maps = context.framebuffer([texture(4, "f1", size)] + [texture(4, "f2", size) for _ in range(3)])


class PeopleRenderer:
    """Draws people at ``size`` pixels, from ``supersampling`` times as many samples along each side."""

    def __init__(self, schema: AttributeSchema, size: int = 256, supersampling: int = 2, strands: int = 7000) -> None:
        self.schema, self.size, self.supersampling = schema, size, supersampling
        self.reader = head_model.AttributeReader(schema)
        self.geometry = PeopleGeometry(schema)
        self.context = moderngl.create_context(standalone=True, backend="egl")
        context = self.context
        self.programs = _Programs(context, size * supersampling, supersampling)
        self.targets = _Targets(context, size, supersampling, 640 if size <= 256 else 1024)
        self._readback = Readback(context, size)
        self._screens: dict[int, moderngl.VertexArray] = {}
        matrix = camera.view_projection()
        for program in self.programs.camera_programs():
            set_uniforms(program, view_projection=matrix)

        self.head = HeadField(self.geometry)
        self._strand_count = strands
        self._grooms: dict[str, Groom] = {"lash": make_lashes(self.head, strands)}
        self._strands: dict[str, StrandBuffers] = {}
        self._drapes: dict[tuple[str, str], Drape] = {}
        self._make_marks()
        self.surfaces = {
            name: SurfaceBuffers(context, self.geometry.parts[name], self.marks[name])
            for name in ("high-poly", "teeth_base", "tongue01")
        }
        self._baked("body")
        self.visible = {g: context.buffer(t.tobytes()) for g, t in self.geometry.visible_body_triangles.items()}
        self.balls = context.buffer(self.geometry.ball_triangles().tobytes())
        self.landmarks = LandmarkSet(self.geometry)
        self._make_skin()
        self._garment_maps: dict[str, dict[str, moderngl.Texture]] = {}
        self.textures = {name: self._texture(np.ascontiguousarray(load_texture(name, side)[::-1]))
                         for name, side in (("teeth", 512), ("tongue01_diffuse", 256))}  # fmt: skip

    def _groom(self, name: str) -> Groom | None:
        """The groom of ``KIND/STYLE``, grown when it is first asked for; None for a style without hair."""
        if name not in self._grooms:
            kind, style = name.split("/")
            if style in ("bald", "none"):
                return None
            if kind == "hair":
                self._grooms[name] = hair_groom(self.head, style, self._strand_count)
            else:
                make = make_beards if kind == "beard" else make_brows
                self._grooms |= {f"{kind}/{s}": g for s, g in make(self.head, self._strand_count).items()}
        return self._grooms[name]

    def _drape(self, name: str, garment: str) -> Drape:
        """How the hair ``name`` lies on the garment, found when they are first worn together."""
        key = (name, garment)
        if key not in self._drapes:
            part = GARMENT_ITEMS[garment]
            vertices = self.geometry.fitted[part].fit(self.geometry.base)
            self._drapes[key] = drape(self._grooms[name], vertices, self.geometry.parts[part].faces)
        return self._drapes[key]

    def _strand_buffers(self, name: str) -> StrandBuffers:
        if name not in self._strands:
            groom = self._grooms[name]
            pixel = _USUAL_UNIT / (head_model.CHIN_DROP * self.size)
            step = point_step(groom.rest, 0.3 * pixel)
            self._strands[name] = StrandBuffers(self.context, strand_shapes(groom), step, _SHADOW_STRIDE)
        return self._strands[name]

    def _make_skin(self) -> None:
        self.atlas = SkinAtlas()
        rows, columns = self.atlas.masks.shape[:2]
        context = self.context
        self.skin_maps = {
            "skin_colour_map": context.texture((columns // 4, rows // 4), 4, dtype="f2"),
            "skin_detail_map": context.texture((columns, rows), 4),
            "skin_mask_map": context.texture((columns, rows), 4, self.atlas.masks.tobytes()),
            "skin_grain": context.texture(self.atlas.grain.shape[1::-1], 4, self.atlas.grain.tobytes()),
            "scalp_shade": context.texture((SHADE_SIZE, SHADE_SIZE), 2, alignment=1),
        }
        for name, texture in self.skin_maps.items():
            texture.repeat_x = texture.repeat_y = name == "skin_grain"
            if name == "skin_detail_map":
                texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
            if name in ("skin_mask_map", "skin_grain"):
                texture.build_mipmaps()
                texture.filter = (moderngl.LINEAR_MIPMAP_NEAREST, moderngl.LINEAR)

    def _garment_textures(self, name: str) -> dict[str, moderngl.Texture]:
        if name not in self._garment_maps:
            material = self.geometry.garments[name].material
            maps = {"colour": material.colour, "blend": material.blend, "height": material.height[..., None]}
            self._garment_maps[name] = {
                f"garment_{key}_map": self._texture(np.ascontiguousarray(pixels[::-1])) for key, pixels in maps.items()
            }
        return self._garment_maps[name]

    def _texture(self, pixels: np.ndarray) -> moderngl.Texture:
        """A texture with mipmaps of uint8 (H, W, C), first row at the bottom."""
        texture = self.context.texture(pixels.shape[1::-1], pixels.shape[2], pixels.tobytes(), alignment=1)
        texture.build_mipmaps()
        texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        return texture

    def _make_marks(self) -> None:
        """Per-vertex marks of the body: occlusion (baked later), lips, inside of the mouth, free."""
        geometry = self.geometry
        lip = np.clip((lip_amounts(geometry) - 0.12) / 0.3, 0, 1)
        inside = np.zeros(len(geometry.used), np.float32)
        inside[np.unique(geometry.body_base_faces[geometry.mouth_lining])] = 1
        fine = geometry.subdivide @ np.stack([np.ones_like(lip), lip * (1 - inside), inside, np.zeros_like(lip)], 1)
        self.marks = {"body": fine.astype(np.float32)}
        self._lip_vertices = self.marks["body"][:, 1] > 0.5
        for name in geometry.fitted:
            self.marks[name] = np.tile(np.array([[1, 0, 0, 0]], np.float32), (geometry.fitted[name].count, 1))

    def _baked(self, name: str) -> SurfaceBuffers:
        """The buffers of body or garment with ambient occlusion, baked on the default person at the first use."""
        part = GARMENT_ITEMS.get(name, name)
        if part not in self.surfaces:
            encoded = torch.from_numpy(self.schema.encode({}))[None]
            person = self.geometry.people(encoded, torch.zeros(1, IDENTITY_SIZE), [(part,) if part != name else ()])[0]
            marks = self.marks[part]
            occluders = []
            for each in dict.fromkeys(("body", part)):
                occluders.append(SurfaceBuffers(self.context, self.geometry.parts[each], self.marks[each]))
                occluders[-1].upload(person.parts[each])
            marks[:, 0] = bake_occlusion(self.context, self.programs.depth, occluders, person.parts[part])
            self.surfaces[part] = SurfaceBuffers(self.context, self.geometry.parts[part], marks)
        return self.surfaces[part]

    # ---- people -----------------------------------------------------------------------------------------------------

    def render(self, attributes: np.ndarray, identity: np.ndarray, maps: bool = False) -> list[Rendered]:
        """Pictures for encoded attributes (B, D) and identity codes (B, 64), both float32; ``maps`` adds the maps."""
        rendered: list[Rendered] = []
        drawn = None
        for person in self._people(torch.from_numpy(attributes), torch.from_numpy(identity)):
            for _, draw in self._passes(person):
                draw()
            copies = self._start_copies(maps)
            if drawn:  # the picture before this one, which was copied meanwhile
                rendered.append(self._rendered(*drawn))
            drawn = person, copies
        return [*rendered, self._rendered(*drawn)] if drawn else rendered

    def _start_copies(self, maps: bool) -> _Copies:
        attachments: list[tuple[moderngl.Framebuffer, int, type]] = [(self.targets.picture, 0, np.uint8)]
        if maps:
            self._draw_maps()
            attachments += [(self.targets.maps, 0, np.uint8)] + [(self.targets.maps, i, np.float16) for i in (1, 2, 3)]
        return self._readback.start(attachments)

    def _rendered(self, person: _Person, copies: _Copies) -> Rendered:
        pixels, *layers = self._readback.finish(copies)
        weights = region_weights(person.vertices, self._brow_points(person), pixels, self._lip_vertices)
        if not layers:
            return Rendered(pixels, weights, None, None)
        return Rendered(pixels, weights, _maps(*layers), self.landmarks.place(person.vertices, self.size))

    @staticmethod
    def _brow_points(person: _Person) -> Floats:
        return next(each.points for each in person.strands if each.material == "brow").reshape(-1, 3)

    def _people(self, encoded: torch.Tensor, code: torch.Tensor) -> Iterator[_Person]:
        reader = self.reader
        styles = {kind: [options[i] for i in reader.one_hot(encoded, f"{kind}_style").argmax(1).tolist()]
                  for kind, options in _CHOICES.items()}  # fmt: skip
        garments = [tuple(GARMENTS)[i] for i in reader.one_hot(encoded, "garment").argmax(1).tolist()]
        names: list[tuple[str, ...]] = [(GARMENT_ITEMS[garment], "teeth_base", "tongue01") for garment in garments]
        colours = {
            "skin": appearance.skin_colour, "lip": appearance.lip_factor, "hair": appearance.hair_colour,
            "mean_hair": appearance.mean_hair_colour, "brow": appearance.brow_colour,
            "beard": appearance.beard_colour, "iris": appearance.iris_colour, "garment": appearance.garment_colour,
            "accent": appearance.accent_colour,
        }  # fmt: skip
        tones = {key: function(reader, encoded).numpy() for key, function in colours.items()}
        plain = {a.name: reader.value(encoded, a.name).numpy() for a in self.schema.attributes if a.kind != "choice"}
        plain["grey_share"] = appearance.grey_share(reader, encoded).numpy()
        units = self.geometry.weights.expression(encoded).numpy()
        character = code[:, head_model.SHAPE_DIMENSIONS :][:, :CHARACTER_SIZE].numpy()
        for i, vertices in enumerate(self.geometry.people(encoded, code, names)):
            values = {name: float(value[i]) for name, value in plain.items()}
            own = {key: value[i] for key, value in tones.items()}
            acting = dict(zip(ACTION_UNITS, units[i].tolist(), strict=True))
            lights = light_rig(*(values[f"light_{part}"] for part in
                                 ("azimuth", "elevation", "warmth", "contrast", "rim")))  # fmt: skip
            chosen = {kind: f"{kind}/{style[i]}" for kind, style in styles.items()}
            strands = self._strands_of(vertices, chosen, garments[i], own, values, encoded[i : i + 1])
            skin = self.atlas.person_maps(SkinTraits.of(values | _skin_units(acting), character[i]))
            shade = self._scalp_shade(chosen, values)
            yield _Person(vertices, garments[i], strands, shade, own, values, skin, lights)

    def _strands_of(
        self, person: PersonVertices, chosen: dict[str, str], garment: str, colours: dict[str, Floats],
        values: dict[str, float], encoded: torch.Tensor,
    ) -> tuple[_Strands, ...]:  # fmt: skip
        """All grooms of one person, posed."""
        head = self.head.carry(person.base)

        def grown(name: str, kind: str, colour: Floats, **more: Any) -> _Strands | None:
            groom = self._groom(name)
            if groom is None:
                return None
            points = strand_points(groom, head, values["brow_thickness"])
            if kind == "hair":
                draped = self._drape(name, garment)
                points[draped.strands] += draped.offset
            points = self.geometry.pose_grown(points, person.frame, encoded)
            return _Strands(name, kind, points, colour, **more)

        beard = chosen["beard"]
        made_up, white = values["eye_makeup"], values["hair_grey"]
        adult = float(np.clip((values["age"] - 8) / 10, 0, 1))
        grooms = (
            grown(chosen["hair"], "hair", colours["hair"], grey=values["grey_share"], casts=True),
            grown(beard, "beard", colours["beard"], grey=white, root_shade=0.8, share=values["beard_density"],
                  width=0.6, casts=beard != "beard/stubble"),
            grown(chosen["brow"], "brow", colours["brow"], grey=0.55 * white, root_shade=0.9,
                  share=0.60 + 0.38 * values["brow_thickness"], width=0.66 * 1.3 ** values["brow_thickness"]),
            grown("lash", "lash", _LASH_COLOUR + 0.25 * (1 - made_up) * colours["brow"], width=0.4, root_shade=1.0,
                  share=0.45 + 0.2 * (1 - values["gender"]) * adult + 0.35 * made_up),
        )  # fmt: skip
        return tuple(strands for strands in grooms if strands)

    def _scalp_shade(self, chosen: dict[str, str], values: dict[str, float]) -> np.ndarray:
        """(SHADE_SIZE, SHADE_SIZE, 2) uint8: how much hair, and beard and brows, darken the skin below them."""
        shade = np.zeros((2, SHADE_SIZE, SHADE_SIZE), np.float32)
        amounts = {"hair": 1.0, "beard": 0.55 * values["beard_density"], "brow": 0.35}
        for kind, name in chosen.items():
            groom = self._groom(name)
            if groom is not None:
                part = shade[0 if kind == "hair" else 1]
                np.maximum(part, amounts[kind] * groom.scalp_shade, out=part)
        return np.rint(shade.transpose(1, 2, 0) * 255).astype(np.uint8)

    # ---- passes -----------------------------------------------------------------------------------------------------

    def _passes(self, person: _Person) -> tuple[tuple[str, Callable[[], None]], ...]:
        """What is drawn, in this order."""
        return (
            ("upload", partial(self._upload, person)),
            ("shadow maps", partial(self._draw_shadows, person)),
            ("surfaces", partial(self._draw_surfaces, person)),
            ("strands", partial(self._draw_strands, person)),
            ("light", partial(self._draw_light, person)),
        )

    def timed_stages(self, attributes: np.ndarray, identity: np.ndarray) -> Iterator[tuple[str, float]]:
        """Render as :meth:`render` does with maps; yield each stage's name and seconds, the device drained after it."""
        start = time.perf_counter()

        def since_last() -> float:
            nonlocal start
            self.context.finish()
            now = time.perf_counter()
            passed, start = now - start, now
            return passed

        for person in self._people(torch.from_numpy(attributes), torch.from_numpy(identity)):
            yield "people", since_last()
            for name, draw in self._passes(person):
                draw()
                yield name, since_last()
            copies = self._start_copies(maps=True)
            yield "maps", since_last()
            self._rendered(person, copies)
            yield "read back", since_last()

    def _upload(self, person: _Person) -> None:
        self._baked(person.garment)
        for name, vertices in person.vertices.parts.items():
            self.surfaces[name].upload(vertices)
        for strands in person.strands:
            self._strand_buffers(strands.groom).upload(strands.points)
        self.skin_maps["skin_colour_map"].write(person.skin.colour.tobytes())
        self.skin_maps["skin_detail_map"].write(person.skin.detail.tobytes())
        self.skin_maps["skin_detail_map"].build_mipmaps()
        self.skin_maps["scalp_shade"].write(person.scalp_shade.tobytes(), alignment=1)

    def _draw_shadows(self, person: _Person) -> None:
        targets = self.targets
        self.context.enable_only(moderngl.DEPTH_TEST)
        targets.shadow_frame.use()
        targets.shadow_frame.clear(depth=1.0)
        self._cast(person, person.key_matrix)
        self.context.line_width = _SHADOW_LINE
        for strands in person.strands:
            if strands.casts:
                set_uniforms(self.programs.shadow_strand, view_projection=person.key_matrix, points=2, shapes=3,
                             share=strands.share)  # fmt: skip
                self._strand_buffers(strands.groom).draw(self.programs.shadow_strand, shadow=True)
        targets.rim_frame.use()
        targets.rim_frame.clear(depth=1.0)
        for which, matrix in enumerate(_RIM_MATRICES):
            targets.rim_frame.viewport = (which * _RIM_SHADOW_SIZE, 0, _RIM_SHADOW_SIZE, _RIM_SHADOW_SIZE)
            self._cast(person, matrix)
        targets.rim_frame.viewport = (0, 0, 2 * _RIM_SHADOW_SIZE, _RIM_SHADOW_SIZE)

    def _cast(self, person: _Person, matrix: Floats) -> None:
        """Draw body and garment into the current shadow map."""
        program = self.programs.depth
        set_uniforms(program, view_projection=matrix)
        self.surfaces["body"].draw(program)
        self._baked(person.garment).draw(program)

    def _draw_surfaces(self, person: _Person) -> None:
        self.targets.geometry.use()
        self.targets.geometry.clear(0, 0, 0, 0, depth=1.0)
        self.context.enable_only(moderngl.DEPTH_TEST)
        self._draw_garment(person)
        self._draw_eyes(person)
        self._draw_mouth(person)
        self._draw_skin(person)

    def _draw_strands(self, person: _Person) -> None:
        side = self.size * self.supersampling
        for strands in person.strands:
            set_uniforms(
                self.programs.strand, points=2, shapes=3, pixel=2.0 / (camera.SCALE * side),
                radius_scale=person.radius_scale * strands.width, share=strands.share,
                material=_STRAND_MATERIALS[strands.material], hair_colour=strands.colour, grey=strands.grey,
                root_shade=strands.root_shade, centre=_SKULL_CENTRE,
            )  # fmt: skip
            self._strand_buffers(strands.groom).draw(self.programs.strand, shadow=False)

    def _draw_skin(self, person: _Person) -> None:
        program = self.programs.surface["skin"]
        for unit, (name, texture) in enumerate(self.skin_maps.items()):
            texture.use(unit)
            set_uniforms(program, **{name: unit})
        set_uniforms(
            program, **person.skin.uniforms, skin_tone=person.colours["skin"], skin_lip_factor=person.colours["lip"],
            scalp_colour=person.colours["mean_hair"], beard_colour=person.colours["beard"],
        )  # fmt: skip
        self.surfaces["body"].draw(program, self.visible[person.garment])

    def _draw_eyes(self, person: _Person) -> None:
        program = self.programs.surface["eye"]
        set_uniforms(
            program, gaze=person.vertices.gaze, eye_centres=person.vertices.eye_centres,
            iris_colour=person.colours["iris"], pupil=_PUPIL * 1.7 ** person.values["pupil_size"],
            age_yellow=float(np.clip((person.values["age"] - 40) / 50, 0, 1)),
        )  # fmt: skip
        self.surfaces["high-poly"].draw(program, self.balls)

    def _draw_mouth(self, person: _Person) -> None:
        program = self.programs.surface["mouth"]
        lips = float(person.vertices.parts["body"][self._lip_vertices, 2].max())
        for name, texture, tint in (("teeth_base", "teeth", (1.45, 1.32, 1.14)),
                                    ("tongue01", "tongue01_diffuse", (0.8, 0.7, 0.7))):  # fmt: skip
            self.textures[texture].use(0)
            set_uniforms(program, picture=0, tint=tint, gloss=0.6, lips_depth=lips)
            self.surfaces[name].draw(program)

    def _draw_garment(self, person: _Person) -> None:
        program = self.programs.surface["garment"]
        material = self.geometry.garments[person.garment].material
        for unit, (name, texture) in enumerate(self._garment_textures(person.garment).items()):
            texture.use(unit)
            set_uniforms(program, **{name: unit})
        set_uniforms(
            program, garment_main=person.colours["garment"], garment_accent=person.colours["accent"],
            garment_bump_depth=material.bump_depth * person.radius_scale, sheen=material.sheen,
        )  # fmt: skip
        self._baked(person.garment).draw(program)

    def _draw_light(self, person: _Person) -> None:
        targets, program, lights = self.targets, self.programs.lighting, person.lights
        self.context.disable(moderngl.DEPTH_TEST)
        targets.picture.use()
        maps = {"albedo_map": targets.albedo, "direction_map": targets.directions, "surface_map": targets.surface,
                "depth_map": targets.depth, "shadow_map": targets.shadow,
                "rim_shadow_map": targets.rim_shadow}  # fmt: skip
        for unit, (name, texture) in enumerate(maps.items()):
            texture.use(unit)
            set_uniforms(program, **{name: unit})
        set_uniforms(
            program, key_matrix=person.key_matrix, rim_matrices=_RIM_MATRICES,
            rim_directions=RIM_DIRECTIONS, key_direction=lights.key_direction,
            key_colour=lights.key_colour, fill_colour=lights.fill_colour, rim_colour=lights.rim_colour,
            sky_colour=lights.sky_colour, ground_colour=lights.ground_colour, lobe_axes=lights.lobe_axes,
            lobe_colours=lights.lobe_colours, hair_colour=person.colours["mean_hair"],
        )  # fmt: skip
        self._screen_pass(program)

    def _screen_pass(self, program: moderngl.Program) -> None:
        if program.glo not in self._screens:
            self._screens[program.glo] = self.context.vertex_array(program, [])
        self._screens[program.glo].render(moderngl.TRIANGLES, vertices=3)

    def _draw_maps(self) -> None:
        targets, program = self.targets, self.programs.resolve_maps
        targets.maps.use()
        inputs = {"albedo_map": targets.albedo, "direction_map": targets.directions, "surface_map": targets.surface,
                  "depth_map": targets.depth}  # fmt: skip
        for unit, (name, texture) in enumerate(inputs.items()):
            texture.use(unit)
            set_uniforms(program, **{name: unit})
        self._screen_pass(program)


def _maps(albedo: np.ndarray, facing: np.ndarray, *shares: np.ndarray) -> Maps:
    """From the attachments of ``resolve_maps.frag``."""
    normals = facing[..., :3].astype(np.float32)
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-4)
    masks = np.rint(np.concatenate(shares, -1).astype(np.float32) * 255).astype(np.uint8)
    return Maps(albedo, normals.astype(np.float16), facing[..., 3].copy(), masks)


def point_step(points: Floats, tolerance: float) -> int:
    """The largest step between drawn points of strands (S, P, 3) whose chords stay within ``tolerance``, mostly."""
    count = points.shape[1]
    sample = points[:: max(len(points) // 1500, 1)]
    for step in (5, 3, 2):
        corners = np.unique(np.append(np.arange(0, count, step), count - 1))
        place = np.interp(np.arange(count), corners, np.arange(len(corners)))
        low = np.minimum(place.astype(int), len(corners) - 2)
        share = (place - low)[None, :, None]
        chords = sample[:, corners[low]] * (1 - share) + sample[:, corners[low + 1]] * share
        if np.quantile(np.linalg.norm(chords - sample, axis=-1).max(1), 0.9) < tolerance:
            return step
    return 1


def strand_shapes(groom: Groom) -> Floats:
    """(S, P, 4) for :class:`StrandBuffers`: random number, random of the lock, radius (decimetres), open sky."""
    return np.stack([groom.strand[..., 0], groom.strand[..., 2], groom.radius, groom.strand[..., 3]], -1)


def _skin_units(acting: dict[str, float]) -> dict[str, float]:
    """The action units that fold the skin, by the skin's names."""
    raised = acting["brow_raise"] + 0.7 * acting["inner_brow_raise"]
    raised += 0.5 * (acting["brow_raise_left"] + acting["brow_raise_right"])
    smile = acting["smile"] + 0.5 * (acting["smile_left"] + acting["smile_right"])
    found = {"brow_raise": raised, "frown": acting["brow_lower"], "squint": acting["squint"], "smile": smile,
             "nose_wrinkle": acting["nose_wrinkle"]}  # fmt: skip
    return {name: min(value, 1.0) for name, value in found.items()}


def region_weights(person: PersonVertices, brows: Floats, pixels: np.ndarray, mouth: np.ndarray) -> np.ndarray:
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

    for left in (True, False):
        box(brows[(brows[:, 0] > person.eye_centres.mean(0)[0]) == left], 3.0, 0.004)
    box(person.parts["body"][mouth], 4.0, 0.01)
    for centre in person.eye_centres:
        spread = np.array([[-0.24, -0.15, 0.1], [0.24, 0.15, 0.1]], np.float32)
        box(centre + spread, 8.0, 0.0)
    return np.round(weights * 16).astype(np.uint8)
