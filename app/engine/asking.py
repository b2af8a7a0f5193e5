"""A turn from a replay: the question as it is shown, its options in order, help beside it."""

from collections.abc import Mapping
from dataclasses import replace

from app.engine.answering import offered
from app.engine.checks import Checking
from app.engine.conditions import UNSET, Value
from app.engine.flow import OWN_WORDS, Flow, Shared
from app.engine.replay import Replay, Waiting
from app.engine.safety import tells_under_18
from app.engine.speaking import ONLY_ENGLISH, shown_answer, spoken
from app.engine.state import Given, State
from app.engine.support import Check, Page, TellThem, contacts, emergency, filled
from app.engine.turn import Asked, Choice, Message, Prefill, Progress, Support, Turn


def turn_of(
    flow: Flow, state: State, now: Replay, more: tuple[Message, ...] = (), help_asked: bool = False
) -> Turn:
    """What the client sees next; `more` are lines said after everything else."""
    shared = flow.shared
    messages = now.messages
    route: str | None = None
    kinds: tuple[str, ...] = ()
    if now.check is not None:
        question, messages = _checking(now.check, state, shared)
        if isinstance(now.check.asks, Page):
            route, kinds = now.check.asks.route, now.check.asks.kinds
    elif now.waiting is not None:
        question = _asked(now.waiting, state, shared)
    else:
        question = None
        messages = tuple(m for m in messages if m.id != "after_help")  # it speaks of a next question
    return Turn(
        version=state.version,
        messages=_last_words(now, state, shared) + messages + more,
        question=question,
        progress=Progress(now.part, max(len(flow.parts), 1)),
        can_go_back=bool(now.exchanges) or bool(now.check and now.check.entry),
        can_skip=question is not None,
        finished=question is None,
        support=Support(
            shown=help_asked or route is not None or any(m.id == ONLY_ENGLISH for m in messages),
            route=route,
            contacts=contacts(
                shared.help, state.country, kinds, young=bool(kinds) and _tells_under_18(state, shared)
            ),
            emergency=emergency(shared.help, state.country),
        ),
    )


def _tells_under_18(state: State, shared: Shared) -> bool:
    """Whether anything typed so far says that its writer is a child."""
    typed = (e.given.text for e in state.entries.values() if e.given and e.given.text is not None)
    return any(tells_under_18(shared.net, text) for text in typed)


def _last_words(now: Replay, state: State, shared: Shared) -> tuple[Message, ...]:
    """What the client said last: the words that a check asks about, but a page of help repeats none."""
    if now.check:
        given = state.entries[now.check.entry].given if now.check.entry else None
        if not isinstance(now.check.asks, Check) or given is None or given.text is None:
            return ()
        return (Message(now.check.entry or "", given.text, ((0, len(given.text)),), "client"),)
    if not now.exchanges:
        return ()
    last = now.exchanges[-1]
    text, own = shown_answer(last.value, shared.replies)
    return (Message(last.asked.key, text, own, "client"),) if text else ()


def _checking(check: Checking, state: State, shared: Shared) -> tuple[Asked, tuple[Message, ...]]:
    asks = check.asks
    if isinstance(asks, Page):
        says = (check.line,) if check.line else asks.says
    else:
        says = (asks.say,) if isinstance(asks, Check) else ()
    messages = tuple(
        Message(f"{check.id}.{n}", filled(text, shared.help, state.country)) for n, text in enumerate(says, 1)
    )
    question = Asked(
        id=check.id,
        kind="confirm" if isinstance(asks, TellThem) else "choose",
        saves=None,
        prompt=asks.prompt,
        hint=asks.hint if isinstance(asks, TellThem) else None,
        skip=shared.replies["skip"],
        options=tuple(Choice(o.value, o.label) for o in check.options),
    )
    return question, messages


def _asked(waiting: Waiting, state: State, shared: Shared) -> Asked:
    step, values = waiting.step, waiting.values
    prompt, own = spoken(step.prompt, values, shared.replies)
    choices = options_shown(waiting)
    return Asked(
        id=waiting.key,
        kind=step.kind,
        saves=waiting.saves,
        prompt=prompt,
        heading=step.heading or prompt,
        own=own,
        hint=_hint(waiting, shared),
        why=step.why,
        skip=step.skip or shared.replies["skip"],
        options=choices,
        none=step.none,
        own_words=step.own_words and step.kind in ("choose", "pick"),
        low=step.low,
        high=step.high,
        max_length=step.max_length if step.kind == "ask" or step.own_words else None,
        prefill=_prefill(waiting, state, choices),
    )


def question_again(flow: Flow, state: State, waiting: Waiting) -> Asked:
    """An earlier question as it would be asked again, with its answer in it."""
    given = state.entries[waiting.key].given
    asked = _asked(waiting, state, flow.shared)
    return replace(asked, prefill=_of_given(given) or asked.prefill)


def options_shown(waiting: Waiting) -> tuple[Choice, ...]:
    """The options in the order in which they were heard, the first `show` of them before "more"."""
    step, rank = waiting.step, _ranks(waiting)
    options = offered(waiting)
    ordered = sorted(options, key=lambda o: rank.get(o.value, len(rank) + 1))
    ordered = [o for o in ordered if o.value != step.none] + [o for o in ordered if o.value == step.none]
    show = step.show or len(ordered)
    return tuple(
        Choice(o.value, o.label, o.group, more=n >= show and o.value != step.none)
        for n, o in enumerate(ordered)
    )


def _ranks(waiting: Waiting) -> Mapping[str, int]:
    """Heard options first, then those offered where nothing was heard; the rest as in the file."""
    step = waiting.step
    if step.heard_in is None:
        return {}
    heard = waiting.values.get(step.heard_in, UNSET).mentions
    order = [concern for concern in heard if concern != step.none]
    order += [value for value in step.offer_first if value not in order]
    return {value: n for n, value in enumerate(order)}


def _hint(waiting: Waiting, shared: Shared) -> str | None:
    step = waiting.step
    hint = spoken(step.hint, waiting.values, shared.replies)[0] if step.hint else ""
    if step.examples:
        variable, by_value = step.examples
        first = next(iter(waiting.values.get(variable, UNSET).values), "")
        lines = [
            shared.replies["open_quote"] + e + shared.replies["close_quote"] for e in by_value.get(first, ())
        ]
        if lines:
            hint = f"{hint} {shared.replies['for_example']} {' '.join(lines)}".strip()
    return hint or None


def _prefill(waiting: Waiting, state: State, choices: tuple[Choice, ...]) -> Prefill | None:
    entry = state.entries.get(waiting.key)
    if entry and entry.undone:
        return _of_given(entry.given)
    known = {choice.value for choice in choices}
    step = waiting.step
    before = waiting.values.get(step.saves or "", UNSET)
    if step.kind == "pick" and before.known:
        return _kept(before, known, step.none)
    if step.heard_in:
        heard = waiting.values.get(step.heard_in, UNSET).mentions
        sure = tuple(c for c, status in heard.items() if status == "sure" and c in known and c != step.none)
        return Prefill(values=sure if step.kind == "pick" else sure[:1]) if sure else None
    return None


def _kept(before: Value, known: set[str], none: str | None) -> Prefill | None:
    """A second question about the same thing begins with what was picked at the first."""
    values = tuple(v for v in before.values if (v in known and v != none) or v == OWN_WORDS)
    return Prefill(values, before.text if OWN_WORDS in values else None) if values else None


def _of_given(given: Given | None) -> Prefill | None:
    if given is None or given.skipped:
        return None
    own = not given.values or OWN_WORDS in given.values
    return Prefill(given.values, given.text if own else None)
