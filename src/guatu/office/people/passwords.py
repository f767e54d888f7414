"""Passwords: what they must be, and the page on which a person changes his own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse_lazy

from guatu.office import log, records
from guatu.office.people.session_end import MUST


class LettersAndFigures:
    """A password holds letters and figures both."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError for one that does not."""
        if not (any(c.isalpha() for c in password) and any(c.isdigit() for c in password)):
            raise ValidationError("密码要同时有字母和数字。", code="letters_and_figures")

    def get_help_text(self) -> str:
        """The rule in words."""
        return "密码要同时有字母和数字。"


class NotTheOldOne:
    """A new password is not the one before."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError for the same again."""
        if user is not None and user.password and check_password(password, user.password):
            raise ValidationError("新密码不能和原来的一样。", code="the_old_one")

    def get_help_text(self) -> str:
        """The rule in words."""
        return "新密码不能和原来的一样。"


class Change(auth.PasswordChangeView):
    """One's own password; other sessions of the person end with it."""

    template_name = "office/password.html"
    success_url = reverse_lazy("password")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rules in words."""
        return {**super().get_context_data(**kwargs), "rules": password_validators_help_texts()}

    def form_valid(self, form: Form) -> HttpResponse:
        """Keep it, and say so in the log."""
        answer = super().form_valid(form)
        name = self.request.user.get_username()
        log.record(name, "改密码", name)
        if self.request.session.pop(MUST, None):
            records.change(f"initial/{name}", "改掉初始密码", {}, person=name, whole=True)
        messages.success(self.request, "密码已改，您在别处的登录已退出")
        return answer
