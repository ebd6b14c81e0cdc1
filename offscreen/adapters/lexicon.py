"""Words that the mistakes need: verbs with their forms, words often misspelt, nouns without a plural."""

import re

# base past participle
IRREGULAR = """
be was been
begin began begun
break broke broken
bring brought brought
build built built
buy bought bought
catch caught caught
choose chose chosen
come came come
cost cost cost
cut cut cut
do did done
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feel felt felt
fight fought fought
find found found
fly flew flown
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
get got got
give gave given
go went gone
grow grew grown
hang hung hung
have had had
hear heard heard
hide hid hidden
hit hit hit
hold held held
hurt hurt hurt
keep kept kept
know knew known
lead led led
leave left left
lend lent lent
let let let
lose lost lost
make made made
mean meant meant
meet met met
pay paid paid
put put put
read read read
ride rode ridden
ring rang rung
rise rose risen
run ran run
say said said
see saw seen
sell sold sold
send sent sent
set set set
shake shook shaken
shine shone shone
shoot shot shot
show showed shown
shut shut shut
sing sang sung
sink sank sunk
sit sat sat
sleep slept slept
speak spoke spoken
spend spent spent
stand stood stood
steal stole stolen
stick stuck stuck
strike struck struck
swim swam swum
swing swung swung
take took taken
teach taught taught
tear tore torn
tell told told
think thought thought
throw threw thrown
understand understood understood
wake woke woken
wear wore worn
win won won
write wrote written
"""

REGULAR = """
accept add admit agree allow announce answer appear apply approve argue arrange arrive ask assume attack attend avoid bake bark
believe belong boil borrow breathe brush burn call cancel care carry change charge check clean climb close collect compare complain
complete consider contain continue cook copy count cover create cross cry damage dance decide decrease defend deliver demand deny depend
describe design destroy develop die disappear discover discuss divide dream dress drop earn employ encourage end enjoy enter escape
examine exist expect explain explore face fail fill finish fix follow force gain gather guess guide handle happen hate help hope
hurry imagine improve include increase inform intend introduce invent invite join jump kick kill knock land last laugh learn lift
like listen live look love manage mark marry matter measure mention miss mix move need notice obey object offer open order own
pack paint park pass perform permit phone plan plant play point practise prefer prepare present press prevent print produce promise
protect prove provide pull punish push raise reach realise receive recommend record reduce refuse regret relax remain remember remind
remove repair repeat replace reply report represent require rescue return reveal roll rush save search seem serve share shout sign
smell smile smoke sound spoil start stay stop study succeed suffer suggest supply support suppose surprise talk taste tend test thank
touch train travel treat trust try turn use visit vote wait walk want warn wash waste watch welcome wish wonder work worry
""".split()


def third(base):
    """The form of he, she and it."""
    if base in ("be", "have", "do", "go"):
        return {"be": "is", "have": "has", "do": "does", "go": "goes"}[base]
    if re.search(r"(s|x|z|ch|sh)$", base):
        return base + "es"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ies"
    return base + "s"


DOUBLED = {"admit", "drop", "permit", "plan", "prefer", "regret", "stop"}


def regular_past(base):
    """What a learner takes for the past, and what it is for regular verbs."""
    if base.endswith("e"):
        return base + "d"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ied"
    if base in DOUBLED or re.search(r"^[^aeiou]*[aeiou][bdgmnpt]$", base):
        return base + base[-1] + "ed"
    return base + "ed"


def gerund(base):
    if base in ("die", "lie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe")) and base != "be":
        return base[:-1] + "ing"
    if base in DOUBLED | {"begin", "forget"} or re.search(r"^[^aeiou]*[aeiou][bdgmnpt]$", base):
        return base + base[-1] + "ing"
    return base + "ing"


PAST, PARTICIPLE = {}, {}
for line in IRREGULAR.split("\n"):
    if line:
        base, past, participle = line.split()
        PAST[base], PARTICIPLE[base] = past, participle
for base in REGULAR:
    PAST[base] = PARTICIPLE[base] = regular_past(base)

BASES = [base for base in PAST if base != "be"]
THIRD = {third(base): base for base in BASES}
GERUND = {gerund(base): base for base in BASES}
OF_PAST = {past: base for base, past in PAST.items() if base != "be"}
OF_PARTICIPLE = {participle: base for base, participle in PARTICIPLE.items() if base != "be"}

