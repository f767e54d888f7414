"""Soil, ecology, carbon, rates, trends."""
