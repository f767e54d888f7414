"""What the year will end at, and how likely a target is met: PM2.5 mean and good-day ratio."""

from guatu.judge.outlook.judgement import Others, Outlook, others_of, outlook_of

__all__ = ["Others", "Outlook", "others_of", "outlook_of"]
