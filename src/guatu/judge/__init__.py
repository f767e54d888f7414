"""From figures to words: status, room left, outlook, the board of all targets, and the way down to the rows."""

from guatu.judge.address import value_at
from guatu.judge.board import Board, Row, board_of, plan_of, row_of
from guatu.judge.course import Course, course_of
from guatu.judge.outlook import Outlook, others_of, outlook_of
from guatu.judge.room import Room, room_of
from guatu.judge.status import Status, status_of

__all__ = [
    "Board",
    "Course",
    "Outlook",
    "Room",
    "Row",
    "Status",
    "board_of",
    "course_of",
    "others_of",
    "outlook_of",
    "plan_of",
    "room_of",
    "row_of",
    "status_of",
    "value_at",
]
