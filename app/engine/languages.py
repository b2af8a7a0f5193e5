"""Which language a text is written in, as far as its small words or its letters tell; English is none.

Only closed lists of words without much meaning of their own live here. What is said in another language, and
what answers it, stands in YAML.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")
_CONTRACTED = re.compile(r"(?<=[^\W\d_])['\u2019\u02bc`](?:s|t|m|d|re|ve|ll)\b")
_OTHER_SCRIPT = re.compile(
    r"[\u0370-\u1cff\u1f00-\u1fff\u2e80-\ud7ff\uf900-\ufdff\ufe70-\ufeff\uff66-\uffdc]"
)
_FEWEST_LETTERS = 4
_FEWEST = 3
_SENTENCE = 6

# Scots, Nigerian Pidgin and what is typed in a hurry are English too.
_ENGLISH = frozenset("""
a i u the and to of is it you he she they we my me her his him that this was for with not have has had be
been are am on in at so but what do does did done just about when how who why where which an as if or from
your our their there here would can could will should may might must then than them these those because into
out up down over after before again also even only very too more most much no nor yes all any some one own
same now off by per were im ive id ill dont didnt doesnt cant wont isnt wasnt its thats hes shes theyre
youre well like get got go going said say says know think feel feels felt really never always every still
back come came make made see want thing things something nothing time good us let lets through while until
since without around other son sin con pour plus tout mon ton mes est ai au die hat man mit war bin met van
door men wel wan dan ben bent al ale jest jam dove solo sale ha ho lo ma pa mi mia elle ana main ka ki ko
hum hi bhi ok sa se via chi si na dem dey una wey wetin sef sha abi abeg sabi dis dat pikin e o den fit waka
don ae wis wi da dae nae ken fae tae hae aye yer yir auld oot aboot cannae didnae wasnae isnae een ye gie
wee mair hame wid wur oor noo doon naw masel hersel himsel ane ony whit rn ur bc cuz tho thru w idk tbh omg
lol ngl fr
""".split())  # fmt: skip
# They stand in names and dishes as well, so they count only beside others.
_OF_NAMES = frozenset("""
de la las los el del du des le les der den von di dei van y e en san das dos da do il bin ibn w z
""".split())  # fmt: skip
_LISTS = {
    "es": """
el la los las de del que y en un una por con para no es se lo le les su sus mi mis tu pero como yo muy ella
al más porque cuando ni ya está estoy tengo hay esto esta este eso esa nada siempre nunca también qué cómo
si él ellos nos sin sobre todo todos cada hace hacer soy son fue ser estar tiene puedo quiero siento mucho
algo hasta desde donde después aquel aquella otra otro me te creo mientras antes aunque hoy ayer necesito
gusta gustaría quisiera veces demasiado nadie ningún ninguna quien alguien había han hemos ese aquí allí
solo sino tampoco hacia vez cosas
""",
    "fr": """
le la les de des du et en un une que qui je ne pas il elle ce cette ces mon ma mes son sa ses pour avec dans
mais sur au aux est suis ai me se plus très quand comme ça rien nous vous on ils elles lui leur moi toi par
sans tout tous être avoir fait faire dit dire peu trop jamais toujours depuis parce où quoi aussi encore
chaque fois était cela alors après avant veux peux sais voudrais sont quelque quelqu autre autres ici là
pourquoi comment beaucoup moins déjà entre personne lorsque si dis quel quelle chez sous ont avons
""",
    "de": """
der die das und ich nicht ist mit ein eine einen einem einer den dem zu auf mir mich sie er es wir aber auch
wenn wie für von bei meine mein meinen meinem meiner habe hab bin sich dass nur noch sehr nichts immer kein
keine was so an im am ihm ihr ihn uns sind war waren hat haben wird werden kann wäre würde über nach vor
seit oder weil als ob denn mal schon jetzt wieder nie mehr man dann ihre seine warum etwas alles vielleicht
manchmal dir dich euch bis durch ohne gegen während zum zur vom beim einfach diese dieser diesem dieses jede
jeder jedes soll muss möchte gar ganz hier dort wurde werde
""",
    "pt": """
