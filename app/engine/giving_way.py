"""Which sections of a note give way to others that say the same, or say it better."""

from collections.abc import Collection, Sequence

from app.engine.asked_for import asks_for
from app.engine.flow import Section, Slot
from app.engine.person_words import COMMON_NAMES
from app.engine.provenance import Sentence
from app.engine.speech import scan

_DAYTIMES = frozenset("morning afternoon evening day".split())
_GREETING = frozenset("hi hello hey hiya dear dr doc doctor miss sir ma'am maam mr mrs ms".split())


def giving_way(
    made: Sequence[tuple[Section, Sequence[Sentence]]], kept: Collection[str], names: Sequence[str] = ()
) -> set[str]:
    """The ids of the sections that are not said: one stands in for others (`unless_said`) that are said
    themselves; or it is told in words of the client's by one that stands in, since it could only be quoted.
    What asks for something gives way only where that is asked for already, and a greeting (by one of the
    `names`) where the client's own first line greets. What the client has `kept` gives way to nothing."""
    sections = {section.id: section for section, _ in made}
    inside = {section.id: [s for s in each if s.state == "in"] for section, each in made}
    said = {id for id, each in inside.items() if each}
    plain = {id for id, each in inside.items() if any(not s.quoted for s in each)}
    told = {id for id in plain if any(part.by in ("own", "chosen") for s in inside[id] for part in s.parts)}
    stay = {id for id, each in inside.items() if any(s.id in kept for s in each)}
    telling = [sections[id] for id in told if not sections[id].asks]
    replaced = {other for section in telling for other in section.unless_said & (said - plain - stay)}
    asking = {id for id in said if sections[id].asks or any(asks_for(s.own) for s in inside[id])}

    def gives_way(section: Section) -> bool:
        before = section.unless_said & (asking if section.asks else said) - replaced
        return section.id not in stay and any(not gives_way(sections[id]) for id in before)

    spoken = [each for id, each in inside.items() if sections[id].spoken and id in plain]
    greeted = any(_greets(each[0].own, names) for each in spoken)
    greetings = {section.id for section, _ in made if greeted and _is_greeting(section)}
    return replaced | greetings | {section.id for section, _ in made if gives_way(section)}


def _greets(text: str, names: Sequence[str]) -> bool:
    """Whether words begin with a greeting or a name: "Hello", "Ann, …", "Right Ann …"."""
    words = scan(text)[:2]
    if {word.low for word in words} & _DAYTIMES and words[0].low == "good":
        return True
    known = {part for name in names for part in name.split() if part.lower().strip(".") not in COMMON_NAMES}
    first = {part.lower() for part in known} | _GREETING
    return bool(words) and (words[0].low in first or any(word.text in known for word in words))


def _is_greeting(section: Section) -> bool:
    pieces = section.text.pieces if section.text else ()
    return any(isinstance(piece, Slot) and piece.filter == "name" for piece in pieces)
