"""The page for help: made once for each country, and in a conversation without asking the database."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from app.service import Helping, ServiceError
from app.web import drawing, forms, headers, showing_help, sizes
from app.web.cookies import FromUs, Reader
from app.web.deps import Help, Outside, Talks
from app.web.reading import PageRoute

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=PageRoute)
Country = Annotated[str, Query(max_length=20)]


def made_at_start(helping: Helping, outside: headers.Outside) -> Mapping[str, bytes]:
    """The page of every country by its code, and of none (""), in the usual size."""
    codes = ("", *(code for code, _ in helping.countries()))
    return {code: _made(helping, outside, code, sizes.TextSize(offered=True)) for code in codes}


def _made(helping: Helping, outside: headers.Outside, country: str, text: sizes.TextSize) -> bytes:
    text = replace(text, carried=(("country", country),) if country else ())
    around = drawing.layout(replace(outside, text=text), "Help", "Go to the numbers", "help")
    return drawing.drawn(
        showing_help.help_view(helping, around, country or None, helping.countries())
    ).encode()


@router.get("/help")
async def help_outside(request: Request, helping: Help, outside: Outside, country: Country = "") -> Response:
    """Get help now."""
    made: Mapping[str, bytes] = request.app.state.help_pages
    code = country.upper() if country.upper() in made else ""
    if outside.text.name == "usual":
        return HTMLResponse(made[code])
    return HTMLResponse(_made(helping, outside, code, outside.text))


@router.get("/c/{id}/help")
async def help_within(
    helping: Help,
    outside: Outside,
    conversation: Annotated[str, Path(alias="id", max_length=100)],
    country: Country = "",
) -> Response:
    """Get help now, with the way back."""
    around = drawing.layout_within(
        outside,
        conversation,
        "Help",
        label="Go to the numbers",
        target="help",
        country=country.upper() or None,
    )
    view = showing_help.help_view(helping, around, country.upper() or None, helping.countries())
    return drawing.page(view)


@router.post("/c/{id}/help", dependencies=[FromUs])
async def choose_country(request: Request, who: Reader, talks: Talks, helping: Help) -> Response:
    """Keeps the country with the conversation, or none, where that is possible; the numbers are shown in
    any case."""
    sent = await forms.read(request, forms.CountryForm)
    known = {code for code, _ in helping.countries()}
    country = sent.country.upper() if sent.country.upper() in known else ""
    if country or not sent.country:
        try:
            version = (await talks.look(who)).turn.version
            await talks.settings(who, version, country=country)
        except ServiceError:
            pass
    if sent.then:
        return RedirectResponse(f"/c/{who.id}#turn", 303)
    return RedirectResponse(f"/c/{who.id}/help" + (f"?country={country}" if country else ""), 303)
