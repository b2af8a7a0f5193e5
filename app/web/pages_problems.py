"""Problems as pages: sentences by slug in `problem.html`, and one page for all that is closed."""

import re

from fastapi import Request, Response

from app.web import drawing, forms, problems, showing_help
from app.web.deps import House, outside_for
from app.web.problems import Problem
from app.web.views import Layout
from app.web.views_outside import ClosedView, Hidden, ProblemView, Retry

_WITHIN = re.compile(r"/c/([A-Za-z0-9_-]{1,100})(?:/|$)")
NEEDS_A_PERSON = (413, 429, 500, 503)  # words could not be sent: whoever wrote them may need somebody


def draw_problem(request: Request, found: Problem, retry: Retry | None = None) -> Response:
    """The page of a problem, with its status and headers."""
    held: House = request.app.state.house
    if found.slug == "conversation-not-found":
        around = drawing.layout(outside_for(request, held), "Closed")
        again = request.url.path if request.method == "GET" else None
        response = drawing.page(ClosedView(around, again), found.status)
    else:
        page = held.service.helping.page(request.query_params.get("country"))
        contacts = (*page.first, *page.directories[:2]) if found.status in NEEDS_A_PERSON else ()
        view = ProblemView(
            _around(request, held), found.slug, found.status, retry, showing_help.rows(contacts)
        )
        response = drawing.page(view, found.status)
    response.headers.update(found.headers)
    return response


async def not_saved(request: Request) -> Response:
    """Nothing could be saved: the same form once more, with the words in it."""
    sent = await forms.fields_of(request)
    fields = tuple(Hidden(name, value) for name, values in sent.items() if name != "text" for value in values)
    text = sent["text"][-1] if "text" in sent else None
    address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    problem = problems.problem(request, "storage-unavailable")
    return draw_problem(request, problem, Retry(address, fields, text))


def _around(request: Request, held: House) -> Layout:
    within, outside = _WITHIN.match(request.url.path), outside_for(request, held)
    if within is None:
        return drawing.layout(outside, "Problem")
    return drawing.layout_within(outside, within[1], "Problem")
