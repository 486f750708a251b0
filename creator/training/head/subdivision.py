"""One Catmull-Clark step on a quad mesh, as a sparse matrix that is built once and applied to every person."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from creator.training.assets.head_assets import Floats, Ints


def _edges_of(faces: Ints) -> tuple[Ints, Ints, Ints]:
    """Unique edges (E, 2), the edge of each face side (F, 4), the number of faces at each edge (E,)."""
    sides = np.stack([faces, np.roll(faces, -1, axis=1)], axis=2).reshape(-1, 2)
    edges, index, count = np.unique(np.sort(sides, axis=1), axis=0, return_inverse=True, return_counts=True)
    return edges.astype(np.int32), index.reshape(-1, 4).astype(np.int32), count.astype(np.int32)


def _split_faces(faces: Ints, side_edges: Ints, vertex_count: int, edge_count: int) -> Ints:
    """Each quad becomes four: corner, next edge point, face point, previous edge point."""
    face_point = vertex_count + edge_count + np.arange(len(faces))
    edge_point = vertex_count + side_edges
    quads = [np.stack([faces[:, k], edge_point[:, k], face_point, edge_point[:, k - 1]], axis=1) for k in range(4)]
    return np.stack(quads, axis=1).reshape(-1, 4).astype(np.int32)


def _matrix(rows: Ints, columns: Ints, values: NDArray[Any], shape: tuple[int, int]) -> sparse.csr_matrix:
    return sparse.csr_matrix((values, (rows, columns)), shape=shape, dtype=np.float32)


def catmull_clark(faces: Ints, vertex_count: int) -> tuple[sparse.csr_matrix, Ints]:
    """Matrix (N', N) that maps vertices to subdivided vertices, and the new faces (4F, 4).

    Borders are kept as cubic B-spline curves. Source: Catmull & Clark 1978; border rule of Hoppe et al. 1994.
    """
    edges, side_edges, faces_at_edge = _edges_of(faces)
    f, e, n = len(faces), len(edges), vertex_count
    four = np.repeat(np.arange(f, dtype=np.int32), 4)
    face_average = _matrix(four, faces.ravel(), np.full(4 * f, 0.25), (f, n))
    two = np.repeat(np.arange(e, dtype=np.int32), 2)
    middle = _matrix(two, edges.ravel(), np.full(2 * e, 0.5), (e, n))
    adjacent = _matrix(side_edges.ravel(), four, (1.0 / np.maximum(faces_at_edge, 1))[side_edges.ravel()], (e, f))
    inner_edge = (faces_at_edge == 2).astype(np.float32)
    across = adjacent @ face_average
    edge_points = sparse.diags(1 - 0.5 * inner_edge) @ middle + sparse.diags(0.5 * inner_edge) @ across

    border_vertex = np.zeros(n, bool)
    border_vertex[edges[faces_at_edge == 1].ravel()] = True
    valence = np.bincount(edges.ravel(), minlength=n).astype(np.float32)
    face_valence = np.maximum(np.bincount(faces.ravel(), minlength=n), 1).astype(np.float32)
    used = valence > 0
    inner = used & ~border_vertex
    at_face = _matrix(faces.ravel(), four, np.ones(4 * f), (n, f))
    at_edge = _matrix(edges.ravel(), two, np.ones(2 * e), (n, e))
    valence = np.maximum(valence, 1)
    inner_rule = (
        sparse.diags(1 / face_valence / valence) @ at_face @ face_average
        + sparse.diags(2 / valence / valence) @ at_edge @ middle
        + sparse.diags((valence - 3) / valence)
    )
    border_edge = sparse.diags((faces_at_edge == 1).astype(np.float32))
    border_rule = sparse.diags(np.full(n, 0.5)) + 0.25 * (at_edge @ border_edge @ middle)
    vertex_points = (
        sparse.diags(inner.astype(np.float32)) @ inner_rule
        + sparse.diags(border_vertex.astype(np.float32)) @ border_rule
        + sparse.diags((~used).astype(np.float32))
    )
    matrix = sparse.vstack([vertex_points, edge_points, face_average]).tocsr().astype(np.float32)
    return matrix, _split_faces(faces, side_edges, n, e)


def split_texture_coordinates(face_uv: Ints, uv: Floats) -> tuple[Ints, Floats]:
    """The same split for texture coordinates, linear: new corners (4F, 4) and coordinates (M', 2)."""
    edges, side_edges, _ = _edges_of(face_uv)
    coordinates = np.concatenate([uv, uv[edges].mean(axis=1), uv[face_uv].mean(axis=1)]).astype(np.float32)
    return _split_faces(face_uv, side_edges, len(uv), len(edges)), coordinates
