"""The sixth room, 考: schemes as dated data, points with every lost point traceable, ranks."""
