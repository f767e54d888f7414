"""The addresses of scores; the office adds them to its own."""

from django.urls import path

from guatu.office.scoring import acting, evidence_views, hands_views, views

urlpatterns = [
    path("scores/", views.ranking, name="scores"),
    path("scores/department/", hands_views.department, name="scores-department"),
    path("scores/schemes/", views.schemes, name="scores-schemes"),
    path("scores/objections/", views.objections, name="scores-objections"),
    path("scores/objections/<str:number>/", acting.decide, name="scores-decide"),
    path("scores/<str:scheme>/", views.scheme, name="scores-scheme"),
    path("scores/<str:scheme>/table.<str:kind>", views.table, name="scores-table"),
    path("scores/<str:scheme>/final/", acting.finish, name="scores-final"),
    path("scores/<str:scheme>/<str:subject>/", views.sheet, name="scores-sheet"),
    path("scores/<str:scheme>/<str:subject>/sheet.<str:kind>", views.sheet_file, name="scores-file"),
    path("scores/<str:scheme>/<str:subject>/enter/", acting.enter, name="scores-enter"),
    path("scores/<str:scheme>/<str:subject>/assess/", hands_views.assess, name="scores-assess"),
    path("scores/<str:scheme>/<str:subject>/opine/", hands_views.opine, name="scores-opine"),
    path("scores/<str:scheme>/<str:subject>/object/", acting.raise_objection, name="scores-object"),
    path("scores/<str:scheme>/<str:subject>/evidence/", evidence_views.page, name="scores-evidence"),
    path("scores/<str:scheme>/<str:subject>/evidence.zip", evidence_views.archive, name="scores-archive"),
    path("scores/<str:scheme>/<str:subject>/evidence/file/", evidence_views.put_in, name="scores-put-in"),
    path("scores/<str:scheme>/<str:subject>/evidence/<str:number>/", evidence_views.exhibit, name="scores-exhibit"),
    path("scores/<str:scheme>/<str:subject>/proof/<str:kept>/", evidence_views.proof, name="scores-proof"),
]
