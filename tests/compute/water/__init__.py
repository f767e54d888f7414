"""Surface water, lakes, groundwater, sources, black water."""
