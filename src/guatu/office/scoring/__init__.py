"""Scores in the office: facts from its ledgers, what persons enter, objections, final scores, and their pages."""
