"""What was chosen: joined as the language joins it, a client's own word among it where it is of a kind; or a
line each, no two in a row alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.engine.answered import Answered
from app.engine.conditions import Value
from app.engine.flow import OWN_WORDS, Flow, Shape, Slot, Template
from app.engine.own_words import as_typed, in_lower_case, without_stop
from app.engine.placing import Line, Placing
from app.engine.provenance import Part
from app.engine.shapes import shape_of


class Lists:
    """Joins what was chosen, in the order of the client. `answered` gives own words sentence by sentence."""

    def __init__(self, flow: Flow, placing: Placing, answered: Callable[[Value], Answered]) -> None:
        self.placing, self.answered = placing, answered
        self.replies = flow.shared.replies

    def says(self, value: Value, takes: tuple[Shape, ...]) -> bool:
        """Whether a list has anything to say."""
        return any(v != OWN_WORDS for v in value.values) or self._own(value, takes) is not None

    def parts(self, line: Line, slot: Slot, value: Value) -> list[Part]:
        """The words of what was chosen and what joins them."""
        named = value.labels if slot.filter == "label" else value.words
        chosen = dict(zip(value.values, named, strict=True))
        said: list[list[Part]] = []
        for v, word in sorted(chosen.items(), key=lambda each: each[0] == OWN_WORDS):
            if v != OWN_WORDS:
                said.append([Part("chosen", word, f"option.{v}")])
            elif v == OWN_WORDS and (own := self._own(value, line.takes)):
                said.append(self._own_parts(line, own))
        joined: list[Part] = []
        for n, each in enumerate(said):
            last = n == len(said) - 1 and " and " not in each[0].text
            joint = f" {self.replies['and']} " if last else ", "
            joined += [*([Part("confirmed", joint, "replies")] if n else []), *each]
        return joined

    def _own(self, value: Value, takes: tuple[Shape, ...]) -> Answered | None:
        """Own words that stand among the others: one phrase of the right shape, in no danger."""
        if not takes or OWN_WORDS not in value.values or value.text is None:
            return None
        said = self.answered(value)
        if len(said.pieces) != 1 or said.out or said.pieces[0].quoted:
            return None
        return said if shape_of(said.pieces[0].text(said.typed)) in takes else None

    def _own_parts(self, line: Line, said: Answered) -> list[Part]:
        if line.id in self.placing.back:
            return self.placing.quoted(as_typed(said.pieces[0]), said.typed, said.key, inner=True)
        piece = without_stop(in_lower_case(said.pieces[0], said.typed), said.typed)
        text = piece.text(said.typed)
        return [Part("own", text, answer=said.key, span=piece.span, changes=piece.changes)]


def unlike(
    lines: Sequence[Line], then: Mapping[str, Template], opening: Callable[[Line], Template]
) -> list[Line]:
    """The lines, those said the other way that would begin or end like the one before."""
    out: list[Line] = []
    for line in lines:
        if out and _alike(opening(out[-1]), opening(line)):
            other = _other(line, then)
            before = _other(out[-1], then)
            if other is not None:
                line = other
            elif before is not None:
                out[-1] = before
        out.append(line)
    return out


def _other(line: Line, then: Mapping[str, Template]) -> Line | None:
    name = line.id.partition(".")[2]
    return replace(line, template=then[name]) if name in then and line.fits is None else None


def _alike(one: Template, two: Template) -> bool:
    return any(a == b != "" for a, b in zip(_edges(one), _edges(two), strict=True))


def _edges(template: Template) -> tuple[str, str]:
    """How an author's text begins, two words, and what stands behind its last comma."""
    first, last = template.pieces[0], template.pieces[-1]
    begins = " ".join(first.split()[:2]) if isinstance(first, str) else ""
    return begins, last.rpartition(",")[2] if isinstance(last, str) and "," in last else ""
