"""The addresses of the map; the office adds them to its own."""

from django.urls import path

from guatu.office.mapping import views

urlpatterns = [
    path("map/", views.map_page, name="map"),
    path("map/load/", views.load, name="map-load"),
    path("map/undo/", views.undo, name="map-undo"),
    path("map/approval/", views.approval, name="map-approval"),
]
