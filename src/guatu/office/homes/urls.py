"""The addresses of home pages; the office adds them to its own."""

from django.urls import path

from guatu.office.homes import views

urlpatterns = [
    path("homes/", views.homes, name="homes"),
    path("homes/export.<str:kind>", views.export_list, name="homes-export"),
    path("homes/mine/", views.mine, name="home-mine"),
    path("homes/<str:name>/", views.home, name="home-of"),
    path("homes/<str:name>/owing.<str:kind>", views.export, name="home-of-export"),
]
