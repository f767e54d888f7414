"""The thirty-two questions of an ordinary day: who asks, by which commands and on which pages they are answered.

Each question is one function that asks both and compares them cell by cell; docs/questions.md is made of the
same table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.office_questions.desk import Desk

Check = Callable[[Desk], None]
PROBLEM, LATE = "SJ-2021-360281-0007", "SJ-2021-360202-0020"


@dataclass(frozen=True)
class Question:
    """A question: its number, who asks, what is asked, how it is answered, and the function that compares."""

    number: int
    who: str
    ask: str
    commands: tuple[str, ...]
    pages: tuple[str, ...]
    answer: str
    check: Check


QUESTIONS: dict[int, Question] = {}


def question(
    number: int, who: str, ask: str, commands: tuple[str, ...], pages: tuple[str, ...], answer: str
) -> Callable[[Check], Check]:
    """Enter a question into the table."""

    def enter(check: Check) -> Check:
        assert number not in QUESTIONS
        QUESTIONS[number] = Question(number, who, ask, commands, pages, answer, check)
        return check

    return enter
