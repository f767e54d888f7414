"""The wall where people meet the figures: stores, shows and asks permission; holds no formula and no rule."""
