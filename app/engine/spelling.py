"""How English is typed: contractions, text-speak and irregular forms, as plain tables.

Only spelling lives here. What words mean stands in YAML under conversation_flows/_shared/.
"""

_NOT = {
    "ca": "can",
    "wo": "will",
    "sha": "shall",
    "do": "do",
    "does": "does",
    "did": "did",
    "is": "is",
    "are": "are",
    "was": "was",
    "were": "were",
    "has": "has",
    "have": "have",
    "had": "had",
    "could": "could",
    "would": "would",
    "should": "should",
    "must": "must",
    "need": "need",
}
_SUBJECTS_WITH_IS = [
    "he", "she", "it", "that", "what", "there", "here", "who", "how", "where", "this", "when", "why",
    "everything", "everyone", "nothing", "something", "somebody", "someone", "nobody",
]  # fmt: skip

_PLAIN = {
    "cannot": "can not", "cannae": "can not", "dinnae": "do not", "didnae": "did not",
    "wasnae": "was not", "isnae": "is not", "wouldnae": "would not", "couldnae": "could not",
    "ain't": "is not", "aint": "is not",
    "i'm": "i am", "im": "i am", "ive": "i have", "id": "i would", "i'ma": "i am going to",
    "hes": "he is", "shes": "she is", "theyre": "they are", "theyve": "they have", "youre": "you are",
    "youve": "you have", "weve": "we have", "thats": "that is", "its": "it is", "whats": "what is",
    "theres": "there is", "hows": "how is", "wheres": "where is", "whos": "who is", "heres": "here is",
    "let's": "let us", "lets": "let us", "itll": "it will", "theyll": "they will", "theyd": "they would",
    "gonna": "going to", "gunna": "going to", "wanna": "want to", "gotta": "have to", "hafta": "have to",
    "kinda": "kind of", "sorta": "sort of", "lemme": "let me", "gimme": "give me", "outta": "out of",
    "coulda": "could have", "woulda": "would have", "shoulda": "should have", "tryna": "trying to",
    "bc": "because", "cos": "because", "coz": "because", "cuz": "because", "'cause": "because",
    "becos": "because", "becuase": "because", "becasue": "because",
    "idk": "i do not know", "dunno": "do not know", "idek": "i do not know", "idc": "i do not care",
    "tbh": "to be honest", "ngl": "not going to lie", "imo": "in my opinion", "rn": "right now",
    "kms": "kill myself", "kys": "kill yourself", "irl": "in real life", "tho": "though",
    "thru": "through", "abt": "about", "ppl": "people", "pls": "please", "plz": "please", "u": "you",
    "ur": "your", "ure": "you are", "w": "with", "wi": "with", "wit": "with", "smth": "something",
    "sth": "something", "ya": "you", "ye": "you", "n": "and", "nd": "and", "thx": "thanks",
    "ty": "thanks", "alot": "a lot", "soo": "so", "noo": "no", "mum": "mother", "mom": "mother",
    "mam": "mother", "mummy": "mother", "mommy": "mother", "dad": "father", "daddy": "father",
    "realy": "really", "definately": "definitely", "seperate": "separate", "recieve": "receive",
    "therpist": "therapist", "theripist": "therapist", "therepist": "therapist", "thearpist": "therapist",
    "conection": "connection", "connexion": "connection", "dont": "do not", "doesnt": "does not",
    "didnt": "did not", "cant": "can not", "wont": "will not",
    "masel": "myself", "maself": "myself", "mesel": "myself", "mysel": "myself",
    "meself": "myself", "ahm": "i am", "ah'm": "i am", "ah've": "i have", "ahve": "i have", "ah'd": "i would",
    "aboot": "about", "killin": "killing", "thinkin": "thinking", "cuttin": "cutting", "hurtin": "hurting",
    "hittin": "hitting", "goin": "going", "dyin": "dying", "endin": "ending", "doin": "doing",
    "livin": "living", "tryin": "trying", "feelin": "feeling", "leavin": "leaving",
}  # fmt: skip


