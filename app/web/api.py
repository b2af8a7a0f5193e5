"""/v1: flows and conversations. Notes live in `api_notes.py`, links in `api_shares.py`, files in
`api_files.py`.
"""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Header, Path, Request, Response

from app.web import bodies, outputs, shapes
from app.web.deps import (
    Carries,
    IfMatch,
    IfNoneMatch,
    Keeping,
    RandomKey,
    Repeats,
    Resumes,
    Talks,
    Who,
    creation_allowed,
    is_known,
    language_for,
    needed_version,
    version_of,
)
from app.web.headers import CLEAR
from app.web.outputs import as_json, tag
from app.web.reading import JsonRoute

router = APIRouter(prefix="/v1", route_class=JsonRoute)
QuestionId = Annotated[str, Path(description="The answer's key, unescaped: `concerns:2`, `safety/danger`.")]
LAST_TRACES = 60  # seconds


@router.get("/flows", operation_id="list_flows", response_model=shapes.FlowsOut)
async def list_flows(talks: Talks, known: IfNoneMatch = None) -> Response:
    """The flows on offer."""
    flows = talks.flows()
    etag = '"' + ".".join(card.revision.removeprefix("sha256:")[:16] for card in flows) + '"'
    if is_known(etag, known):
        return _unchanged(etag, "no-cache")
    told: shapes.FlowsOut = {"flows": [outputs.flow_out(card) for card in flows]}
    return as_json(told, headers={"ETag": etag, "Cache-Control": "no-cache"})


@router.get("/flows/{flow}", operation_id="show_flow", response_model=shapes.FlowOut)
async def show_flow(talks: Talks, flow: str, known: IfNoneMatch = None) -> Response:
    """One flow."""
    card = talks.flow(flow)
    etag = f'"{card.revision}"'
    if is_known(etag, known):
        return _unchanged(etag, "no-cache")
    return as_json(outputs.flow_out(card), headers={"ETag": etag, "Cache-Control": "no-cache"})


@router.post(
    "/conversations",
    operation_id="begin",
    status_code=201,
    response_model=shapes.OpenedOut,
    dependencies=[Depends(creation_allowed)],
)
async def begin(
    request: Request,
    talks: Talks,
    carrying: Carries,
    body: bodies.BeginIn,
    key: RandomKey = None,
    accepted: Annotated[str | None, Header(alias="Accept-Language")] = None,
) -> Response:
    """Begin a conversation, with what was said in an earlier one where it comes along."""
    language = language_for(talks.flow(body.flow), body.language, accepted)
    country = _upper(body.country)
    if body.earlier is None:
        opened = await talks.begin(body.flow, language, country, key)
    else:
        whole = await request.body()
        opened = await carrying.begin_with(body.flow, body.earlier.held(), language, country, key, whole)
    where = {"Location": f"/v1/conversations/{opened.id}"}
    return as_json(outputs.opened_out(opened), 201, tag(opened.turn.version) | where)


@router.get("/conversations/{id}", operation_id="look", response_model=shapes.ConversationOut)
async def look(talks: Talks, who: Who, known: IfNoneMatch = None) -> Response:
    """Where a conversation stands, and every answer given."""
    looked = await talks.look(who)
    etag = tag(looked.turn.version)
    if is_known(etag["ETag"], known):
        return _unchanged(etag["ETag"], "no-store")
    told: shapes.ConversationOut = {
        "turn": outputs.turn_out(looked.turn),
        "answers": [outputs.answer_out(said) for said in looked.answers],
        "expires_at": looked.expires_at,
    }
    return as_json(told, headers=etag)


@router.post("/conversations/{id}/answers", operation_id="answer", response_model=shapes.NextOut)
async def answer(
    talks: Talks, who: Who, body: bodies.AnswerIn, repeat: Repeats, if_match: IfMatch = None
) -> Response:
    """Answer the question that is asked now."""
    version = needed_version(body.version, if_match)
    turn = await talks.answer(who, version, body.question_id, body.given(), repeat)
    return as_json(outputs.next_out(turn), headers=tag(turn.version))


