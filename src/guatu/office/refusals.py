"""What a refused request leaves in the server's log: one line, for it is no fault of the program."""

from __future__ import annotations

import logging

FAULT = 500  # status from which on an answer means a fault of the program


class Refusals(logging.Filter):
    """Takes the traceback off the record of an answer below 500 (403, 404, …); faults keep theirs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always let the record through."""
        if getattr(record, "status_code", FAULT) < FAULT:
            record.exc_info = record.exc_text = None
        return True
