"""From figures to words: status, room left, outlook, the board of all targets, and the way down to the rows."""

from guatu.judge.address import value_at
from guatu.judge.board import Board, Row, board_of, plan_of, row_of, wall_of
from guatu.judge.chances import chance_of
from guatu.judge.course import Course, course_of
from guatu.judge.evaluation import Evaluation, evaluated
from guatu.judge.moved import Moved
from guatu.judge.moved_at import moved_at
from guatu.judge.outlook import Outlook, others_of, outlook_of
from guatu.judge.room import Room, room_of
from guatu.judge.room_water import section_rooms
from guatu.judge.status import Status, status_of
from guatu.judge.warn import Alert, told_on, warnings_on

__all__ = [
    "Alert",
    "Board",
    "Course",
    "Evaluation",
    "Moved",
    "Outlook",
    "Room",
    "Row",
    "Status",
    "board_of",
    "chance_of",
    "course_of",
    "evaluated",
    "moved_at",
    "others_of",
    "outlook_of",
    "plan_of",
    "room_of",
    "row_of",
    "section_rooms",
    "status_of",
    "told_on",
    "value_at",
    "wall_of",
    "warnings_on",
]
