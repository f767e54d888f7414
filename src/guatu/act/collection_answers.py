"""A review as JSON, and what lands by the answers a person gave."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from guatu.act.collection_heap import Candidate, Review


def to_json(review: Review) -> dict[str, Any]:
    """The review as plain JSON values."""
    return {
        "period": review.period,
        "received": review.received.isoformat(),
        "questions": [asdict(one) for one in review.questions],
        "rows": [asdict(one) for one in review.rows],
        "seen": [asdict(one) for one in review.seen],
        "faults": [asdict(one) for one in review.faults],
        "marks": [asdict(one) for one in review.marks],
        "blanks": [list(one) for one in review.blanks],
    }


def landing(review: Review) -> tuple[Candidate, ...]:
    """The rows that may be stored now: no fault, and every question they wait for answered as they want it."""
    given = {one.id: one.answer for one in review.questions}
    found = {
        (row.sender, row.measure): row
        for row in review.rows
        if not row.faulty and all(given[question] == wanted for question, wanted in row.wants)
    }
    return tuple(found.values())


def waiting(review: Review) -> tuple[Candidate, ...]:
    """The rows that wait for an answer; of a row with several possible places, each place."""
    given = {one.id: one.answer for one in review.questions}
    return tuple(
        row
        for row in review.rows
        if not row.faulty
        and any(not given[question] for question, _ in row.wants)
        and all(given[question] in ("", wanted) for question, wanted in row.wants)
    )
