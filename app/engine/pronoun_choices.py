"""The small choices a pronoun leaves open, decided by the words that follow.

"Her" is "you" or "your", "she's" is "you are" or "you have", "Maya's" a possession or a verb. Nothing here
changes a text.
"""

from app.engine.english import (
    ADJECTIVES,
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    MODALS,
    NOUN_TOO,
    OBJECTS,
    PARTICIPLES,
    PARTICLES,
    PAST,
    PREPOSITIONS,
    QUESTION_WORDS,
    STATES,
    SUBJECTS,
    TIME_WORDS,
    VERBS,
    base_form,
    word_set,
)
from app.engine.pronouns import FUNCTION, breaks_before, low_at
from app.engine.speech import Word

_GIVES = word_set(
    "give gave given giving gives tell told telling tells send sent sending sends show showed showing "
    "shows write wrote writing bring brought bringing buy bought offer offered owe owed pay paid paying "
    "teach text texted texting email emailed ask asked asking"
)
_TELLS = word_set("tell told telling tells remind reminded warn warned assure assured convince convinced")
_GIVEN = word_set(
    "time space feedback money credit stuff things details questions flowers permission information bits "
    "lots loads messages texts emails letters photos pictures notes chances compliments hints presents "
    "gifts everything something nothing anything examples stories lies honesty hell"
)
_SENSES = word_set(
    "make makes made making let lets letting see saw seen seeing sees hear heard hearing watch watched "
    "watching feel felt help helped helping helps have had notice noticed noticing get got"
)
_SEEN = word_set("face hand hands head eye eyes mouth nose back")
_FINDS = word_set(
    "find found finding finds make makes made making think thought consider keep kept want wanted call "
    "called get got like believe see saw leave left imagine"
)
_NOUNS_IN_ING = word_set(
    "training timing feeling wedding meaning writing ending ring thing king spring evening morning "
    "painting drawing clothing understanding upbringing parking building billing booking reading "
    "breathing opening greeting blessing handwriting teaching typing grooming ceiling waiting "
    "counselling counseling consulting findings timings warning backing planning standing upcoming "
    "parenting hearing housing charming interesting annoying boring irritating caring amazing loving "
    "comforting soothing reassuring calming patronising patronizing condescending existing remaining"
)
_DIALECT = word_set("aboot tae fae frae wi oan intae ontae roon doon oot aff ower afore efter gonnae gie")
_NOUNS_IN_IN = word_set("cousin cabin captain bargain margin pumpkin penguin toxin vitamin assassin muffin")
_ONE_OF = word_set("a an some this that one no any another every")
_SKILLS = word_set("skills style face voice room chair practice manner technique noises position ear")
_BACK_OF = word_set("turn turned turns turning had has have with on showed shows behind at")
_ALONE = word_set(
    "everything something nothing anything all more less so too very much many well better off home "
    "everyone twice once again first last next right late early back straight enough sooner later until "
    "till coz cos plenty loads lots bits weekly monthly fortnightly daily yes no hi hello bye thanks "
    "sorry thank please tbh tbf lol imo idk ngl haha yesterday today tomorrow tonight monday tuesday "
    "wednesday thursday friday saturday sunday because"
)
_DEGREES = word_set(
    "so too very quite rather pretty really still always often ever even only just much more less most "
    "least first well usual almost nearly never not straight proper properly like mostly each both "
    "totally fucking bloody damn flipping frigging effing fuckin kinda sorta else later actual"
)


def her_is(words: list[Word], i: int) -> str:
    """What "her" at a word becomes: "you", "your", or "" when both fit and differ."""
    before, after = "" if breaks_before(words, i) else low_at(words, i - 1), low_at(words, i + 1)
    if breaks_before(words, i + 1):
        asked = before in _GIVES or before in PREPOSITIONS or before == "to"
        return "" if _meets_quote(words, i + 1) and not asked else "you"
    if after in {"nobody", "somebody", "everybody", "anybody", "someone", "anyone", "everyone"}:
        return "you"
    if after in {"own", "self", "one", "no"}:
        return _her_own(before, after)
    if (
        after in TIME_WORDS
        or after.removesuffix("s") in TIME_WORDS
        or after == "back"
        or after in {"last", "next", "every"}
    ):
        return _her_time(words, i, before, after)
    closed = breaks_before(words, i + 2) or low_at(words, i + 2) in FUNCTION | ADVERBS | PARTICLES
    if _plainly_object(before, after) or after in FUNCTION | PARTICLES:
        return "you"
    if after in ADVERBS - _DEGREES or (after == "half" and low_at(words, i + 2) == "of"):
        return "you"
    if after in _ALONE | ADVERBS or after.endswith("ly"):
        then = low_at(words, i + 2)
        if then.endswith("ing") and then not in _NOUNS_IN_ING and after not in {"very", "so", "too", "quite"}:
            return "you"
        return "you" if closed else "your"
    if after.endswith("ing"):
        listening = low_at(words, i + 2) in _SKILLS
        return "your" if after in _NOUNS_IN_ING or listening else "you"
    if after in PAST and after != "left":
        return "you"
    if (strange := _her_strange(after)) is not None:
        return strange
    if before in _FINDS and after in ADJECTIVES - NOUN_TOO and closed:
        return "you"
    return _her_noun(words, i, before, after, closed)


