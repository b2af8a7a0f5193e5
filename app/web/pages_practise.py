"""What is made beside a note and kept nowhere: a reminder for a calendar."""

from datetime import UTC, datetime
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.web import drawing, forms, reminders, showing_notes
from app.web.cookies import FromUs, Reader
from app.web.deps import Help, Outside, Talks, TheNotes, TheShares
from app.web.reading import PageRoute
from app.web.showing_editing import editing
from app.web.showing_practise import Asked, start_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=PageRoute)


@router.post("/c/{id}/note/reminder", dependencies=[FromUs])
async def make_reminder(
    request: Request,
    who: Reader,
    talks: Talks,
    notes: TheNotes,
    shares: TheShares,
    helping: Help,
    outside: Outside,
) -> Response:
    """A reminder as a file; where a day or a time is missing, the note again with the reason."""
    sent = await forms.read(request, forms.ReminderForm)
    looked, now = await talks.look(who), datetime.now(UTC)
    start, practise = start_of(sent.date, sent.time, now), helping.practise()
    if isinstance(start, datetime) and practise is not None:
        made = reminders.calendar_file(practise.reminder.event, start, now, str(uuid4()))
        name = {"Content-Disposition": f'attachment; filename="{reminders.NAME}"'}
        return Response(made, media_type=reminders.KIND, headers=name)
    shown, links = await notes.shown(who, sent.length, sent.tone), await shares.listed(who)
    changes = editing(looked, shown.note, shown.doubts, "")
    asked = Asked(sent.date, sent.time, start if isinstance(start, str) else "")
    view = showing_notes.note_view(
        outside, helping, who.id, looked, shown.note, shown.opener, links, changes, asked=asked
    )
    return drawing.page(view, 422)
