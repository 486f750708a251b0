"""Hair that grows from the scalp: a hair line, roots, and strands led by comb, gravity and the head in their way."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.spatial import cKDTree

from creator.training.assets.head_assets import Ints
from creator.training.hair.head_field import HeadField, Reals, RootPool, smooth_noise, smoothstep, unit
from creator.training.hair.strand_grooms import POINTS, Locks, arc_length, resampled
from creator.training.head.people_geometry import before_face

_CENTRE = np.array([0.0, 7.5, 0.55], np.float32)  # of the skull; directions around it are measured here
CROWN = np.array([0.06, 8.44, 0.05], np.float32)
_LOWEST_FRINGE = 7.54  # strands end here before the eyes
_DOWN = np.array([0.0, -1.0, 0.0], np.float32)
# The hair line: angle from the front (degrees), height, width of its fade.
_LINE_ANGLE = (0, 20, 30, 40, 48, 54, 60, 64, 68, 76, 84, 106, 112, 122, 140, 160, 180)
_LINE_HEIGHT = (7.96, 7.97, 7.95, 7.87, 7.73, 7.56, 7.36, 7.14, 6.98, 6.97, 7.25, 7.30, 7.00, 6.75, 6.55, 6.47, 6.48)
_LINE_FADE = (0.10, 0.10, 0.12, 0.14, 0.15, 0.15, 0.15, 0.14, 0.12, 0.10, 0.08, 0.08, 0.12, 0.16, 0.18, 0.16, 0.16)


def angle_from_front(points: Reals) -> Reals:
    """Degrees (...,) around the skull's vertical axis: 0 ahead, 90 at the ears, 180 behind."""
    return np.degrees(np.arctan2(np.abs(points[..., 0]), points[..., 2] - _CENTRE[2]))


def scalp_density(points: Reals) -> Reals:
    """How densely places (N, 3) on the skin are grown with hair: (N,) in 0..1, fading out softly over the hair line."""
    angle = angle_from_front(points)
    height = np.interp(angle, _LINE_ANGLE, _LINE_HEIGHT)
    fade = np.interp(angle, _LINE_ANGLE, _LINE_FADE)
    ragged = 0.035 * smooth_noise(points, 9.0, 11) + 0.02 * smooth_noise(points, 26.0, 12)
    above = (points[:, 1] - height + ragged) / fade
    # Nothing grows so far out that it would stand alone.
    density = np.maximum(smoothstep(-0.7, 1.0, above) ** 1.5 - 0.05, 0) / 0.95
    y, z = points[:, 1] - 7.08, points[:, 2] - 0.52
    ear = (y / 0.36) ** 2 + ((z - 0.15 * y) / 0.22) ** 2
    return (density * smoothstep(0.9, 1.25, ear)).astype(np.float32)


def top_share(points: Reals) -> Reals:
    """1 on the top of the head, 0 on sides and nape (...,)."""
    inner = smoothstep(0.66, 0.50, np.abs(points[..., 0]) + 0.25 * np.maximum(0.3 - points[..., 2], 0))
    return inner * smoothstep(7.80, 8.10, points[..., 1])


def tangent(vectors: Reals, normals: Reals) -> Reals:
    """Unit vectors (S, 3): the part of the vectors along the skin."""
    return unit(vectors - (vectors * normals).sum(-1, keepdims=True) * normals)


@dataclass(frozen=True)
class Roots:
    """The chosen roots of a style; all arrays are (S,) or (S, 3)."""

    refs: Ints
    weights: Reals
    position: Reals
    normal: Reals
    density: Reals  # of the style at the root; hair is shorter where it thins out
    top: Reals  # 1 on the top of the head
    angle: Reals  # degrees from the front
    random: Reals  # (S, 6) uniform

    @staticmethod
    def drawn(pool: RootPool, density: Reals, count: int, seed: int) -> Roots:
        """The first ``count`` places of the pool that a random draw against the density (N,) keeps."""
        chance = np.random.RandomState(seed).uniform(size=len(density))
        index = np.flatnonzero(chance < density)[:count]
        position = pool.position[index]
        random = np.random.RandomState(seed + 3).uniform(size=(len(index), 6)).astype(np.float32)
        return Roots(
            pool.refs[index], pool.weights[index], position, pool.normal[index], density[index],
            top_share(position + 0.12 * (random[:, 1:4] - 0.5)), angle_from_front(position), random,
        )  # fmt: skip

    def start(self, comb: Reals, lift: Reals | float, spread: float = 0.12) -> Reals:
        """Directions at the root: combed along the skin, lifted off it by ``lift`` (0 flat, 1 upright), scattered."""
        scatter = (self.random[:, 1:4] - 0.5) * (2 * spread)
        share = np.reshape(lift, (-1, 1))
        return unit((1 - share) * tangent(comb, self.normal) + share * self.normal + scatter)

    def radial(self) -> Reals:
        """Along the skin away from the crown, turning like a whorl."""
        away = self.position - CROWN
        whorl = np.cross(np.array([0.0, 1.0, 0.0], np.float32), away)
        reach = np.linalg.norm(away, axis=1, keepdims=True)
        return tangent(away / np.maximum(reach, 1e-3) + 0.5 * np.exp(-((reach / 0.4) ** 2)) * whorl, self.normal)