def _her_strange(after: str) -> str | None:
    """What "her" becomes before a word that is spelled as it is said, or none at all; None before others."""
    if any(map(str.isdigit, after)):
        return ""
    if after in _DIALECT:
        return "you"
    if after.endswith("in") and len(after) > 5 and after not in _NOUNS_IN_IN:
        return "your" if after + "g" in _NOUNS_IN_ING else ""  # "her talkin": a dropped g
    return None


def _meets_quote(words: list[Word], i: int) -> bool:
    return i < len(words) and not words[i].starts and words[i].gap in {" '", ' "', " “", " ‘"}


def _her_own(before: str, after: str) -> str:
    if after == "no":
        return "you"
    if after == "one":
        return "" if before in _GIVES else "your"
    return "your"


def _her_time(words: list[Word], i: int, before: str, after: str) -> str:
    then = low_at(words, i + 2)
    if after == "back":
        return "your" if before in _BACK_OF or not before else "you"
    if after in {"last", "next", "every"}:
        if then not in TIME_WORDS:
            return "your" if then else "you"
        sure = then not in {"session", "sessions"} or after == "every"
        return "you" if sure else ("your" if before in PREPOSITIONS else "")
    if after.endswith(("day", "days")) and after not in {"day", "days"}:
        return "you"
    return "your"


def _plainly_object(before: str, after: str) -> bool:
    if after in {"to", "that", "if", "about"} or (before in _GIVES and after in _GIVEN):
        return True
    noun = after in NOUN_TOO and before in {"have", "had", "has", "get", "got", "gets", "having"}
    return before in _SENSES and after in VERBS - _SEEN and not noun


def _her_noun(words: list[Word], i: int, before: str, after: str, closed: bool) -> str:
    if after.endswith("ed") and len(after) > 4 and closed:
        return "you"
    bare = base_form(after)
    third = after.endswith("s") and bare in VERBS and bare not in NOUN_TOO
    if third and after not in {"plays", "shows"}:
        return "you"
    then = low_at(words, i + 2)
    if before in _TELLS and (then in AUXILIARIES or then in MODALS or then in {"are", "were"}):
        return "you"
    if before in _GIVES and after.endswith("s") and not after.endswith("ss"):
        return ""
    if before in _TELLS and words[i + 1].text[:1].isupper() and not words[i].text.isupper():
        return ""
    return "your"


def his_is(words: list[Word], i: int) -> str:
    """What "his" becomes: "your" before a noun, "yours" where it stands alone."""
    after = low_at(words, i + 1)
    one_of = low_at(words, i - 1) == "of" and low_at(words, i - 3) in _ONE_OF
    if one_of and after.endswith("s") and base_form(after) in VERBS:
        return "yours"
    if breaks_before(words, i + 1):
        return "your" if _meets_quote(words, i + 1) else "yours"
    alone = after in (CONJUNCTIONS | PREPOSITIONS | MODALS | frozenset(AUXILIARIES)) - {
        "past",
        "like",
        "inside",
    }
    return "yours" if alone else "your"


def is_or_has(words: list[Word], i: int) -> str:
    """What "'s" after a subject stands for: "are" or "have"."""
    j = i + 1
    while j < len(words) and j < i + 6 and not breaks_before(words, j) and low_at(words, j) in ADVERBS:
        j += 1
    low = "" if breaks_before(words, j) else low_at(words, j)
    then = "" if breaks_before(words, j + 1) else low_at(words, j + 1)
    takes_object = (
        then in DETERMINERS or then in OBJECTS or then in {"her", "nothing", "something", "everything"}
    )
    if low == "gone" and not then:
        return "are"
    if low in {"been", "got", "gotten", "had", "gone", "come", "become"}:
        return "have"
    if low in STATES:
        return "have" if takes_object else "are"
    if low in PARTICIPLES:
        return "have"
    if low.endswith("ed") and len(low) > 4 and then != "by":
        return "have"
    return "are"


def is_possessive(words: list[Word], i: int) -> bool | None:
    """Whether "'s" on a noun is a possession (True), "is" or "has" (False), or cannot be told (None)."""
    if breaks_before(words, i + 1):
        return True
    after, then = low_at(words, i + 1), low_at(words, i + 2)
    if after.endswith("ing") and after not in _NOUNS_IN_ING:
        closed = breaks_before(words, i + 2) or then in FUNCTION | ADVERBS | PARTICLES
        return False if closed else None
    if after in ADJECTIVES or after in PARTICIPLES or after.endswith("ly"):
        closed = breaks_before(words, i + 2) or then in FUNCTION | ADVERBS
        return False if closed else None
    if after in DETERMINERS | ADVERBS | PREPOSITIONS | PARTICLES | QUESTION_WORDS | OBJECTS | SUBJECTS:
        return False
    if after.endswith("ed"):
        return None
    return not (after in CONJUNCTIONS or after == "to")
