"""Closed classes of English words by which the shape of an answer is told: how it begins, what carries it.

Only lists live here; what is decided from them lives in `shapes.py` and `finite.py`.
"""

from app.engine.english import ADJECTIVES, PARTICIPLES, PAST, VERBS, word_set

SAYING = word_set(
    "said say says saying think thought thinking know knew felt feel feeling see saw seen mean meant "
    "hope hoped wish wished believe believed told noticed realised realized guess sure like so where "
    "what how when if that because cos and but or while which who as than why until before after"
)
"""After these a subject begins a clause of its own: "you said i was fine"."""
JOINERS = word_set(
    "and but or then when while because cos if that who which where how what as until before after"
)
PLAIN_SUBJECTS = word_set("i you we he she they it nobody everyone everything someone something there")
NO_SUBJECTS = word_set("nothing none nobody noone")
CONTRACTED = {
    "i'm": "present", "im": "present", "you're": "present", "youre": "present", "it's": "present",
    "we're": "present", "they're": "present", "theyre": "present", "she's": "present", "he's": "present",
    "that's": "present", "thats": "present", "there's": "present", "theres": "present", "i've": "present",
    "ive": "present", "you've": "present", "youve": "present", "we've": "present", "they've": "present",
    "you'll": "future", "youll": "future", "i'll": "future", "it'll": "future", "itll": "future",
    "we'll": "future", "they'll": "future", "she'll": "future", "he'll": "future", "i'd": "future",
    "you'd": "future", "youd": "future", "it'd": "future", "we'd": "future", "they'd": "future",
}  # fmt: skip
FUTURE = word_set("will won't wont might may would wouldn't wouldnt could couldn't couldnt")
PRESENT = word_set(
    "is are am isn't isnt aren't arent has have hasn't hasnt haven't havent does do doesn't doesnt "
    "don't dont can can't cant cannot should shouldn't shouldnt must"
)
WAS = word_set("was were wasn't wasnt weren't werent did didn't didnt had hadn't hadnt")
TOLD = (PAST - PARTICIPLES - word_set("bit wound rose lay shot")) | word_set("said felt got")
"""Past forms that are nothing else, so that they are a verb after a noun too ("my dad fell ill")."""
BOTH_TENSES = word_set("let put cut hit hurt shut split spread quit set burst read cost bet rid shed")
NO_PAST = word_set(
    "need feed speed bleed seed embed exceed proceed succeed indeed breed weed hundred red bed shed"
)
PASSIVE = word_set(
    "be being been get getting feel feeling felt having to is was were are got am not ever more less so"
)

TOLD_WHOM = word_set("me us you him them her everyone")
FOR_WHOM = word_set("you us it this things everyone me my")
WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = word_set("january february april june july august september october november december")
OPENING_TIMES = word_set(
    "once yesterday today sometimes usually often mostly lately recently normally afterwards later "
    "suddenly tonight always maybe perhaps"
) | WEEKDAYS  # fmt: skip
TIMES = word_set("week month year time session night day morning afternoon evening one") | WEEKDAYS
BEFORE_TIMES = word_set("last next one most")
PLACING = word_set("in at on during for after before near towards throughout")
PLACED = word_set(
    "session sessions week weeks month months year start beginning end day time times point moment "
    "first room phone video zoom work christmas easter summer winter spring autumn appointment meeting "
    "call group"
) | WEEKDAYS | MONTHS | word_set("march may")  # fmt: skip
_ASKING = word_set("r can could would will may might do does did is are was were should shall have has am")
ASKING = (
    _ASKING | {verb + end for verb in _ASKING for end in ("n't", "nt")} | word_set("cant can't won't wont")
)
QUESTIONING = word_set("what how why who when where which")
TAGS = word_set("isn't isnt aren't arent wasn't wasnt weren't werent doesn't doesnt didn't didnt")
TAGGED = word_set("it there she he they you")
DENYING = word_set("no not never isn't isnt aren't arent doesn't doesnt hasn't hasnt won't wont can't cant")
BEFORE_QUESTIONS = word_set("so and but well ok okay then")
ASKED_OF = word_set("you u ya we i it they he she u this that there")

