"""How a conversation moves. This module alone changes a state.

A conversation is an ordered map of answers. Every move edits that map and replays the flow along it
(`replay.py`): an answer adds an entry, an edit replaces one, Back marks the last one as taken back.
So there is nothing to keep in step: what an edit makes pointless drops off the path by itself, keeps
its answer, and counts again when the path comes back.

Three things come before an answer is taken, in this order. First the net (`safety.py`): only it makes
a `Heard`, and what it finds stays with the entry, also where the text answers nothing. Then the
commands a client may type as the whole text. Then the question itself.

An answer that answers nothing is no error: the same question comes back, at the same version, with
one line more. An error here (`errors.py`) means that the caller broke the rules; it changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.engine.answering import given_by, matching, mentions_in, offered, raised_by
from app.engine.asking import question_again, turn_of
from app.engine.checks import GRANTED, OWN_NOTE, SETTLED, Checking, taken, without_stale_grant, without_stop
from app.engine.commands import command_in, yes_or_no
from app.engine.editing import NoteEdit, as_composed, with_edits, with_unsent
from app.engine.errors import (
    ConversationOver,
    NotAnOption,
    NothingToGoBackTo,
    NotTheQuestion,
    UnknownAnswer,
)
from app.engine.flow import Flow, Length, Tone
from app.engine.replay import Replay, Waiting, replay
from app.engine.safety import Finding, Heard
from app.engine.speaking import joined
from app.engine.state import Entry, State
from app.engine.support import TellThem
from app.engine.turn import Answer, Asked, Message, Turn


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a move led. `repeated` names the reply where the answer answered nothing: the state is
    then the one that was given. `no_longer_counts`: keys of answers that an edit put off the path."""

    state: State
    turn: Turn
    repeated: str | None = None
    no_longer_counts: tuple[str, ...] = ()


def begin(flow: Flow, language: str = "en", country: str | None = None) -> Moved:
    """A new conversation at its first question, version 1."""
    state = State(flow.revision, language=language, country=country)
    return Moved(state, current(flow, state))


def current(flow: Flow, state: State) -> Turn:
    """The turn as it stands."""
    return turn_of(flow, state, replay(flow, state))


def advance(flow: Flow, state: State, answer: Answer) -> Moved:
    """Take the answer to the question that is asked now.

    Raises ConversationOver, NotTheQuestion or NotAnOption; the state is then as it was.
    """
    now = replay(flow, state)
    asked = now.check.id if now.check else now.waiting.key if now.waiting else None
    if asked is None:
        raise ConversationOver("the conversation has ended; change an answer or go back")
    if answer.question_id != asked:
        raise NotTheQuestion(f'"{asked}" is asked now')
    command = _command(flow, answer)
    if command:
        return _obey(command, flow, state, now, answer)
    if now.check:
        return _settle(flow, state, now, now.check, answer)
    assert now.waiting is not None
    return _take(flow, state, now, now.waiting, answer)


def change(flow: Flow, state: State, answer: Answer) -> Moved:
    """Replace an answer that counts; later answers stay, as far as the new path passes them.

    Raises UnknownAnswer or NotAnOption; the state is then as it was.
    """
    now = replay(flow, state)
    waiting = _earlier(now, answer.question_id)
    command = _command(flow, answer)
    if command == "skip":
        answer = Answer(answer.question_id, skipped=True)
    elif command:
        return _explain(command, flow, state, now, waiting)
    moved = _take(flow, state, now, waiting, answer)
    if moved.repeated:
        return moved
    after = set(replay(flow, moved.state).counted)
    return replace(moved, no_longer_counts=tuple(key for key in now.counted if key not in after))


def earlier_question(flow: Flow, state: State, question_id: str) -> Asked:
    """A question that was answered, as it would be asked again. Raises UnknownAnswer."""
    return question_again(flow, state, _earlier(replay(flow, state), question_id))


def go_back(flow: Flow, state: State) -> Moved:
    """One answer back; it stands in the question as prefill. Raises NothingToGoBackTo."""
    now = replay(flow, state)
    key = _last(flow, state, now)
    if key is None:
        raise NothingToGoBackTo("this is the first question")
    if now.ended == "safe_exit":
        state = replace(state, meanings=without_stop(state, flow.shared.safety))
    return _to(flow, state.with_entry(key, replace(state.entries[key], undone=True)))


def edit_note(
    flow: Flow,
    state: State,
    edits: Sequence[NoteEdit] = (),
    length: Length = "letter",
    tone: Tone = "plain",
    *,
    afresh: bool = False,
    unsent: Heard | None = None,
) -> Moved:
    """Edit the note: first, with `afresh`, all edits are taken back; then `edits` in their order; then
    `unsent`, what nobody reads, is kept in place of what it was (blank: deleted; None: it stays).

    Raises UnknownSentence or EditNotTaken; the state is then as it was.
    """
    after = as_composed(state) if afresh else state
    after = with_edits(flow, after, edits, length, tone)
    after = after if unsent is None else with_unsent(after, unsent)
    return Moved(state, current(flow, state)) if after == state else _to(flow, after)


def _last(flow: Flow, state: State, now: Replay) -> str | None:
    """What Back takes back: the words that a page or a question is about, also where their page ended the
    conversation, else the last answer."""
    if now.check and now.check.entry:
        return now.check.entry
    if now.ended == "safe_exit":
        for key, entry in state.at_note():
            if any(option.ends for option in taken(entry, state, flow.shared.safety)):
                return key
    return now.counted[-1] if now.counted else None


def _to(flow: Flow, state: State) -> Moved:
    """The state one version on, and its turn."""
    state = without_stale_grant(state, flow.shared.safety).moved()
    return Moved(state, current(flow, state))


