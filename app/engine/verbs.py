"""Verbs that follow when "she" becomes "you": the verb itself, those coordinated with it, and questions.

Decides which words change and to what; `addressing.py` makes the edits.
"""

from app.engine.english import (
    ADJECTIVES,
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    COORDINATORS,
    DETERMINERS,
    MODALS,
    NOUN_TOO,
    OBJECTS,
    PARTICIPLES,
    PARTICLES,
    PAST,
    PEOPLE_DO,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    VERBS,
    base_form,
    word_set,
)
from app.engine.people import other_person
from app.engine.pronouns import FORMS, breaks_before, low_at
from app.engine.speech import Word

_NOT_A_VERB = word_set(
    "this his its us yes as plus less thus unless across perhaps always sometimes besides lots obvs "
    "years weeks months days hours minutes others ours hers yours theirs is was has does cos bus gas "
    "news thats it's whats christmas nowadays afterwards towards sessions things series anyways alas ps"
)
# "Feels like she is bored", "makes me sad", "doesn't help": of the thing itself, and so left alone.
_OF_NOBODY = word_set("feel seem make help mean hurt sound matter work happen go there get take sum turn")
_GESTURES = word_set("nod sigh smile shrug frown yawn glance type laugh stare write")
_AFTER_NOUN_TOO = frozenset(["of", "about", "in", "for", "with", "on", "from"])


def second_person(low: str) -> str | None:
    """What a verb becomes after "you", None if it stays: `looks` to `look`, `said` stays."""
    if low in AUXILIARIES:
        return AUXILIARIES[low]
    if len(low) < 3 or not low.endswith("s") or low.endswith("ss") or low in _NOT_A_VERB or "'" in low:
        return None
    return base_form(low)


def is_known(low: str) -> bool:
    """True for a third-person form of a listed verb, auxiliaries included."""
    return low in AUXILIARIES or (second_person(low) is not None and base_form(low) in VERBS)


def find_verb(words: list[Word], i: int) -> int | None:
    """Place of the finite verb after a subject that ends at word `i`, over adverbs and one aside."""
    j, aside = i + 1, False
    while j < min(len(words), i + 12):
        word, low = words[j], low_at(words, j)
        if word.starts or not low:
            return None
        gap = word.gap.strip() if j > i + 1 else word.gap.strip(" .")
        if gap and not aside:
            if gap[0] not in ",-–—(":
                return None
            aside = True
            closing = next(
                (k for k in range(j + 1, min(len(words), j + 8)) if words[k].gap.strip() or words[k].starts),
                None,
            )
            j = closing if closing is not None and not words[closing].starts and not is_known(low) else j
            low = low_at(words, j)
        elif gap and gap[0] not in ",)-–—":
            return None
        if (low in {"kind", "sort"} and low_at(words, j + 1) == "of") or low in {"every", "each"}:
            j += 3 if low_at(words, j + 1) in {"single", "other"} else 2
        elif low == "half" or (low in {"at", "in"} and low_at(words, j + 1) in {"the", "my"}):
            j += 1 if low == "half" else 3  # "she at the end checks her diary"
        elif low in ADVERBS or (low.endswith("ly") and second_person(low) is None) or low.endswith("self"):
            j += 1
        else:
            return j
    return None


def is_question(words: list[Word], i: int) -> bool | None:
    """Whether the auxiliary before the subject at `i` asks ("is she late"); None if it cannot be told."""
    aux = low_at(words, i - 1)
    if aux not in AUXILIARIES or breaks_before(words, i):
        return False
    if aux.startswith(("do", "ha")):
        return True
    verb = find_verb(words, i)
    low = low_at(words, verb) if verb is not None else ""
    if low in AUXILIARIES or low in MODALS or (second_person(low) is not None and is_known(low)):
        return False
    before = low_at(words, i - 2)
    if breaks_before(words, i + 1) and before in ADJECTIVES:
        return True  # "she's right nice is she"
    opens = breaks_before(words, i - 1) or before in COORDINATORS | QUESTION_WORDS | {"so", "neither", "like"}
    opens = opens or before in {"hell", "fuck", "heck", "earth", "world"}
    how = low_at(words, i - 3) in {"how", "what", "why"} and low_at(words, i - 4) not in SUBJECTS
    if opens or (how and before not in SUBJECTS):
        return True
    return False if low in PAST or low.endswith("ed") else None


_BEING = word_set("is was has isn't isnt wasn't wasnt hasn't hasnt")


def coordinated(words: list[Word], subject: int, stop: int) -> tuple[list[int], bool]:
    """Further verbs of the subject whose verb stands at `subject`, up to word `stop`; and whether in doubt.

    "She smiles and looks away": `looks`. Where another subject has come between ("she says it helps and
    makes sense") only what a person does is taken, and the rest left in doubt.
    """
    found: list[int] = []
    rival = ""
    named = low_at(words, subject) in {"is", "was", "she's", "he's", "shes", "hes"}
    last, j = subject, subject + 1
    while j < stop and not words[j].starts:
        low = low_at(words, j)
        if other_person(words, j) or low in FORMS or low in {"who", "he", "she"}:
            rival = rival or ("seen" if rival == "" else rival)
        if low in {"it's", "that's", "there's", "thats"}:
            rival = rival if rival.startswith("person") else "thing"
        elif is_known(low) or _acts_on(words, j):
            verdict = _verdict(words, j, last)
            if verdict == "hers":
                human = base_form(low) in PEOPLE_DO if low not in AUXILIARIES else False
                if named and rival == "person":
                    break  # "she is someone who listens and remembers"
                if low in _BEING and rival == "seen" and other_person(words, _noun_before(words, j)):
                    return found, True  # "she will find me a tutor and is of my village": who is?
                if rival in {"person", "thing"} and not (rival == "thing" and human):
                    return found, True
                found.append(j)
                last = j
            elif verdict == "doubt":
                return found, True
            elif verdict == "rival":
                rival = "person" if rival in {"seen", "person"} else "thing"
        j += 1
    return found, False


