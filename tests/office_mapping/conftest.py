"""The office of the sample city."""

from tests.office.conftest import city, office, person, quick_passwords

__all__ = ["city", "office", "person", "quick_passwords"]
