"""The addresses of the law; the office adds them to its own."""

from django.urls import path

from guatu.office.rulebook import views

urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/export.<str:kind>", views.export, name="rules-export"),
    path("rules/diff/", views.diff, name="rules-diff"),
    path("rules/diff/export.<str:kind>", views.export_diff, name="rules-diff-export"),
    path("rules/<str:entry>/", views.rule, name="rule"),
]
