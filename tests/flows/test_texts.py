"""Every text that a client can meet in a flow is short, plain and takes no sides.

Source: the clinical guide, 3.2 and 4.3. `-s` prints the figures. Templates of pages are looked at elsewhere.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from statistics import median

import pytest

from app.engine.flow import Call, Flow, Question, Say, Slot, Spoken, Template
from app.engine.practising import Practise
from app.engine.speaking import ONLY_ENGLISH
from tests.flows.world import shipped, shipped_flows

LONG_WORD = 6  # letters; a word with more is long
AVOIDED = re.compile(
    r"""\b(
    brave|bravery|amazing|proud\ of\ you|great\ job|well\ done|you(’|')?re\ strong|good\ for\ you
    |alliance|rupture|transference|countertransference|hold(ing)?\ space|valid|validated|validate
    |you\ must\ feel|(she|he|they)\ didn(’|')?t\ mean
    |trauma\ response|attachment|red\ flags?|toxic|gaslight\w*|diagnos\w*|disorder|narcissis\w*
    |i\ understand|i\ hear\ you|i(’|')?m\ here\ for\ you
    |commit(ted)?\ suicide|failed\ attempt|successful|confidential
    |streak|hurry|don(’|')?t\ give\ up
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
IN_THERAPY = re.compile(r"\b(?<!not something )you (should|need to|have to)\b", re.IGNORECASE)
PROCESS = re.compile(r"\b(the|your|this|our) process\b", re.IGNORECASE)


def lix(text: str) -> float:
    """Words a sentence, and long words in a hundred (Björnsson 1968); above 40 is hard going."""
    words = re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", text)
    ends = len(re.findall(r"[.!?:]+(?=[\s”»)]|$)", text)) or 1
    long = sum(len(re.sub(r"[^\w]", "", word)) > LONG_WORD for word in words)
    return len(words) / ends + 100 * long / max(len(words), 1)


def template_text(template: Template) -> str:
    """A text as it reads, with a short word in each hole."""
    return "".join("it" if isinstance(piece, Slot) else piece for piece in template.pieces)


def spoken_texts(place: str, spoken: Spoken | None) -> Iterator[tuple[str, str]]:
    """All that may be said at one place."""
    for n, (_, template) in enumerate(spoken.choices if spoken else ()):
        yield f"{place}.{n}", template_text(template)


def flow_texts(flow: Flow) -> Iterator[tuple[str, str]]:
    """What a flow says and asks, its labels and helps, by place."""
    for id, step in flow.steps.items():
        place = f"{flow.id}.{id}"
        if isinstance(step, Call):
            yield from flow_texts(step.flow)
        if isinstance(step, Say):
            yield from spoken_texts(place, step.text)
        if isinstance(step, Question):
            yield from spoken_texts(f"{place}.prompt", step.prompt)
            yield from spoken_texts(f"{place}.hint", step.hint)
            for key in ("why", "skip", "heading", "again", "low", "high"):
                if getattr(step, key):
                    yield f"{place}.{key}", getattr(step, key)
            for option in step.options:
                yield f"{place}.{option.value}", option.label
            for value, asks in (step.examples[1] if step.examples else {}).items():
                yield from ((f"{place}.examples.{value}.{n}", ask) for n, ask in enumerate(asks))
    if flow.door:
        yield f"{flow.id}.door", f"{flow.door.label}. {flow.door.line}."


def note_texts(flow: Flow) -> Iterator[tuple[str, str]]:
    """The sentences that a note may hold, by place."""
    assert flow.note is not None
    for name, tones in flow.note.frames.items():
        yield from ((f"{flow.id}.note.{name}.{tone}", text) for tone, text in tones.items())
    for section in flow.note.sections:
        templates = [section.text, section.otherwise, *(section.lines or {}).values()]
        templates += [template for more in (section.more or {}).values() for template in more]
        yield from ((t.source, template_text(t)) for t in templates if t and t.pieces)


def shared_texts() -> Iterator[tuple[str, str]]:
    """Replies, pages of help, and what stands beside the note, by place."""
    shared = shipped().shared
    english = {name: text for name, text in shared.replies.items() if not name.startswith(f"{ONLY_ENGLISH}.")}
    yield from ((f"replies.{name}", text) for name, text in english.items())
    for check in shared.safety.checks.values():
        yield from ((f"checks.{check.id}", check.say), (f"checks.{check.id}.prompt", check.prompt))
        for o in check.options:
            yield from ((f"checks.{check.id}.{o.value}", t) for t in (o.label, o.line) if t)
    for (route, name), page in shared.safety.pages.items():
        yield from ((f"pages.{route}.{name}.{n}", text) for n, text in enumerate((*page.says, page.prompt)))
        for o in page.options:
            yield from ((f"pages.{route}.{name}.{o.value}", t) for t in (o.label, o.line) if t)
    told = shared.safety.tell_them
    yield from (
        (f"tell_them.{n}", t) for n, t in enumerate((told.prompt, told.hint, told.yes, told.no, told.line))
    )
    for section in shared.help.sections:
        texts = (section.title, *section.says, section.copy)
        yield from ((f"help.{section.id}.{n}", text) for n, text in enumerate(texts) if text)
    yield from ((f"help.before.{n}", text) for n, text in enumerate(shared.help.before_you_call))
    practise = shared.practise
    assert practise is not None
    yield from ((f"practise.{place}", text) for place, text in practise_texts(practise) if text)


def practise_texts(practise: Practise) -> Iterator[tuple[str, str]]:
    """What stands beside a note, every plan that can be chosen included."""
    plans, reminder = practise.plans, practise.reminder
    passages = {
        "first_line": practise.first_line,
        "replies": practise.replies.passage,
        "plans": plans.passage,
        "reminder": reminder.passage,
        "settle": practise.settle,
        "close": practise.close,
    }
    for name, passage in passages.items():
        replied = [text for reply, lines in passage.replies for text in (reply, *lines)]
        texts = (passage.title, *passage.says, *passage.lines, *replied)
        yield from ((f"{name}.{n}", text) for n, text in enumerate(texts))
    yield from (("replies.more", practise.replies.more), ("reminder.sleep_on_it", reminder.sleep_on_it))
    for part in (plans.when, plans.then, plans.plan_b):
        yield from ((f"plans.{part.label}", text) for text in (part.label, part.none))
    for codes in product(plans.when.options, plans.then.options, ("", *plans.plan_b.options)):
        yield (f"plans.{'.'.join(codes)}", plans.said(*codes))


def all_texts() -> Mapping[str, str]:
    """Every text, by place; a place that comes twice stands once."""
    found: dict[str, str] = {}
    for flow in shipped_flows():
        found.update(flow_texts(flow))
        found.update(note_texts(flow))
    found.update(shared_texts())
    return found


TEXTS = all_texts()


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [s for s in re.split(r"(?<=[.!?…])[”’\"]?\s+", text) if s.strip()]


def words(text: str) -> int:
    """How many words there are."""
    return len(re.findall(r"\w[\w’'-]*", text))


def report(wrong: Mapping[str, object]) -> str:
    """What is wrong, line by line."""
    return "\n".join(f"{place}: {what}" for place, what in wrong.items())


def test_the_measure_of_reading_is_the_known_one() -> None:
    assert lix("The cat sat. The cat sat down on the mat.") == pytest.approx(5.0)
    assert lix("Complicated formulations unnecessarily overburden everybody.") == pytest.approx(105.0)


def test_every_text_reads_easily() -> None:
    figures = {place: lix(text) for place, text in TEXTS.items() if words(text) > 5}
    middle, worst = median(figures.values()), max(figures.values())
    print(f"\n{len(TEXTS)} texts, {len(figures)} measured; LIX median {middle:.1f}, most {worst:.1f}")  # noqa: T201

    hard = {place: f"LIX {value:.0f}: {TEXTS[place]}" for place, value in figures.items() if value >= 40}
    assert not hard, report(hard)
    assert middle <= 30


def test_sentences_and_messages_are_short() -> None:
    long = {
        place: f"{words(each)} words: {each}"
        for place, text in TEXTS.items()
        for each in sentences(text)
        if words(each) > 20
    }
    longer = {place: f"{words(text)} words" for place, text in TEXTS.items() if words(text) > 60}

    assert not long, report(long)
    assert not longer, report(longer)


def test_a_text_asks_one_thing_at_most() -> None:
    lent = re.compile(r"“[^”]*”|You can send them this: .*")  # words for the client to use
    unquoted = {place: lent.sub("", text) for place, text in TEXTS.items()}
    wrong = {place: TEXTS[place] for place, text in unquoted.items() if text.count("?") > 1}

    assert not wrong, report(wrong)


def test_no_text_says_what_we_do_not_say() -> None:
    wrong = {
        place: f'"{found[0]}" in: {text}'
        for place, text in TEXTS.items()
        if (found := AVOIDED.search(text) or IN_THERAPY.search(text) or PROCESS.search(text))
    }

    assert not wrong, report(wrong)


def test_no_text_shouts_at_anyone() -> None:
    wrong = {place: text for place, text in TEXTS.items() if "!" in text or re.search(r"\b[A-Z]{4,}\b", text)}

    assert not wrong, report(wrong)


def test_no_text_has_a_doubled_space_or_a_stray_hole() -> None:
    holes = re.compile(r"\{(?!(emergency|line|medical|poison|limit|options)\})")
    wrong = {
        place: text
        for place, text in TEXTS.items()
        if "  " in text or text != text.strip() or holes.search(text)
    }

    assert not wrong, report(wrong)
