"""Items that follow the body: hair, brows, eyes, teeth and garments as linear functions of the base mesh."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sparse

from creator.training.assets.head_assets import Floats, Ints, Mesh, load_base, load_fitted

BUST_LOWEST = 4.1  # decimetres; the picture ends above
BUST_HALF_WIDTH = 3.0


class FittedVertices:
    """Vertices of a fitted item as functions of base vertices."""

    def __init__(
        self, refs: Ints, weights: Floats, offsets: Floats, scale_refs: Floats, mesh: Mesh, hidden_base_vertices: Ints
    ) -> None:
        """Vertex i is ``sum_j weights[i, j] * base[refs[i, j]] + scale * offsets[i]``, decimetres.

        refs (N, K) into all base vertices, weights (N, K), offsets (N, 3); scale_refs (3, 3) with a row
        (vertex, vertex, rest distance) for each axis, distance 0 for an axis that is not stretched.
        """
        self.refs, self.weights, self.offsets = refs, weights, offsets
        self.scale_refs = scale_refs
        self.mesh = mesh
        self.hidden_base_vertices = hidden_base_vertices
        self.count = len(refs)

    @classmethod
    def of_item(cls, name: str, lowest: float) -> FittedVertices:
        """A CC0 item without what lies below ``lowest`` or beside the bust."""
        item = load_fitted(name)
        base = load_base()[0]
        rest = (item.weights[:, :, None] * base[item.refs]).sum(1)
        keep_face = (item.mesh.faces[:, 3] >= 0) & (rest[item.mesh.faces][..., 1].max(1) > lowest)
        keep_face &= np.abs(rest[item.mesh.faces][..., 0]).min(1) < BUST_HALF_WIDTH
        used, faces = np.unique(item.mesh.faces[keep_face], return_inverse=True)
        mesh = Mesh(faces.reshape(-1, 4).astype(np.int32), item.mesh.face_uv[keep_face], item.mesh.uv)
        return cls(
            item.refs[used], item.weights[used], item.offsets[used], item.scale_refs, mesh, item.hidden_base_vertices
        )

    def base_vertices(self) -> Ints:
        return np.unique(np.concatenate([self.refs.ravel(), self.scale_refs[:, :2].astype(np.int32).ravel()]))

    def relocate(self, lookup: np.ndarray) -> None:
        """Point into a selection of the base vertices: ``lookup`` (19158,) gives each one's place in it."""
        self.refs = lookup[self.refs]
        starts = np.arange(self.count + 1) * self.refs.shape[1]
        shape = (self.count, int(lookup.max()) + 1)
        self._binding = sparse.csr_matrix((self.weights.ravel(), self.refs.ravel(), starts), shape=shape)
        self._scale_at = lookup[self.scale_refs[:, :2].astype(np.int64)]

    def linear_scale(self, base: Floats) -> Floats:
        """How much offsets are stretched along each axis (3,): linear in the base vertices."""
        rest = load_base()[0]
        scale = np.ones(3, np.float32)
        for axis in range(3):
            one, other, distance = self.scale_refs[axis]
            if distance > 0:
                sign = np.sign(rest[int(one), axis] - rest[int(other), axis])
                here, there = self._scale_at[axis]
                scale[axis] = sign * (base[here, axis] - base[there, axis]) / distance
        return scale

    def fit(self, base: Floats) -> Floats:
        """(N, 3) vertices for one person's (relocated) base vertices, or displacements for displacements."""
        scale = self.linear_scale(base)
        return (self._binding @ base + scale * self.offsets).astype(np.float32)
