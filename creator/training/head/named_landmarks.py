"""Named points of the face: where a game may hang a hat or a crop. Left is the person's left, the picture's right."""

from __future__ import annotations

import numpy as np

from creator.training.assets.head_assets import Floats, Ints
from creator.training.head.derived_targets import lid_rings, seams
from creator.training.head.people_geometry import PeopleGeometry, lip_amounts

EYES = ("eye_left", "eye_right")
"""The eyeballs' centres, in the order of the joints."""


def surface_landmarks(people: PeopleGeometry) -> dict[str, int]:
    """Landmark name to vertex (an index into ``people.used``), all of them on the skin's outside."""
    outside = np.unique(people.body_base_faces[~people.mouth_lining])
    rest = people.base[outside]
    x, y, z = rest.T
    ahead = z > 1.0
    middle = np.abs(x) < 0.02
    at = people.lookup
    chin, lips = rest_of(people, people.anchors.chin), seams()[2]
    mouth_height = float(people.base[at[lips.upper]][:, 1].mean())
    eye_height = float(people.base[people.eye_joints[0]][:, 1].mean())

    red = lip_amounts(people)[outside] > 0.2

    def most(score: Floats, where: np.ndarray) -> int:
        return int(outside[np.flatnonzero(where)[np.argmax(score[where])]])

    nose_tip = most(z, middle & (y > mouth_height + 0.1) & (y < eye_height))
    tip_height = float(people.base[nose_tip, 1])
    found = {
        "crown": most(y, middle),
        "forehead": most(z, middle & (y > 0.5 * (eye_height + y.max()))),
        "nose_bridge": most(-np.abs(y - eye_height), middle & ahead),
        "nose_tip": nose_tip,
        "lip_upper": int(at[lips.upper[len(lips.upper) // 2]]),
        "lip_lower": int(at[lips.lower[len(lips.lower) // 2]]),
        "mouth_right": most(-x, red),
        "mouth_left": most(x, red),
        "chin": int(at[people.anchors.chin]),
        "throat": most(-np.abs(y - float(chin[1]) + 0.35), middle & (z > 0) & (z < 1.3)),
    }
    for side, sign, ring in zip(("left", "right"), (1.0, -1.0), lid_rings(), strict=True):
        lids = at[ring].astype(np.int32)
        own = sign * x > 0

        def of_ring(score: Floats, lids: Ints = lids) -> int:
            return int(lids[np.argmax(score)])

        across, up = sign * people.base[lids][:, 0], people.base[lids][:, 1]
        ear = own & (sign * x > 0.66) & (z > -0.1) & (z < 0.75) & (y > 6.65) & (y < 7.5)
        found |= {
            f"eye_{side}_inner": of_ring(-across),
            f"eye_{side}_outer": of_ring(across),
            f"eye_{side}_upper": of_ring(up),
            f"eye_{side}_lower": of_ring(-up),
            f"brow_{side}": most(z, own & (np.abs(y - eye_height - 0.17) < 0.06) & (np.abs(np.abs(x) - 0.35) < 0.1)),
            f"nostril_{side}": most(sign * x, own & ahead & (np.abs(y - tip_height + 0.04) < 0.06) & (sign * x < 0.22)),
            f"cheek_{side}": most(z, own & (np.abs(y - tip_height) < 0.08) & (np.abs(sign * x - 0.5) < 0.08)),
            f"jaw_{side}": most(sign * x, own & (np.abs(y - mouth_height) < 0.06) & (z > 0.2)),
            f"ear_{side}_top": most(y, ear),
            f"ear_{side}_lobe": most(-y, ear),
            f"shoulder_{side}": most(y, own & (np.abs(sign * x - 1.6) < 0.12)),
        }
    return found


def rest_of(people: PeopleGeometry, vertex: int) -> Floats:
    """The rest position (3,) of a vertex of the base mesh."""
    return people.base[people.lookup[vertex]]


def surface_steps(people: PeopleGeometry, vertices: Ints) -> tuple[Floats, Floats]:
    """For each of ``vertices`` (K,) two neighbours (K,) such that the steps to them span the outward normal."""
    faces = people.body_base_faces
    one, other = [], []
    for vertex in vertices:
        face, corner = (int(place[0]) for place in np.nonzero(faces == vertex))
        one.append(faces[face, (corner + 1) % 4])
        other.append(faces[face, (corner + 3) % 4])
    return np.array(one), np.array(other)
