"""Phrases without a subject of their own: what is asked for, a thing, what is felt, what somebody is doing.

Each is told by closed lists of words, and only where no verb in it could carry a sentence. Sentences and
what begins with "when", "if" or "that" stand in `shapes.py`.
"""

from app.engine import shape_words as s
from app.engine import verbs
from app.engine.english import ADJECTIVES, ADVERBS, MODALS, NOUN_TOO, PARTICIPLES, VERBS, word_set
from app.engine.finite import clause_at, has_main_clause, is_past_in_ed, is_subject, stray_verb
from app.engine.flow import Shape
from app.engine.pronouns import FUNCTION, low_at
from app.engine.speech import Word, scan

_OF_MINE = word_set("hear see get have finish learn understand receive")
"""What a client may hope to do themselves: "hear a voice", "get a turn"; but "hear me out"."""
_ORDERED = word_set("the me my your it us")
_NOT_ORDERING = word_set("half both double twice once ever why what whatever however guess cos bc tbh idk")
_NOT_TO = word_set("don't dont do never")
_AND = word_set("and but or then")
_SEEN = word_set("face eyes hands lips mouth")
_NO = word_set("no nope nah jk joking kidding not really just lol haha")
_CARRYING = s.PLAIN_SUBJECTS | word_set("that who which what how")
_OF_ANOTHER = word_set("is isn't isnt was wasn't wasnt has hasn't hasnt does doesn't doesnt")
_OBJECTS = word_set("me us him them you")
_MEASURES = s.HOW_FAR - {"a", "all", "just"} | {"of"}


def is_felt(words: list[Word]) -> bool:
    """Adjectives and what measures them; an unknown word only after "kind of" and the like."""
    told = False
    for i, word in enumerate(words):
        low = word.low
        kind_of = low == "of" and low_at(words, i - 1) in ("kind", "sort", "bit")
        if low in s.HOW_FAR or low in s.AND_SO or kind_of or (low == "not" and i == 0):
            continue
        measured = i > 0 and low_at(words, i - 1) in _MEASURES
        if told and low in s.FELT_TAILS:
            licensed = low in s.JOINERS | {"that", "like"}
            return is_one_phrase(words[i:]) and not stray_verb(words, i + 1, licensed)
        alone = len(words) == 1 and low.endswith(("ed", "less", "ish", "ful"))
        if low not in s.FELT and not ((measured or alone) and _adjective_like(low)):
            return False
        told = True
    return told and words[-1].low not in s.AND_SO


def _adjective_like(low: str) -> bool:
    if low.endswith(("ity", "ety", "cy", "ry", "thy", "sy", "gy", "rapy", "ny")) or len(low) < 4:
        return False
    return low.endswith(("y", "ed", "less", "ish", "ous", "ful"))


def is_doing(words: list[Word]) -> bool:
    k = 1 if words[0].low in ("not", "you", "just") and len(words) > 1 else 0
    low = words[k].low
    if not low.endswith("ing") or len(low) < 5 or low in s.NO_THING_IN_ING:
        return False
    alone = has_main_clause(words, k + 1) is False
    return alone and not stray_verb(words, k + 1) and is_one_phrase(words)


def asked(words: list[Word]) -> Shape | None:
    """A bare verb that asks for something, alone or together; or that something be not done."""
    low = words[0].low
    if low in ("dont", "don't", "never") or (low == "do" and low_at(words, 1) == "not"):
        verb = low_at(words, 2 if low == "do" else 1)
        return "command" if verb in s.ASKED_FOR | {"like", "think", "worry", "lie"} else None
    k = 0
    while k < len(words) - 1 and words[k].low in s.MANNER - {"maybe"}:
        k += 1
    verb, after = words[k].low, low_at(words, k + 1)
    if not after and (verb in ADJECTIVES or verb in ("slow", "open", "clear", "close")):
        return None  # how it should be, more likely than what to do
    if after == "to" and low_at(words, k + 2) == verb:
        return None  # "face to face"
    if verb == "be" and (after in PARTICIPLES or is_past_in_ed(after)):
        return None  # "be left in peace": the client, as likely as not
    if verb in ("lets", "let's") and after in s.ASKED_FOR:
        return "sentences"
    if is_to_page(words[k:]):
        return None
    if any(low_at(words, j) in _NOT_TO and low_at(words, j - 1) in _AND for j in range(k + 1, len(words))):
        return "command" if verb in s.ASKED_FOR else None
    if verb in _OF_MINE and after not in s.OF_ONE | {"us", "my", "that", "how", "what", "when"}:
        return None
    if is_order(words[k:]) or (verb == "look" and words[-1].low in _SEEN):
        return "verb"
    if verb not in s.ASKED_FOR or any(_goes_on(words, j) for j in range(k + 2, len(words))):
        return None
    if verb == "talk" and after in s.QUANTITIES | {"slower", "louder", "quieter"}:
        return "verb"
    if any(word.low in s.OF_ONE for word in words[k:]) or not _is_together(verb, after):
        return "verb" if _takes_verb(words, k, verb, after) else None
    return (
        "joint"
        if _takes_verb(words, k, verb, after) or verb in ("go", "talk", "work", "focus", "plan")
        else None
    )


def is_to_page(words: list[Word]) -> bool:
    """ "Ask if she'd like it", already turned to "you": what the client would have the page ask."""
    asks = low_at(words, 0) == "ask" and low_at(words, 1) in ("if", "whether")
    return asks and low_at(words, 2).startswith("you")