MANNER = word_set("just please simply always sometimes only really actually also not maybe")
DROPPED_I = word_set(
    "need want feel wish hope love hate miss guess mean wonder prefer seem appear enjoy struggle cry last "
    "know thank like think worry dream deserve die suppose lie live own matter happen belong doubt"
)
"""Verbs at the start of an answer that rather have a lost "I" before them than ask for something."""
ASKED_FOR = (
    VERBS
    | word_set(
        "be apologise apologize try listen learn google email define clarify acknowledge introduce "
        "prioritise prioritize explore remove reduce include guide confirm recap outline print phone dim"
    )
) - DROPPED_I
LOST_I = word_set("need want wish hope love hate miss prefer")
NOUN_FIRST = word_set(
    "talk help work time plan check break pause call text email review focus support space note "
    "question answer change start stop end move turn look point comment show share reply visit watch "
    "link place press control cover deal drive fear fix limit match order pick present process prompt "
    "reach run session set sign sleep smell sound study touch treat trust twist use voice report praise "
    "rush read drink walk step book act count lead hand stretch swap care interest notice respect name "
    "offer hope hug laugh practice request summary structure"
)
"""Nouns as often as verbs: a verb only where the next word says so."""
AFTER_VERB = word_set(
    "me my us our it you your him her them the a an this that these those if how what when where why "
    "who with to about less more something anything someone asking doing saying looking using checking "
    "being talking telling giving making taking interrupting typing pushing rushing changing treating "
    "cutting finishing pretending trying reading writing sighing yawning staring glancing eating "
    "scrolling texting comparing judging assuming bringing forgetting cancelling explaining correcting "
    "calling smiling laughing nodding jumping moving going guessing guiding repeating slowing speaking"
)
TOGETHER: dict[str, frozenset[str]] = {
    **dict.fromkeys(word_set(
        "talk go agree plan discuss decide begin start meet work try spend finish end focus do"
    ), frozenset()),
    "look": word_set("at into back"), "figure": word_set("out"), "slow": word_set("down"),
    "speed": word_set("up"), "make": word_set("a"), "set": word_set("a some"), "come": word_set("back"),
    "take": word_set("a it things"), "have": word_set("a some more less five ten"),
    "move": word_set("slower on"), "stay": word_set("with"),
}  # fmt: skip
"""What two do together, with the words of which one must follow (none: any may)."""
PAIRED: dict[str, frozenset[str]] = {
    "talk": word_set("about through less more slower"), "look": word_set("at up into back"),
    "work": word_set("on"), "focus": word_set("on"), "check": word_set("in on"), "write": word_set("down"),
    "start": word_set("by with from"), "end": word_set("on with"), "turn": word_set("off"),
    "move": word_set("on slower"),
}  # fmt: skip
"""Words that make a verb of a noun: "work on it"."""
OF_ONE = word_set("me myself i us")
THINGS = word_set(
    "homework time feedback honesty silence warmth structure space patience kindness clarity questions "
    "breaks reassurance music eye jokes humour validation tools exercises examples reminders notes "
    "notice laughter silences consistency privacy company tea someone somebody something"
)
QUANTITIES = word_set("more less fewer")
DETERMINING = word_set("the a an my your his her their our some another every")
BEFORE_NOUN = (
    DETERMINING
    | QUANTITIES
    | word_set(
        "of for with in on at about to and or no that this these those any which from by without than as not "
        "before after during like between through into over under per each what how you i we it they"
    )
)
"""Behind these a word that can be a noun is one: "the end", "of change"."""
NUMBERS = word_set("two three four five six seven eight nine ten fifteen twenty thirty")
NO_THING_IN_ING = word_set(
    "nothing thing something anything everything king ring bring sing during boring willing evening "
    "morning spring string sling wing interesting annoying confusing exhausting tiring upsetting "
    "frustrating missing ending ceiling sibling darling amazing lacking depressing humiliating "
    "embarrassing"
)
HOW_FAR = word_set(
    "really so very a bit kind sort of kinda sorta quite pretty little totally completely too just "
    "rather super more less almost mostly slightly still weirdly extremely even all utterly"
)
FEELINGS = word_set(
    "hurt stung small rejected crushed heavy dismissed low lonely empty hopeless tearful fed frustrated "
    "resentful furious nervous wary unsafe panicky exposed ashamed embarrassed silly guilty torn foggy "
    "thrown numb flat blank seen hopeful thankful proud ignored judged attacked unheard invisible "
    "unimportant worthless pathetic needy anxious betrayed abandoned humiliated belittled patronised "
    "patronized unseen misunderstood trapped overwhelmed disconnected detached relieved sick shaky "
    "tense cold hot dizzy childish ridiculous awkward uneasy unwanted unloved broken deflated "
    "disappointed defeated drained restless powerless helpless uncomfortable vulnerable foolish raw "
    "sore jealous bitter hollow distant insignificant inadequate wobbly fragile tight frozen silenced "
    "unwelcome stupid forgotten dirty useless pushed shouted squeezed left let down out off up far away"
)
FELT = ADJECTIVES | FEELINGS
AND_SO = word_set("and or but yet")
FELT_TAILS = word_set("for about with of at by because in around like that")
"""What a felt word takes behind it: "foolish for asking", "angry with myself"."""
LIKE = word_set("like as")
LEADS_ON = word_set(
    "and but so because cos well like then or idk um uh erm ok okay yeah yes no also anyway basically "
    "honestly dunno which plus"
)
"""First words that join badly: nothing is told of what they begin."""
SUBORDINATE = word_set(
    "if whether unless because cos when while that until before after since although though so than who which"
)
REASONS = word_set("because cos if unless")
SAYS_NOTHING = word_set("no none nope nah na naw nowt nothing nil skip pass") | {
    "see above",
    "as above",
    "same as above",
}
JOINS_BADLY = LEADS_ON - {"no"} | word_set("please pls plz to not or if")
"""First words that no author's colon may stand before."""
NOT_TELLING = word_set("guess know think mean want wish hope need")
KEEP_CAPITALS = word_set("i i'm i've i'd i'll im ive") | WEEKDAYS | MONTHS
"""What has its capital inside a sentence too."""
BLUNT = word_set("shut shit shite bullshit crap fuck fucking fuckin fucked bloody arse damn piss bollocks")
"""No frame that hopes or wonders goes around these."""
UNSURE = word_set("maybe perhaps possibly probably")
