"""The addresses of bulletins; the office adds them to its own."""

from django.urls import path

from guatu.office.bulletins import comparing, duty_pages, files, views

urlpatterns = [
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/make/", views.make, name="bulletins-make"),
    path("bulletins/check/", views.check, name="bulletins-check"),
    path("bulletins/compare/", comparing.compare, name="bulletins-compare"),
    path("bulletins/duty/", duty_pages.every, name="duty-reports"),
    path("my/duty/", duty_pages.own, name="duty-report"),
    path("my/duty/<str:body>.docx", duty_pages.file, name="duty-report-file"),
    path("bulletins/templates/", files.templates, name="bulletins-templates"),
    path("bulletins/templates/<str:kind>.docx", files.template_file, name="bulletins-template"),
    path("bulletins/templates/<str:kind>/put/", files.template_put, name="bulletins-template-put"),
    path("bulletins/<str:name>/", views.bulletin, name="bulletin"),
    path("bulletins/<str:name>/file.docx", views.bulletin_file, name="bulletin-file"),
    path("bulletins/<str:name>/file.pdf", files.beside, {"kind": "pdf"}, name="bulletin-pdf"),
    path("bulletins/<str:name>/tables.xlsx", files.beside, {"kind": "xlsx"}, name="bulletin-tables"),
    path("bulletins/<str:name>/issue/", views.issue, name="bulletin-issue"),
]
