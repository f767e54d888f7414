"""From figures to words: status, room left, the board of all targets, and the way down to the rows."""