def is_order(words: list[Word]) -> bool:
    """ "Bin the diary": no noun stands before "the", so even an unknown word is a verb there."""
    first = words[0].low
    closed = FUNCTION | ADVERBS | ADJECTIVES | MODALS | s.DROPPED_I | s.ASKED_FOR | s.LEADS_ON | s.UNSURE
    ends = first.endswith(("ing", "ed", "ly", "s")) or first in _NOT_ORDERING
    return low_at(words, 1) in _ORDERED and first not in closed and not ends and not words[0].unclear


def _goes_on(words: list[Word], j: int) -> bool:
    """ "Ask me first, I'm slow", "ask me when and I go blank": a sentence of its own follows."""
    opened = low_at(words, j - 1) in ("and", "but") or ("," in words[j].gap and words[j].low not in s.JOINERS)
    return opened and is_subject(words, j) and clause_at(words, j) is not None


def _is_together(verb: str, after: str) -> bool:
    return verb in s.TOGETHER and (not s.TOGETHER[verb] or after in s.TOGETHER[verb])


def _takes_verb(words: list[Word], k: int, verb: str, after: str) -> bool:
    """Whether a word that is a noun as often is the verb here."""
    if verb not in s.NOUN_FIRST and verb not in NOUN_TOO:
        return after not in s.CONTRACTED and after not in MODALS and after not in s.WAS
    pair = after in s.PAIRED.get(verb, ())
    stopped = verb in ("stop", "start") and after.endswith("ing")
    return k + 1 < len(words) and (after in s.AFTER_VERB or pair or stopped)


def thing(words: list[Word]) -> Shape | None:
    """A noun with what belongs to it, and no verb that could carry a sentence."""
    free = words[0].low in ("how", "what")
    before_but = [low_at(words, n - 1) for n, word in enumerate(words) if word.low == "but"]
    if before_but and before_but[0] not in ("nothing", "anything"):
        return None
    if not _begins_thing(words) or stray_verb(words, 1, licensed=free) or not is_one_phrase(words):
        return None
    return None if not free and any(_may_be_verb(words, j) for j in range(1, len(words))) else "thing"


def _begins_thing(words: list[Word]) -> bool:
    first, second, third = words[0].low, low_at(words, 1), low_at(words, 2)
    plain = ADJECTIVES | ADVERBS | s.FELT | {""}
    if first in s.QUANTITIES:
        return second not in plain and not second.endswith(("ly", "er"))
    if first in ("a", "some", "any", "no") and second in ("bit", "little", "lot", "touch"):
        return third == "of" or (third in s.QUANTITIES and low_at(words, 3) not in plain)
    if first in ("how", "what"):
        return clause_at(words, 1) is not None and is_subject(words, 1)
    if second == "others" or (second.endswith("s") and third in VERBS):
        return False  # "the others talk": a verb of many looks like a noun
    if first in s.DETERMINING or first in s.NUMBERS or (first == "one" and second not in s.TIMES):
        verbal = second in s.CONTRACTED or second in s.FUTURE or second in MODALS or is_subject(words, 1)
        timed = first == "every" and second in s.TIMES
        return not verbal and not timed and second not in ("", "not", "idea", "one")
    return first in s.THINGS


def _may_be_verb(words: list[Word], j: int) -> bool:
    """ "The new sheet works", "my kids call": a noun that may be the verb of the one before it."""
    low, before = words[j].low, low_at(words, j - 1)
    if before.endswith("s") and not before.endswith("ss") and before not in s.BEFORE_NOUN | s.NUMBERS:
        return low not in s.BEFORE_NOUN | s.JOINERS | s.PLAIN_SUBJECTS | s.CONTRACTED.keys()
    if before in s.BEFORE_NOUN | s.NUMBERS | {"who"} or (before in ADJECTIVES and before not in ADVERBS):
        return False
    return low in s.BOTH_TENSES or verbs.second_person(low) is not None


def is_one_phrase(words: list[Word]) -> bool:
    """Whether only a clause that hangs on the phrase has a verb: no comma, no verb far from its subject, none
    that takes an object, and no "camera's off"."""
    spoken = [j for j in range(len(words)) if is_subject(words, j) or words[j].low == "you"]
    for j in range(1, len(words)):
        low, before = words[j].low, low_at(words, j - 1)
        joined = before in ("and", "but", "so", "then") and is_subject(words, j)
        stopped = "," in words[j].gap and low not in s.QUANTITIES | {"not"}
        if stopped or joined or (_is_short(low) and low not in s.CONTRACTED):
            return False
        carried = before in _CARRYING or (before in s.MANNER and low_at(words, j - 2) in _CARRYING)
        agrees = before != "you" or low not in _OF_ANOTHER
        if low in s.WAS | s.FUTURE | s.PRESENT - {"do", "have"} and not (carried and agrees):
            return False
        if low in _OBJECTS and not spoken and before not in s.BEFORE_NOUN and not before.endswith("ing"):
            return False
        if before in s.BEFORE_NOUN - _CARRYING - s.DETERMINING and (low in s.TOLD or is_past_in_ed(low)):
            return False
    return not (spoken and words[0].low in s.NUMBERS | {"some", "every", "another"})


def _is_short(low: str) -> bool:
    return low.partition("'")[2] in ("s", "d", "ve", "r", "re", "ll")


def takes_back(text: str) -> bool:
    """Whether a sentence takes back the one before it: "No.", "jk", "not really lol"."""
    words = [word.low for word in scan(text)]
    return bool(words) and set(words) <= _NO
