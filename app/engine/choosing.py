"""Which sentences of a long answer a note proposes: what the therapist did, how it was, what is asked.

Whole sentences in their order, within a budget of words; all others are offered, none is cut (the clinical
guide, 6.1). A sentence that takes up another comes with it or not at all.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from app.engine import people
from app.engine import shape_words as s
from app.engine.asked_for import is_asked, words_of
from app.engine.bare_phrases import takes_back
from app.engine.english import PREPOSITIONS, word_set
from app.engine.finite import tense_of
from app.engine.speech import scan

FEW = 3  # sentences in a row that can tell of one time
DONE = 3  # what a sentence counts in which they did something
LIKEWISE = 12  # words at most of "you do it too"
ELLIPTIC = 3  # words of a sentence that is short for another
REMNANT = 2  # words of an answer that was cut down to nothing: "Eyes."
BRIEF = 8  # words of a sentence that comes with what was done beside it: "I hadn't done them."

_YOU = word_set("you you're you've you'd you'll youre youve youd youll")
_THEY = word_set("she he they therapist she's he's they're shes hes")
_YOURS = word_set("your yours yourself")
_OTHERS = _THEY | word_set("her his their him them") - {"therapist"}
_ME = word_set("i i'm im i've me myself felt feel feeling")
_HOW = word_set("felt feel feeling hurt cried cry scared afraid ashamed angry sad alone lonely") | (
    s.FEELINGS
    - word_set("let left far out off up down away cold hot small fine good bad right old new late early busy")
)
_ASKS = word_set("could want wish need help helps rather instead please")
_SHORT_FOR = word_set(
    "do don't dont did didn't didnt does was wasn't wasnt is isn't isnt am can can't cant would"
)
_BEFORE = word_set("and but then when that while so because said thought how what if once")
_LEANS = word_set("but it that this which because cos also that's it's thats those these or another")
_GOES_ON = word_set("and then so n")
_MINE = word_set("i i'd i'm i've id im ive me we")
_ECHOES = (
    "what counts",
    "does that count",
    "do you want",
    "do you mean",
    "what do i want",
    "what would i like",
    "what has helped",
    "what got in the way",
)
_TO_PAGE = (
    "do not put", "don't put", "dont put", "dont tell", "don't tell", "got to go", "gotta go", "see above",
    "that's not what you asked", "pick any", "pick one", "take your pick",
)  # fmt: skip
_OF_PAGE = (
    "not what you ask", "just told you", "already told you", "have told you", "already said",
    "not in the list", "not on the list", "not on your list", "not in your list",
)  # fmt: skip
_ORDERS = ("skip", "skip this", "skip it", "next", "next question", "pass", "actually no")
_DICTATED = frozenset([("full", "stop"), ("new", "line"), ("question", "mark")])
_QUOTES = frozenset("\"“'‘«")
_MARKED = re.compile('["“«][^"”»]*["”»]|(?<!\\w)[\'‘].*?[\'’](?!\\w)')
_PRAISE = word_set(
    "kind lovely nice courteous able good great brilliant decent sound sweet gentle ace pleasant friendly "
    "warm polite clever helpful caring alright fine fair honest funny"
)
_ALWAYS = word_set("every always never keeps keep each")
_POINT = re.compile(r"^(?:but|however) |\b(?:just|simply|only) that |\bthe (?:thing|problem|trouble) is\b")
_FILLERS = word_set(
    "like lol idk um uh erm so anyway ok okay well yeah yes no hm hmm omg honestly right look but lmao haha"
)
_NO_SUBJECT = word_set("never didnt didn't wouldn't wouldnt")


def choose(
    texts: Sequence[str],
    free: Sequence[int],
    budget: int | None,
    around: int | None = None,
    quoted: Collection[int] = (),
    whole: bool = False,
) -> set[int]:
    """The sentences proposed of those at `free`; at least one that says something. Those that matter have
    `budget` words, and so have brief ones beside what was done; whole neighbours fill what is left of
    `around`. In those at `quoted` "she" may be the therapist; in all others she is somebody else. With
    `whole` few sentences in a row that tell what the therapist did, where any does, or none at all.

    >>> sorted(choose(["It rained.", "You looked at the clock.", "We had tea."], [0, 1, 2], 6))
    [1]
    """
    free = without_asides(texts, free, quoted) or [n for n in free if not _is_to_page(texts[n])]
    sizes = {n: len(texts[n].split()) for n in free}
    named = [_named_at(text) for text in texts]
    hidden = bool(set(quoted) - set(free))
    unsaid = whole and hidden
    hanging = (whole or hidden) and any(not _leaned_on(texts, named, free, n) for n in free)
    if budget is None or not (unsaid or hanging or sum(sizes.values()) > min(budget, around or budget)):
        return set(free)
    free = [n for n in free if set(words_of(texts[n])) - _FILLERS] or free
    sizes = {n: sizes[n] for n in free}
    worth = {n: _worth(texts[n], named[n] if n in quoted else 0) for n in free}
    done = {n for n in free if worth[n] >= DONE}
    if unsaid and not done:
        return set()  # what was done cannot be said, and the rest is beside it
    needed = {n: _leaned_on(texts, named, sizes, n) for n in free}
    chosen = _of_worth(texts, worth, needed, sizes, budget, FEW if whole else None)
    if whole and not done & chosen and min(free, key=lambda n: (-worth[n], n)) in done:
        return set()
    _with_neighbours(chosen, done & chosen, needed, sizes, (budget, around, FEW if whole else None))
    if not chosen and not whole:
        best = min(free, key=lambda n: (-worth[n], len(needed[n]) != 1, sizes[n], n))
        chosen = set(needed[best]) or {best} | ({best - 1} & set(free))
    return set() if len(chosen) < len(free) and _is_remnant(chosen, sizes, worth) else chosen


def _is_remnant(chosen: Collection[int], sizes: Mapping[int, int], worth: Mapping[int, int]) -> bool:
    return sum(sizes[n] for n in chosen) <= REMNANT and all(worth[n] <= 1 for n in chosen)


def in_order(texts: Sequence[str], free: Sequence[int], budget: int | None) -> set[int]:
    """The sentences of those at `free` that are proposed where an answer is told from its beginning: the
    first, and those behind it within `budget` words.

    >>> sorted(in_order(["The plan.", "No phone by the bed.", "You tried."], [0, 1, 2], 7))
    [0, 1]
    """
    said: set[int] = set(free[:1])
    for n in free[1:]:
        if budget is not None and sum(len(texts[k].split()) for k in (*said, n)) > budget:
            break
        said.add(n)
    return said


def without_asides(texts: Sequence[str], free: Sequence[int], quoted: Collection[int] = ()) -> list[int]:
    """The sentences without words to the page itself."""
    return [n for n in free if not _is_aside(texts, n, quoted)]


def _with_neighbours(
    chosen: set[int],
    done: Collection[int],
    needed: Mapping[int, Collection[int]],
    sizes: Mapping[int, int],
    room: tuple[int, int | None, int | None],
) -> None:
    """Add brief sentences beside what was done, those behind it first, then whatever lies beside and fits.
    `room`: words in all, words with neighbours, and the most sentences."""
    budget, around, most = room
    for n in [n for step in (1, -1) for act in sorted(done) if (n := act + step) in sizes]:
        if sizes[n] <= BRIEF:
            _take(chosen, needed[n], sizes, budget, most)
    budget = budget if around is None else min(around, budget)
    while near := [n for n in sizes if n not in chosen and {n - 1, n + 1} & chosen]:
        if not any(_take(chosen, needed[n], sizes, budget, most) for n in near):
            break


def _of_worth(
    texts: Sequence[str],
    worth: Mapping[int, int],
    needed: Mapping[int, Collection[int]],
    sizes: Mapping[int, int],
    budget: int,
    most: int | None,
) -> set[int]:
    """Those that matter most, what was done with what the client had said before it."""
    chosen: set[int] = set()
    for n in sorted(worth, key=lambda n: (-worth[n], n)):
        if worth[n] or not any(worth.values()):
            before = needed.get(n - 1, []) if worth[n] >= DONE and _is_mine(texts[n - 1]) else []
            if not before or not _take(chosen, {*needed[n], *before}, sizes, budget, most):
                _take(chosen, needed[n], sizes, budget, most)
    return chosen


def _is_aside(texts: Sequence[str], n: int, quoted: Collection[int]) -> bool:
    """A word to the page itself: "sorry if this is long", its own question, a stop that was dictated, or
    "you asked where we sat" in quotation marks, which says "you" where the therapist is "she"."""
    words, bare = words_of(texts[n]), words_of(_MARKED.sub(" ", texts[n]))
    said = (_YOU | _YOURS) & set(bare) and ("you", "know") not in pairwise(bare)
    to_page = n in quoted and bool(said) and not (_OTHERS | s.FEELINGS) & set(bare)
    dictated = any(pair in _DICTATED for pair in pairwise(words)) and "write" in words
    filmed = "camera" in words and words[0] in ("would", "what")
    echo = texts[n].rstrip().endswith("?") and (filmed or " ".join(words).startswith(_ECHOES))
    sorry = words[:1] == ["sorry"] and not {*_YOU, *_OTHERS, "i"} & set(words)
    sorry = sorry or words[:2] == ["sorry", "if"] or words == ["so", "sorry"]
    filler = set(words) <= _FILLERS and not (n and takes_back(texts[n]))
    return to_page or dictated or sorry or echo or _is_to_page(texts[n]) or filler


def _is_to_page(text: str) -> bool:
    """An order to the page, or a word about its question: "see above", "don't put that", "skip"."""
    said = " ".join(words_of(text))
    told = said.startswith(("dont tell", "don't tell"))  # "don't tell her that", not "don't tell me off"
    order = said.startswith(_TO_PAGE) and (not told or said.endswith(" that"))
    return order or said in _ORDERS or any(about in said for about in _OF_PAGE)


def _is_mine(text: str) -> bool:
    """What the client did or said: "I told her about the flat"."""
    words = words_of(text)
    return any(word in _MINE and (n == 0 or words[n - 1] not in s.SAYING) for n, word in enumerate(words[:6]))


def _take(
    chosen: set[int], needed: Collection[int], sizes: Mapping[int, int], budget: int, most: int | None = None
) -> bool:
    """Whether these were added to the chosen ones: all of them, where they fit."""
    more = set(needed) - chosen
    together = chosen | more
    if not more or sum(sizes[n] for n in together) > budget:
        return False
    if most is not None and (len(together) > most or max(together) - min(together) >= len(together)):
        return False
    chosen |= more
    return True


def _leaned_on(texts: Sequence[str], named: Sequence[int], free: Collection[int], n: int) -> list[int]:
    """The sentence with those that it takes up: "That hurt.", and "She cried." of a mother named before.
    None at all where one of these may not be taken."""
    needed = [n]
    if n + 1 < len(texts) and takes_back(texts[n + 1]):
        if n + 1 not in free:
            return []
        needed.append(n + 1)
    while n - 1 in free and words_of(texts[n])[:1] and (_leans(words_of(texts[n])) or _takes_up(texts[n])):
        n -= 1
        needed.append(n)
    if n and words_of(texts[n])[:1] and _is_other_half(texts[n]):
        return []
    first = needed[-1]
    if _OTHERS & set(words_of(texts[first][: named[first]])[:3]):
        somebody = next((k for k in range(first - 1, -1, -1) if named[k] < len(texts[k])), None)
        if somebody is not None:
            return [*needed, somebody] if somebody in free else []
    return needed


def _is_other_half(text: str) -> bool:
    """Whether a sentence is nothing without the one before: "Or is it me?", "And then.", "“Ask him.”"."""
    return words_of(text)[0] in _GOES_ON | {"or"} or _is_short_for(text) or text[0] in _QUOTES


def _leans(words: list[str]) -> bool:
    leads = words[0] in _LEANS | _GOES_ON or "also" in words[:4] or words[:2] == ["the", "other"]
    beside = words[-1] in ("too", "either") or words[-2:] == ["as", "well"] or "all" in words[2:5]
    return leads or (beside and len(words) <= LIKEWISE) or _is_short_for(" ".join(words))


def _is_short_for(text: str) -> bool:
    """ "I don't.", "Was it??": short for what stands before."""
    words = words_of(text)
    return 0 < len(words) <= ELLIPTIC and words[-1] in _SHORT_FOR | {"it"} and bool(_SHORT_FOR & set(words))


def _takes_up(text: str) -> bool:
    """ "You took it, and …", "you said that sounded hard", "“Ask him.”": what it is about stands before."""
    if text[0] in _QUOTES:
        return True
    words, low = text.split(), [*words_of(text), "", "", "", ""]
    said = low[0] in _YOU | _THEY and low[1] in s.SAYING | s.TOLD and low[2] in ("that", "it", "this")
    if said and tense_of(low[3]):
        return True
    if low[0] == "i" and low[1] in s.TOLD | s.SAYING and low[3] in ("that", "it", "this"):
        return not tense_of(low[4]) and low[4] in PREPOSITIONS | {""}
    ends = any(words[n].lower() in ("it,", "it.", "it") for n in range(2, min(5, len(words))))
    goes_on = " it " in " ".join(words[:5]).lower() and tense_of(words_of(text)[min(3, len(words) - 1)])
    return ends and not goes_on and words_of(text)[0] in _YOU | _THEY | {"i", "we"}


def _named_at(text: str) -> int:
    """Where somebody else is named first; the end of the text if nobody is."""
    words = scan(text)
    return next((word.at for i, word in enumerate(words) if people.other_person(words, i)), len(text))


def _worth(text: str, theirs: int) -> int:
    """What they did counts most, and what they said in doing it; then how it was, then what is asked; that
    they are named or that it is a question, a little. Up to `theirs` "she" may be the therapist."""
    words, clear = words_of(text), len(words_of(text[:theirs]))
    acting = [n for n, word in enumerate(words) if word in _YOU or (n < clear and word in _THEY)]
    acting = [n for n in acting if n == 0 or words[n - 1] != "thank"]
    after = [*words[1:], ""]
    acted = any(
        n < 2 or words[n - 1] in _BEFORE or "'" in words[n] or tense_of(after[n]) for n in acting
    ) or (words[:1] and words[0] in _NO_SUBJECT)
    named = bool(acting or _YOURS & set(words))
    acted = acted and not (_PRAISE & set(words) and acting and "but" not in words)
    point = DONE * bool(_POINT.search(" ".join(words))) + bool(_ALWAYS & set(words))
    told = 2 * bool(_HOW & set(words) and _ME & set(words)) + bool(named and _ASKS & set(words))
    said = 2 * bool(acted and any(mark in text for mark in '"“”«'))
    return DONE * bool(acted or is_asked(words)) + said + named + told + point + text.rstrip().endswith("?")
