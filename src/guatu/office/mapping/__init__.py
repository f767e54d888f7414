"""The page of the map: boundaries and points loaded, taken off, their approval number."""
