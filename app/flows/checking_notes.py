"""What needs no search in `note.yaml`: its name, its sections, their variables and lines."""

import re
from collections.abc import Iterable, Mapping
from typing import get_args

from app.engine.flow import Shape
from app.flows import grammar as g
from app.flows.checking import check_id, known_variable
from app.flows.diagnostics import Diagnostics, Place, did_you_mean, listed
from app.flows.note_grammar import Frame, Section
from app.flows.parsing import Scope
from app.flows.reading import Word
from app.flows.sources import LISTS, FlowSource


def check_note(source: FlowSource, scope: Scope, found: Diagnostics) -> None:
    """Everything about the note of one flow; a flow that can be begun has one."""
    note = source.note
    if note is None or source.file is None:
        return
    if note.note and note.note != source.id:
        found.add(
            "IW303", note.note.place, f'The folder is called "{source.id}".', value=note.note, name="note"
        )
    for name in note.frames:
        check_id(name, found)
    seen: dict[Word, Place] = {}
    for section in note.sections:
        if section.id == "…":
            continue
        check_id(section.id, found, ("frame", "tell_them"))
        if section.id in seen:
            found.add("IW102", section.id.place, key=section.id, place='"sections"')
        seen[section.id] = section.id.place
        _check_section(section, source, scope, found)
    _check_unless_said({section.id: section for section in note.sections}, found)


def _check_unless_said(sections: Mapping[Word, Section], found: Diagnostics) -> None:
    """What a section stands in for is there, and none stands in for one that stands in for it."""
    for id, section in sections.items():
        for other in section.unless_said:
            if other not in sections:
                out = did_you_mean(other, sections, f"There are {listed(tuple(sections))}.")
                found.add("IW303", other.place, out, value=other, name="unless_said")
            elif id in _stood_in_for(other, sections, set()):
                out = "Two sections cannot stand in for each other: take one of them out."
                found.add("IW303", other.place, out, value=other, name="unless_said")


def _stood_in_for(id: Word, sections: Mapping[Word, Section], seen: set[Word]) -> set[Word]:
    """The section, and all for which it stands in, directly or by another."""
    if id not in seen and id in sections:
        seen.add(id)
        for other in sections[id].unless_said:
            _stood_in_for(other, sections, seen)
    return seen


def check_has_note(source: FlowSource, has_note: bool, found: Diagnostics) -> None:
    """A flow that is begun leaves a note; one that is called leaves it to its caller."""
    file = source.file
    if file is None:
        return
    if source.is_called_only:
        if file.door:
            found.add(
                "IW201", file.door.label.place, "A called flow has no door.", place="the file", key="door"
            )
        return
    if not has_note:
        out = 'Add note.yaml. A flow that is only called says so with "returns" or "takes".'
        found.add("IW202", Place(source.flow_name), out, place="the folder", key="note.yaml")
    for step in file.steps.values():
        if isinstance(step, g.EndStep) and step.end == "return" and has_note:
            place = next(id.place for id, each in file.steps.items() if each is step)
            found.add("IW303", place, "Only a called flow returns.", value="return", name="end")


def _check_fits(section: Section, found: Diagnostics) -> None:
    """Shapes are known, and each text for one holds the words of the section once, and no others."""
    shapes = get_args(Shape)
    named = [("fits", shape) for shape in section.fits]
    for key, shape in (*named, *(("takes", shape) for shape in section.takes)):
        if shape not in shapes:
            out = did_you_mean(shape, shapes, f"There are {listed(shapes)}.")
            found.add("IW303", shape.place, out, value=shape, name=key)
    if section.takes and not (section.text and "|list}" in section.text):
        out = "It goes with a text that lists what was chosen, as in {feeling|list}."
        found.add("IW201", section.takes[0].place, out, place=f'section "{section.id}"', key="takes")
    if not section.fits:
        return
    own = section.lines.get(Word("own_words")) if isinstance(section.lines, dict) else section.text
    own = Word("{own_words|to_you}") if isinstance(section.lines, Word) else own
    hole = _TO_YOU.search(own) if own else None
    if hole is None:
        out = "It goes with a text, or a line of own_words, that holds {…|to_you}."
        found.add("IW201", next(iter(section.fits)).place, out, place=f'section "{section.id}"', key="fits")
        return
    for text in _texts(section.fits.values()):
        if text and text.count(hole[0]) != 1:
            found.add("IW204", text.at(0), f"Write {hole[0]} in it, once.", word=f'"{text}"')


def _texts(fits: Iterable[Word | Frame]) -> Iterable[Word]:
    for fit in fits:
        yield from (fit,) if isinstance(fit, Word) else (fit.soft, fit.plain, fit.firm, fit.polite)


_TO_YOU = re.compile(r"\{[a-z_0-9]+\|to_you\}")


def _check_section(section: Section, source: FlowSource, scope: Scope, found: Diagnostics) -> None:
    place = f'section "{section.id}"'
    _check_fits(section, found)
    if section.for_each is None:
        if section.text is None:
            out = 'A section has "text", or "for_each" with "lines".'
            found.add("IW202", section.id.place, out, place=place, key="text")
        then = next(iter(section.then.values()), None)
        for key, value in (("lines", section.lines), ("first", section.first), ("then", then)):
            if value is not None:
                found.add("IW201", section.id.place, 'It goes with "for_each".', place=place, key=key)
        return
    known = known_variable(section.for_each, scope, found)
    if known and known.kind and known.kind not in ("one", "many"):
        needed, word = "a variable of type one or many", section.for_each
        found.add("IW304", word.place, test="for_each", needed=needed, name=word, type=known.kind)
    for key, text in (("text", section.text), ("else", section.else_)):
        if text is not None:
            found.add("IW201", text.place, 'It does not go with "for_each".', place=place, key=key)
    if section.lines is None:
        found.add("IW202", section.id.place, "Add a line for each value.", place=place, key="lines")
    elif isinstance(section.lines, Word):
        _check_shared(section.lines, section.for_each, source, found)
    elif known and known.kind in ("one", "many"):
        for value in (*section.lines, *section.then):
            if value not in (*known.values, "own_words"):
                out = did_you_mean(value, known.values, f"It can be {listed(known.values)}.")
                found.add("IW303", value.place, out, value=value, name=section.for_each)


def _check_shared(word: Word, variable: Word, source: FlowSource, found: Diagnostics) -> None:
    declared = source.file.vars.get(variable) if source.file else None
    if word not in LISTS:
        found.add("IW305", word.place, did_you_mean(word, LISTS) or None, name=word)
    elif declared and declared.of != word:
        needed, type = f'a variable "of: {word}"', "not of it"
        found.add("IW304", word.place, test="lines", needed=needed, name=variable, type=type)
