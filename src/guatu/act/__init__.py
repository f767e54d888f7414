"""办: problems, their moves with papers, deadlines, rates, letters and the log; pure, states are data."""
