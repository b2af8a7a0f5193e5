"""Words for people, and first names with the gender they usually tell; lists only.

Used in `people.py` to find whom else "she" or "he" could mean: a word that is missing here is a wrong "you".
"""

from app.engine.english import word_set

SHE = word_set(
    "mil exwife mamma momma grandmum grandmom nanny actress hostess heroine princess madam madame "
    "stepmother schoolgirl lass lassie lesbian gal chick babe mum mom mam mama mummy mommy mother ma "
    "sister sis wife daughter girlfriend gf aunt auntie aunty gran grandma nan nana nanna granny "
    "grandmother niece stepmum stepmom stepdaughter stepsister woman lady girl fiancee fiancée widow "
    "landlady waitress queen missus mrs ms miss goddaughter granddaughter bride midwife policewoman "
    "mistress nun godmother"
)
HE = word_set(
    "fil exhusband papa pop granda grampa schoolboy monk widower mister sir geezer dad daddy father "
    "brother husband hubby son boyfriend bf uncle grandad granddad grandpa grandfather nephew man guy "
    "bloke boy lad fella stepdad stepfather stepson stepbrother mr groom policeman grandson godfather "
    "dude chap gentleman postman"
)
ANY = word_set(
    "bff bestfriend teammate classmate workmate buddy pal acquaintance chaplain matron sergeant captain "
    "tenant paramedic bookkeeper waiter cashier guide host optician osteopath chiropractor acupuncturist "
    "healer psychic buyer seller facilitator leader member parishioner pupil apprentice journalist "
    "inspector assessor advocate volunteer soulmate fling hairstylist toddler newborn infant bunny "
    "rabbit mare dietitian sponsor sw landlord ref magistrate barrister attorney prof boss manager "
    "supervisor friend mate bestie doctor doc gp teacher nurse neighbour neighbor partner ex colleague "
    "coworker child kid baby teenager parent cousin twin sibling spouse roommate flatmate housemate "
    "receptionist secretary interpreter translator dentist surgeon consultant lawyer solicitor judge "
    "officer worker carer caseworker tutor professor lecturer pastor priest imam rabbi vicar patient "
    "stranger student assistant trainee driver cleaner barber hairdresser dog cat pet puppy kitten horse "
    "fiance fiancé grandparent stepchild client intern specialist physio pharmacist mentor "
    "physiotherapist bully abuser ceo director headteacher principal instructor trainer masseuse "
    "employer lodger dietician relative lover crush owner singer actor actress author guest"
)
THERAPISTS = {
    "therapist": "therapist", "psychotherapist": "therapist", "shrink": "therapist",
    "counsellor": "counsellor", "counselor": "counsellor", "councillor": "counsellor",
    "psychologist": "psychologist", "psychiatrist": "psychiatrist",
    "cpn": "cpn", "coach": "coach", "analyst": "analyst", "psych": "psychologist",
}  # fmt: skip
PLURALS = word_set(
    "people everyone everybody men women children police staff team clinic office company family parents "
    "they're someone somebody anyone anybody nobody person couple group others folk nhs reception "
    "management school hospital insurance public committee board class crowd mates lot couples "
    "government"
)
NOT_PLURAL = word_set(
    "this is was has does its his us yes always sometimes perhaps plus as less unless across towards "
    "besides nowadays afterwards thus obvs bus gas class boss mess loss stress process progress address "
    "news focus business guess miss kiss pass yours hers ours theirs shes hes thats whats lets isnt "
    "wasnt hasnt doesnt anyways christmas series serious obvious maths lots cos yesterdays it's hours "
    "minutes weeks months years days times sessions seconds wednesdays tuesdays mondays thursdays "
    "fridays looks makes helps feels seems gets"
)
WOMEN = word_set(
    "abigail agnes aisha alice alison amelia amy angela anna anne annie ava becky beth bethany carly "
    "charlotte chloe claire debbie diane elizabeth ella ellie emily emma esther eva evie fatima gemma "
    "hannah hayley helen ines irene isla jane janet jennifer jenny jessica joan joanna joanne jodie "
    "julia julie karen karina kate kathryn kathy katie kelly kirsty laura lauren leanne leila lena linda "
    "lisa lucy margaret maria mariam mary maya megan mia michaela michelle miriam molly monica nadia "
    "nadine naomi natalie natasha nicola nina nora olga olivia pam patricia paula petra philippa poppy "
    "priya rachel rebecca rosie ruth samantha sandra sanja sara sarah sharon sheila simone sofia sonia "
    "sophie stacey stephanie susan tanya tara teresa theresa tina tracy una valerie vera veronica vicky "
    "wanda wendy yasmin yvonne zainab zara zoe"
)
MEN = word_set(
    "aaron abdul adam ahmed alan alexander alfie andrew andy anthony arthur barry ben brandon brian "
    "callum carlos christian colin connor craig damian dan daniel darren dave david declan derek dominic "
    "duncan dylan ed edward elliot eric ethan euan ewan felix finn fred freddie gareth gary gavin geoff "
    "george gordon graeme graham greg harry harvey hassan henry hugh hussein ian ibrahim ivan jack jake "
    "jakub jamal james jason jeff jeremy jerome jimmy joe john jonathan jorge jose josh juan justin "
    "karim keiran keith kevin kieran kyle leo leon lewis liam louis luke malcolm marco marcus marek "
    "mario martin mateusz matt matthew mehmet michael mike milan mitch mo mohammed muhammad mustafa "
    "nathan neil nick nigel noah norman oliver omar oscar owen patrick paul pawel pedro pete peter phil "
    "philip piotr raj rhys richard ricky robert roger ronnie rory ross russell ryan samuel scott sean "
    "sebastian shaun simon spencer stanley stefan stephen steve stuart theo thomas tim toby tom tony "
    "tyler victor vincent wayne william yusuf zach"
)
EITHER = word_set(
    "alex ali andrea ariel ashley billie bobbie casey charlie chris dana danni danny drew frankie "
    "gabriel georgie harley jackie jamie jay jean jess jo jordan jude jules kerry kim lee lesley leslie "
    "lou max mel micky morgan nicky nikita noor pat quinn ray riley robbie robin sam sandy sasha shannon "
    "shelley taylor terry toni val"
)
COMMON_NAMES = word_set(
    "hope joy will mark may grace faith rose dawn april june summer art bill rob sue pat drew frank "
    "grant chance dean jean read page case love ray guy max miles rich sky star sunny violet iris ivy "
    "olive ruby amber crystal angel dot kitty penny robin jay earnest ernest cash chase hunter mason "
    "carol eve bob nick sandy holly heather"
)
NO_NAMES = word_set(
    "i i'm i've i'd i'll im ok okay tv zoom teams skype whatsapp facetime google christmas easter "
    "ramadan eid god jesus covid english french german spanish polish british american european african "
    "asian indian chinese muslim christian jewish catholic january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue "
    "tues wed thu thurs fri sat sun tesco netflix instagram facebook tiktok reddit maths uni cbt emdr "
    "dbt nhs adhd ptsd ocd bpd sorry thanks hello hi bible internet act autism bipolar prozac brexit "
    "zoloft sertraline diwali hanukkah"
)
OTHER_KIND = word_set(
    "old last previous former ex first other another next new second earlier different actual usual "
    "substitute past"
)
COMPOUNDS = word_set(
    "figure figures issues stuff steps training appointment request requests language fight zone group "
    "name problems problem trouble wound wounds meeting role hood drama"
)
OPENERS = word_set(
    "therapy counselling counseling talking silence nothing everything something anything session money "
    "time trust work it half part none most life everybody nobody treatment eye contact zoom video "
    "homework progress please lately today yesterday honesty maybe whatever whenever whoever wish guess "
    "thought felt screen camera picture sound audio mic microphone signal line connection wifi laptop "
    "computer tablet phone app link door room chair sofa light lights heating radio clock alarm doorbell "
    "letter email text message bill invoice worksheet form diary journal session appointment call "
    "conversation question answer work talk hands head heart stomach mind voice tears words week month "
    "rain traffic bus train lunch coffee tea"
)
