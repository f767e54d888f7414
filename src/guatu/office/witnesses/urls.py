"""The address of the two witnesses; the office adds it to its own."""

from django.urls import path

from guatu.office.witnesses import views

urlpatterns = [
    path("witnesses/", views.witnesses, name="witnesses"),
    path("witnesses/name/", views.name, name="witnesses-name"),
]