o a os as de que e em um uma não nao é eu me para com por se mas como minha meu meus ela ele do da no na ao
dos das muito estou está tenho tem isso isto esse essa quando já nada sempre nunca porque você só mais foi
ser sua seu dele dela nos nós sem sobre tudo cada às até onde outra outro também gosto quero sinto acho faz
fazer entre eles agora ainda depois antes gostaria preciso demais menos ninguém alguém algo esta este essas
esses dessa desse aqui ali pela pelo pra pro vez coisas
""",
    "it": """
il lo la gli le di che e un una non è io mi per con ma come mio mia lei lui del della dei delle nel nella ho
sono si più quando perché niente sempre mai questo questa anche a al alla da dal dalla in se ci ne ha hai
era essere fare molto ogni prima dopo senza cosa quello così tutto tra loro noi suo sua poi ancora adesso
vorrei posso sto sento qualcosa nessun nessuno dove mentre questi queste quel quella quei quelle troppo meno
poco qui lì volta cose qualcuno forse fa sia hanno abbiamo fino mie miei agli alle sulla sul qualcun altro
altra altri stiamo sta stai via alcuni
""",
    "nl": """
de het een en ik niet van dat is met mijn voor maar ook als hij zij ze op aan er om mij heb ben was naar wel
nog geen bij zo wat niets altijd omdat me we wij dit die te in hem haar ons zijn heeft had hebben worden kan
wil moet zou zich uit over door dan toen nu meer heel steeds nooit iets alles waar waarom hoe elke soms
tussen mezelf misschien graag alleen deze jij jullie hun zelf zonder tijdens tegen vaak terwijl want weer
iemand niemand doe doen gaat gaan weet kom komt daar hier bent toch elkaar kwam kwamen ging gingen al via
zal zouden werd hebt veel weinig eigenlijk
""",
    "pl": """
nie się że to jest do jak ale mnie mi mój moja ja ona on co za po od tak nic już czy jestem mam kiedy bardzo
zawsze przez na dla ze mu jej jego go ją nas nam nim nią oni tego tym ten ta te by być był była są ma tylko
też jeszcze gdy bo więc może przed nigdy ktoś coś wszystko sobie siebie moje mojej mojego będzie kogoś chcę
czuję niż między wiem jeśli w i z a o u więcej mniej trochę tu tam skąd gdzie kto kogo nikt tych im ich nami
ani albo aby żeby bez pod nad zanim ciągle znowu teraz dlaczego niego niej
""",
    "tr": """
ve bir bu ben benim bana beni için ama çok ne o da de ile gibi değil var yok daha kadar sonra hiç şey her
onun diye nasıl artık ona onu onunla biz bize bizi ki mi ya en hep şu bunu buna neden çünkü önce kendimi
kendi bile hiçbir zaman bazen belki sadece olarak olduğunu istiyorum bilmiyorum hissediyorum hakkında başka
yine nereye nerede nereden kim bütün fakat ancak beri göre bence mu mı mü musun sen sana seni hala hâlâ
biraz gerçekten sürekli hem ise
""",
    "hi-Latn": """