# right: wrong spellings
MISSPELT = {}
for line in """
absence absense abscence
accidentally accidently
accommodation accomodation acommodation
accommodate accomodate
achieve acheive
across accross
address adress
advertisement advertisment
aggressive agressive
almost allmost
already allready
always allways alway
amateur amature
anniversary aniversary
apparently apparantly
appearance appearence
appointment apointment
approximately aproximately
argument arguement
assassination assasination
athlete athelete
attendance attendence
autumn autum
available availible avaliable
beautiful beatiful beautifull
because becuase becouse
beginning begining
behaviour behavoir
believe beleive belive
benefit benifit
breakfast brekfast
brilliant briliant
Britain Britian
business buisness bussiness
calendar calender
careful carefull
category catagory
cemetery cemetary
certain certian
certainly certainley
changeable changable
character caracter
chocolate choclate
cigarette cigarete
colleague collegue
colleagues collegues
coming comming
committee comittee commitee
comparison comparision
completely completly
concentrate consentrate
conscience concience
conscious concious
convenient convinient
correspondence correspondance
could coud
curiosity curiousity
decision desicion descision
definitely definately definatly
describe discribe
desperate desparate
development developement
difference diffrence
different diffrent
difficult dificult
dining dinning
disappear dissapear
disappeared dissapeared
disappointed dissapointed
discipline dicipline
education educaton
eighth eigth
embarrassed embarassed
embarrassing embarassing
environment enviroment
equipment equiptment
especially especialy
every evry
exaggerate exagerate
excellent excelent
except exept
exercise excercise
existence existance
expensive expencive
experience experiance
explanation explaination
extremely extremly
familiar familar
family familly
favourite favorit
February Febuary
finally finaly
foreign foriegn
forty fourty
forward foward
friend freind
friends freinds
fulfil fullfil
further futher
garden gardin
generally generaly
government goverment
grammar grammer
grateful greatful
guarantee garantee
guard gaurd
happened happend
happily happilly
height heigth
heroes heros
holiday holliday
hospital hospitel
humorous humourous
hundred hunderd
immediately immediatly
important importent
independent independant
intelligent inteligent
interest intrest
interested intrested
interesting intresting
interrupt interupt
island iland
jewellery jewelery
judgement judgemant
knowledge knowlege
language langauge
laughed laughd
leisure liesure
library libary
lightning lightening
literature litrature
loneliness lonelyness
maintenance maintainance
marriage marrage
medicine medecine
million milion
minute minuite
mischievous mischievious
misspelled mispelled
mountain mountian
necessary neccessary necesary
neighbour nieghbour
neighbours nieghbours
nephew nefew
ninety ninty
noticeable noticable
occasion ocassion occassion
occasionally occasionaly
occurred occured
occurrence occurence
official offical
often offen
opinion opinon
opportunity oppurtunity oportunity
original orginal
parallel paralel
parliament parliment
particularly particulary
people poeple peaple
performance performence
permanent permanant
persistent persistant
personal personnal
persuade pursuade
piece peice
pieces peices
pleasant plesant
possession posession
possible possable
potatoes potatos
practically practicly
prefer preffer
preferred prefered
prejudice predjudice
presence presance
pressure presure
privilege priviledge
probably probly propably
problem probleme
professional proffesional
professor proffessor
promise promiss
pronunciation pronounciation
publicly publically
questionnaire questionaire
quiet queit
really realy
receipt reciept
receive recieve
received recieved
recognise reconise
recommend recomend reccommend
recommended recomended
referred refered
relevant relevent
religious religous
remember rember remeber
repetition repitition
responsible responsable
restaurant restaurent resturant
rhythm rythm
sandwich sandwhich
schedule schedual
science sience
scissors sissors
secretary secratary
separate seperate
separately seperately
several severel
should shoud
similar similiar
sincerely sincerly
soldier solider
something somthing
speech speach
sponsor sponser
straight straigt
strength strenght
strictly stricly
stubborn stuborn
success sucess
successful succesful successfull
sufficient suficient
suggest sugest
surprise suprise
surprised suprised
surprising suprising
temperature temperture
temporary temporery
themselves themselfs
therefore therefor
they thay
thirteen thirten
though thougth
thought thougt
threshold threshhold
through throught
tomatoes tomatos
tomorrow tommorow tommorrow
tongue tounge
truly truely
twelfth twelth
tyranny tyrany
unfortunately unfortunatly
unique uniqe
until untill
unusual unusal
usually usualy
vacuum vaccuum
vegetable vegtable
vegetables vegtables
vehicle vehical
village vilage
visitor visiter
weather wheather
Wednesday Wensday
weird wierd
whether wether
which wich
with wiht
without whithout
would woud
writing writting
written writen
yesterday yestarday
""".strip().split("\n"):
    right, *wrong = line.split()
    MISSPELT[right] = wrong

