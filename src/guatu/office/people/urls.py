"""The addresses of people and bodies; the office adds them to its own."""

from django.urls import path

from guatu.office.people import account_pages, body_pages, hand_pages, passwords, session_end, sign_on, stamped

urlpatterns = [
    path("session/", session_end.session, name="session"),
    path("password/", passwords.Change.as_view(), name="password"),
    path("accounts/add/", account_pages.add, name="accounts-add"),
    path("accounts/<int:pk>/role/", account_pages.role, name="accounts-role"),
    path("accounts/<int:pk>/first/", account_pages.first, name="accounts-first"),
    path("bodies/", body_pages.tree, name="bodies"),
    path("bodies/export.<str:kind>", body_pages.export, name="bodies-export"),
    path("bodies/change/", body_pages.change, name="bodies-change"),
    path("handdown/", hand_pages.handdown, name="handdown"),
    path("handdown/act/", hand_pages.act, name="handdown-act"),
    path("my/<str:period>/<str:body>/stamped/", stamped.stamped, name="stamped"),
    path("oidc/begin/", sign_on.begin, name="oidc_authentication_init"),
    path("oidc/callback/", sign_on.back, name="oidc_authentication_callback"),
]