main mein hai hain hoon hun ho ka ki ke ko se nahi nahin nhi aur mujhe mera meri mere kya yeh ye woh wo bhi
par kar raha rahi rahe tha thi koi bahut hum humare unse unko usko uska jab tab toh hota hoti kuch kyun
kaise ab abhi phir sab kisi apne apna liye lekin magar kabhi sirf gaya jata jaata lagta karna karta karti
hone chahta chahti chahiye thoda kam bilkul zyada pehle baad saath mat na unki uski iske inke jaise isliye
kyunki haan hoga sakta sakti dete deta diya pata
""",
}
_ACCENTS = {
    "es": "áéíóúñ", "fr": "àâçèéêëîïôùûœ", "de": "äöüß", "pt": "áâãàçéêíóôõú", "it": "àèéìòù", "nl": "ëï",
    "pl": "ąćęłńóśźż", "tr": "çğıöşü", "hi-Latn": "",
}  # fmt: skip
_WITHOUT_MARKS = str.maketrans("łı", "li")
_UKRAINIAN = frozenset("що як якщо це але він вона зараз дуже коли може мені мене й та чи є з із від".split())
_UNKNOWN = 4
_SCRIPTS = (
    ("CJK", "zh"), ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("DEVANAGARI", "hi"),
    ("ARABIC", "ar"), ("CYRILLIC", "ru"), ("GREEK", "el"), ("HEBREW", "he"),
)  # fmt: skip
# Letters that only another language of the same script has.
_TOLD_APART = (("ar", "ٹڈڑںے", "ur"), ("ar", "پچژگ", "fa"), ("ru", "ђјљњћџ", "sr"), ("ru", "іїєґ", "uk"))
OTHER = "und"
"""The tag of a language that is not known, only that it is not English."""


def _as_typed(words: Iterable[str]) -> frozenset[str]:
    """The words, and the same without their marks, as they are typed in a hurry."""
    split = {word: unicodedata.normalize("NFD", word).translate(_WITHOUT_MARKS) for word in words}
    return frozenset(split) | {re.sub("[\u0300-\u036f]", "", word) for word in split.values()}


_ALL = {language: _as_typed(words.split()) for language, words in _LISTS.items()}
_OWN = {language: words - _ENGLISH - _OF_NAMES for language, words in _ALL.items()}
_AGAINST = {language: _ENGLISH - words for language, words in _ALL.items()}
_ONLY_ENGLISH = _ENGLISH.difference(*_ALL.values())


def language_of(text: str) -> str | None:
    """The language of a text that is not English, as a BCP 47 tag (`und`: which one is not known), or None:
    English, or too little to tell. A script stands for the language that is most written in it.

    >>> language_of("no me siento escuchada por mi terapeuta"), language_of("she never listens")
    ('es', None)
    """
    if text.isascii():
        return _by_words(set(_WORD.findall(_CONTRACTED.sub(" not", text.lower()))), [])
    text = unicodedata.normalize("NFC", text)
    if len(_OTHER_SCRIPT.findall(text)) >= _FEWEST_LETTERS:
        return _by_letters(text.lower())
    words = set(_WORD.findall(_CONTRACTED.sub(" not", text)))
    marked = [word for word in words if word.islower() and not word.isascii()]  # names have a capital
    return _by_words({word.lower() for word in words}, marked)


def _by_words(words: set[str], marked: list[str]) -> str | None:
    """The language that has most of the words: three, or two of a sentence without any English one, and
    twice as many of its own as are English."""
    if len(words - _ENGLISH) < 2 * len(words & _ONLY_ENGLISH):
        return None  # as no list could outweigh them
    found: dict[str, tuple[int, int]] = {}
    for language, own in _OWN.items():
        known, against = words & _ALL[language], len(words & _AGAINST[language])
        written = sum(_written_with(word, _ACCENTS[language]) for word in marked if word not in own)
        alone, most = len(known & own) + written, len(known) + written
        pure = not against and len(words) >= _SENTENCE
        enough = most >= _FEWEST and (alone >= 2 or most > _FEWEST)
        if alone and alone >= 2 * against and (enough or (pure and most >= 2)):
            found[language] = most, len(known & own)
    if not found:
        return OTHER if len(marked) >= max(_UNKNOWN, 2 * len(words & _ENGLISH)) else None
    first, *others = sorted(found, key=lambda language: found[language], reverse=True)
    equal = others and found[others[0]] == found[first]
    return OTHER if equal or not found[first][1] else first


def _written_with(word: str, letters: str) -> bool:
    return all(letter.isascii() or letter in letters for letter in word)


def _by_letters(text: str) -> str | None:
    """The language of the script that most letters are of."""
    counts: Counter[str] = Counter()
    for letter, often in Counter(text).items():
        if letter.isalpha():
            counts[_tag_of(letter)] += often
    if "ja" in counts:  # kana stand between characters that Chinese has too
        counts["ja"] += counts.pop("zh", 0)
    best = max(counts, key=lambda tag: counts[tag], default="")
    if best == "ru" and not set("ыэъё") & set(text) and _UKRAINIAN & set(_WORD.findall(text)):
        return "uk"
    told = (tag for script, only, tag in _TOLD_APART if script == best and set(only) & set(text))
    return next(told, best) or None


def _tag_of(letter: str) -> str:
    """The language a letter stands for; "" for ours."""
    name = unicodedata.name(letter, "")
    return (
        "" if "LATIN" in name else next((tag for script, tag in _SCRIPTS if name.startswith(script)), OTHER)
    )
