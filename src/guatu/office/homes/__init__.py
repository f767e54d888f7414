"""The home page of a county or a body: what it owes, by when, its score and why."""
