"""A turn as a page shows it: from the engine's classes to the views of `views.py`.

Decides how, never what: which words there are, and in which order, the engine has said.
"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid4

from app.engine import Asked, Choice, Message, Turn
from app.service import Looked
from app.web import drawing, showing_help
from app.web.forms import TurnForm
from app.web.headers import Outside
from app.web.views import Fault, Form, Layout, Run, Runs
from app.web.views_turn import ConversationView, Earlier, Group, Option, Progress, Question, SoFar

FEW = 200  # characters of an answer that fits a small box
SHORT = 20  # characters of a label that fits a tile; one label in four may be as long as a phone is wide
WIDE = 34
ANSWERS_TO_KEEP = 3  # from here on a code to carry on later is offered
AGAIN = "again"  # the id of the line that says why a question comes back
CHANGE = "Change an answer"
MOVED_ON = "You changed this in another tab"


def conversation_view(
    outside: Outside,
    conversation: str,
    looked: Looked,
    asked: Asked,
    *,
    sent: TurnForm | None = None,
    fault: Fault | None = None,
    quiet: bool = True,
) -> ConversationView:
    """The turn as it stands, `asked` its question. `sent`: the form that answered nothing, so that its
    words stay in place; `quiet`: no code is offered."""
    turn = looked.turn
    again = next((m for m in turn.messages if m.id == AGAIN), None)
    says = [m for m in turn.messages if m.speaker == "bot" and m.id != AGAIN]
    question = question_view(asked)
    if again and _is_command(asked, sent):
        says.append(again)
    elif again:
        fault = Fault(again.text, target="a")
    if sent and (again is None or fault):
        question = _kept(question, sent)
    where, progress = _where(turn)
    return ConversationView(
        layout=_around(outside, conversation, looked, where, fault),
        problem=fault,
        contacts=showing_help.rows(turn.support.contacts) if turn.support.shown else (),
        where=where,
        progress=progress,
        said=_last_words(looked, asked),
        says=tuple(said_by_us(m) for m in says),
        question=question,
        form=form_of(conversation, turn),
        so_far=SoFar(looked.opener.text().strip(), looked.opener.words()) if len(looked.thread) > 1 else None,
        thread=thread_view(looked),
        offers_code=not quiet and _has_much_to_lose(looked),
    )


def _where(turn: Turn) -> tuple[str, Progress | None]:
    """How far along, in words and as a line: nothing where the flow names no parts. Minutes are not told:
    nobody has measured how long a part takes."""
    step, of = turn.progress.step, turn.progress.of
    return (f"Step {step} of about {of}", Progress(step, of)) if of > 1 else ("", None)


def change_view(
    outside: Outside,
    conversation: str,
    looked: Looked,
    asked: Asked,
    *,
    sent: TurnForm | None = None,
    fault: Fault | None = None,
) -> ConversationView:
    """An earlier question, asked again with its answer in it, or with what was just sent."""
    question = question_view(asked)
    path = f"/c/{conversation}"
    return ConversationView(
        layout=_around(outside, conversation, looked, CHANGE, fault),
        problem=fault,
        contacts=(),
        where=CHANGE,
        progress=None,
        said=(),
        says=(),
        question=_kept(question, sent) if sent else question,
        form=Form(
            f"{path}/change/{asked.id}",
            looked.turn.version,
            str(uuid4()),
            go="Change it",
            can_skip=True,
            stop=f"{path}/review",
            stop_label="Leave it as it was",
        ),
        so_far=None,
        thread=(),
        offers_code=False,
    )


def _has_much_to_lose(looked: Looked) -> bool:
    """Whether there are answers enough to be sorry for, and no code that would bring them back."""
    return not looked.has_code and sum(not said.skipped for said in looked.answers) >= ANSWERS_TO_KEEP


def moved_on(sent: TurnForm | None, asked: Asked | None) -> Fault:
    """What to say where the conversation has moved on, and the words that would be lost."""
    words = sent.text if sent and sent.text and sent.text.strip() else None
    kept = asked is not None and sent is not None and asked.id == sent.question
    return Fault(
        MOVED_ON,
        "This is where it stands now. Nothing you sent there is lost.",
        unsent=None if kept else words,
    )


def form_of(conversation: str, turn: Turn) -> Form:
    """Where the answer to a turn goes."""
    path = f"/c/{conversation}"
    return Form(
        path,
        turn.version,
        str(uuid4()),
        can_go_back=turn.can_go_back,
        can_skip=turn.can_skip,
        stop=f"{path}/note",
    )


def question_view(asked: Asked) -> Question:
    """A question with what stands in it already."""
    none = next((o for o in asked.options if asked.kind == "pick" and o.value == asked.none), None)
    seen = [o for o in asked.options if not o.more and o is not none]
    more = [o for o in asked.options if o.more and o is not none]
    chosen = frozenset(asked.prefill.values) if asked.prefill else frozenset()
    shape = shape_of([*seen, *([none] if none else [])])
    return Question(
        id=asked.id,
        kind=asked.kind,
        prompt=runs(asked.prompt, asked.own),
        hint=asked.hint,
        ends=_ends(asked),
        why=asked.why,
        skip=asked.skip,
        by_press=asked.kind in ("choose", "confirm"),
        shape=shape,
        short=asked.max_length is not None and asked.max_length <= FEW,
        options=flat(seen, shape) if more else groups(seen),
        more=groups(more),
        more_open=any(o.value in chosen for o in more),
        none=Option(none.value, none.label) if none else None,
        own_words=asked.own_words,
        chosen=chosen,
        text=(asked.prefill.text or "") if asked.prefill else "",
    )


def shape_of(options: Iterable[Choice | Option]) -> str:
    """`tile` where labels are short and none is longer than a phone is wide, else `card`."""
    lengths = [len(option.label) for option in options]
    long = [length for length in lengths if length > SHORT]
    return "tile" if len(long) * 4 <= len(lengths) and max(lengths, default=0) <= WIDE else "card"


def groups(options: list[Choice]) -> tuple[Group, ...]:
    """The options by group, in the order in which groups appear."""
    found: dict[str, list[Choice]] = {}
    for option in options:
        found.setdefault(option.group, []).append(option)
    return tuple(
        Group(label, tuple(Option(o.value, o.label) for o in inside), shape_of(inside))
        for label, inside in found.items()
    )


def flat(options: list[Choice], shape: str) -> tuple[Group, ...]:
    """The closest few, without headings."""
    return (Group("", tuple(Option(o.value, o.label) for o in options), shape),) if options else ()


def runs(text: str, own: tuple[tuple[int, int], ...]) -> Runs:
    """A text cut where the voice changes."""
    out, at = [], 0
    for start, end in own:
        out += [Run(text[at:start], False), Run(text[start:end], True)]
        at = end
    return tuple(run for run in (*out, Run(text[at:], False)) if run.text)


def said_by_us(message: Message) -> Runs:
    """A message, cut where the voice changes; one in another language says so."""
    if message.language:
        return (Run(message.text, False, message.language),)
    return runs(message.text, message.own)


def replace_options(question: Question, options: list[Option]) -> Question:
    """The question with these options alone, none of them behind "more"."""
    shape = shape_of(options)
    return replace(
        question, options=(Group("", tuple(options), shape),) if options else (), more=(), shape=shape
    )


def thread_view(looked: Looked) -> tuple[Earlier, ...]:
    """What was said so far."""
    return tuple(
        Earlier(
            tuple(said_by_us(m) for m in (*spoke.messages, spoke.prompt)),
            _said(looked, spoke.answer) if spoke.answer else (),
        )
        for spoke in looked.thread
    )


def _around(outside: Outside, conversation: str, looked: Looked, title: str, fault: Fault | None) -> Layout:
    title = f"Error: {title}".removesuffix(": ") if fault else title
    return drawing.layout_of_turn(outside, conversation, title, looked, "Go to the question")


def _kept(question: Question, sent: TurnForm) -> Question:
    """The question with what was just sent in it."""
    if sent.question != question.id:
        return question
    chosen = frozenset([*sent.values, *([sent.value] if sent.value else [])])
    return replace(question, chosen=chosen, text=sent.text or "")


def _is_command(asked: Asked, sent: TurnForm | None) -> bool:
    """Whether the words were a wish to the conversation ("help") and no failed answer: a free text is
    never too little, only nothing or too much."""
    words = (sent.text or "").strip() if sent else ""
    return asked.kind == "ask" and bool(words) and len(words) <= (asked.max_length or len(words))


def _last_words(looked: Looked, asked: Asked) -> Runs:
    """The client's last words, unless what is said now has them in it."""
    messages = looked.turn.messages
    last = next((m for m in messages if m.speaker == "client"), None)
    if last is None:
        return ()
    told = [(m.text, m.own) for m in messages if m is not last] + [(asked.prompt, asked.own)]
    if any(text[start:end] == last.text for text, own in told for start, end in own):
        return ()
    return _said(looked, last)


def _said(looked: Looked, message: Message) -> Runs:
    """An answer line by line: each option that was chosen, then the client's own words."""
    answer = next((said for said in looked.answers if said.question_id == message.id), None)
    if answer is None or not answer.counts:
        return (Run(message.text, bool(message.own)),)
    own = (Run(answer.text, True),) if answer.text is not None else ()
    return (*(Run(label, False) for label in answer.labels), *own)


def _ends(asked: Asked) -> str | None:
    if asked.kind != "scale" or not asked.options:
        return None
    ends = [(asked.options[0].label, asked.low), (asked.options[-1].label, asked.high)]
    return " ".join(f"{number}: {label}." for number, label in ends if label) or None