def grow(
    head: HeadField, root: Reals, normal: Reals, start: Reals, length: Reals, shell: Reals, gravity: Reals | float,
    comb: Reals | None = None, column: Reals | None = None, pieces: int = 1,
) -> Reals:  # fmt: skip
    """Strands (S, pieces * (POINTS - 1) + 1, 3) that leave ``root`` along ``start`` (S, 3) and lie down on the head.

    ``length`` (S,) decimetres; ``shell`` (S,) the height over the skin at which a strand comes to lie; ``gravity`` how
    fast it bends down, per decimetre; ``comb`` (S, 3) a pull per decimetre in the same way. Long hair has a
    ``column`` (S, 3): the x at which it is to hang, the z beside the ears and the z below them, so that it neither
    falls over the face nor fans out on the shoulders.
    """
    steps = 2 * pieces * (POINTS - 1)
    p, d = root + 0.003 * normal, start
    step = (length / steps)[:, None].astype(np.float32)
    pull = np.reshape(gravity, (-1, 1)) * _DOWN + (0 if comb is None else comb)
    line = [root]
    for index in range(1, steps + 1):
        d = d + step * pull
        if column is not None:
            d = d + step * _to_column(p, column)
        d = unit(d)
        p = p + step * d
        distance, gradient = head.distance(p, soft=column is not None)
        depth = shell * np.minimum(index * step[:, 0] / 0.22, 1) - distance
        hit = depth > 0
        p = p + np.clip(depth, 0, 0.25)[:, None] * gradient
        d = np.where(hit[:, None], d - np.minimum((d * gradient).sum(1), 0)[:, None] * gradient, d)
        if index % 2 == 0:
            line.append(p)
    return np.stack(line, 1).astype(np.float32)


def _to_column(p: Reals, column: Reals) -> Reals:
    """A pull (S, 3) per decimetre towards the columns; over the ears first, then to their z.

    Hair above the forehead is led to the sides before it can fall over the face, and down as it gets there.
    """
    ahead, out = smoothstep(0.6, 0.9, p[:, 2]), np.abs(p[:, 0])
    share = 3.6 * smoothstep(7.9, 6.9, p[:, 1])
    aside = 4.2 * ahead * smoothstep(8.15, 7.6, p[:, 1]) * smoothstep(0.62, 0.40, out)
    x, beside, below = (column - p[:, [0, 2, 2]]).T
    z = beside + (below - beside) * smoothstep(6.9, 6.1, p[:, 1])
    down = -3.2 * smoothstep(0.38, 0.64, out) * smoothstep(7.2, 7.6, p[:, 1])
    return np.stack([np.maximum(share, aside) * x, down, share * z], -1)


def clipped(head: HeadField, density: Reals, length: float, count: int, seed: int) -> Locks:
    """Fine hair clipped to about ``length`` decimetres, grown by ``density`` (N,) over the pool of the scalp."""
    r = Roots.drawn(head.scalp, density, count, seed)
    size = (length * (0.75 + 0.5 * r.random[:, 0])).astype(np.float32)
    start = r.start(r.radial() + np.array([0, -0.3, 0.3], np.float32), 0.45, 0.25)
    points = grow(head, r.position, r.normal, start, size, np.full_like(size, 0.004), 2.0)
    return shaped(head, r, points, Texture(clump=0.0, frizz=0.003, flyaway=0.0, radius=0.0038), seed)


def lock_of(root: Reals, locks: int) -> tuple[Ints, Ints]:
    """The lock (S,) of each strand and the strands (locks,) that lead them: the first ones, the same for all counts."""
    leaders = np.arange(min(locks, len(root)), dtype=np.int32)
    return cKDTree(root[leaders]).query(root)[1].astype(np.int32), leaders


@dataclass(frozen=True)
class Curl:
    """Waves and curls about the grown line."""

    radius: float = 0.0  # decimetres
    pitch: float = 0.5  # decimetres a turn
    flat: float = 1.0  # 1 a helix, 0 a wave in one plane
    spread: float = 0.15  # of the phase within a lock, in turns
    start: float = 0.25  # decimetres from the root over which it sets in


@dataclass(frozen=True)
class Texture:
    """What happens to grown strands: clumping, curls, frizz."""

    locks: int = 220
    clump: float = 0.45  # share by which tips are drawn to their lock's leader
    curl: Curl = field(default_factory=Curl)
    frizz: float = 0.012  # decimetres, grows along the strand
    flyaway: float = 0.05  # share of strands that stand off
    radius: float = 0.0065  # decimetres
    pieces: int = 1  # that a strand is cut into, where curls need more points


