"""Signing on by an outside service (OpenID Connect): off unless configured; it knows people by their user name only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView
from requests.exceptions import RequestException

from guatu.office import log


class Backend(OIDCAuthenticationBackend):
    """Who signed on there is the account of the same user name here; a new one only where that is configured."""

    def verify_claims(self, claims: Mapping[str, Any]) -> bool:
        """A name must be told."""
        return bool(self._name(claims))

    def filter_users_by_claims(self, claims: Mapping[str, Any]) -> QuerySet[Any]:
        """The account of exactly that name, where it is in use."""
        return self.UserModel.objects.filter(username=self._name(claims), is_active=True)

    def create_user(self, claims: Mapping[str, Any]) -> AbstractBaseUser | None:
        """A user without a role, who sees the help page only; never one whose account was stopped."""
        name = self._name(claims)
        if self.UserModel.objects.filter(username=name).exists():
            return None
        user = self.UserModel.objects.create_user(name)
        log.record(log.MACHINE, "统一登录建立账号", name)
        return user

    def verify_token(self, token: str, **kwargs: Any) -> Mapping[str, Any]:
        """Signature and nonce, and that the token was made for this client."""
        payload = super().verify_token(token, **kwargs)
        audience = payload.get("aud")
        if self.OIDC_RP_CLIENT_ID not in (audience if isinstance(audience, list) else [audience]):
            raise SuspiciousOperation("the token was made for another client")
        return payload

    def get_userinfo(self, access_token: str, id_token: str, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the service says of the person; it must speak of the one the token names."""
        said = super().get_userinfo(access_token, id_token, payload)
        if said.get("sub") != payload.get("sub"):
            raise SuspiciousOperation("user information of somebody else")
        return said

    def _name(self, claims: Mapping[str, Any]) -> str:
        return str(claims.get(settings.OIDC_NAME_CLAIM) or "")


def configured(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let nobody in while no service is configured."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.OIDC_ON:
            raise Http404("没有配置统一登录")
        return view(request, *args, **kwargs)

    return guarded


@login_not_required
@configured
def begin(request: HttpRequest) -> HttpResponse:
    """Send the person to the service."""
    return OIDCAuthenticationRequestView.as_view()(request)


@login_not_required
@configured
def back(request: HttpRequest) -> HttpResponse:
    """The person comes back; whom the service does not vouch for, or nobody knows here, reads why."""
    try:
        answer = OIDCAuthenticationCallbackView.as_view()(request)
    except (SuspiciousOperation, RequestException):
        messages.error(request, "统一登录没有成功：登录服务的答复不可信或连不上。请重试，或用密码登录。（G-SIGN-05）")
        return redirect("login")
    if not request.user.is_authenticated:
        messages.error(
            request, "统一登录没有成功：这里没有您的账号。请系统管理员按统一登录的用户名建账号。（G-SIGN-06）"
        )
        return redirect("login")
    return answer
