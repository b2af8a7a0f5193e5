"""Helplines, regulators, the help page and what stands beside a note, into the engine's data.

A row is shown only with grade A, or once a person has checked it (`verified_on`).
"""

from collections.abc import Iterable, Mapping

from app.engine.practising import Passage, PlanPart, Plans, Practise, Reminder, Replies
from app.engine.support import Contact, Country, Help, HelpSection
from app.flows import help_grammar as g
from app.flows.reading import Word
from app.flows.shared_grammar import SafetyFile


def text_or_none(word: Word | None) -> str | None:
    """The word as a plain text."""
    return None if word is None else str(word)


def build_help(
    help: g.HelpFile, lines: g.HelplinesFile, regulators: g.RegulatorsFile, safety: SafetyFile
) -> Help:
    """Who can be called where, and what the help page says."""
    countries = {
        str(code): Country(
            str(code),
            str(name),
            str(lines.emergency.get(code, safety.words.get(Word("emergency"), ""))),
            _rows(lines.rows, code),
            _rows(regulators.rows, code),
        )
        for code, name in lines.countries.items()
    }
    sections = tuple(
        HelpSection(str(id), str(s.title), _texts(s.say), _texts(s.contacts), str(s.copy_ or ""))
        for id, s in help.sections.items()
    )
    return Help(
        countries,
        tuple(_contact(line) for line in lines.directories),
        tuple(_contact(line) for line in regulators.anywhere),
        str(lines.as_known_in),
        {str(name): str(text) for name, text in safety.words.items()},
        sections,
        _texts(regulators.before_you_call),
    )


def build_practise(file: g.PractiseFile) -> Practise:
    """What the note page offers after the note."""
    heavier = str(file.close.heavier)
    replies = [(str(reply.label), _texts(reply.lines)) for reply in file.replies.options.values()]
    closing = [
        (str(label), (heavier,) if value == "heavier" else ()) for value, label in file.close.options.items()
    ]
    return Practise(
        _passage(file.first_line),
        Replies(_passage(file.replies, replies=replies), int(file.replies.show), str(file.replies.more)),
        _plans(file.plans),
        Reminder(_passage(file.reminder), str(file.reminder.event), str(file.reminder.sleep_on_it)),
        _passage(file.settle, lines=_texts(file.settle.lines)),
        Passage(str(file.close.question), replies=tuple(closing)),
    )


def _plans(plans: g.Plans) -> Plans:
    return Plans(
        _passage(plans),
        _part(plans.when),
        _part(plans.then),
        _part(plans.plan_b, str(plans.plan_b.none)),
        str(plans.sentence),
        str(plans.or_else),
    )


def _part(part: g.PlanPart, none: str = "") -> PlanPart:
    return PlanPart(str(part.label), {str(code): str(text) for code, text in part.options.items()}, none)


def _passage(
    passage: g.Passage, lines: tuple[str, ...] = (), replies: Iterable[tuple[str, tuple[str, ...]]] = ()
) -> Passage:
    return Passage(str(passage.title), _texts(passage.say), lines, tuple(replies))


def _texts(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple(str(word) for word in words)


def _rows(lines: Iterable[g.Line], code: Word) -> tuple[Contact, ...]:
    return tuple(
        _contact(line) for line in lines if line.cc == code and (line.grade == "A" or line.verified_on)
    )


def _contact(line: g.Line) -> Contact:
    texts: Mapping[str, Word | None] = {
        "kind": line.kind,
        "call": line.call,
        "text_chat": line.text_chat,
        "text_to": line.text_to,
        "text_word": line.text_word,
        "hours": line.hours,
        "site": line.site,
        "about": line.for_,
        "pair_with": line.pair_with,
    }
    return Contact(str(line.name), **{key: str(text or "") for key, text in texts.items()})
