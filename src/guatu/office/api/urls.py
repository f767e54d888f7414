"""The addresses of the interface and of the pages about it; the office adds them to its own."""

from django.urls import include, path

from guatu.office.api import pages, reference
from guatu.office.api.interface import addresses

urlpatterns = [
    path("tokens/", pages.tokens, name="tokens"),
    path("tokens/make/", pages.make, name="tokens-make"),
    path("tokens/<int:pk>/revoke/", pages.revoke, name="tokens-revoke"),
    path("api/", reference.page, name="api-reference"),
    path("api/openapi.json", reference.schema, name="api-schema"),
    path("api/", include((addresses(), "api"))),
    path("api/<path:rest>", reference.unknown, name="api-unknown"),
]
