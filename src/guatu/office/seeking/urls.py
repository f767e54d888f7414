"""The address of the search; the office adds it to its own."""

from django.urls import path

from guatu.office.seeking import views

urlpatterns = [path("search/", views.search, name="search")]