@router.put(
    "/conversations/{id}/answers/{question_id:path}",
    operation_id="change",
    response_model=shapes.ChangedOut,
)
async def change(
    talks: Talks,
    who: Who,
    question_id: QuestionId,
    body: bodies.ChangeIn,
    repeat: Repeats,
    if_match: IfMatch = None,
) -> Response:
    """Change an earlier answer."""
    version = needed_version(body.version, if_match)
    turn, gone = await talks.change(who, version, question_id, body.given(), repeat)
    told: shapes.ChangedOut = {"turn": outputs.turn_out(turn), "no_longer_counts": list(gone)}
    return as_json(told, headers=tag(turn.version))


@router.post("/conversations/{id}/back", operation_id="go_back", response_model=shapes.NextOut)
async def go_back(
    talks: Talks,
    who: Who,
    repeat: Repeats,
    body: Annotated[bodies.BackIn | None, Body()] = None,
    if_match: IfMatch = None,
) -> Response:
    """Take one step back; the answer comes back as `prefill`."""
    version = version_of(body.version if body else None, if_match)
    if version is None:
        version = (await talks.look(who)).turn.version
    turn = await talks.back(who, version, repeat)
    return as_json(outputs.next_out(turn), headers=tag(turn.version))


@router.patch("/conversations/{id}", operation_id="set_up", response_model=shapes.SettingsOut)
async def set_up(
    talks: Talks, who: Who, body: bodies.SettingsIn, repeat: Repeats, if_match: IfMatch = None
) -> Response:
    """Change the language, the helplines' country (empty clears it), or how many days it is kept."""
    version = version_of(body.version, if_match)
    if version is None:
        version = (await talks.look(who)).turn.version
    turn, expires_at = await talks.settings(
        who,
        version,
        language=body.language,
        country=_upper(body.country),
        keep_for=body.keep_for,
        repeat=repeat,
    )
    told: shapes.SettingsOut = {"turn": outputs.turn_out(turn), "expires_at": expires_at}
    return as_json(told, headers=tag(turn.version))


@router.post("/conversations/{id}/leave", operation_id="leave", status_code=204)
async def leave(resuming: Resumes, who: Who) -> Response:
    """Lock it: only a resume code opens it again. Without one, erase it."""
    await resuming.leave(who)
    return Response(status_code=204, headers={"Clear-Site-Data": CLEAR})


@router.post(
    "/conversations/{id}/resume-code",
    operation_id="make_resume_code",
    status_code=201,
    response_model=shapes.CodeOut,
)
async def make_resume_code(resuming: Resumes, who: Who, repeat: Repeats) -> Response:
    """Make a code to pick it up elsewhere; shown once, and the only one that works."""
    code, expires_at = await resuming.resume_code(who, repeat)
    told: shapes.CodeOut = {"code": code, "expires_at": expires_at}
    return as_json(told, 201)


@router.post("/resume", operation_id="resume", response_model=shapes.OpenedOut)
async def resume(resuming: Resumes, body: bodies.ResumeIn) -> Response:
    """Pick a conversation up with a code. The token before it is dead."""
    opened = await resuming.resume(body.code)
    return as_json(outputs.opened_out(opened), headers=tag(opened.turn.version))


@router.delete(
    "/conversations/{id}",
    operation_id="erase",
    status_code=204,
    responses={202: {"model": shapes.ErasedOut}},
)
async def erase(keeping: Keeping, who: Who) -> Response:
    """Erase it, now: conversation, note, links, codes and stored replies."""
    clear = {"Clear-Site-Data": CLEAR}
    if await keeping.erase(who):
        return Response(status_code=204, headers=clear)
    told: shapes.ErasedOut = {"last_traces_within": LAST_TRACES}
    return as_json(told, 202, clear)


def _unchanged(etag: str, caching: str) -> Response:
    return Response(status_code=304, headers={"ETag": etag, "Cache-Control": caching})


def _upper(country: str | None) -> str | None:
    return None if country is None else country.upper()
