"""What stands beside a note, as its page shows it: from the engine's texts to `views_practise.py`.

A plan is put together from codes that stand in the address and is kept nowhere; see `reminders.py` for the
file of a reminder.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from app.engine import Note
from app.engine.practising import Passage, PlanPart, Plans, Practise, Reminder, Replies
from app.web import showing_paper
from app.web.views_practise import (
    Exercise,
    FaultOfReminder,
    Pair,
    Planning,
    PlanOption,
    PlanQuestion,
    Practising,
    Reminding,
)

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The codes of a plan, as they came with the address; `made`: whether the plan was asked for."""

    when: str = ""
    then: str = ""
    plan_b: str = ""
    made: bool = False

    def codes(self) -> dict[str, str]:
        """The codes that are chosen, by the name of their part."""
        named = {"when": self.when, "then": self.then, "plan_b": self.plan_b}
        return {name: code for name, code in named.items() if code}


@dataclass(frozen=True, slots=True)
class Asked:
    """A reminder that was asked for and not made."""

    date: str = ""
    time: str = ""
    fault: FaultOfReminder = ""


NOTHING, NO_REMINDER = Chosen(), Asked()


def practising(
    practise: Practise | None,
    conversation: str,
    note: Note,
    opener: Note,
    chosen: Chosen = NOTHING,
    asked: Asked = NO_REMINDER,
) -> Practising | None:
    """What stands beside this note; `opener` is it at the length that is said."""
    if practise is None:
        return None
    last = (_exercise(practise.settle), _exercise(practise.close))
    if not showing_paper.foot(note).agrees:
        return Practising(None, "", None, None, None, last)
    path = f"/c/{conversation}/note"
    line = showing_paper.first_line(opener)
    planning = _planning(practise.plans, path, note, chosen)
    unmade: Literal["", "plan"] = "plan" if chosen.made and not planning.text else ""
    return Practising(
        first=_exercise(practise.first_line) if line else None,
        first_line=line,
        replies=_replies(practise.replies),
        planning=planning,
        reminding=_reminding(practise.reminder, path, note, asked),
        last=last,
        lacks="reminder" if asked.fault else unmade,
    )


def plan_text(practise: Practise | None, note: Note, chosen: Chosen) -> str:
    """The plan that was chosen, in words; empty where there is none, or no talk to plan."""
    if practise is None or not showing_paper.foot(note).agrees:
        return ""
    return practise.plans.said(chosen.when, chosen.then, chosen.plan_b)


def start_of(date_sent: str, time_sent: str, now: datetime) -> datetime | FaultOfReminder:
    """When a reminder starts, without a zone; or what it lacks. Nobody was asked for a zone: a day is over
    once it is over everywhere.

    >>> from datetime import UTC
    >>> now = datetime(2030, 5, 2, 13, tzinfo=UTC)
    >>> start_of("2030-05-01", "09:30", now)
    datetime.datetime(2030, 5, 1, 9, 30)
    >>> start_of("2030-04-30", "09:30", now), start_of("2030-05-03", "", now)
    ('past', 'time')
    """
    try:
        day = date.fromisoformat(date_sent)
    except ValueError:
        return "date"
    if day < now.date() - DAY:
        return "past"
    try:
        return datetime.combine(day, time.fromisoformat(time_sent).replace(tzinfo=None))
    except ValueError:
        return "time"


def _exercise(passage: Passage) -> Exercise:
    return Exercise(passage.title, passage.says, passage.lines, _pairs(passage))


def _pairs(passage: Passage) -> tuple[Pair, ...]:
    return tuple(Pair(label, says) for label, says in passage.replies)


def _replies(replies: Replies) -> Exercise:
    passage, pairs = replies.passage, _pairs(replies.passage)
    first, more = pairs[: replies.show], pairs[replies.show :]
    return Exercise(passage.title, passage.says, pairs=first, more=more, more_title=replies.more)


def _planning(plans: Plans, path: str, note: Note, chosen: Chosen) -> Planning:
    questions = (
        PlanQuestion("when", plans.when.label, *_options(plans.when, chosen.when, chosen.made)),
        PlanQuestion("then", plans.then.label, *_options(plans.then, chosen.then, chosen.made)),
        PlanQuestion("plan_b", plans.plan_b.label, *_options(plans.plan_b, chosen.plan_b, chosen.made)),
    )
    text = plans.said(chosen.when, chosen.then, chosen.plan_b)
    return Planning(
        _exercise(plans.passage),
        f"{path}#plan",
        note.length,
        note.tone,
        questions,
        text,
        bool(text) or chosen.made,
    )


def _options(part: PlanPart, chosen: str, made: bool) -> tuple[tuple[PlanOption, ...], bool]:
    """The texts of a part, and whether one of them is missing."""
    known = chosen in part.options
    left_out = (PlanOption("", part.none, not known),) if part.none else ()
    offered = (PlanOption(code, text, code == chosen) for code, text in part.options.items())
    return (*offered, *left_out), made and not known and not part.none


def _reminding(reminder: Reminder, path: str, note: Note, asked: Asked) -> Reminding:
    return Reminding(
        _exercise(reminder.passage),
        f"{path}/reminder#reminder",
        note.length,
        note.tone,
        asked.date,
        asked.time,
        asked.fault,
        reminder.sleep_on_it,
    )
