"""The reading review."""

from guatu.office.reading import shelf
from tests.office.access import Row

ROWS = [
    Row("notices", "/notices/", "LDCAU"),
    Row("notice", "/notices/N001/", "LDCAU"),
    Row("notice-original", "/notices/N001/original/", "LDCAU"),
    Row("notice-signed", "/notices/N001/signed/", "LDCAU", 404),  # nobody signed on paper
    Row("notices-upload", "/notices/upload/", "DC", 302, "post"),
    Row("notice-look", "/notices/N001/look/", "DC", 302, "post"),
    Row("notice-check", "/notices/N001/check/", "DC", 302, "post"),
    Row("notice-reopen", "/notices/N001/reopen/", "DC", 302, "post"),
]


def put(ws):
    """A short notice on the shelf."""
    words = "一、主要目标\n1.全市森林覆盖率67%以上。\n"
    shelf.upload(ws, "通知.txt", words.encode(), shelf.ANNUAL, "clerk")
