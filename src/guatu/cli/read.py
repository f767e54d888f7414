"""guatu read FILE: a notice becomes a plan."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of the reading room."""
