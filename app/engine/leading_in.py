"""First words of an answer that only take up the question: "because …", "idk but …", "tell her to …".

Behind them an answer is a whole one, so a note begins there. Nothing else of an answer is left out; a word
that changes what is said ("maybe", "but") never is.
"""

import re

from app.engine import shape_words as s
from app.engine.english import word_set
from app.engine.finite import clause_at, has_main_clause, is_subject
from app.engine.pronouns import form_at, low_at
from app.engine.shapes import CLAUSES, shape_of
from app.engine.speech import Word, scan

_PUT = re.compile(r"(?:actually no,? ?)?(?:put|write|write down|say)\s*:\s*(?=\w)", re.IGNORECASE)
"""An order to the page, before the words it is to put."""
_WOULD_SAY = re.compile(
    r"(?:i['’]?d|i would)(?: just| probably)? (?:say|begin with|start with)"
    r"(?: something like| that)?[,:]? (?=\w)",
    re.IGNORECASE,
)
"""What only says that the rest is what one would say."""
_LEAD_INS = word_set("and also or because cos coz bc cuz idk dunno um uh erm well ok okay")
_UNSURE = word_set("idk dunno")
_ORDERS = word_set("tell ask get")
LONGEST = 400  # code points of a sentence that is looked at


def behind_lead_in(typed: str, start: int, end: int, pronoun: str | None) -> int:
    """Where the first sentence of an answer, from `start` to `end`, begins behind such words.

    >>> behind_lead_in("idk but once she waved", 0, 22, "she")
    8
    """
    if order := _PUT.match(typed, start, end):
        return order.end()
    if (would := _WOULD_SAY.match(typed, start, end)) and shape_of(typed[would.end() : end]) in CLAUSES:
        return would.end()
    words = scan(typed[start:end])
    k = 0
    while k < min(3, len(words) - 1) and not words[k].quoted and _leads_in(words, k):
        k += 1
    if k and low_at(words, k - 1) in s.REASONS and _has_reason_for(words, k):
        k -= 1
    if k == 0 and low_at(words, 0) in _ORDERS and low_at(words, 2) == "to" and len(words) > 3:
        form = form_at(words, 1)
        return start + words[3].at if pronoun and form and form[0] == pronoun else start
    if k == 0 and low_at(words, 0) in _ORDERS and len(words) > 2 and ":" in words[2].gap:
        form = form_at(words, 1)  # "Ask her: is there …?"
        return start + words[2].at if pronoun and form and form[0] == pronoun else start
    if told := _behind_telling(words, pronoun):
        rest = shape_of(typed[start + words[told].at : end])
        return start + words[told].at if rest == "that" or rest in CLAUSES else start
    if k == 0 or shape_of(typed[start + words[k].at : end]) is None:
        return start
    return start + words[k].at


def behind_should(text: str) -> int:
    """How many words lead what is asked for, "you should …" or "you'd …"; 0 where no bare verb follows. An
    author's frame of asking says it instead, in the tone that the client chose.

    >>> behind_should("You should ask me first."), behind_should("You should be ashamed.")
    (2, 0)
    """
    words = scan(text[:LONGEST])
    low = [word.low for word in words[:2]]
    asked = low in (["you", "should"], ["you", "could"], ["you", "must"], ["you", "would"])
    at = 2 if asked else int(low[:1] in (["you'd"], ["youd"]))
    if not at or len(words) <= at:
        return 0
    return at if shape_of(text[words[at].at :]) in ("verb", "joint") else 0


def _behind_telling(words: list[Word], pronoun: str | None) -> int:
    """Where the words begin that the page is to tell: "tell her …", "I would let her know that …"; 0 if none
    are, or if another order follows."""
    would = low_at(words, 0) == "i" and low_at(words, 1) == "would"
    k = 2 if would else int(low_at(words, 0) in ("i'd", "id"))
    k += 2 if [low_at(words, k), low_at(words, k + 1)] == ["like", "to"] else 0
    form = form_at(words, k + 1) if k + 1 < len(words) else None
    if pronoun is None or form is None or form[0] != pronoun or low_at(words, k) not in ("tell", "let"):
        return 0
    if low_at(words, k) == "let" and low_at(words, k + 2) != "know":
        return 0
    at = k + 2 + (low_at(words, k) == "let")
    more = any(low_at(words, j) in _ORDERS and low_at(words, j - 1) == "and" for j in range(at, len(words)))
    return 0 if more or at >= len(words) - 1 else at


def _leads_in(words: list[Word], k: int) -> bool:
    low, next_gap = low_at(words, k), words[k + 1].gap
    if low in ("like", "so", "but"):
        return "," in next_gap if low == "like" else low == "but" and low_at(words, k - 1) in _UNSURE
    return low in _LEAD_INS


def _has_reason_for(words: list[Word], k: int) -> bool:
    """ "Because she never asks, I just sit there": a sentence of its own."""
    found = clause_at(words, k)
    if found is None:
        return False
    follows = has_main_clause(words, found[0] + 1)
    if follows is not None:
        return follows
    j = next(j for j in range(found[0] + 1, len(words)) if is_subject(words, j))
    before, noun = low_at(words, j - 1), low_at(words, j - 2)
    return before not in s.JOINERS | {"and", "but", "or", "so"} and noun != "the"