def shaped(head: HeadField, r: Roots, points: Reals, texture: Texture, seed: int, kept_share: float = 0.2) -> Locks:
    """Clumps, curls and frizzes grown strands (S, P, 3), and keeps them out of the head and off the face.

    Strands that would hang before the face are cut there, or left out if less than ``kept_share`` of them is left.
    """
    s = len(points)
    root, normal = r.position, r.normal
    lock, leaders = lock_of(root, texture.locks)
    along = arc_length(points)
    place = np.linspace(0, 1, points.shape[1], dtype=np.float32)
    per_lock = np.random.RandomState(seed + 1).uniform(size=(texture.locks, 4)).astype(np.float32)
    own = np.random.RandomState(seed + 2).uniform(size=(s, 8)).astype(np.float32)
    # Draw to the leader by place along the strand; strands that root far from it, or fall to the other side of a part,
    # keep their distance.
    leader = points[leaders][lock]
    apart = np.linalg.norm(leader - points, axis=-1)
    near = np.exp(-((apart[:, 0] / 0.35) ** 2) - ((apart.max(1) / 0.7) ** 2))[:, None, None]
    # Hair too short to bend stays on its own.
    clump = texture.clump * smoothstep(0.06, 0.40, along[:, -1])[:, None, None]
    pull = clump * (0.4 + 0.6 * own[:, :1, None]) * near * smoothstep(0.05, 0.85, place)[None, :, None]
    # Locks of long hair part only at some distance from the scalp, or bare skin would show between them.
    pull = pull * smoothstep(0.0, np.minimum(0.6, 0.5 * along[:, -1:]), along)[..., None]
    points = points + pull * (leader - points)
    if texture.curl.radius > 0:
        points = points + _curl(texture.curl, points, normal, along, per_lock[lock], own)
    wander = np.stack([smooth_noise(points + 40 * own[:, None, k : k + 1], 5.0, seed + 20 + k) for k in range(3)], -1)
    size = texture.frizz * (0.5 + own[:, 3:4]) * smoothstep(0.0, 1.0, place)[None]
    loose = (own[:, 4:5] < texture.flyaway) * (0.02 + 0.05 * own[:, 5:6]) * place**1.5
    loose = loose * np.minimum(along[:, -1:] / 0.6, 1)
    points = points + size[..., None] * wander + loose[..., None] * (normal[:, None] + wander)
    points, kept = trimmed_before_face(points, kept_share)
    arc = arc_length(points)
    skin_gap = 0.012 * smoothstep(0.0, 0.12, arc) + 0.02 * smoothstep(0.2, 0.6, arc)
    points = np.concatenate([points[:, :1], head.pushed_out(points[:, 1:], skin_gap[:, 1:])], 1)
    # Finer at the hair line and where it is clipped short.
    radius = texture.radius * (0.5 + 0.5 * smoothstep(0.1, 0.8, r.density))
    radius *= 0.4 + 0.6 * smoothstep(0.04, 0.20, along[:, -1])
    return Locks.whole(r.refs[kept], r.weights[kept], points[kept], per_lock[lock[kept], 3], radius[kept])


def _curl(curl: Curl, points: Reals, normal: Reals, along: Reals, lock: Reals, own: Reals) -> Reals:
    """Offsets (S, P, 3) of helices about the lines; a lock's strands turn together."""
    direction = unit(np.gradient(points, axis=1))
    side = unit(np.cross(direction, normal[:, None] + 0.01))
    other = np.cross(side, direction)
    pitch = curl.pitch * (0.75 + 0.5 * lock[:, None, 0])
    turn = 2 * np.pi * (along / pitch + lock[:, None, 1] + curl.spread * (own[:, 6:7] - 0.5))
    hand = np.where(lock[:, None, 2:3] > 0.5, 1.0, -1.0)
    size = curl.radius * (0.7 + 0.6 * own[:, 7:8]) * smoothstep(0.0, curl.start, along)
    wave = np.cos(turn)[..., None] * other + curl.flat * hand * np.sin(turn)[..., None] * side
    return (size[..., None] * wave).astype(np.float32)


def trimmed_before_face(points: Reals, kept_share: float) -> tuple[Reals, np.ndarray]:
    """Strands cut where they would hang before eyes, nose or mouth, and which (S,) keep that share of their length."""
    hanging = before_face(points) & (points[..., 1] < _LOWEST_FRINGE) & (points[:, :1, 1] > _LOWEST_FRINGE)
    last = points.shape[1] - 1
    first = np.where(hanging.any(1), hanging.argmax(1), last + 1)
    end = np.clip(first - 0.6, 0, last).astype(np.float32)
    return resampled(points, end), end >= kept_share * last