def _again(flow: Flow, state: State, now: Replay, because: str, text: str, help_asked: bool = False) -> Moved:
    """The same question at the same version, with a line that says why."""
    line = Message("again", text)
    return Moved(state, turn_of(flow, state, now, (line,), help_asked), because)


def _earlier(now: Replay, key: str) -> Waiting:
    exchanges = (*now.exchanges, now.unsettled) if now.unsettled else now.exchanges
    for exchange in exchanges:
        if exchange.asked.key == key:
            return exchange.asked
    raise UnknownAnswer("no answer that counts has this key")


def _take(flow: Flow, state: State, now: Replay, asked: Waiting, answer: Answer) -> Moved:
    given = given_by(asked, answer, flow.shared.commands)
    old = state.entries.get(asked.key)
    found = answer.text.findings if answer.text else ()
    if isinstance(given, str):
        if not _new(found, old):
            return _again(flow, state, now, given, _reply(flow, asked, given, answer))
        # What was taken back is not asked about again, so the new words begin an entry of their own.
        kept = old if old and not old.undone else Entry(None)
        found = tuple(replace(f, span=(0, 0)) for f in found)  # they stand in no text that is kept
        return _to(flow, state.with_entry(asked.key, replace(kept, findings=(*kept.findings, *found))))
    findings = (*found, *raised_by(asked, given), *_said_beside(asked, old))
    mentions = mentions_in(flow, asked, answer.text)
    return _to(flow, state.with_entry(asked.key, Entry(given, findings, mentions)))


def _new(found: tuple[Finding, ...], old: Entry | None) -> bool:
    return bool({f.digest for f in found} - {f.digest for f in (old.findings if old else ())})


def _said_beside(asked: Waiting, old: Entry | None) -> tuple[Finding, ...]:
    """What was found in words that stand in no answer: typed here and answering nothing, or typed at a
    page. An answer does not take them back."""
    standing = old.findings if old and not old.undone else ()
    return tuple(f for f in standing if f.span == (0, 0) and f.family != asked.step.id)


def _reply(flow: Flow, asked: Waiting, because: str, answer: Answer) -> str:
    replies = flow.shared.replies
    if because == "no_match" and asked.step.again:
        return asked.step.again
    labels: list[str] = []
    if because == "which" and answer.text:
        named = {o.value: o.label for o in offered(asked)}
        labels = [named[value] for value in matching(asked, answer.text.text)]
    line = replies[because].replace("{limit}", str(asked.step.max_length))
    return line.replace("{options}", joined(labels, replies))


def _command(flow: Flow, answer: Answer) -> str | None:
    """What the whole text asks of the conversation; words of danger are never taken for a command."""
    if answer.text is None or answer.values or answer.text.findings:
        return None
    return command_in(flow.shared.commands, answer.text)


def _obey(command: str, flow: Flow, state: State, now: Replay, answer: Answer) -> Moved:
    """Skip and back are done; help shows the way to help; the others say where their control is."""
    if command == "skip":
        return advance(flow, state, Answer(answer.question_id, skipped=True))
    if command == "back" and (now.counted or (now.check and now.check.entry)):
        return go_back(flow, state)
    return _explain(command, flow, state, now, now.waiting)


def _explain(command: str, flow: Flow, state: State, now: Replay, asked: Waiting | None) -> Moved:
    """The same question with a line; where nothing is left to go back to, the question stands again."""
    why = asked.step.why if asked and command == "why" else None
    line = why or flow.shared.replies["repeat" if command == "back" else command]
    return _again(flow, state, now, command, line, help_asked=command == "help")


def _settle(flow: Flow, state: State, now: Replay, check: Checking, answer: Answer) -> Moved:
    """Take the answer to a safety question. Words typed there are heard too, and kept nowhere: what the
    net found in them is kept with the answer before."""
    value = "skipped" if answer.skipped else _settled(flow, check, answer)
    found = tuple(replace(f, span=(0, 0)) for f in answer.text.findings) if answer.text else ()
    key = check.entry or (now.counted[-1] if now.counted else None)
    if key and _new(found, state.entries[key]):
        entry = state.entries[key]
        state = state.with_entry(key, replace(entry, findings=(*entry.findings, *found)))
        if value is None:
            return _to(flow, state)
    if value is None:
        return _again(flow, state, now, "no_match", flow.shared.replies["no_match"])
    meanings = {
        **state.meanings,
        **dict.fromkeys(check.settles, SETTLED),
        **dict.fromkeys(check.answers, value),
    }
    option = next((o for o in check.options if o.value == value), None)
    if option and option.grants and (whose := _granted(flow, option.call)):
        meanings[GRANTED] = whose
    elif option and (option.line or option.ends or option.route or option.call):
        meanings.pop(GRANTED, None)  # another road was taken since
    return _to(flow, replace(state, meanings=meanings))


def _granted(flow: Flow, call: str | None) -> str | None:
    """Whose note may go to the therapist: that of the called flow; None where this conversation does not
    know that flow, so that no other note goes in its place."""
    if call is None or call == flow.id:
        return OWN_NOTE
    return call if call in flow.beside else None


def _settled(flow: Flow, check: Checking, answer: Answer) -> str | None:
    if answer.values:
        if len(answer.values) != 1 or answer.values[0] not in {o.value for o in check.options}:
            raise NotAnOption(f'"{check.id}" does not offer this')
        return answer.values[0]
    if answer.text is None:
        return None
    if isinstance(check.asks, TellThem):
        return yes_or_no(flow.shared.commands, answer.text)
    typed = answer.text.text.strip().casefold()
    return next((o.value for o in check.options if typed in (o.label.casefold(), o.value)), None)
