"""Problem ledgers in the office: problems with their papers kept, moved, listed, taken in and given out."""
