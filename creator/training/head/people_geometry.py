"""The meshes of a person, built once, and their vertices for each person.

A :class:`Part` is a triangle mesh as the renderer draws it. :class:`PeopleGeometry` turns encoded attributes and
identity codes into posed camera-space vertices of every part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
import torch
from scipy.sparse.csgraph import connected_components

from creator.attributes import AttributeSchema
from creator.training.assets.head_assets import Floats, Ints, Mesh, load_base, load_targets
from creator.training.garments.wardrobe import make_garments
from creator.training.head import head_model
from creator.training.head.fitted_vertices import BUST_HALF_WIDTH, BUST_LOWEST, FittedVertices
from creator.training.head.subdivision import catmull_clark, split_texture_coordinates
from creator.training.people_schema import GARMENTS

GARMENT_ITEMS = {garment: f"garment_{garment}" for garment in GARMENTS}  # names of parts


@dataclass(frozen=True)
class Part:
    """A mesh ready to draw: ``source`` maps drawn vertices to mesh vertices (seams split them)."""

    name: str
    source: Ints  # (V,) into the part's mesh vertices
    uv: Floats  # (V, 2)
    triangles: Ints  # (T, 3) of drawn vertices
    normal_matrix: sparse.csr_matrix  # (mesh vertices, faces): sums face normals
    faces: Ints  # (F, 4) of mesh vertices


def triangulate(faces: Ints) -> Ints:
    """Quads (F, 4) (last column -1 for triangles) to triangles (T, 3)."""
    quads = faces[faces[:, 3] >= 0]
    return np.concatenate([faces[:, :3], quads[:, [0, 2, 3]]]).astype(np.int32)


def make_part(name: str, mesh: Mesh, vertex_count: int) -> Part:
    corners = np.stack([mesh.faces, mesh.face_uv], axis=2).reshape(-1, 2)
    pairs, index = np.unique(corners, axis=0, return_inverse=True)
    drawn = index.reshape(-1, 4).astype(np.int32)
    rows, columns = mesh.faces.ravel(), np.repeat(np.arange(len(mesh.faces)), 4)
    normal_matrix = sparse.csr_matrix(
        (np.ones(len(rows), np.float32), (rows, columns)), shape=(vertex_count, len(mesh.faces))
    )
    return Part(name, pairs[:, 0].astype(np.int32), mesh.uv[pairs[:, 1]], triangulate(drawn), normal_matrix, mesh.faces)


def vertex_normals(part: Part, vertices: Floats) -> Floats:
    """Unit normals (N, 3) of mesh vertices, from the diagonals of the quads (area weighted)."""
    corners = vertices[part.faces]
    face_normals = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    normals = part.normal_matrix @ face_normals
    return (normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)).astype(np.float32)


def mesh_components(faces: Ints, vertex_count: int) -> Ints:
    """The connected component of each vertex (N,), for quads (F, 4)."""
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 3]]])
    graph = sparse.coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(vertex_count, vertex_count))
    return connected_components(graph, directed=False)[1]


def before_face(points: Floats, margin: float = 0.0) -> np.ndarray:
    """Which rest positions (..., 3), in decimetres, hang before the eyes, nose or mouth of the base mesh."""
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    return (np.abs(x) < 0.60 + margin) & (y > 5.9) & (y < 7.60 + margin) & (z > 0.95 - margin)


@dataclass(frozen=True)
class PersonVertices:
    """One person: camera-space vertices (N, 3) of each part and eye centres, the gaze; unposed base vertices, frame."""

    parts: dict[str, Floats]
    gaze: Floats  # (3,)
    eye_centres: Floats  # (2, 3)
    base: Floats  # (N, 3) decimetres
    frame: head_model.Frame


class PeopleGeometry:
    """Builds all parts once; :meth:`people` gives the vertices for a batch of people.

    Only the named garments are made: a head alone needs none.
    """

    def __init__(self, schema: AttributeSchema, garments: tuple[str, ...] = tuple(GARMENTS)) -> None:
        self.weights = head_model.TargetWeights(schema)
        self.reader = head_model.AttributeReader(schema)
        base, mesh, group, names = load_base()
        centre = base[mesh.faces].mean(1)
        keep = (group == names.index("body")) & (centre[:, 1] > BUST_LOWEST)
        keep &= np.abs(centre[:, 0]) < BUST_HALF_WIDTH
        self.anchors = head_model.find_anchors()
        body_vertices = np.unique(mesh.faces[keep])

        of_item = FittedVertices.of_item
        self.garments = make_garments(garments)
        self.fitted = {GARMENT_ITEMS[name]: garment.fitted for name, garment in self.garments.items()}
        self.fitted |= {name: of_item(name, 0.0) for name in ("high-poly", "teeth_base", "tongue01")}

        used = [body_vertices, self.anchors.all(), *(item.base_vertices() for item in self.fitted.values())]
        self.used = np.unique(np.concatenate(used))
        lookup = np.full(len(base), -1, np.int64)
        lookup[self.used] = np.arange(len(self.used))
        self.lookup = lookup
        self.base = base[self.used]
        self.displacement = torch.from_numpy(
            self.weights.targets.displacement(self.used).reshape(len(self.weights.targets.names), -1)
        )
        for item in self.fitted.values():
            item.relocate(lookup)

        faces = lookup[mesh.faces[keep]].astype(np.int32)
        self.subdivide, fine_faces = catmull_clark(faces, len(self.used))
        fine_uv_faces, fine_uv = split_texture_coordinates(mesh.face_uv[keep], mesh.uv)
        self.body_base_faces = faces
        self.body_base_uv = mesh.uv[mesh.face_uv[keep]]  # (F, 4, 2)
        # The lining of the mouth lies in patches of its own in the atlas, beside the head's.
        place = self.body_base_uv.mean(1)
        patches = (place[:, 0] < 0.17) | ((place[:, 0] > 0.7) & (place[:, 1] < 0.16))
        self.mouth_lining = patches & (self.base[faces].mean(1)[:, 1] > 6.0)  # (F,) bool
        fine = Mesh(fine_faces, fine_uv_faces, fine_uv)
        self.parts = {"body": make_part("body", fine, self.subdivide.shape[0])}
        for name, item in self.fitted.items():
            self.parts[name] = make_part(name, item.mesh, item.count)
        # A body face is hidden by a garment when all four corners of its coarse face are.
        self.visible_body_triangles: dict[str, Ints] = {}
        for garment in garments:
            name = GARMENT_ITEMS[garment]
            hidden = np.zeros(len(base), bool)
            hidden[self.fitted[name].hidden_base_vertices] = True
            hidden_face = hidden[mesh.faces[keep]].all(1).repeat(4)
            triangles = self.parts["body"].triangles
            self.visible_body_triangles[garment] = triangles[~np.concatenate([hidden_face, hidden_face])]

        eyes = self.fitted["high-poly"]
        component = mesh_components(eyes.mesh.faces, eyes.count)
        # Components 1 and 3 are the balls, 0 and 2 the corneas (whose bulge the eye's shader makes).
        self.ball_vertices = (np.where(component == 1)[0], np.where(component == 3)[0])
        self.eye_joints = (lookup[self.anchors.left_eye], lookup[self.anchors.right_eye])

    def ball_triangles(self) -> Ints:
        """Triangles (T, 3) of the eyeballs without the corneas."""
        part = self.parts["high-poly"]
        ball = np.zeros(part.source.max() + 1, bool)
        for vertices in self.ball_vertices:
            ball[vertices] = True
        return part.triangles[ball[part.source[part.triangles]].all(1)]

    def base_vertices(self, attributes: torch.Tensor, identity: torch.Tensor) -> tuple[Floats, Floats]:
        """Unposed base vertices (B, N, 3) with and without expression, of the vertices in ``used``."""
        with torch.no_grad():
            full, neutral = self.weights(attributes, identity)
            both = torch.cat((full, neutral)) @ self.displacement
        vertices = both.reshape(2, len(attributes), -1, 3).numpy() + self.base
        return vertices[0], vertices[1]

    def people(
        self, attributes: torch.Tensor, identity: torch.Tensor, part_names: list[tuple[str, ...]]
    ) -> list[PersonVertices]:
        """Posed camera-space vertices of the named parts (besides body and eyes) for each person of the batch."""
        full, neutral = self.base_vertices(attributes, identity)
        reader = self.reader
        values = {n: reader.value(attributes, n) for n in ("yaw", "pitch", "roll", "gaze_x", "gaze_y")}
        people = []
        for person in range(len(attributes)):
            one = slice(person, person + 1)
            frame = self._frame(neutral[person])
            base = full[person]
            gaze_x, gaze_y = values["gaze_x"][one], values["gaze_y"][one]

            def posed(points: Floats, frame: head_model.Frame = frame, one: slice = one) -> Floats:
                unposed = torch.from_numpy(points)[None]
                angles = (values[name][one] for name in ("yaw", "pitch", "roll"))
                turned = head_model.pose_head(unposed, frame, *angles)
                return head_model.to_camera(turned, frame)[0].numpy()

            parts = {"body": posed(self.subdivide @ base)}
            eyes = self.fitted["high-poly"].fit(base)
            centres, ahead = [], []
            ahead_of_it = np.array([[0.0, 0.0, 1.0]], np.float32)
            for ball, joint in zip(self.ball_vertices, self.eye_joints, strict=True):
                centre = torch.from_numpy(base[joint].mean(0))[None]
                points = torch.from_numpy(np.concatenate([eyes[ball], centre.numpy(), centre.numpy() + ahead_of_it]))
                turned = head_model.turn_eyeball(points.float()[None], centre, gaze_x, gaze_y)[0].numpy()
                eyes[ball] = turned[:-2]
                centres.append(turned[-2])
                ahead.append(turned[-1])
            parts["high-poly"] = posed(eyes)
            centre_and_ahead = posed(np.stack(centres + ahead).astype(np.float32))
            gaze = centre_and_ahead[2] - centre_and_ahead[0]
            for name in part_names[person]:
                parts[name] = posed(self.fitted[name].fit(base))
            gaze = gaze / np.linalg.norm(gaze)
            people.append(PersonVertices(parts, gaze, centre_and_ahead[:2], base, frame))
        return people

    def pose_grown(self, points: Floats, frame: head_model.Frame, attributes: torch.Tensor) -> Floats:
        """Unposed points (..., 3) grown on one person (B = 1), posed, in camera space."""
        angles = (self.reader.value(attributes, name) for name in ("yaw", "pitch", "roll"))
        turned = head_model.pose_head(torch.from_numpy(points.reshape(1, -1, 3)), frame, *angles)
        return head_model.to_camera(turned, frame)[0].numpy().reshape(points.shape)

    def _frame(self, neutral: Floats) -> head_model.Frame:
        def mean(indices: np.ndarray) -> torch.Tensor:
            return torch.from_numpy(neutral[indices].mean(0))[None]

        chin = torch.from_numpy(neutral[self.lookup[self.anchors.chin]])[None]
        at = self.lookup
        return head_model.frame_of(
            mean(self.eye_joints[0]), mean(self.eye_joints[1]), chin,
            mean(at[self.anchors.neck]), mean(at[self.anchors.skull]),
        )  # fmt: skip


def lip_amounts(geometry: PeopleGeometry) -> Floats:
    """How far each vertex in ``used`` belongs to the lips (N,), 0..1: how much the targets of their volume move it."""
    lips = np.zeros(len(geometry.base), np.float32)
    for name in ("mouth/mouth-upperlip-volume-incr", "mouth/mouth-lowerlip-volume-incr"):
        indices, deltas = load_targets()[name]
        amount, at = np.linalg.norm(deltas, axis=1), geometry.lookup[indices]
        lips[at[at >= 0]] = np.maximum(lips[at[at >= 0]], (amount / amount.max())[at >= 0])
    return lips
