"""Who calls: a program with a token, or a person whose browser is logged in; each within its rate."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer, SessionAuth
from ninja.throttling import SimpleRateThrottle

from guatu.office.api import tokens

RATE = "600/min"


class ByToken(HttpBearer):
    """Authorization: Bearer guatu_…, good for one scope; the call then acts as the token's owner."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token; a wrong one is refused even where a browser's login stands beside it."""
        found = tokens.find(token)
        if found is None:
            raise AuthenticationError
        if self.scope and self.scope not in found.scopes:
            raise PermissionDenied(f"这个令牌没有“{tokens.SCOPES[self.scope]}”（{self.scope}）的范围")
        request.user = found.owner
        return found


class BySession(SessionAuth):
    """A browser's login; whatever changes something needs the CSRF token besides."""

    def __call__(self, request: HttpRequest) -> Any:
        """The user; somebody who is not logged in is told so, whatever else he lacks."""
        return super().__call__(request) if request.user.is_authenticated else None


def need(scope: str = "") -> list[Any]:
    """What an operation lets in: tokens with a scope, logged-in browsers."""
    return [ByToken(scope), BySession()]


class Pace(SimpleRateThrottle):
    """So many calls a minute for each person, whatever tokens he uses, counted in this process."""

    def __init__(self) -> None:
        super().__init__(RATE)

    def get_cache_key(self, request: HttpRequest) -> str:
        """One count a person."""
        return f"api-pace-{request.user.pk}"
