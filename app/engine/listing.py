"""What was chosen, joined as the language joins it; a client's own word among it where it is of a kind.

A wide word goes where a closer one of its family was ticked: "hurt" beside "stung". It stays an answer.
"""

from collections.abc import Callable, Mapping

from app.engine.conditions import Value
from app.engine.flow import OWN_WORDS, Flow, Option, Question, Shape, Slot
from app.engine.own_words import as_typed, in_lower_case, without_stop
from app.engine.placing import Answered, Line, Placing
from app.engine.provenance import Part
from app.engine.shapes import shape_of


class Lists:
    """Joins what was chosen, in the order of the client. `answered` gives own words sentence by sentence."""

    def __init__(self, flow: Flow, placing: Placing, answered: Callable[[Value], Answered]) -> None:
        self.placing, self.answered = placing, answered
        self.replies = flow.shared.replies
        self.options = _options(flow)

    def says(self, value: Value, takes: tuple[Shape, ...]) -> bool:
        """Whether a list has anything to say."""
        return any(v != OWN_WORDS for v in value.values) or self._own(value, takes) is not None

    def parts(self, line: Line, slot: Slot, value: Value) -> list[Part]:
        """The words of what was chosen and what joins them."""
        named = value.labels if slot.filter == "label" else value.words
        chosen = dict(zip(value.values, named, strict=True))
        said: list[list[Part]] = []
        for v, word in sorted(chosen.items(), key=lambda each: each[0] == OWN_WORDS):
            if v != OWN_WORDS and not self._is_wide(slot.name, v, value.values):
                said.append([Part("chosen", word, f"option.{v}")])
            elif v == OWN_WORDS and (own := self._own(value, line.takes)):
                said.append(self._own_parts(line, own))
        joined: list[Part] = []
        for n, each in enumerate(said):
            last = n == len(said) - 1 and " and " not in each[0].text
            joint = f" {self.replies['and']} " if last else ", "
            joined += [*([Part("confirmed", joint, "replies")] if n else []), *each]
        return joined

    def _is_wide(self, name: str, v: str, values: tuple[str, ...]) -> bool:
        """Whether a closer word of this one's family was chosen too."""
        options = self.options.get(name, {})
        mine = options.get(v)
        if mine is None or mine.group:
            return False
        return any(w != v and w in options and options[w].group == mine.label for w in values)

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


def _options(flow: Flow) -> Mapping[str, Mapping[str, Option]]:
    """The options of each variable, by value."""
    options: dict[str, dict[str, Option]] = {}
    for step in flow.steps.values():
        if isinstance(step, Question) and step.saves:
            options.setdefault(step.saves, {}).update({o.value: o for o in step.options})
    return options
