"""The addresses of the reading review; the office adds them to its own."""

from django.urls import path

from guatu.office.reading import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/upload/", views.upload, name="notices-upload"),
    path("notices/<str:name>/", views.notice, name="notice"),
    path("notices/<str:name>/look/", views.look, name="notice-look"),
    path("notices/<str:name>/check/", views.check, name="notice-check"),
    path("notices/<str:name>/reopen/", views.reopen, name="notice-reopen"),
    path("notices/<str:name>/original/", views.original, name="notice-original"),
    path("notices/<str:name>/signed/", views.signed, name="notice-signed"),
]
