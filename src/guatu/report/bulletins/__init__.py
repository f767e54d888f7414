"""The kinds of bulletin: each takes what the workspace knows on a day and gives a Paper."""
