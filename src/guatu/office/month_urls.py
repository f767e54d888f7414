"""The addresses of the month's work: lists to take away, letters, a heap taken back, questions answered."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from guatu.office.registering import PAGES
from guatu.office.views import collect, month, registers


class Page(StringConverter):
    """The page of a register, in these addresses and those gathered with them."""

    regex = "|".join(PAGES)


register_converter(Page, "page")
urlpatterns = [
    path("<page:page>/export.<str:kind>", registers.export, name="register-export"),
    path("<page:page>/<str:name>/<str:column>/", registers.attachment, name="entry-file"),
    path("collect/<str:period>/late.<str:kind>", collect.late, name="collect-late"),
    path("collect/<str:period>/letters.zip", collect.letters, name="collect-letters"),
    path("collect/<str:period>/return/", collect.give_back, name="collect-return"),
    path("collect/<str:period>/heaps/<str:heap>/undo/", collect.undo, name="heap-undo"),
    path("behind/", month.behind, name="behind"),
    path("behind/export.<str:kind>", month.behind_export, name="behind-export"),
]
