"""The office of the sample city with two measures, a collection, a paper, a meeting and a decision."""

import pytest

from tests.office import duty_rows
from tests.office.conftest import city, office, person, quick_passwords

__all__ = ["city", "office", "person", "quick_passwords"]


@pytest.fixture
def busy(office):
    """The office with duties in it."""
    duty_rows.put(office)
    return office
