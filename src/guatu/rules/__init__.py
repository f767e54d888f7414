"""The law as dated data: limits, break points, validity counts, roundings; indicator cards. No arithmetic."""

from guatu.rules.book import Rule, at, every, of_edition, timeline

__all__ = ["Rule", "at", "every", "of_edition", "timeline"]
