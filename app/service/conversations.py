"""Flows on offer and the conversations on them: begin, answer, change, go back, settings."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.engine import (
    Answer,
    Asked,
    EngineError,
    Flow,
    Moved,
    NotAnOption,
    Question,
    Turn,
    UnknownAnswer,
    advance,
    answers_given,
    begin,
    change,
    compose,
    current,
    earlier_question,
    go_back,
    hear,
    takes_from,
    thread,
)
from app.engine import ConversationOver as EngineOver
from app.engine import NothingToGoBackTo as EngineNothing
from app.engine import NotTheQuestion as EngineOther
from app.engine.editing import as_composed
from app.flows.library import Library
from app.service import errors
from app.service.beginning import begun, offered
from app.service.given import Bearer, FlowCard, Given, Looked, Opened, Repeat
from app.service.notes import words_at_note
from app.service.pinned import FINISHED_AT_MOST, UNFINISHED_AT_MOST, Opening, Pinned, end_of
from app.service.replies import read_turn


class Conversations:
    """The main job, action by action. Every action is one transaction."""

    def __init__(self, pinned: Pinned, library: Library) -> None:
        self._pinned, self._library = pinned, library

    def flows(self) -> tuple[FlowCard, ...]:
        """The flows on offer, in the order of their doors."""
        return tuple(_card(flow) for flow in self._library.flows())

    def flow(self, flow_id: str) -> FlowCard:
        """One of them. Raises FlowNotFound."""
        return _card(offered(self._library, flow_id))

    async def begin(self, flow_id: str, language: str | None, country: str | None, key: str | None) -> Opened:
        """A new conversation. `key`: a random UUID; the same one again gives the same conversation while
        nothing is answered. `language` None is the flow's first. Raises FlowNotFound, InvalidAnswer for a
        language that it is not offered in, KeyNotRandom, RepeatDiffers, StorageDown."""
        flow = offered(self._library, flow_id)
        spoken = flow.languages[0] if language is None else language
        if spoken not in flow.languages:
            raise errors.InvalidAnswer("The flow is not offered in this language.", "/language")
        body = f"{flow_id}|{spoken}|{country}".encode()
        return await begun(self._pinned, flow, begin(flow, spoken, country), key, body)

    async def look(self, who: Bearer) -> Looked:
        """The conversation as it stands. Raises ConversationNotFound."""
        opened = await self._pinned.look(who)
        flow, state = opened.flow, opened.state
        texts, unsent = words_at_note(state, standing=True)
        return Looked(
            flow.title,
            opened.turn(),
            answers_given(flow, state),
            thread(flow, state),
            compose(flow, state, "opener"),
            end_of(opened.row.expires_day),
            state.country,
            opened.row.has_code,
            texts,
            unsent,
            as_composed(state) != state,
            tuple(_card(each) for each in self._library.flows() if takes_from(each, flow)),
        )

    async def answer(
        self, who: Bearer, version: int, question_id: str, given: Given, repeat: Repeat | None = None
    ) -> Turn:
        """Answer the question that is asked now. What answers nothing brings the same question back.
        Raises StaleVersion, NotTheQuestionNow, ConversationFinished, InvalidAnswer, and as `look`."""
        answer = await self._answer(question_id, given)
        changed = await self._act(who, version, lambda o: advance(o.flow, o.state, answer), repeat)
        return changed[0]

    async def change(
        self, who: Bearer, version: int, question_id: str, given: Given, repeat: Repeat | None = None
    ) -> tuple[Turn, tuple[str, ...]]:
        """Change an earlier answer; also the keys of those that no longer count. Raises AnswerNotFound,
        and as `answer`."""
        answer = await self._answer(question_id, given)
        turn, more = await self._act(
            who, version, lambda o: change(o.flow, o.state, answer), repeat, forget=True
        )
        return turn, tuple(more["no_longer_counts"])

    async def question(self, who: Bearer, question_id: str) -> Asked:
        """An earlier question as it would be asked again. Raises AnswerNotFound, and as `look`."""
        opened = await self._pinned.look(who)
        try:
            return earlier_question(opened.flow, opened.state, question_id)
        except UnknownAnswer as error:
            raise errors.AnswerNotFound("No answer that counts has this key.") from error

    async def back(self, who: Bearer, version: int, repeat: Repeat | None = None) -> Turn:
        """One answer back. Raises NothingToGoBackToNow, and as `answer`."""
        return (await self._act(who, version, lambda o: go_back(o.flow, o.state), repeat))[0]

    async def settings(
        self,
        who: Bearer,
        version: int,
        *,
        language: str | None = None,
        country: str | None = None,
        keep_for: int | None = None,
        repeat: Repeat | None = None,
    ) -> tuple[Turn, datetime]:
        """Set what is not None: the language (one that the flow offers), the helplines' country (ISO 3166,
        one that has helplines; empty clears it), the days it is kept (1 to 30, finished 1 to 90). Also the
        new expiry. Raises as `answer`."""

        def act(opened: Opening) -> Moved:
            if language is not None and language not in opened.flow.languages:
                raise errors.InvalidAnswer("The flow is not offered in this language.", "/language")
            if country and country not in self._library.shared.help.countries:
                raise errors.InvalidAnswer("No helplines of this country are known.", "/country")
            finished = current(opened.flow, opened.state).finished
            most = FINISHED_AT_MOST if finished else UNFINISHED_AT_MOST
            if keep_for is not None and not 1 <= keep_for <= most:
                raise errors.InvalidAnswer("1 to 30 days; 90 when it is finished.", "/keep_for")
            state = replace(
                opened.state,
                language=language or opened.state.language,
                country=opened.state.country if country is None else country or None,
                keep_for=keep_for or opened.state.keep_for,
            )
            if state == opened.state:
                return Moved(state, opened.turn())
            state = state.moved()
            return Moved(state, current(opened.flow, state))

        turn, more = await self._act(who, version, act, repeat)
        return turn, end_of(int(more["expires_day"]))

    async def _act(
        self,
        who: Bearer,
        version: int,
        move: Callable[[Opening], Moved],
        repeat: Repeat | None,
        forget: bool = False,
    ) -> tuple[Turn, dict[str, Any]]:
        def act(opened: Opening) -> tuple[Moved, dict[str, object]]:
            try:
                moved = move(opened)
            except EngineError as error:
                raise _refused(error, opened) from error
            return moved, {"no_longer_counts": list(moved.no_longer_counts)}

        changed = await self._pinned.change(who, version, act, repeat, forget)
        turn, more = read_turn(changed.reply)
        return turn, {**more, "expires_day": changed.expires_day}

    async def _answer(self, question_id: str, given: Given) -> Answer:
        """The net hears every text first; a long one takes a while, so beside the loop."""
        values = given.values if given.values is not None else (given.value,) if given.value else ()
        text = None
        if given.text is not None:
            text = await asyncio.to_thread(hear, self._library.shared.net, given.text)
        return Answer(question_id, tuple(values), text, given.skipped)


def _card(flow: Flow) -> FlowCard:
    kinds = tuple(sorted({step.kind for step in flow.steps.values() if isinstance(step, Question)}))
    return FlowCard(
        flow.id, flow.title, flow.languages, flow.minutes, flow.revision, flow.door, kinds, flow.takes
    )


def _refused(error: EngineError, opened: Opening) -> errors.ServiceError:
    match error:
        case EngineOver():
            return errors.ConversationFinished("Nothing is asked any more; the note is there.", opened.turn())
        case EngineOther():
            return errors.NotTheQuestionNow("Another question is asked now.", opened.turn())
        case EngineNothing():
            return errors.NothingToGoBackToNow("This is the first question.", opened.turn())
        case UnknownAnswer():
            return errors.AnswerNotFound("No answer that counts has this key.")
        case NotAnOption():
            return errors.InvalidAnswer("The question does not take this answer; see its options.", "/value")
    raise error
