"""Closed classes of English words that the change from "she" to "you" leans on, and the verbs it knows.

Only lists and the bare form of a verb live here; what is decided from them lives in `verbs.py`,
`pronoun_choices.py`, `people.py` and `mentions.py`.
"""


def word_set(words: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(words.split())


_ODD = {"has": "have", "does": "do", "goes": "go", "aches": "ache", "focuses": "focus", "shoes": "shoe",
        "quizzes": "quiz", "tiptoes": "tiptoe", "dies": "die", "lies": "lie", "ties": "tie", "vies": "vie",
        "biases": "bias", "gasses": "gas", "says": "say",
        "txts": "txt"}  # fmt: skip
_ES = ("sses", "shes", "ches", "xes", "zzes", "oes")


def base_form(verb: str) -> str:
    """The form that follows "you" of a third-person form in lower case.

    >>> [base_form(verb) for verb in ("looks", "cries", "misses", "goes", "uses")]
    ['look', 'cry', 'miss', 'go', 'use']
    """
    if verb in _ODD:
        return _ODD[verb]
    if verb.endswith("ies") and len(verb) > 4:
        return verb[:-3] + "y"
    return verb[:-2] if verb.endswith(_ES) else verb[:-1]


DETERMINERS = word_set(
    "a an the my your his her their our its this that these those some any no each every another both "
    "what such whose either neither"
)
SUBJECTS = word_set(
    "i he she it we they you who there im ive id ill i'm i've i'd i'll it's he's she's we're they're"
)
OBJECTS = word_set("me him us them it you myself himself herself itself yourself ourselves themselves")
PREPOSITIONS = word_set(
    "about above across after against along among around as at before behind below beside besides "
    "between beyond by despite during except for from in inside into like near of off on onto out "
    "outside over past per regarding since than through throughout till to toward towards under until up "
    "upon via with within without w bout abt aboot"
)
PARTICLES = word_set(
    "away back down off out over up on in round around through along together apart aside forward"
)
CONJUNCTIONS = word_set(
    "and but or nor so yet because cos coz cuz bc cause when while if unless although though whether "
    "that whereas since until once before after as than then where why how what which who plus n"
)
COORDINATORS = word_set("and but or nor yet then n plus")
QUESTION_WORDS = word_set("why what how when where who which whom whose")
ADVERBS = word_set(
    "not never also just always often still only even really sometimes then again now already all "
    "literally basically actually honestly probably obviously obvs usually hardly barely rarely seldom "
    "soon too so ever almost nearly simply constantly maybe perhaps anywhere somewhere everywhere "
    "nowhere either neither kinda sorta like instead normally somehow mostly quite rather pretty very "
    "suddenly though tho however once twice anyway here there afterwards yesterday today tonight "
    "tomorrow later else well much more less most least first straight deffo def totally properly fully "
    "both each ofc defo lowkey highkey proper mainly regularly repeatedly fucking fuckin bloody flipping "
    "frigging effing damn"
)
TIME_WORDS = word_set(
    "week weeks month months year time times night day days session sessions monday tuesday wednesday "
    "thursday friday saturday sunday morning evening afternoon summer winter spring autumn christmas "
    "weekend hour minute"
)
MODALS = word_set(
    "can could will would shall should may might must ought did didn't didnt can't cant couldn't couldnt "
    "won't wont wouldn't wouldnt shouldn't shouldnt mightn't had hadn't hadnt cannot don't dont ain't "
    "aint do used"
)
AUXILIARIES = {
    "is": "are", "was": "were", "has": "have", "does": "do",
    "isn't": "aren't", "wasn't": "weren't", "hasn't": "haven't", "doesn't": "don't",
    "isnae": "arenae", "wasnae": "werenae", "hasnae": "havenae", "disnae": "dinnae", "doesnae": "dinnae",
    "isna": "arena", "wasna": "werena", "hasna": "havena", "disna": "dinna", "doesna": "dinna",
    "isnt": "arent", "wasnt": "werent", "hasnt": "havent", "doesnt": "dont",
}  # fmt: skip

# Verbs that only somebody can do: after "and" they are hers even where "it is fine" stands between.
PEOPLE_DO = word_set(
    "ask say tell nod smile look sigh laugh write talk yawn listen forget remember apologise apologize "
    "type interrupt check read stare shrug explain repeat glance frown walk sit stand speak reply "
    "respond promise blame lecture preach text email cancel judge joke stop start carry go move leave "
    "try want think know decide agree nag criticise criticize dismiss ignore smirk scroll eat drink sip "
    "cough blink wait tap tut fidget doodle scribble praise roll"
)
VERBS = PEOPLE_DO | word_set(
    "accept act add admit advise allow annoy answer appear argue arrive assume attend avoid be become "
    "begin behave believe bore bother break breathe bring brush build buy call calm care cause challenge "
    "change charge claim click close comfort comment compare complain confuse connect consider continue "
    "control correct cost count cover cry cut deal deny describe deserve diagnose disagree disappear "
    "discuss do doubt draw draws drift drive drop dwell empathise empathize encourage end enjoy expect "
    "express face fail fall feel fill find finish fit fix focus follow frighten get give guess handle "
    "happen hate have hear help hide hold hope hurt imagine imply insist interpret intimidate invite "
    "involve jump keep label lack last lead lean learn let lie like lose love make matter mean meet "
    "mention mind misgender misread miss mix mock need nitpick note notice offer open overreact overrun "
    "own pass patronise patronize pause pay pick place plan play point prefer prepare prescribe present "
    "press pretend prompt prove provide pull push put question raise reach react realise realize "
    "reassure recommend reflect refuse relate rely remind report require rush scare schedule see seem "
    "send set share shout show shut shush skip sleep slow smell snap sound spend spoil stay steer stick "
    "stress struggle study suggest summarise summarize support suppose take teach tease tend terrify "
    "thank throw touch treat trigger trust turn twist understand undermine upset use validate view visit "
    "wander warn waste watch wear wish wonder work worry yell run rub rearrange reschedule overshare "
    "overstep downplay minimise minimize invalidate mirror paraphrase parrot mumble whisper refer double "
    "come sell sign sing bite chew hug flirt dig drone hurry gaze hum grin glare gloss squeeze speed pat "
    "lend fuss sneeze sniff stretch lock unlock ring nag ramble waffle rattle rabbit witter assign scold "
    "tick frown lower snort wink wave whistle spell quiz quote peer perch lick excuse humour humiliate "
    "soften dodge deflect divert brag boast bang bully assess analyse analyze adjust accuse contradict "
    "dictate belittle translate wipe tidy swear switch summon survive stammer smoke scratch save rip "
    "rescue request persist vent moralise moralize live reckon hand trade stroke text hover hesitate "
    "groan gasp gape insinuate jot joke juggle laugh monologue moan overanalyse overthink overexplain "
    "peek ponder pour preen probe quibble race rewrite ridicule roar sabotage scoff scowl shake shame "
    "shift shuffle sidestep simplify slam slouch slump smooth snigger snore stall stamp steamroll "
    "stonewall stroll sulk swallow sweat tilt tiptoe titter tolerate toy trail tune undercut unload "
    "unsettle urge usher wince withdraw withhold woffle overbook organise organize order obsess obey "
    "object nudge nap mutter mispronounce misjudge mislead"
)
# Third-person forms that are nouns as often: changed only where the words around them say verb.
NOUN_TOO = word_set(
    "hand race groan gasp trail tune sweat toy roar shake stamp shift moan shuffle stroke trade vent "
    "stall stroll ramble monologue shame joke tilt tick quote quiz ring switch smoke scratch save "
    "request nudge nap lock wave whistle wink snort sneeze sniff stretch pat squeeze excuse brag bang "
    "spell usher load slouch scowl scoff whisper mumble grin glare gloss drone sip cough blink tap "
    "fidget doodle scribble roll lecture speed look note call text question answer change plan talk work "
    "break laugh start stop move turn drink type smile nod sigh mean need want hope worry like point "
    "comment judge cut draw play rush share show cry lie doubt love hate charge cost end address email "
    "report view stare glance yawn pause promise offer process test touch use visit watch wonder label "
    "link trigger face place act count reply frown shrug push pull press cause control cover deal drive "
    "fear fix focus fall hug lack lead limit match mention order pick present prompt reach run session "
    "set sign sleep smell sound stress struggle study support treat trust twist waste wish read walk try "
    "mind issue step skill stand book bite double experience feeling thing"
)
PAST = word_set(
    "said told went came got made felt left gave took thought knew saw sat stood kept let put cut forgot "
    "began brought caught chose did drew drove fell found had heard held hit hurt lost meant met paid "
    "read ran sent shut spoke spent stuck taught threw understood was were woke wore won wrote became "
    "broke built bought cried tried didn't didnt seemed looked hung slid slipped dug swore rang shook "
    "grew blew hid rode rose sang spat split spread stole swung tore wound withdrew fled froze flew "
    "drank ate bit bent burst fought forgave laid lay led lit misread overslept quit shot slept sold "
    "stank struck swept taken misunderstood"
)
PARTICIPLES = word_set(
    "been got gotten had done gone said told made forgotten given taken known seen let put cut become "
    "come brought begun bought caught chosen drawn driven fallen felt found heard held hit hurt kept "
    "left led lost meant met overrun paid read run sat sent shown shut slept spoken spent stood taught "
    "thought thrown understood won written broken built worn misunderstood misread misheard overheard "
    "overslept rung drunk ridden sworn shaken stolen torn hidden bitten eaten flown grown withdrawn"
)
# After "she's" these tell how she is, not what she has done.
STATES = word_set(
    "allowed welcome invited required forced permitted expected "
    "bored tired interested trained qualified supposed paid married distracted disconnected closed "
    "retired pissed annoyed scared worried concerned fed experienced detached guarded relaxed prepared "
    "dressed used meant booked engaged uninterested disinterested exhausted stressed surprised shocked "
    "confused disappointed upset lost hurt gifted biased prejudiced convinced determined obsessed stuck "
    "done reserved composed offended overworked underpaid overbooked unprepared frustrated irritated "
    "disgusted excited pleased delighted embarrassed amused bothered entitled licensed licenced "
    "registered certified accredited involved rushed shut removed gone absorbed burned burnt frightened "
    "alarmed unqualified untrained skilled focused focussed preoccupied fascinated impressed"
)
ADJECTIVES = STATES | word_set(
    "racist sexist homophobic transphobic ableist biased "
    "hungry thirsty dizzy sleepy grumpy tearful seasick homesick jealous breathless weepy "
    "ill sick dead dying late early sad angry mad ok okay fine old young depressed poorly pregnant "
    "lovely nice right wrong great good bad cold distant warm kind rude cruel mean harsh strict quiet "
    "loud busy happy unhappy calm cool funny weird odd strange scary intimidating patronising "
    "patronizing condescending judgemental judgmental dismissive robotic fake false hard difficult easy "
    "helpful unhelpful useless brilliant amazing awful terrible horrible boring annoying unprofessional "
    "professional polite impatient patient gentle honest sweet blunt sharp stiff formal absent vague "
    "clinical critical ready aware safe unsafe alive alone responsible guilty uncomfortable comfortable "
    "clever smart pushy nosy nosey smug supportive caring defensive aggressive approachable attentive "
    "grand lush alright decent brill ace posh laugh white black gay straight christian religious"
)
