"""Reading a notice: document, outline, targets, tasks, bodies, dates, into a Plan."""

from guatu.read.notice import read_notice
from guatu.read.plan import Plan

__all__ = ["Plan", "read_notice"]
