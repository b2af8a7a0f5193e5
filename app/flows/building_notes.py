"""`note.yaml` into the engine's plan of a note."""

from collections.abc import Collection, Mapping
from typing import get_args

from app.engine import flow as e
from app.flows import note_grammar as g
from app.flows.diagnostics import Diagnostics
from app.flows.holes import Use, parse_template
from app.flows.parsing import Scope, parse_condition
from app.flows.reading import Word
from app.flows.sources import Lists, SharedList


def build_note(note: g.NoteFile, flow: str, scope: Scope, lists: Lists, found: Diagnostics) -> e.NotePlan:
    """The plan of a note; what is wrong in its conditions and texts comes out as diagnostics."""
    frames = {
        str(name): {tone: str(text) for tone, text in _tones(frame).items()}
        for name, frame in note.frames.items()
    }
    builder = _Sections(f"{flow}.note", scope, lists, tuple(frames), found)
    sections = tuple(builder.section(section) for section in note.sections)
    return e.NotePlan(note.to, frames, sections, note.closes == "yes")


class _Sections:
    """Builds the sections of one note."""

    def __init__(
        self, place: str, scope: Scope, lists: Lists, frames: Collection[str], found: Diagnostics
    ) -> None:
        self.place, self.scope, self.lists, self.frames, self.found = place, scope, lists, frames, found

    def section(self, section: g.Section) -> e.Section:
        place = f"{self.place}.{section.id}"
        shared = self.lists.get(section.lines) if isinstance(section.lines, Word) else None
        budget = section.at_most
        lengths: dict[e.Length, int | None] = {
            "opener": budget.opener if budget else None,
            "message": budget.message if budget else None,
            "letter": budget.letter if budget else None,
        }
        return e.Section(
            id=str(section.id),
            lengths=frozenset(section.in_ or e.LENGTHS),
            when=parse_condition(section.when, self.scope, self.found) if section.when is not None else None,
            text=self.template(section.text, f"{place}.text"),
            otherwise=self.template(section.else_, f"{place}.else"),
            for_each=str(section.for_each) if section.for_each else None,
            lines=self.lines(section, shared, place),
            more=_more(shared) if shared else None,
            first=section.first,
            at_most={length: most for length, most in lengths.items() if most is not None} or None,
            joins=section.joins == "yes",
            offered=section.offered == "yes",
            asks=section.asks == "yes",
            if_room=parse_condition(section.if_room, self.scope, self.found) if section.if_room else None,
            unless_said=frozenset(str(id) for id in section.unless_said),
            spoken=section.spoken == "yes",
            few=section.few == "yes",
            fits=self.fits(section, place),
            then=self.own_lines(section.then, f"{place}.then"),
            takes=tuple(shape for word in section.takes if (shape := _shape(word))),
        )

    def fits(self, section: g.Section, place: str) -> dict[e.Shape, Mapping[e.Tone, e.Template]]:
        """The text of each shape in each tone; for an unknown shape none."""
        use: Use = "line" if section.for_each else "note"
        made: dict[e.Shape, Mapping[e.Tone, e.Template]] = {}
        for word, fit in section.fits.items():
            shape = _shape(word)
            if shape is None:
                continue
            here = f"{place}.fits.{word}"
            if isinstance(fit, Word):
                alike = self.template(fit, here, use) or e.Template(here, ())
                made[shape] = dict.fromkeys(e.TONES, alike)
            else:
                made[shape] = {
                    tone: self.template(text, f"{here}.{tone}", use) or e.Template(here, ())
                    for tone, text in _tones(fit).items()
                }
        return made

    def template(self, word: Word | None, place: str, use: Use = "note") -> e.Template | None:
        if word is None:
            return None
        made = parse_template(word, place, self.scope, use, self.found, self.frames)
        return made or e.Template(place, ())

    def lines(
        self, section: g.Section, shared: SharedList | None, place: str
    ) -> dict[str, e.Template] | None:
        if shared:
            return _shared_lines(shared)
        if not isinstance(section.lines, dict):
            return None
        return self.own_lines(section.lines, f"{place}.lines")

    def own_lines(self, lines: Mapping[Word, Word], place: str) -> dict[str, e.Template]:
        """The lines that a section holds itself, by value."""
        made = {}
        for value, line in lines.items():
            use: Use = "line" if value == e.OWN_WORDS else "note"
            template = self.template(line, f"{place}.{value}", use)
            if template:
                made[str(value)] = template
        return made


def _tones(frame: g.Frame) -> dict[e.Tone, Word]:
    return {"soft": frame.soft, "plain": frame.plain, "firm": frame.firm, "polite": frame.polite}


def _shape(word: Word) -> e.Shape | None:
    return next((shape for shape in get_args(e.Shape) if shape == word), None)


def _shared_lines(shared: SharedList) -> dict[str, e.Template]:
    values = shared.file.values.items()
    lines = {str(v): _plain(each.line, f"{shared.name}.{v}.line") for v, each in values if each.line}
    if shared.file.own_words_line:
        place = f"{shared.name}.own_words_line"
        made = parse_template(shared.file.own_words_line, place, {}, "line", Diagnostics())
        lines[e.OWN_WORDS] = made or _plain(shared.file.own_words_line, place)
    return lines


def _more(shared: SharedList) -> dict[str, tuple[e.Template, ...]]:
    return {
        str(value): tuple(
            _plain(text, f"{shared.name}.{value}.more.{n}") for n, text in enumerate(each.more, 1)
        )
        for value, each in shared.file.values.items()
        if each.more
    }


def _plain(text: Word, place: str) -> e.Template:
    return e.Template(place, (str(text),))
