"""Every question of an ordinary day is answered by command and by page with the same numbers."""

from __future__ import annotations

import tomllib
from typing import Any
from urllib.parse import unquote

import pytest

from tests.office_questions import of_duties, of_figures, of_problems
from tests.office_questions.desk import Desk
from tests.office_questions.questions import QUESTIONS, Question

pytestmark = pytest.mark.django_db
ASKED = (of_duties, of_figures, of_problems)


def test_no_question_is_left_out(shared: Any) -> None:
    """The acceptance questions, number by number."""
    with shared("scenarios.toml").open("rb") as file:
        wanted = {one["id"] for one in tomllib.load(file)["s"]}
    assert set(QUESTIONS) == wanted


@pytest.mark.parametrize("one", [QUESTIONS[number] for number in sorted(QUESTIONS)], ids=lambda one: f"{one.number}")
def test_command_and_page_give_the_same(desk: Desk, one: Question) -> None:
    one.check(desk)
    asked = {unquote(words) for words in desk.asked}
    assert set(one.commands) <= asked, "each command of the table was given"
    assert set(one.pages) <= asked, "each page of the table was opened"
