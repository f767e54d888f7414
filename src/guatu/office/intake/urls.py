"""The addresses of data coming in; the office adds them to its own."""

from django.urls import path

from guatu.office.intake import views

urlpatterns = [
    path("data/", views.intake, name="intake"),
    path("data/begin/", views.begin, name="intake-begin"),
    path("data/undo/", views.undo, name="intake-undo"),
    path("data/history.<str:kind>", views.export, name="intake-history"),
    path("data/<str:number>/", views.job, name="intake-job"),
    path("data/<str:number>/marked.xlsx", views.marked, name="intake-marked"),
    path("data/<str:number>/faults.<str:kind>", views.faults, name="intake-faults"),
]
