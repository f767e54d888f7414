"""The addresses of people and bodies; the office adds them to its own."""

from django.urls import path

from guatu.office.people import passwords, session_end, sign_on

urlpatterns = [
    path("session/", session_end.session, name="session"),
    path("password/", passwords.Change.as_view(), name="password"),
    path("oidc/begin/", sign_on.begin, name="oidc_authentication_init"),
    path("oidc/callback/", sign_on.back, name="oidc_authentication_callback"),
]
