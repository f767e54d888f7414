"""The database under the office's tests is the one that was asked for."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for():
    assert connection.vendor == os.environ.get("GUATU_EXPECT_VENDOR", "sqlite")
