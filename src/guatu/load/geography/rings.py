"""Rings of a polygon in whole numbers of a thousand-millionth of a degree: which way round, and where they cross."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

Spot = tuple[int, int]
Ring = Sequence[Spot]
_CELLS = 512  # at most so many cells of a grid a side, so that only near pieces are compared


def twice_area(ring: Ring) -> int:
    """Twice the area enclosed by a closed ring, positive when it runs against the clock."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))


def holds(ring: Ring, spot: Spot) -> bool:
    """Whether a spot lies inside a closed ring (on its line: either)."""
    x, y = spot
    inside = False
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (y0 > y) != (y1 > y):
            side = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)
            inside ^= (side > 0) == (y1 > y0)
    return inside


def crossing(ring: Ring) -> Spot | None:
    """A corner near which a closed ring crosses or touches itself; None for a simple one."""
    pieces = list(pairwise(ring))
    last = len(pieces) - 1
    for one, other in _near(ring, pieces):
        next_to = other - one == 1 or (one == 0 and other == last)
        if next_to:
            if _folded(pieces[one], pieces[other], one == 0 and other == last and last > 1):
                return pieces[one][0]
        elif _meet(*pieces[one], *pieces[other]):
            return pieces[one][0]
    return None


def _near(ring: Ring, pieces: Sequence[tuple[Spot, Spot]]) -> Iterator[tuple[int, int]]:
    """Pairs of pieces that share a cell of a grid over the ring, each pair once."""
    west, south = min(x for x, _ in ring), min(y for _, y in ring)
    side = min(_CELLS, max(1, int(len(pieces) ** 0.5)))
    width = max(1, (max(x for x, _ in ring) - west) // side + 1)
    height = max(1, (max(y for _, y in ring) - south) // side + 1)
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, ((x0, y0), (x1, y1)) in enumerate(pieces):
        for column in range((min(x0, x1) - west) // width, (max(x0, x1) - west) // width + 1):
            for row in range((min(y0, y1) - south) // height, (max(y0, y1) - south) // height + 1):
                cells[column, row].append(number)
    seen = set()
    for inside in cells.values():
        for at, one in enumerate(inside):
            for other in inside[at + 1 :]:
                if (one, other) not in seen:
                    seen.add((one, other))
                    yield one, other


def _folded(piece: tuple[Spot, Spot], after: tuple[Spot, Spot], closing: bool) -> bool:
    """Whether a piece runs back over the one it is joined to."""
    (a, b), (c, d) = (after, piece) if closing else (piece, after)
    if _turn(a, b, d) != 0:
        return False
    return (b[0] - a[0]) * (d[0] - c[0]) + (b[1] - a[1]) * (d[1] - c[1]) < 0


def _meet(a: Spot, b: Spot, c: Spot, d: Spot) -> bool:
    """Whether two pieces have a point in common."""
    one, two, three, four = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if (one > 0) != (two > 0) and (three > 0) != (four > 0) and one * two != 0 and three * four != 0:
        return True
    return any(
        turn == 0 and _between(start, end, spot)
        for turn, start, end, spot in ((one, a, b, c), (two, a, b, d), (three, c, d, a), (four, c, d, b))
    )


def _turn(a: Spot, b: Spot, c: Spot) -> int:
    value = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (value > 0) - (value < 0)


def _between(a: Spot, b: Spot, c: Spot) -> bool:
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])