UNCOUNTABLE = """advice baggage bread damage equipment evidence feedback furniture hardware homework housework information
knowledge luggage money music news progress research rubbish scenery software traffic travel weather work""".split()

PLURALS = {
    "children": ["childs", "childrens"],
    "women": ["womans", "womens"],
    "men": ["mans", "mens"],
    "people": ["peoples", "persons"],
    "feet": ["foots", "feets"],
    "teeth": ["tooths", "teeths"],
    "mice": ["mouses"],
    "sheep": ["sheeps"],
    "fish": ["fishs"],
    "lives": ["lifes"],
    "wives": ["wifes"],
    "knives": ["knifes"],
    "leaves": ["leafs"],
    "shelves": ["shelfs"],
    "wolves": ["wolfs"],
    "halves": ["halfs"],
    "thieves": ["thiefs"],
    "boxes": ["boxs"],
    "cities": ["citys"],
    "families": ["familys"],
    "countries": ["countrys"],
    "ladies": ["ladys"],
    "babies": ["babys"],
    "parties": ["partys"],
    "stories": ["storys"],
    "series": ["serie"],
    "species": ["specie"],
    "trousers": ["trouser"],
}

KEYS = {}
for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm"):
    for left, right in zip(row, row[1:]):
        KEYS.setdefault(left, []).append(right)
        KEYS.setdefault(right, []).append(left)

COUNTRIES = "France Germany Italy Spain Portugal Brazil Mexico England Ireland Scotland Poland Norway Sweden Japan China India Canada Europe Africa Asia"
LANGUAGES = "English French German Italian Spanish Portuguese Polish Russian Chinese Japanese British American European Dutch Greek Latin Irish Swedish"
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
MONTHS = "January February March April June July August September October November December"
ADJECTIVES = """big small large great little old new young good bad long short high low white black red green blue yellow brown dark
beautiful nice strange important different difficult easy hard strong weak rich poor warm cold hot cool cheap expensive quiet happy sad famous
modern ancient empty full heavy light simple whole narrow wide deep dangerous interesting clean dirty fresh""".split()
COMPARATIVES = """better worse bigger smaller older younger taller higher lower longer shorter faster slower stronger weaker easier
cheaper nicer happier warmer colder larger louder richer poorer safer deeper wider closer harder later earlier""".split()
SUPERLATIVES = """best worst biggest smallest oldest youngest tallest highest lowest longest shortest fastest strongest easiest
cheapest nicest happiest largest richest safest deepest closest hardest""".split()
MORE = """beautiful important difficult expensive interesting dangerous comfortable famous careful useful modern popular powerful""".split()

# right, then what is written for it; those of the second list stand so often that they would drown the others.
HOMOPHONES = {}
for group in """
their there they're|there their|they're their there|then than|than then|your you're|you're your ur|its it's|it's its
whose who's|who's whose|to too|affect effect|effect affect|effects affects|affected effected|lose loose|losing loosing
loose lose|were where|where were wear|we're were|hear here|here hear|know no|knew new|new knew|right write|write right
week weak|weak week|buy by|by buy|brake break|break brake|piece peace|peace piece|weather whether|whether weather
quiet quite|quite quiet|passed past|past passed|accept except|except accept|advice advise|advise advice
principal principle|principle principal|threw through|through threw|allowed aloud|bare bear|bear bare|board bored
bored board|course coarse|hole whole|whole hole|meet meat|meat meet|pair pear|plain plane|plane plain|role roll
sail sale|sale sail|scene seen|seen scene|sea see|see sea|son sun|sun son|stair stare|steal steel|tale tail|tail tale
waist waste|waste waist|wait weight|weight wait|way weigh|wear where|wood would|would wood|won one|flower flour
flour flower|hour our|our are hour|dear deer|die dye|fir fur|heal heel|I'll ill|let's lets|led lead
lightning lightening|of off|off of|stationery stationary|dessert desert|choose chose|chose choose|breath breathe
breathe breath|clothes cloths|dying dieing|complement compliment|cue queue|elicit illicit|ensure insure
formerly formally|heard herd|idle idol|aisle isle|knight night|night nite|later latter|medal metal|miner minor
moral morale|personal personnel|pray prey|rain reign|site sight|sight site|sweet suite|thorough through|thought taught
though thought|tired tried|vain vein|wander wonder|wonder wander|woman women|women woman
""".strip().replace("\n", "|").split("|"):
    right, *wrong = group.split()
    HOMOPHONES[right] = wrong
FREQUENT_WORDS = set("then of off new no see where were know would way right past through here by our night woman women".split())