def _with_contractions() -> dict[str, tuple[str, ...]]:
    table = {typed: tuple(full.split()) for typed, full in _PLAIN.items()}
    for short, full in _NOT.items():
        for typed in (f"{short}n't", f"{short}nt"):
            table.setdefault(typed, (full, "not"))
    for subject in _SUBJECTS_WITH_IS:
        table.setdefault(f"{subject}'s", (subject, "is"))
    return table


EXPANSIONS = _with_contractions()
"""A typed word and the words that it stands for."""

ENDINGS = (("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'d", "would"), ("'m", "am"),
           ("'s", "'s"))  # fmt: skip
"""The last part of a contraction and its word, for all that no table lists."""

_FORMS = """
be am is are was were been being
have has had having
do does did done doing
go goes went gone going
get gets got gotten getting
say says said saying
tell tells told telling
feel feels felt
know knows knew known
think thinks thought thoughts
see sees saw seen
hear hears heard
listen listens listened
forget forgets forgot forgotten
leave leaves left leaving
lose loses lost losing
make makes made making
take takes took taken taking
come comes came coming
give gives gave given giving
keep keeps kept
understand understands understood
mean means meant
find finds found
hold holds held
hurt hurts hurting
cut cuts cutting
let lets letting
put puts putting
shut shuts shutting
quit quits quitting
sit sits sat sitting
speak speaks spoke spoken
talk talks talked
write writes wrote written writing
read reads reading
sleep sleeps slept
wake wakes woke woken waking
die dies died dying
lie lies lied lying
tie ties tied tying
bring brings brought
buy buys bought
catch catches caught
teach teaches taught
begin begins began begun beginning
break breaks broke broken
choose chooses chose chosen choosing
drink drinks drank drunk
drive drives drove driven driving
eat eats ate eaten
fall falls fell fallen
fight fights fought
hang hangs hung hanging
hide hides hid hidden hiding
hit hits hitting
meet meets met
pay pays paid
run runs ran running
send sends sent
shoot shoots shot
show shows showed shown
spend spends spent
stand stands stood
steal steals stole stolen
stick sticks stuck
swear swears swore sworn
throw throws threw thrown
wear wears wore worn
win wins won winning
grow grows grew grown
become becomes became becoming
build builds built
bear bears bore borne
freeze freezes froze frozen
shake shakes shook shaken
wound wounds wounded
child children kids kid
person persons people
man men
woman women
life lives
knife knives
wife wives
half halves
worse worst
scare scares scared scaring scary
plane planes
theme themes
use uses used using
""".strip().splitlines()  # fmt: skip

STEMS = {form: line.split()[0] for line in _FORMS for form in line.split()}
"""Forms that no ending shows, and the one form that stands for them."""

WHOLE = frozenset((
    "quite", "these", "those", "stare", "spare",
    "this", "his", "was", "has", "always", "perhaps", "yes", "us", "as", "is", "thus", "plus", "less",
    "unless", "across", "yours", "ours", "hers", "theirs", "its", "nothing", "something", "anything",
    "everything", "during", "morning", "evening", "king", "ring", "string", "thing", "sing", "spring",
    "need", "needs", "indeed", "speed", "seed", "feed", "breed", "bed", "red", "led", "shed", "hundred",
    "sacred", "naked", "wicked", "bus", "gas", "lens", "news", "maths", "physics", "wednesday", "tired",
    "bored",
))  # fmt: skip
"""Words that only look as if they had an ending."""

PAST = frozenset((
    "was", "were", "had", "did", "went", "got", "said", "told", "felt", "knew", "thought", "saw", "heard",
    "forgot", "left", "lost", "made", "took", "came", "gave", "kept", "understood", "meant", "found", "held",
    "spoke", "wrote", "slept", "woke", "lied", "brought", "bought", "caught", "began", "broke", "chose",
    "drove", "ate", "fell", "hid", "met", "paid", "ran", "sent", "showed", "spent", "stood", "swore",
    "threw", "wore", "grew", "became", "could", "would", "asked", "used", "cried", "tried",
))  # fmt: skip
"""Past forms that do not end in *ed*, and a few short ones that do."""
