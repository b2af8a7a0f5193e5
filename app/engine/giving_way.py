"""Which sections of a note give way to others that say the same, or say it better."""

from collections.abc import Collection, Sequence

from app.engine.asked_for import asks_for
from app.engine.flow import Section, Slot
from app.engine.provenance import Sentence
from app.engine.speech import scan

_NO_NAME = frozenset(
    "so well ok okay look listen right honestly sorry yes no please first before today also i".split()
)
_GREETING = frozenset("hi hello hey hiya dear good dr doc doctor miss sir ma'am maam mr mrs ms".split())


def giving_way(
    made: Sequence[tuple[Section, Sequence[Sentence]]], kept: Collection[str], names: Sequence[str] = ()
) -> set[str]:
    """The ids of the sections that are neither said nor offered: one stands in for others (`unless_said`)
    that are said themselves; or it is said by one that stands in, since it could only be quoted and the
    client has not `kept` it. What asks for something gives way only where that is asked for already, and a
    greeting (by one of the `names`) where the client's own first line greets."""
    sections = {section.id: section for section, _ in made}
    inside = {section.id: [s for s in each if s.state == "in"] for section, each in made}
    said = {id for id, each in inside.items() if each}
    told = {id for id, each in inside.items() if any(not s.quoted for s in each)}
    quoted = said - told - set(kept)
    replaced = {other for id in told for other in sections[id].unless_said & quoted}
    asking = {id for id in said if sections[id].asks or any(asks_for(s.own) for s in inside[id])}

    def gives_way(section: Section) -> bool:
        before = section.unless_said & said - replaced
        before &= asking if section.asks else said
        return any(not gives_way(sections[id]) for id in before)

    spoken = [each for id, each in inside.items() if sections[id].spoken and id in told]
    greeted = any(_greets(each[0].own, names) for each in spoken)
    greetings = {section.id for section, _ in made if greeted and _is_greeting(section)}
    return replaced | greetings | {section.id for section, _ in made if gives_way(section)}


def _greets(text: str, names: Sequence[str]) -> bool:
    """Whether words begin with a greeting or a name: "Right Ann, …"."""
    words = scan(text)[:4]
    first = [word.low for word in words[:3]]
    known = {part.lower().strip(".") for name in names for part in name.split()}
    called = (
        any("," in word.gap for word in words[1:4])
        and words[0].text[0].isupper()
        and first[0] not in _NO_NAME
    )
    return first[:1] != [] and (first[0] in _GREETING or not known.isdisjoint(first) or called)


def _is_greeting(section: Section) -> bool:
    pieces = section.text.pieces if section.text else ()
    return any(isinstance(piece, Slot) and piece.filter == "name" for piece in pieces)
