"""Comments on the breakdown and the paper it was signed on."""

from guatu.office import commenting
from tests.office import duty_rows
from tests.office.access import Row

ROWS = [
    Row("comments", "/breakdown/comments/", "LDCARXPU"),
    Row("comments-say", "/breakdown/comments/say/", "DCRX", 302, "post"),
    Row("comments-settle", "/breakdown/comments/Y001/settle/", "DC", 302, "post"),
    Row("breakdown-signed", "/breakdown/signed/", "LDCAU", 404),  # nobody signed on paper
]


def put(ws):
    """A draft sent round, with a comment of the county."""
    duty_rows.put(ws)
    commenting.send("clerk")
    commenting.say("乐平市", "M002", "请市里统一招标", "xianqu")
