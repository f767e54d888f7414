"""Keeping an office alive: backup and restore, the log held against what was noted outside, the doctor."""
