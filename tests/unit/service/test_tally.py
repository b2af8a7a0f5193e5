"""The tally over the whole way: what conversations add to it, and how little of it is shown."""

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from app.engine import Turn
from app.flows.library import Library
from app.service import Bearer, Given, Repeat, Service, ServiceError, TallyLine
from app.service.errors import InvalidAnswer, StaleVersion
from app.storage.rows import Cell, Code
from app.storage.store import Store
from tests.flows.world import shared_texts
from tests.unit.storage.world import DAY, Clock, open_store, stored

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[3]
MONTH = "2024-10"  # of the clock of these tests
FAMILY_OF = {
    "safety/life_or_therapy": "wants_an_end",
    "safety/hurt_or_scared": "is_afraid",
    "safety/how_is_it": "gave_a_gift",
}
WORDS = (
    "I can't do this anymore",
    "I'm afraid to go home",
    "he gave me a present",
    "I want to kill myself",
    "she kissed me",
    "the weather was fine",
    "back",
    "",
)
FLOW = (
    "format: 1\nflow: case\ntitle: A case\nminutes: 1\nvars:\n"
    + "".join(f"  v{n}: {{type: text}}\n" for n in range(5))
    + "steps:\n"
    + "".join(f"  s{n}: {{ask: What is it?, saves: v{n}}}\n" for n in range(5))
    + "  done: {end: note}\n"
)
NOTE = "format: 1\nnote: case\nto: therapist\nsections:\n" + "".join(
    f'  - {{id: v{n}, when: v{n} is answered, text: "It - {{v{n}|quote}}"}}\n' for n in range(5)
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    opened = open_store(tmp_path, clock)
    yield opened
    await opened.close()


@pytest.fixture
def service(store: Store) -> Service:
    """The service over an empty store and one flow of five questions."""
    return Service.over(store, Library({**shared_texts(), "case/flow.yaml": FLOW, "case/note.yaml": NOTE}))


@dataclass
class Recount:
    """Counts askings and answers from what a caller sees: turns, and what was sent between them."""

    counts: Counter[Code] = field(default_factory=Counter)

    def see(self, before: Turn, after: Turn, sent: Given | None = None) -> None:
        """One move: `sent` is the answer, if it was one."""
        was, now = (turn.question.id if turn.question else "" for turn in (before, after))
        answer = "skipped" if sent and sent.skipped else sent.value if sent else None
        answered = was in FAMILY_OF and answer is not None
        if answered:
            self.counts[FAMILY_OF[was], was.removeprefix("safety/"), answer or ""] += 1
        if now in FAMILY_OF and (now != was or answered):
            self.counts[FAMILY_OF[now], now.removeprefix("safety/"), ""] += 1


class Walk:
    """A random conversation at the service, seen by a recount."""

    def __init__(self, service: Service, chance: Random, recount: Recount) -> None:
        self.talks, self.chance, self.recount = service.conversations, chance, recount

    async def through(self, most: int) -> None:
        begun = await self.talks.begin("case", None, None, None)
        self.who, turn, moves = Bearer(begun.id, begun.token), begun.turn, 0
        while turn.question is not None and moves < most:
            before, moves = turn, moves + 1
            if self.chance.random() < 0.15 and turn.can_go_back:
                turn = await self.talks.back(self.who, turn.version)
                self.recount.see(before, turn)
            elif self.chance.random() < 0.15 and (keys := await self.on_the_path()):
                key = self.chance.choice(keys)
                turn, _ = await self.talks.change(self.who, turn.version, key, self.words())
                self.recount.see(before, turn)
            else:
                given = self.given(turn)
                turn = await self.answered(turn, given, f"key {moves}")
                self.recount.see(before, turn, given)

    async def on_the_path(self) -> list[str]:
        """The keys of the answers that count."""
        return [said.question_id for said in (await self.talks.look(self.who)).answers if said.counts]

    async def answered(self, turn: Turn, given: Given, key: str) -> Turn:
        """Answer, often twice over the same key; then send what is refused."""
        assert turn.question is not None
        repeat = Repeat(key, repr(key).encode()) if self.chance.random() < 0.5 else None
        now = await self.talks.answer(self.who, turn.version, turn.question.id, given, repeat)
        if repeat:
            again = await self.talks.answer(self.who, turn.version, turn.question.id, given, repeat)
            assert now.version in (again.version, turn.version)
        if now.version > turn.version:
            with pytest.raises(StaleVersion):
                await self.talks.answer(self.who, turn.version, turn.question.id, given)
        if now.question and now.question.id in FAMILY_OF:
            with pytest.raises(InvalidAnswer):
                await self.talks.answer(self.who, now.version, now.question.id, Given("no_such"))
        return now

    def given(self, turn: Turn) -> Given:
        """An option, a skip, or words."""
        options = [option.value for option in turn.question.options] if turn.question else []
        dice = self.chance.random()
        if dice < 0.1:
            return Given(skipped=True)
        return Given(self.chance.choice(options)) if options and dice < 0.8 else self.words()

    def words(self) -> Given:
        return Given(text=self.chance.choice(WORDS))


async def test_over_random_conversations_the_tally_equals_a_recount_from_the_turns(
    service: Service, tmp_path: Path
) -> None:
    recount, chance = Recount(), Random(7)  # noqa: S311 - which way to go, nothing secret
    for _ in range(200):
        await Walk(service, chance, recount).through(11)

    kept = {(family, question, answer): n for _, family, question, answer, n in stored(tmp_path, "tally")}
    assert kept == dict(recount.counts)
    assert {month for month, *_ in stored(tmp_path, "tally")} == {MONTH}
    assert len(kept) == sum(2 + options for options in (3, 2, 3)), "a code never came up"
    assert min(kept.values()) >= 5, "too little was counted to prove anything"


async def asked_and_answered(service: Service, answer: str | None, text: str = WORDS[0]) -> None:
    """A conversation in which words are asked about, and the question is answered or left."""
    begun = await service.conversations.begin("case", None, None, None)
    who = Bearer(begun.id, begun.token)
    turn = await service.conversations.answer(who, 1, "s0", Given(text=text))
    if answer is not None:
        assert turn.question is not None
        await service.conversations.answer(who, turn.version, turn.question.id, Given(answer))


async def test_a_line_shows_how_often_a_question_came_up_and_each_answer(
    service: Service, clock: Clock
) -> None:
    for times, answer in ((6, "therapy"), (5, "neither"), (1, "life"), (3, None)):
        for _ in range(times):
            await asked_and_answered(service, answer)
    await asked_and_answered(service, "hurting", "I'm afraid to go home")
    assert await service.tally.lines() == ()

    clock.wait(31 * DAY)
    answers = {"therapy": 6, "life": None, "neither": 5, "skipped": None}
    assert await service.tally.lines() == (TallyLine(MONTH, "wants_an_end", "life_or_therapy", 15, answers),)


def lines_of(service: Service, counts: Mapping[str, int]) -> tuple[Cell, ...]:
    return tuple(Cell(MONTH, ("wants_an_end", "life_or_therapy", each), n) for each, n in counts.items())


SHOWN = [
    pytest.param({"": 4, "life": 4}, None, id="all under five: no line"),
    pytest.param({"": 5}, (5, {}), id="five is shown"),
    pytest.param({"": 9, "life": 5}, (9, {"life": 5}), id="so many left that any small count may be"),
    pytest.param({"": 8, "life": 5}, (None, {"life": 5}), id="so few left that a small count would be known"),
    pytest.param({"": 6, "life": 6}, (None, {"life": 6}), id="none left: the others would be none"),
    pytest.param({"life": 6}, (None, {"life": 6}), id="answered in a later month than asked"),
    pytest.param(
        {"": 20, "therapy": 5, "life": 5, "neither": 5, "skipped": 5},
        (20, {"therapy": 5, "life": 5, "neither": 5, "skipped": 5}),
        id="nothing is hidden: the sum tells nothing",
    ),
    pytest.param({"": 30, "gone": 7}, (30, {"gone": 7}), id="an answer that is offered no more"),
]


@pytest.mark.parametrize(("counts", "shown"), SHOWN)
async def test_no_count_under_five_is_shown_nor_what_would_tell_it(
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    counts: Mapping[str, int],
    shown: tuple[int | None, Mapping[str, int]] | None,
) -> None:
    async def tally() -> tuple[Cell, ...]:
        return lines_of(service, counts)

    monkeypatch.setattr(service.pinned.store, "tally", tally)
    lines = await service.tally.lines()

    if shown is None:
        assert lines == ()
        return
    (line,) = lines
    assert line.asked == shown[0]
    assert {each: n for each, n in line.answers.items() if n is not None} == shown[1]
    assert list(line.answers)[:4] == ["therapy", "life", "neither", "skipped"]


async def test_a_change_that_finds_no_more_room_counts_nothing(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.service.pinned.MOST_TURNS", 1)
    with pytest.raises(ServiceError):
        await asked_and_answered(service, None)
    assert stored(tmp_path, "tally") == []


@pytest.mark.parametrize("room", ["app/web", "app/templates", "app/logs.py", "app/main.py"])
def test_nothing_that_speaks_to_the_outside_knows_the_tally(room: str) -> None:
    path = ROOT / room
    files = [path] if path.is_file() else [*path.rglob("*.py"), *path.rglob("*.html")]
    assert files
    assert [file.name for file in files if "tally" in file.read_text("utf-8").lower()] == []
