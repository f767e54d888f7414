"""The addresses of problems, objects and letters; the office adds them to its own."""

from django.urls import path

from guatu.office.ledger.views import answering, documents, intake, letters, measures, objects, problem, problems

urlpatterns = [
    path("problems/", problems.problems, name="problems"),
    path("problems/export.xlsx", problems.export, name="problems-export"),
    path("problems/rates/", answering.rates, name="problems-rates"),
    path("problems/due/", answering.due, name="problems-due"),
    path("problems/received/", answering.received, name="problems-received"),
    path("problems/counts/", answering.counts, name="problems-counts"),
    path("problems/visits/", answering.visits, name="problems-visits"),
    path("problems/same/", answering.same, name="problems-same"),
    path("problems/new/", intake.new, name="problems-new"),
    path("problems/imports/", intake.imports, name="problems-imports"),
    path("problems/imports/<int:pk>/", intake.taken, name="problems-import"),
    path("problems/imports/<int:pk>/export.xlsx", intake.give_out, name="problems-import-export"),
    path("problems/<str:number>/", problem.problem, name="problem"),
    path("problems/<str:number>/move/<str:move>/", problem.move, name="problem-move"),
    path("problems/<str:number>/papers/", problem.put_in, name="problem-papers"),
    path("problems/<str:number>/papers/<int:pk>/", problem.paper, name="problem-paper"),
    path("problems/<str:number>/closing.docx", documents.closing, name="problem-closing"),
    path("problems/<str:number>/notice.docx", documents.notice, name="problem-notice"),
    path("problems/<str:number>/note/", problem.note, name="problem-note"),
    path("problems/<str:number>/measures/", measures.measures, name="problem-measures"),
    path("problems/<str:number>/handlers/", problem.handlers, name="problem-handlers"),
    path("problems/<str:number>/complainant/", problem.complainant, name="problem-complainant"),
    path("objects/", objects.objects, name="objects"),
    path("objects/new/", objects.new, name="objects-new"),
    path("objects/decide/", objects.decide, name="objects-decide"),
    path("objects/<str:number>/tie/", objects.tie, name="objects-tie"),
    path("objects/<str:number>/", objects.one, name="object"),
    path("letters/", letters.letters, name="letters"),
    path("letters/reminders/", letters.reminding, name="letters-reminders"),
    path("letters/authority/", letters.authority, name="letters-authority"),
    path("letters/draft/<str:cause>/letter.docx", letters.document, name="letters-document"),
    path("letters/draft/<str:cause>/", letters.draft, name="letters-draft"),
    path("letters/<str:name>/scans/<str:step>/", letters.scan, name="letters-scan"),
    path("letters/<str:name>/step/", letters.step, name="letters-step"),
]
