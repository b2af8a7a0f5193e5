"""The worlds that tests of flows live in: tiny flows over a shared part of their own, and the shipped ones.

A case is a folder with `flow.yaml` and `note.yaml`, the flows it calls as `<flow>.yaml`, and `tests/`.
Shipped content may change without these tests; the shipped flows are taken as they are.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.engine import LENGTHS, TONES, Answer, Flow, Moved, Note, State, advance, begin, compose, hear
from app.flows.library import Library

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = HERE / "cases"
FLOWS = ROOT / "conversation_flows"
MARKS = frozenset("“”")


@cache
def shared_texts() -> Mapping[str, str]:
    """The texts of the small `_shared/`, by name."""
    return {f"_shared/{path.name}": path.read_text("utf-8") for path in sorted((HERE / "shared").iterdir())}


@cache
def case(name: str) -> Flow:
    """The flow of a case folder."""
    folder = CASES / name
    texts = dict(shared_texts())
    for path in sorted(folder.glob("*.yaml")):
        home = "case" if path.name in ("flow.yaml", "note.yaml") else path.stem
        texts[f"{home}/{path.name if home == 'case' else 'flow.yaml'}"] = path.read_text("utf-8")
    return built(texts)


def made(flow: str, note: str, called: Mapping[str, str] | None = None) -> Flow:
    """A flow from the text of its steps and variables, for what needs no transcript."""
    head = "format: 1\nflow: {}\ntitle: A case\nminutes: 1\n"
    texts = {**shared_texts(), "case/flow.yaml": head.format("case") + flow}
    texts["case/note.yaml"] = f"format: 1\nnote: case\n{note}"
    texts |= {f"{id}/flow.yaml": head.format(id) + text for id, text in (called or {}).items()}
    return built(texts)


def built(texts: Mapping[str, str]) -> Flow:
    """The flow `case` of these texts."""
    library = Library(texts)
    flow = library.flow("case")
    assert flow is not None, "\n".join(map(str, library.diagnostics))
    return flow


@cache
def shipped() -> Library:
    """The flows as they are shipped."""
    return Library.load(FLOWS)


@cache
def shipped_flows() -> tuple[Flow, ...]:
    """The shipped flows on offer."""
    return shipped().flows()


def typed(flow: Flow, question: str, text: str) -> Answer:
    """Words as an answer, heard by the net."""
    return Answer(question, text=hear(flow.shared.net, text))


class Talk:
    """A conversation in a test: each move is made in place, `moved` is the last one."""

    def __init__(self, flow: Flow, country: str | None = None) -> None:
        self.flow = flow
        self.moved: Moved = begin(flow, country=country)

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.moved.state

    @property
    def asks(self) -> str | None:
        """The id of the question that is asked now."""
        return self.moved.turn.question.id if self.moved.turn.question else None

    def type(self, text: str) -> "Talk":
        """Type words at the question that is asked."""
        return self._take(typed(self.flow, self.asks or "", text))

    def pick(self, *values: str, own: str | None = None) -> "Talk":
        """Tap options, with own words beside them if any."""
        heard = None if own is None else hear(self.flow.shared.net, own)
        return self._take(Answer(self.asks or "", values, heard))

    def skip(self) -> "Talk":
        """Skip the question that is asked."""
        return self._take(Answer(self.asks or "", skipped=True))

    def _take(self, answer: Answer) -> "Talk":
        self.moved = advance(self.flow, self.state, answer)
        return self


def notes(flow: Flow, state: State) -> tuple[Note, ...]:
    """The note at every length, in every tone."""
    return tuple(compose(flow, state, length, tone) for length in LENGTHS for tone in TONES)
