"""Scores: schemes as dated data, one sheet a subject, every lost point traceable to its rows and its rule."""

from guatu.score.book import scheme_at, schemes
from guatu.score.definition import define, load
from guatu.score.facts import Fact, Facts, Row
from guatu.score.lost import Loss, losses_of
from guatu.score.scheme import Item, Scheme
from guatu.score.scoring import score_of, scores_of
from guatu.score.sheet import Line, Sheet
from guatu.score.what_if import Difference, what_if

__all__ = [
    "Difference",
    "Fact",
    "Facts",
    "Item",
    "Line",
    "Loss",
    "Row",
    "Scheme",
    "Sheet",
    "define",
    "load",
    "losses_of",
    "scheme_at",
    "schemes",
    "score_of",
    "scores_of",
    "what_if",
]
