"""Which sections of a note give way to others that say the same, or say it better."""

from collections.abc import Collection, Sequence

from app.engine.choosing import asks_for
from app.engine.flow import Section
from app.engine.provenance import Sentence


def giving_way(made: Sequence[tuple[Section, Sequence[Sentence]]], kept: Collection[str]) -> set[str]:
    """The ids of the sections that are neither said nor offered: one stands in for others (`unless_said`)
    that are said themselves; or it is said by one that stands in, since it could only be quoted and the
    client has not `kept` it. What asks for something gives way only where that is asked for already."""
    said = {section.id: [s for s in each if s.state == "in"] for section, each in made}
    told = {id for id, each in said.items() if any(not s.quoted for s in each)}
    quoted = {id for id, each in said.items() if each} - told - set(kept)
    replaced = {id for section, _ in made if section.id in told for id in section.unless_said & quoted}
    standing = {id for id, each in said.items() if each} - replaced
    asking = {s.id for s, _ in made if s.asks or any(asks_for(each.own) for each in said[s.id])}
    return replaced | {
        section.id
        for section, _ in made
        if section.unless_said & (standing & asking if section.asks else standing)
    }
