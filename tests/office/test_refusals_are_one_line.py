"""A 403 or 404 is one line in the server's log; a fault of the program keeps its traceback."""

import logging
import sys

from guatu.office.refusals import Refusals


def record(status: int | None) -> logging.LogRecord:
    try:
        raise PermissionError("no")
    except PermissionError:
        made = logging.LogRecord("django.request", logging.WARNING, "", 0, "Forbidden: /accounts/", (), sys.exc_info())
    if status is not None:
        made.status_code = status
    return made


def test_refusals_are_one_line_and_faults_are_not():
    for status, lines in ((403, 1), (404, 1), (500, 4), (None, 4)):
        told = record(status)
        assert Refusals().filter(told)
        assert len(logging.Formatter().format(told).splitlines()) >= lines
        assert ("Traceback" in logging.Formatter().format(told)) == (status not in (403, 404))