def _noun_before(words: list[Word], j: int) -> int:
    """The word before "and" at a verb."""
    return j - 2 if low_at(words, j - 1) in COORDINATORS else j - 1


def _acts_on(words: list[Word], j: int) -> bool:
    """An unlisted third-person form that takes an object: "and squeezes my hand"."""
    before, after = low_at(words, j - 1), low_at(words, j + 1)
    joined = before in COORDINATORS or words[j].gap.strip() == ","
    takes = after in DETERMINERS | OBJECTS and not breaks_before(words, j + 1)
    takes = takes or (before == "then" and breaks_before(words, j + 1))
    return joined and takes and second_person(low_at(words, j)) is not None


def _verdict(words: list[Word], j: int, last: int) -> str:
    """ "hers", "rival" (another subject's verb), "noun" or "doubt" for a third-person form at `j`."""
    low, k = low_at(words, j), j - 1
    while k > last and low_at(words, k) in ADVERBS - {"then"} and not words[k + 1].gap.strip():
        k -= 1
    joined = low_at(words, k) in COORDINATORS and k > last
    comma = words[k + 1].gap.strip().startswith(",")
    noun_too = base_form(low) in NOUN_TOO
    if joined or comma:
        after = low_at(words, j + 1)
        if low in AUXILIARIES and after in FORMS and FORMS[after][1] in {"her", "his"} and low[0] in "dh":
            return "hers"  # "she sits down, does her nails"
        if low in AUXILIARIES and joined and k - 1 == last and low_at(words, last) in AUXILIARIES:
            return "hers"
        if low in AUXILIARIES and after in SUBJECTS | DETERMINERS - {
            "a",
            "an",
            "no",
            "any",
            "some",
            "all",
            "both",
        }:
            return "rival"
        if low in AUXILIARIES and comma and not joined and not low.endswith("nt") and "'" not in low:
            return "doubt" if after in PARTICIPLES or after.endswith("ing") else "rival"
        adverb = k + 1 < j
        return _joined_noun(words, j, k, last) if noun_too and not adverb else "hers"
    before = low_at(words, j - 1)
    loose = before in PARTICLES or before in {"there", "here", "me", "him", "them", "us"}
    if loose and low not in AUXILIARIES and base_form(low) in PEOPLE_DO:
        return "doubt"
    if (
        before in DETERMINERS - {"this", "that", "each", "what"}
        or before in PREPOSITIONS | FORMS.keys()
        or noun_too
    ):
        return "rival" if before in SUBJECTS | {"that", "which", "this"} else "noun"
    return "rival"


def _joined_noun(words: list[Word], j: int, k: int, last: int) -> str:
    """Verb or plural noun after "and": the words on both sides tell."""
    before = low_at(words, k - 1) if low_at(words, k) in COORDINATORS else low_at(words, k)
    parallel = k - 1 == last or k == last
    closed = breaks_before(words, j + 1)
    after = "" if closed else low_at(words, j + 1)
    if low_at(words, k) == "then":
        return "hers"
    gesture = base_form(low_at(words, j)) in _GESTURES and not before.endswith("s")
    if gesture or parallel or before in PARTICLES | OBJECTS | ADVERBS | {"here", "there"}:
        return "hers"
    if closed or after in CONJUNCTIONS - {
        "that",
        "how",
        "what",
        "when",
        "if",
        "like",
        "as",
        "than",
        "before",
    }:
        return "doubt"
    plural = before.endswith("s") and not before.endswith("ss")
    if after in _AFTER_NOUN_TOO and plural:
        return "doubt"
    known = after in DETERMINERS | OBJECTS | PREPOSITIONS | PARTICLES | ADVERBS | CONJUNCTIONS | {"her", "to"}
    return "hers" if known or not plural else "doubt"


def lost_verb(words: list[Word]) -> bool:
    """True if a sentence begins with a verb that has lost its subject: "Looks at the clock"."""
    for i, word in enumerate(words):
        if not word.starts or word.quoted:
            continue
        j = i
        while (
            j < i + 4 and j < len(words) and low_at(words, j) in ADVERBS and (j == i or not words[j].starts)
        ):
            j += 1
        low = low_at(words, j)
        if j < len(words) and (j == i or not words[j].starts) and is_known(low) and _verb_like(words, j, low):
            return True
    return False


def _verb_like(words: list[Word], j: int, low: str) -> bool:
    after = "" if breaks_before(words, j + 1) else low_at(words, j + 1)
    acts = base_form(low) in PEOPLE_DO
    if low.startswith("was") or base_form(low) in _OF_NOBODY or (after in _OF_NOBODY and not acts):
        return False
    if low in AUXILIARIES:
        told = ADVERBS | ADJECTIVES | PARTICIPLES | VERBS | {"a", "an"}
        return after in told or after.endswith(("ing", "ed")) or (low[-1] == "t" and not after)
    if base_form(low) in NOUN_TOO:
        return after in DETERMINERS | OBJECTS | PARTICLES | {"at", "like", "to", "about"}
    return True
