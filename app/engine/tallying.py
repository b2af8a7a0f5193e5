"""What one move adds to the tally: which family of the net asked its one question, and what was answered.

For authors, who are never shown a word of a client: a family whose question is mostly answered by "not what
I meant" is too wide. A code is three of our own words, from a closed list. Where and when codes are kept,
and how they are shown, is decided elsewhere.
"""

from collections.abc import Iterator
from typing import NamedTuple

from app.engine.flow import Flow, Shared
from app.engine.nets import POINTS, ROUTES
from app.engine.replay import replay
from app.engine.safety import FAINT, Finding
from app.engine.state import State
from app.engine.support import Check

ASKED = ""  # beside the values of options, which are never empty
SKIPPED = "skipped"
FORMER = "former"


class Code(NamedTuple):
    """One thing that is counted. `family` as in safety.en.yaml; the learned half is `points/<route>`, and
    `former` a family that today's net no longer has. `answer`: an option's value, `skipped`, or ASKED for
    the asking itself."""

    family: str
    question: str
    answer: str


class _Asking(NamedTuple):
    """A question that waits: its code, and the key under which its answer will be kept."""

    code: Code
    key: str


def codes(shared: Shared) -> frozenset[Code]:
    """The closed list: every code that a move can give with these texts. A router may give any family
    another question than its own, so each family stands with each question.
    """
    families = (*shared.net.families, *(f"{POINTS}/{route}" for route in ROUTES), FORMER)
    return frozenset(
        Code(family, question, answer)
        for family in families
        for question in shared.safety.checks
        for answer in answers(shared, question)
    )


def answers(shared: Shared, question: str) -> tuple[str, ...]:
    """What is counted of a question, in the order of its options: ASKED first, `skipped` last."""
    return (ASKED, *(option.value for option in shared.safety.checks[question].options), SKIPPED)


def counted(flow: Flow, before: State, after: State) -> tuple[Code, ...]:
    """The codes of one move: the answer to the question that waited, then the question that waits since.

    A question counts each time it comes up in front of a client, so also where they went back and came
    again; while it stands, nothing but its answer counts. It is its first words' family that asks, also
    where more families heard something. A page of help asks nothing here.
    """
    was, now = _asking(flow, before), _asking(flow, after)
    return (*_answered(was, after), *(() if now is None or now == was else (now.code,)))


def _answered(was: _Asking | None, after: State) -> Iterator[Code]:
    if was is not None and was.key in after.meanings:
        yield was.code._replace(answer=after.meanings[was.key])


def _asking(flow: Flow, state: State) -> _Asking | None:
    if not any(f.certainty == "unclear" for entry in state.entries.values() for f in entry.findings):
        return None  # as in most conversations, which need no walk for this
    check = replay(flow, state).check
    if check is None or not isinstance(check.asks, Check) or check.entry is None:
        return None
    key = check.answers[0]
    question, _, digest = key.removeprefix("safety/").partition("|")
    families = (
        _family(flow.shared, f)
        for f in sorted(state.entries[check.entry].findings, key=lambda f: ROUTES.index(f.route))
        if (f.certainty, f.question, f.digest) == ("unclear", question, digest)
    )
    return _Asking(Code(next(families, FORMER), question, ASKED), key)


def _family(shared: Shared, finding: Finding) -> str:
    if finding.family in (POINTS, FAINT):
        return f"{POINTS}/{finding.route}"
    return finding.family if finding.family in shared.net.families else FORMER
