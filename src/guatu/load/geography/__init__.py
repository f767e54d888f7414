"""Boundaries and points of an office: GeoJSON read, checked and kept in WGS-84."""
