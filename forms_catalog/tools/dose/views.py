"""The dose bridge as a page, its answer as data, and the rules that both sides calculate by."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from forms_catalog.caching import public_page
from forms_catalog.exports.about import about, as_of
from forms_catalog.exports.answers import json_answer
from forms_catalog.exports.json_format import written
from forms_catalog.exports.links import full, links_of
from forms_catalog.tools.dose.answer import MISTAKES, Answer, answer
from forms_catalog.tools.dose.page import fields
from forms_catalog.tools.dose.question import Question
from forms_catalog.tools.dose.rules import Rules, rules
from forms_catalog.tools.dose.words import PAGE, fill
from forms_catalog.views.data import open_data
from mgsite.templatetags.ui import day

JSON_TYPE = "application/json"


@public_page
def dose_bridge(request: HttpRequest) -> HttpResponse:
    """The form, and the answer to what the address asks. One question has one address."""
    known = rules()
    question = Question.from_params(request.GET, rules=known)
    found = answer(question, known)
    if is_written_otherwise(request, question, found):
        return redirect(_at(request.path, question.query_string))
    return render(request, "tools/dose.html", _context(question, known, found))


def is_written_otherwise(request: HttpRequest, question: Question, found: Answer) -> bool:
    """Whether the question has another address than this. One with a notice or a mistake stays as it was typed."""
    as_it_is = question.notices or found.state == MISTAKES
    return not as_it_is and request.GET.urlencode() != question.query_string


def _at(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _context(question: Question, known: Rules, found: Answer) -> dict[str, Any]:
    return {
        "question": question,
        "fields": fields(question, known, found),
        "answer": found,
        "other_readings": [(notice, question.with_value("amount", notice["value"])) for notice in found.notices],
        "form": next((form for form in known["forms"] if form["slug"] == question.form), None),
        "rules": known,
        "source": source_line(),
        "data_url": _at(reverse("tools:dose-json"), question.query_string),
    }


@open_data
def dose_json(request: HttpRequest) -> HttpResponse:
    """The answer as data: what the page shows, and what was asked."""
    known = rules()
    question = Question.from_params(request.GET, rules=known)
    here, page = (_at(path, question.query_string) for path in (request.path, reverse("tools:dose")))
    said = about(title="Dose bridge", address=here)
    said |= {"page": full(page), "notices": list(question.notices), "links": links_of(address=here, page=page)}
    document = {"metadata": said, "question": question.to_params(), "answer": answer(question, known).as_data()}
    return json_answer(document, name="dose.json")


@open_data
def dose_rules(request: HttpRequest) -> HttpResponse:
    """The rules, sentences included: all that the page's script needs to answer."""
    return HttpResponse(written(rules()), content_type=JSON_TYPE)


def source_line() -> str:
    """Where the picture is from, inside it: people send pictures on without their page. One query."""
    changed_on = as_of().changed_on
    edition = fill(PAGE["edition"], day=day(changed_on)) if changed_on else ""
    return fill(PAGE["source"], edition=edition)
