"""A page of help that is the turn itself: the numbers first, then what makes it hard, then the ways on."""

from dataclasses import replace
from urllib.parse import quote

from app.engine import Asked
from app.service import Helping, Looked
from app.web import drawing, showing
from app.web.headers import Outside
from app.web.showing_help import country_options, emergency_line, line, lines, row
from app.web.views import Fault
from app.web.views_turn import Option, SupportView, Told

CARRY_ON = ("now", "carry_on")  # the option of a page of help that goes on
SO_FAR = "See what is written so far"  # an option of a page may be called "Stop here"


def support_view(
    outside: Outside,
    helping: Helping,
    conversation: str,
    looked: Looked,
    asked: Asked,
    fault: Fault | None = None,
) -> SupportView:
    """A page of help that is the turn itself, `asked` its question."""
    turn = looked.turn
    question = showing.question_view(asked)
    told = [m.text for m in turn.messages if m.speaker == "bot"]
    heading, rest = _first_sentence(told[0]) if told else ("", "")
    number = turn.support.emergency
    urgent = next((n for n, text in enumerate(told) if n and number in text), None)
    split = urgent if urgent is not None else len(told)
    options = [o for group in question.options for o in group.options]
    return SupportView(
        layout=drawing.layout_of_turn(outside, conversation, "", looked, "Go to the numbers"),
        problem=fault,
        heading=heading,
        says=tuple(text for text in (rest, *told[1:split]) if text),
        lines=lines(turn.support.contacts),
        urgent=told[urgent] if urgent is not None else "",
        emergency=emergency_line(number),
        emergency_first=bool(told) and number in told[0],
        rows=tuple(row(c) for c in turn.support.contacts if line(c) is None),
        later=tuple(Told(text, _to_somebody_near(helping, text)) for text in told[split + 1 :]),
        countries=() if looked.country else country_options(helping.countries(), None),
        question=showing.replace_options(question, [o for o in options if o.value not in CARRY_ON]),
        carry_on=next((Option(o.value, o.label) for o in options if o.value in CARRY_ON), None),
        form=replace(showing.form_of(conversation, turn), stop_label=SO_FAR),
    )


def _first_sentence(text: str) -> tuple[str, str]:
    first, dot, rest = text.partition(". ")
    return first + dot.strip(), rest


def _to_somebody_near(helping: Helping, text: str) -> str | None:
    """The link for words to send to somebody near, where this line says them."""
    copies = [part.copy for part in helping.page(None).parts if part.copy and part.copy in text]
    return f"sms:?body={quote(copies[0])}" if copies else None
