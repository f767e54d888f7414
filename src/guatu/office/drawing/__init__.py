"""Server-drawn pictures: pure geometry from values to SVG attributes."""
