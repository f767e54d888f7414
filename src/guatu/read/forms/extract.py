"""What a form yields: the text, where its lines and pages stand, and what a person should know about the reading."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from guatu.read.plan_parts import Note


@dataclass(frozen=True, slots=True)
class Place:
    """A printed line in the text: [first, last), its page from 1, and the recogniser's confidence 0 to 1 [none]."""

    first: int
    last: int
    page: int
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file, the places of its printed lines where the form has pages, and notes on the reading."""

    text: str
    places: tuple[Place, ...] = ()
    notes: tuple[Note, ...] = ()

    def page_of(self, place: int) -> int | None:
        """The page on which a character of the text stands; none where the form has no pages."""
        index = bisect_right(self.places, place, key=lambda line: line.first)
        return self.places[index - 1].page if index else None
