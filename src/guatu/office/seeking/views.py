"""The page of the search: one box, what was found by kind, each kind to be looked at alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.office.seeking import sources
from guatu.office.seeking.hits import MOST, pieces, words_of

FEW, MANY = 6, 60  # of each kind, of the one kind asked for


def search(request: HttpRequest) -> HttpResponse:
    """What the person may open that holds every word asked for; the question and the kind stand in the address."""
    asked, only = request.GET.get("q", "").strip()[:MOST], request.GET.get("kind", "")
    words = words_of(asked)
    groups = sources.search(request.user, words, only, FEW, MANY)
    kinds = [one.kind for one in groups]
    shown = [one for one in groups if not only or one.kind == only]
    context = {
        "asked": asked,
        "only": only if only in kinds else "",
        "groups": groups,
        "shown": [
            (one, [(hit, pieces(hit.title, words), pieces(hit.told, words)) for hit in one.hits]) for one in shown
        ],
        "total": sum(one.total for one in groups),
        "most": MOST,
    }
    return render(request, "office/search.html", context)
