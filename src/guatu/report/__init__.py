"""Documents an office hands out and takes back: sheets to fill, marked copies, annexes, letters."""
