"""Mistakes of learners and natives, put into correct English.

A rule is a pattern of correct English and what is written in its place by mistake. Only what is surely wrong is a rule:
whatever may also be right would teach the model to change correct sentences. Rules that seldom find a place are
chosen the more often where they do.

    python mistakes.py SENTENCES.txt 20      # shows some
"""

import random
import sys
from collections import defaultdict

import regex as re

from lexicon import (
    ADJECTIVES,
    BASES,
    COMPARATIVES,
    COUNTRIES,
    DAYS,
    FREQUENT_WORDS,
    GERUND,
    HOMOPHONES,
    KEYS,
    LANGUAGES,
    MISSPELT,
    MONTHS,
    MORE,
    OF_PARTICIPLE,
    OF_PAST,
    PARTICIPLE,
    PAST,
    PLURALS,
    REGULAR,
    SUPERLATIVES,
    THIRD,
    UNCOUNTABLE,
    gerund,
    regular_past,
    third,
)

RULES = []


def rule(kind, weight, pattern, *wrongs, flags=0):
    """`wrongs`: templates of `re.expand`, or functions of a match and a random generator (None: not here)."""
    RULES.append((kind, weight, re.compile(pattern, flags), wrongs))


def words(text):
    return "|".join(sorted(text.split() if isinstance(text, str) else text, key=len, reverse=True))


SUBJECT = r"(?:I|[Yy]ou|[Ww]e|[Tt]hey|[Hh]e|[Ss]he|[Ii]t|[Ww]ho|[A-Z][a-z]+)"
HE = r"(?:[Hh]e|[Ss]he|[Ii]t|[Ee]veryone|[Ee]verybody|[Nn]obody|[Ss]omeone|[Nn]o one)"
THEY = r"(?:I|[Yy]ou|[Ww]e|[Tt]hey)"
BEFORE = r"(?<![\w'’-])"
AFTER = r"(?![\w'’-])"
NEXT = r"(?= (?:a|an|the|to|in|on|at|of|for|with|from|by|that|it|him|her|them|us|me|his|their|its|my|our|your|about|up|out|back|not|no|very|so|more|and)\b)"
PAST_TIME = r"(?:[Yy]esterday|[Ll]ast (?:week|month|year|night|summer|winter|spring|autumn|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)| ago\b|in (?:1\d|20)\d\d\b|[Ww]hen (?:I|we|he|she|they) (?:was|were)\b)"


def choice(table):
    """A function that looks the first group up in a table of right → wrong."""
    return lambda match, rng: match.group(0).replace(match.group(1), rng.choice(table[match.group(1)]), 1)


# Agreement
rule("agreement", 3, rf"{BEFORE}({HE}) ({words(THIRD)}){AFTER}", lambda m, r: f"{m[1]} {THIRD[m[2]]}")
rule("agreement", 2, rf"(?<=[a-z,] )([A-Z][a-z]+) ({words(THIRD)}){NEXT}", lambda m, r: f"{m[1]} {THIRD[m[2]]}")
rule("agreement", 2, rf"^([A-Z][a-z]+(?: [A-Z][a-z]+)?) ({words(THIRD)}){NEXT}", lambda m, r: f"{m[1]} {THIRD[m[2]]}")
rule("agreement", 3, rf"{BEFORE}([Tt]he|[Tt]his|[Tt]hat|[Ee]ach|[Ee]very|[Mm]y|[Hh]is|[Hh]er|[Oo]ur|[Tt]heir|[Aa]n?) (\w+(?<!s)) ({words(THIRD)}){NEXT}", lambda m, r: f"{m[1]} {m[2]} {THIRD[m[3]]}")
rule("agreement", 3, rf"{BEFORE}([Tt]hese|[Tt]hose|[Mm]any|[Ss]everal|[Mm]ost|[Ff]ew|[Bb]oth|[Tt]wo|[Tt]hree|[Tt]he|[Mm]y|[Oo]ur|[Tt]heir) (\w+[^s\W]s|people|children|men|women) ({words(BASES)}){NEXT}", lambda m, r: f"{m[1]} {m[2]} {third(m[3])}" if m[3] not in ("read", "cut", "put", "set", "let", "hit", "shut", "hurt", "cost", "have") else None)
rule("agreement", 2, rf"{BEFORE}({THEY}) ({words(BASES)}){NEXT}", lambda m, r: f"{m[1]} {third(m[2])}")
rule("agreement", 2, rf"{BEFORE}({HE}) (is|was|has|does)(n['’]t)?{AFTER}", lambda m, r: m[1] + " " + {"is": r.choice(["are", "be"]) if not m[3] else "are", "was": "were", "has": "have", "does": "do"}[m[2]] + (m[3] or ""))
rule("agreement", 2, rf"{BEFORE}([Yy]ou|[Ww]e|[Tt]hey) (are|were|have|do)(n['’]t)?{AFTER}", lambda m, r: m[1] + " " + {"are": "is", "were": "was", "have": "has", "do": "does"}[m[2]] + (m[3] or ""))
rule("agreement", 1, rf"{BEFORE}I (am|was|have|do){AFTER}", lambda m, r: "I " + {"am": r.choice(["is", "are"]), "was": "were", "have": "has", "do": "does"}[m[1]])
rule("agreement", 2, rf"{BEFORE}(\w+[^su\W]s|people|children|men|women) (are|were|have){AFTER}", lambda m, r: m[1] + " " + {"are": "is", "were": "was", "have": "has"}[m[2]])
rule("agreement", 2, rf"{BEFORE}([Tt]he|[Tt]his|[Tt]hat|[Mm]y|[Hh]is|[Hh]er|[Oo]ur|[Ii]ts|[Aa]n?) (?!(?:team|committee|government|staff|crowd|family|band|company|group|number|majority|rest|police|council|board|public|audience|couple|club|data|press|pair|class|army|enemy|jury|crew|party|firm|village|bank|cabinet|media|side)\b)(\w+[^s\W]) (is|was|has|does)(n['’]t)?{AFTER}", lambda m, r: f"{m[1]} {m[2]} " + {"is": "are", "was": "were", "has": "have", "does": "do"}[m[3]] + (m[4] or ""))
rule("agreement", 2, rf"{BEFORE}([Tt]he \w+[^s\W]) of (the|these|those|our|their|his) (\w+[^s\W]s) (is|was|has|shows|means|comes|seems){AFTER}", lambda m, r: f"{m[1]} of {m[2]} {m[3]} " + {"is": "are", "was": "were", "has": "have"}.get(m[4], m[4][:-1]) if not re.search(r"number|majority|rest|most|group|pair|lot|series|range", m[1]) else None)
rule("agreement", 5, rf"{BEFORE}((?:[A-Z]\w+|[Hh]e|[Ss]he|[Mm]y \w+|[Tt]he \w+|[Hh]is \w+|[Hh]er \w+) and (?:I|[A-Z]\w+|my \w+|the \w+|his \w+|her \w+)) (were|are|have){AFTER}", lambda m, r: m[1] + " " + {"are": "is", "were": "was", "have": "has"}[m[2]])
rule("agreement", 3, rf"{BEFORE}(one of (?:the|my|our|his|her|their|these|those) (?:\w+ )?\w+s) (is|was|has){AFTER}", lambda m, r: m[1] + " " + {"is": "are", "was": "were", "has": "have"}[m[2]])
rule("agreement", 3, rf"{BEFORE}([Tt]here|[Hh]ere) (are|were) ", lambda m, r: m[1] + {"are": " is ", "were": " was "}[m[2]])
rule("agreement", 3, rf"{BEFORE}([Tt]here|[Hh]ere) (is|was) (a|an|no|one)\b", lambda m, r: m[1] + {"is": " are ", "was": " were "}[m[2]] + m[3])
rule("agreement", 4, rf"{BEFORE}([Tt])here (is|are|was|were)(?! \w+ing)(?= (?:a|an|no|many|some|few|two|too|not|nothing|lots|several)\b)", lambda m, r: {"T": "It ", "t": "it "}[m[1]] + {"are": r.choice(["is", "are"]), "were": r.choice(["was", "were"])}.get(m[2], m[2]))
rule("agreement", 2, rf"{BEFORE}([Tt]hese|[Tt]hose) (\w+s|people|children|men|women){AFTER}", lambda m, r: {"these": "this", "those": "that", "These": "This", "Those": "That"}[m[1]] + " " + m[2])
rule("agreement", 2, rf"{BEFORE}([Tt]his|[Tt]hat) (way|man|woman|time|book|house|place|thing|word|kind|sort|problem|question|reason|room|car|day|year|story|idea|child|girl|boy|letter|letter|letter|job){AFTER}", lambda m, r: {"this": "these", "that": "those", "This": "These", "That": "Those"}[m[1]] + " " + m[2])
rule("agreement", 2, rf"{BEFORE}([Ee]ach|[Ee]very|[Ee]ither|[Nn]either) (of (?:the|us|them|you|these|those|my|our)(?: \w+s)?) (has|is|was|needs|wants|knows|makes|takes|gets)\b", lambda m, r: f"{m[1]} {m[2]} " + {"has": "have", "is": "are", "was": "were"}.get(m[3], m[3][:-1]))
rule("agreement", 2, rf"{BEFORE}((?:news|mathematics|physics|economics|information|advice|money|furniture|equipment|luggage|traffic|music)) (is|was|has)\b", lambda m, r: m[1] + " " + {"is": "are", "was": "were", "has": "have"}[m[2]])

# Tense and forms
WRONG_PAST = {past: [regular_past(base)] for base, past in PAST.items() if base not in REGULAR and regular_past(base) != past and base not in ("be", "lead", "have", "do", "let", "put", "get")}
WRONG_PAST.update({"thought": ["thinked"], "taught": ["teached"], "bought": ["buyed", "boughted"], "went": ["goed", "wented"], "ran": ["runned", "run"], "brought": ["bringed", "brang"], "caught": ["catched"], "saw": ["seed", "seen"], "did": ["done"], "came": ["come", "comed"], "drank": ["drunk", "drinked"], "sang": ["sung", "singed"], "began": ["begun", "beginned"], "swam": ["swum", "swimmed"]})
rule("irregular", 4, rf"(?<=\w )({words(WRONG_PAST)}){AFTER}", choice(WRONG_PAST))
WRONG_PARTICIPLE = {PARTICIPLE[base]: [PAST[base]] + ([regular_past(base)] if base not in ("see", "do") else []) for base in PAST if base != "be" and PARTICIPLE[base] != PAST[base]}
rule("irregular", 4, rf"(?:(?:has|have|had|having|been|be|was|were|is|are|not|never|just|already|ever)(?:n['’]t)?|['’]ve) ({words(WRONG_PARTICIPLE)}){AFTER}", choice(WRONG_PARTICIPLE))
rule("tense", 3, rf"{BEFORE}((?:has|have|had)(?:n['’]t)?|['’]ve) (been|{words(OF_PARTICIPLE)}){AFTER}(?! to\b)", lambda m, r: f"{m[1]} " + ("be" if m[2] == "been" else OF_PARTICIPLE[m[2]]) if OF_PARTICIPLE.get(m[2]) != m[2] else None)
rule("tense", 3, rf"{BEFORE}(can|could|will|would|should|must|might|may|won['’]t|can['’]t|couldn['’]t|wouldn['’]t|shouldn['’]t) ({words(BASES)}){AFTER}", lambda m, r: f"{m[1]} {r.choice([third(m[2]), PAST[m[2]], 'to ' + m[2], gerund(m[2])])}" if PAST[m[2]] != m[2] else f"{m[1]} {third(m[2])}")
rule("tense", 4, rf"{BEFORE}((?:[Dd]id)n['’]t|[Dd]id (?:not|you|he|she|they|we|it|I)) ({words(BASES)}){AFTER}", lambda m, r: f"{m[1]} {PAST[m[2]]}" if PAST[m[2]] != m[2] else None)
rule("tense", 4, rf"{BEFORE}((?:[Dd]oes)n['’]t|[Dd]oes (?:not|he|she|it|anyone|this|that)) ({words(BASES)}){AFTER}", lambda m, r: f"{m[1]} {third(m[2])}")
rule("tense", 2, rf"{BEFORE}([Dd]o (?:you|they|we|I)) ({words(BASES)}){AFTER}", lambda m, r: f"{m[1]} {third(m[2])}")
rule("tense", 2, rf"(?<=\w )to ({words(BASES)}){AFTER}", lambda m, r: f"to {r.choice([PAST[m[1]], gerund(m[1]), third(m[1])])}" if PAST[m[1]] != m[1] else None)
rule("tense", 3, rf"{BEFORE}(is|are|was|were|am|been|['’]re|['’]m) ({words(GERUND)}){AFTER}", lambda m, r: f"{m[1]} {GERUND[m[2]]}")
rule("tense", 2, rf"{BEFORE}(I|[Yy]ou|[Ww]e|[Tt]hey|[Hh]e|[Ss]he|[Ii]t) (?:is|are|was|were|am) ({words(GERUND)}){AFTER}", lambda m, r: f"{m[1]} {m[2]}")
rule("tense", 3, rf"(?<= )(is|are|was|were|been|be|being) ({words(set(OF_PARTICIPLE) - {'put', 'read', 'cut', 'set', 'let', 'hit', 'shut', 'hurt', 'cost', 'come', 'run', 'open'})})(?= (?:by|in|to|for|at|with|from)\b)", lambda m, r: f"{m[1]} {OF_PARTICIPLE[m[2]]}" if OF_PARTICIPLE[m[2]] != m[2] else None)


def in_the_past(m, r):
    """A past form becomes the present where something else says that it was in the past."""
    before, past = m[1], m[2]
    around = m.string[: m.start()] + m.string[m.end() :]
    others = re.findall(r"\b(?:was|were|had|did|went|came|said|took|saw|\w{3,}ed)\b", around)
    if not re.search(PAST_TIME, around) and len(others) < 2:
        return None
    base = OF_PAST[past]
    if base == past:
        return None
    return f"{before} {base if r.random() < 0.6 or re.search(rf'(?:I|[Yy]ou|[Ww]e|[Tt]hey)$', before) else third(base)}"


def since(m, r):
    """How long something has lasted, in the present and with "since"."""
    subject, base = m[1], OF_PARTICIPLE[m[2]]
    singular = subject.lower() in ("he", "she", "it") or not re.match(r"(?:I|[Yy]ou|[Ww]e|[Tt]hey)$", subject) and not subject.endswith("s")
    if base in ("have", "do") or m[2] == "been":
        return None
    present = third(base) if singular else base
    if r.random() < 0.4 and base not in ("know", "own", "have", "want"):
        present = ("is " if singular else "am " if subject == "I" else "are ") + gerund(base)
    return f"{subject} {present} {m[3]}since" + (" " if m[4] != "since" else "")


def perfect(m, r):
    """The perfect where a time is named that is over."""
    around = m.string[: m.start()] + m.string[m.end() :]
    if not re.search(PAST_TIME.replace("|[Ww]hen (?:I|we|he|she|they) (?:was|were)\\b", ""), around):
        return None
    return f"{m[1]} {'has' if m[1].lower() in ('he', 'she', 'it') else 'have'} {PARTICIPLE[OF_PAST[m[2]]]}"


NOUN = r"(?:[Tt]he|[Mm]y|[Hh]is|[Hh]er|[Oo]ur) \w+"
SURE_PAST = {past for past, base in OF_PAST.items() if past != PARTICIPLE[base] or base in REGULAR}
rule("tense", 5, rf"{BEFORE}({SUBJECT}|[Tt]he \w+|[Mm]y \w+|[Hh]is \w+|[Hh]er \w+|and) ({words(SURE_PAST)}){AFTER}(?! by\b)", in_the_past)
rule("tense", 8, rf"{BEFORE}(['’]s|has|['’]ve|have) been (\w+ing) (.{{0,40}}?)\b(for|since) ", lambda m, r: {"’s": " is", "'s": " is", "has": "is", "have": "am" if m.string[: m.start()].endswith("I ") else "are"}.get(m[1], " are") + f" {m[2]} {m[3]}since ")
rule("tense", 6, rf"{BEFORE}(have|['’]ve|has) (lived|worked|known|been|had|studied|played|waited|wanted|owned|taught) (.{{0,40}}?)\bfor ((?:\w+ )?(?:\w+ )?(?:years|months|weeks|days|hours))\b", lambda m, r: ("" if m[1] in ("’ve", "'ve") else "") + r.choice([f"{m[1]} {m[2]} {m[3]}since {m[4]}", f"{m[1]} {m[2]} {m[3]}during {m[4]}"]))
rule("tense", 8, rf"{BEFORE}(I|[Yy]ou|[Ww]e|[Tt]hey|[Hh]e|[Ss]he|[Ii]t|{NOUN}) (?:have|has|['’]ve) ({words(OF_PARTICIPLE)}) (.{{0,40}}?)\b(since|for (?=\w+ (?:\w+ )?(?:years|months|weeks|days|hours)))", since)
rule("tense", 8, rf"{BEFORE}(have|has)n['’]t ({words(OF_PARTICIPLE)}) (.{{0,40}}?)\b(since|for (?=\w+ (?:\w+ )?(?:years|months|weeks|days|hours)))", lambda m, r: f"{'do' if m[1] == 'have' else 'does'}n't {OF_PARTICIPLE[m[2]]} {m[3]}since" + ("" if m[4] == "since" else " "))
rule("tense", 6, rf"{BEFORE}(has|have) been (?=(?:ill|sick|married|closed|open|away|here|there|dead|empty|missing|in|at|a|an|the)\b[^.]{{0,40}}\b(?:since|for)\b)", lambda m, r: {"has": "is ", "have": "are "}[m[1]])
rule("tense", 6, rf"{BEFORE}(I|[Yy]ou|[Ww]e|[Tt]hey|[Hh]e|[Ss]he|[Ii]t) ({words(SURE_PAST)})(?= )", perfect)
rule("tense", 5, rf"{BEFORE}(last (?:week|month|year|night|summer)|yesterday|(?:\w+ )?(?:years|months|weeks|days) ago), (I|we|he|she|they|it) ({words(SURE_PAST)})(?= )", lambda m, r: f"{m[1]}, {m[2]} {'has' if m[2] in ('he', 'she', 'it') else 'have'} {PARTICIPLE[OF_PAST[m[3]]]}")
rule("tense", 6, rf"{BEFORE}([Aa]s soon as|[Ww]hen|[Uu]ntil|[Bb]efore|[Aa]fter) (you|they|we|I|the \w+s) ({words(BASES)})(?=[^.]{{0,50}}\b(?:will|can|must)\b)", lambda m, r: f"{m[1]} {m[2]} will {m[3]}")
rule("tense", 6, rf"{BEFORE}[Ii]f (I|you|he|she|it|we|they) had(n['’]t| not)? (\w+(?:ed|en|wn|ne|{words(['known', 'seen', 'been', 'had', 'told', 'come', 'found', 'taken', 'asked', 'left', 'thought', 'heard', 'got'])})){AFTER}", lambda m, r: f"{m[0][0]}f {m[1]} would{' not' if m[2] else ''} have {m[3]}")
rule("tense", 5, rf"{BEFORE}([Ii]f|[Ww]hen) (it|he|she) ({words(THIRD)})(?=[^,.]{{0,40}}, [^.]{{0,30}}\b(?:will|can|must)\b)", lambda m, r: f"{m[1]} {m[2]} will {THIRD[m[3]]}")
rule("tense", 5, rf"{BEFORE}[Ii]f (I|you|we|they|he|she|it) (were|knew|had|could)(?=[^,.]{{0,40}}, [^.]{{0,20}}\bwould\b)", lambda m, r: f"{m[0][:2]} {m[1]} would " + {"were": "be", "knew": "know", "had": "have", "could": "can"}[m[2]])
rule("tense", 3, rf"{BEFORE}({THEY}) (know|want|need|understand|believe|like|agree|prefer|own|hate)(?= )", lambda m, r: f"{m[1]} {'am' if m[1] == 'I' else 'are'} {r.choice([gerund(m[2])] + ['agree'] * (m[2] == 'agree'))}")
rule("tense", 3, rf"{BEFORE}(wish) (I|you|he|she|we|they) (were|had|knew|could)\b", lambda m, r: f"wish {m[2]} " + {"were": "am" if m[2] == "I" else "are", "had": "have", "knew": "know", "could": "can"}[m[3]] if m[2] not in ("he", "she") or m[3] == "could" else f"wish {m[2]} " + {"were": "is", "had": "has", "knew": "knows"}[m[3]])
rule("tense", 4, rf"{BEFORE}(could|should|would|must|might) have{AFTER}", r"\1 of")
rule("tense", 3, rf"{BEFORE}used to ({words(BASES)}){AFTER}", lambda m, r: r.choice([f"use to {m[1]}", f"used to {gerund(m[1])}", f"was used to {m[1]}"]) if not re.search(r"(?:am|is|are|was|were|be|get|got|['’]m|['’]re) $", m.string[: m.start()]) else None)
rule("tense", 4, rf"{BEFORE}had better ({words(BASES)})", r"had better to \1")
rule("missing be", 3, rf"{BEFORE}(I am|[Yy]ou are|[Ww]e are|[Tt]hey are|[Hh]e is|[Ss]he is|[Ii]t is|[Tt]his is|[Tt]hat is) (?=(?:a|an|the|not|very|so|too|in|on|at|my|\w+(?:y|ing|ed))\b)", lambda m, r: m[1].split()[0] + " ")
rule("'s", 2, rf"{BEFORE}([Ii]t|[Hh]e|[Ss]he|[Tt]hat|[Tt]here|[Ww]hat) (is|was|has) ", lambda m, r: f"{m[1]}'s {m[2]} ")

# Articles
rule("article", 4, rf"{BEFORE}(a) (?=[bcdfgjklmnpqrstvwxz])", r"an ", flags=0)
rule("article", 4, rf"{BEFORE}(an|An) (?=[aeio])", lambda m, r: m[1][0] + " ")
COUNT = words("""man woman boy girl child house car book door room table street town city village garden tree dog cat horse bird boat train bus
plane letter phone picture story film song game school church shop hotel station hospital office kitchen window bag box cup glass bottle knife
shirt coat hat shoe doctor teacher student lawyer nurse soldier farmer driver friend brother sister son daughter husband wife king queen
problem question answer idea plan reason mistake job meeting party trip journey holiday year week day hour minute month night morning river lake
mountain island bridge road wall computer machine camera key letter newspaper magazine bed chair lamp ticket suitcase dress umbrella
ship star moon planet animal flower leaf hill beach forest field farm gun sword bomb battle dream voice smile noise box list line page word sentence
language country number person place thing way piece part group member team company bank market price bill cake sandwich apple egg cow sheep""")
rule("article", 4, rf"{BEFORE}([Aa]n?) ((?:\w+ )?(?:{COUNT})){AFTER}(?! (?:of|and)\b)", lambda m, r: m[2] if m[1].islower() else m[2][0].upper() + m[2][1:])
rule("article", 2, rf"(?<=(?:in|on|at|to|of|by|from) )the (?=(?:{COUNT})[.,;])", "")
rule("article", 3, rf"(?<=[a-z] )the (?=(?:{words(SUPERLATIVES)}|first|last|same|only|second|third|whole|middle|beginning|rest)\b)", "")
rule("article", 3, rf"\bin the (morning|afternoon|evening)\b", r"in \1", r"at the \1", r"at \1")
rule("article", 2, rf"{BEFORE}(in|to|from|of) ({words(COUNTRIES)}){AFTER}(?! \w)", r"\1 the \2")
rule("article", 3, rf"{BEFORE}(at|on|to|by) (home|foot|work|school|bed|night|lunch|dinner|breakfast){AFTER}", r"\1 the \2")
rule("article", 3, rf"{BEFORE}(some |any |much |more )?({words(set(UNCOUNTABLE) - {'work', 'damage', 'travel'})}){AFTER}", lambda m, r: (f"a{'n' if m[2][0] in 'aei' else ''} {m[2]}" if m[1] in ("some ", "any ") and r.random() < 0.5 else f"{m[1] or ''}{m[2]}s") if m[2] not in ("money", "traffic", "music", "weather", "progress") or m[1] else None)
rule("article", 2, rf"{BEFORE}(is|was|am|are|as|become|became) (a|an) (doctor|teacher|student|lawyer|nurse|soldier|farmer|driver|friend|engineer|writer|artist|actor|king|queen|hero|member|child|man|woman)\b", r"\1 \3")

# Number of nouns
rule("number", 4, rf"{BEFORE}(two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|many|several|few|\d\d?) ((?:{COUNT}))s{AFTER}", r"\1 \2")
rule("number", 3, rf"{BEFORE}(one|every|each|another|[Tt]his|an?) ((?:{COUNT})){AFTER}", r"\1 \2s")
rule("number", 4, rf"{BEFORE}(one of (?:the|my|our|his|her|their|these|those) (?:\w+ )?)([a-z]+[^s\W])s{AFTER}", r"\1\2")
rule("number", 5, rf"{BEFORE}({words(PLURALS)}){AFTER}", choice(PLURALS))
rule("quantity", 5, rf"{BEFORE}([Mm])any (\w+s|people|children){AFTER}", r"\1uch \2")
rule("quantity", 5, rf"{BEFORE}([Mm])uch (time|money|work|water|information|food|noise|rain|help|trouble|attention|space|energy|light|of)\b", r"\1any \2")
rule("quantity", 6, rf"{BEFORE}([Ff])ewer (?=\w+)", lambda m, r: {"F": "Less ", "f": "less "}[m[1]])
rule("quantity", 4, rf"{BEFORE}([Ff])ew (\w+s|people|children){AFTER}", lambda m, r: ("Little " if m[1] == "F" else "little ") + m[2])
rule("quantity", 4, rf"{BEFORE}a little (time|money|water|help|more)\b", r"a few \1")
rule("quantity", 4, rf"{BEFORE}([Tt])he number of (\w+s|people)", r"\1he amount of \2")
rule("quantity", 4, rf"{BEFORE}(a lot of|lots of) ", "a lot ", "alot of ", "much of ")
rule("quantity", 4, rf"{BEFORE}a lot{AFTER}", "alot")

# Comparison
rule("comparison", 5, rf"{BEFORE}(?<!more )({words(COMPARATIVES)})(?= than| and|[.,])", r"more \1")
rule("comparison", 4, rf"{BEFORE}the ({words(SUPERLATIVES)}){AFTER}", r"the most \1", r"the more \1")
rule("comparison", 4, rf"{BEFORE}(easier|bigger|smaller|older|cheaper|faster|stronger|happier|nicer|taller|longer|shorter|higher|safer){AFTER}", lambda m, r: "more " + {"easier": "easy", "bigger": "big", "happier": "happy", "nicer": "nice", "safer": "safe"}.get(m[1], m[1][:-2]))
rule("comparison", 4, rf"{BEFORE}(?:better){AFTER}", "gooder", "more good")
rule("comparison", 4, rf"{BEFORE}(worse){AFTER}", "badder", "worser", "more bad")
rule("comparison", 5, rf"{BEFORE}((?:{words(COMPARATIVES)}|more \w+|less \w+|rather|fewer \w+)) than{AFTER}", r"\1 then", r"\1 as", r"\1 that")
rule("comparison", 4, rf"{BEFORE}as (\w+) as{AFTER}", r"as \1 than", r"so \1 like")
rule("comparison", 4, rf"{BEFORE}more ({words(MORE)}){AFTER}", lambda m, r: {"beautiful": "beautifuller", "important": "importanter", "famous": "famouser", "modern": "moderner", "useful": "usefuller"}.get(m[1], "more " + m[1] + "er") if m[1] in ("beautiful", "famous", "modern", "useful") else None)

# Prepositions. right: what is written instead
for right, *wrongs in [
    ("depends? on", "{} of", "{} from"), ("depending on", "{} of", "{} from"), ("depended on", "{} of", "{} from"),
    ("interested in", "{} on", "{} for", "{} about"), ("good at", "{} in", "{} with"), ("bad at", "{} in"),
    ("(?:arrive|arrived|arrives) (?:at|in)", "{} to"), ("(?:listen|listens|listened|listening) to", "{}"), ("married to", "{} with"),
    ("(?:wait|waits|waited|waiting) for", "{}", "{} on", "{} to"), ("look(?:ing|s|ed)? forward to", "{} for", "{}"), ("consists? of", "{} in", "{} from"),
    ("different from", "{} of", "{} as"), ("responsible for", "{} of", "{} to"), ("afraid of", "{} from", "{} about"),
    ("similar to", "{} with", "{} as", "{} of"), ("according to", "{} with", "{}"), ("because of", "{}", "{} from"), ("[Tt]hank you for", "{} of"),
    ("(?:think|thinks|thinking|thought) about", "{} in", "{} at"), ("dream(?:ed|ing|s)? (?:of|about)", "{} with"), ("proud of", "{} on", "{} with"),
    ("participat(?:e|es|ed|ing) in", "{} at", "{} on"), ("belongs? to", "{}", "{} at"), ("capable of", "{} to"),
    ("(?:insist|insists|insisted) on", "{} in", "{} to"), ("prevent(?:s|ed)? (?:him|her|it|them|us) from", "{} of", "{} to"), ("full of", "{} with", "{} from"),
    ("on the internet", "in the internet"), ("on the phone", "at the phone", "in the phone"), ("on television", "in television", "at television"),
    ("in English", "on English"), ("for example", "by example"), ("[Oo]n the other hand", "in the other hand", "by the other hand"),
    ("in my opinion", "on my opinion", "by my opinion"), ("at the moment", "in the moment"), ("at least", "at last", "in least"),
    ("at the weekend", "in the weekend"), ("at night", "in the night", "at the night"), ("at home", "in home", "at the home"),
    ("by (car|train|bus|plane|boat)", "with the {1}", "with {1}"), ("on foot", "by foot", "with foot"), ("in time", "at time"),
    ("kind of", "kind from"), ("accused of", "{} for", "{} with"), ("(?:apologi[sz]e|apologi[sz]ed) for", "{} of"), ("aware of", "{} about", "{} from"),
    ("(?:care|cares|cared) about", "{} of"), ("(?:complain|complained|complaining) about", "{} of", "{} for"), ("concentrat(?:e|ed|ing) on", "{} in"),
    ("familiar with", "{} of", "{} to"), ("famous for", "{} of", "{} by"), ("satisfied with", "{} of", "{} from"), ("(?:succeed|succeeded) in", "{} to"),
    ("suffer(?:s|ed|ing)? from", "{} of"), ("tired of", "{} from"), ("typical of", "{} for"), ("used to", "use to"), ("worried about", "{} for", "{} of"),
    ("angry with", "{} on"), ("ashamed of", "{} for"), ("covered with", "{} of"), ("difference between", "{} of"), ("independent of", "{} from"),
    ("instead of", "{}", "{} from"), ("in front of", "{}", "before of", "in front"), ("next to", "{}", "near to"), ("on (?:the )?average", "in average"),
    ("(?:ask|asks|asked|asking) for", "{}"), ("(?:look|looks|looked|looking) for", "{}", "{} after"), ("(?:look|looks|looked|looking) at", "{}", "{} to"), ("(?:pay|pays|paid|paying) for", "{}"),
    ("(?:laugh|laughs|laughed|laughing) at", "{} about", "{} of"), ("(?:smile|smiles|smiled|smiling) at", "{} to"), ("(?:talk|talks|talked|talking) about", "{} of", "{} over"), ("(?:believe|believes|believed) in", "{} at"),
]:  # fmt: skip
    def swap(m, r, wrongs=wrongs):
        return r.choice(wrongs).replace("{1}", m[1] if m.lastindex else "").replace("{}", m[0].rsplit(" ", 1)[0])
    rule("preposition", 5, rf"{BEFORE}(?:{right}){AFTER}", swap)
rule("preposition", 6, rf"{BEFORE}([Dd]iscuss(?:ed|es|ing)?|[Cc]ontact(?:ed|ing)?|[Ee]nter(?:ed|ing)?|[Rr]each(?:ed|es|ing)?|[Mm]arr(?:y|ied)|[Aa]pproach(?:ed|es|ing)?|[Ll]ack(?:ed|s)?|[Rr]esemble[ds]?|[Dd]emand(?:ed|s)?|[Mm]ention(?:ed|s)?|[Aa]ttack(?:ed|s)?|[Oo]bey(?:ed|s)?|[Ff]ollow(?:ed|s)?|[Vv]isit(?:ed|s)?|[Aa]nswer(?:ed|s)?|[Pp]hone[ds]?|[Ll]eav(?:e|es)|[Aa]ttend(?:ed|s)?) (?=(?:the|a|an|my|his|her|our|their|it|him|them|me|us|this|that)\b)", lambda m, r: m[1] + " " + {"d": ["about", "about"], "c": ["with", "to"], "e": ["in", "into"], "r": ["to"], "m": ["with"], "l": ["of"], "a": ["to"], "o": ["to"], "f": ["to"], "v": ["to"], "p": ["to"]}[m[1][0].lower()][0 if m[1][0].lower() not in "ce" else r.randrange(2)] + " " if not m[1].lower().startswith("mention") else m[1] + " about ")
rule("preposition", 4, rf"{BEFORE}on ({words(DAYS)}){AFTER}", r"in \1", r"at \1", r"the \1")
rule("preposition", 3, rf"{BEFORE}in ((?:1[5-9]|20)\d\d|{words(MONTHS)}){AFTER}", r"on \1", r"at \1", r"the \1")
rule("preposition", 3, rf"{BEFORE}at (\d+(?::\d\d)?(?: [ap]\.?m\.?)?|midnight|noon|ten|six|seven|eight|nine|five|four|three) ?o?['’]?(?:clock)?{AFTER}", lambda m, r: m[0].replace("at ", r.choice(["in ", "on "]), 1))
rule("preposition", 4, rf"{BEFORE}([Ee]xplain|[Ss]uggest|[Dd]escribe|[Ss]ay|[Ss]aid|[Ee]xplained) to (me|him|her|us|them){AFTER}", r"\1 \2")
rule("preposition", 4, rf"{BEFORE}([Tt]old|[Tt]ell|[Aa]sk|[Aa]sked|[Aa]nswered|[Hh]elped|[Cc]alled|[Ss]howed|[Gg]ave) (me|him|her|us|them){AFTER}", r"\1 to \2")
rule("preposition", 2, rf"(?<=[a-z] )(in|on|at)(?= (?:the|a|my|his|her|our|their) (?:house|room|kitchen|garden|street|city|box|bag|table|wall|door|floor|roof|world|morning|beginning|end|station|hospital|school|office|party|picture|forest|river|village|country|car)\b)", lambda m, r: r.choice({"in": ["on", "at"], "on": ["in", "at"], "at": ["in", "on"]}[m[1]]) if m[1] != "at" else r.choice(["on", "to"]))
rule("preposition", 2, rf"(?<=[a-z] )(of|to|for|with|from|by)(?= (?:the|a|my|his|her|our|their|this|that|it|him|them)\b)", "")
rule("preposition", 2, rf"{BEFORE}(went|go|goes|going|come|came|drove|travelled|walked|moved|returned) to (the|{words(COUNTRIES)}|school|work|bed|church)\b", r"\1 in \2", r"\1 at \2", r"\1 \2")
rule("preposition", 4, rf"{BEFORE}((?:went|go|goes|going|come|came|arrived|got|get)) home{AFTER}", r"\1 to home", r"\1 at home")

# Gerund and infinitive
rule("gerund", 6, rf"{BEFORE}(enjoy(?:s|ed)?|avoid(?:s|ed)?|finish(?:ed)?|suggest(?:s|ed)?|keep|keeps|kept|mind|practise|consider(?:s|ed)?|imagine|miss(?:ed)?|risk|[Gg]ive up|gave up) ({words(GERUND)}){AFTER}", lambda m, r: f"{m[1]} {r.choice(['to ' + GERUND[m[2]], GERUND[m[2]]])}")
rule("gerund", 5, rf"{BEFORE}(want|wants|wanted|need|needs|needed|decide|decided|hope|hoped|promise|promised|refuse|refused|agree|agreed|manage|managed|plan|planned|expect|expected|learn|learned|seem|seems|try|tried|able|going|have|has|had|ready|allowed|happy|willing) to ({words(BASES)}){AFTER}", lambda m, r: r.choice([f"{m[1]} {m[2]}", f"{m[1]} to {gerund(m[2])}"] + ([f"{m[1]} {gerund(m[2])}"] if m[1] in ("want", "decided", "hope", "refused", "promised", "agreed", "wanted") else [])) if m[1] not in ("have", "has", "had", "going", "tried", "try", "learned") or r.random() < 0.3 else f"{m[1]} to {gerund(m[2])}")
rule("gerund", 6, rf"{BEFORE}(interested in|good at|tired of|forward to|instead of|without|before|after|capable of|thank you for|by|afraid of|used to|think of|dreams? of|idea of|way of) ({words(GERUND)}){AFTER}", lambda m, r: f"{m[1]} {GERUND[m[2]]}" if r.random() < 0.5 else f"{m[1]} to {GERUND[m[2]]}" if not m[1].endswith(" to") else f"{m[1]} {GERUND[m[2]]}")
rule("gerund", 6, rf"{BEFORE}([Ll]et|[Ll]ets|[Mm]ake|[Mm]akes|[Mm]ade) (me|him|her|us|them|it|you) ({words(BASES)}){AFTER}", r"\1 \2 to \3", lambda m, r: f"{m[1]} {m[2]} {gerund(m[3])}")
rule("gerund", 5, rf"{BEFORE}(wants?|wanted|would like) (me|him|her|us|them|you) to ({words(BASES)}){AFTER}", lambda m, r: f"{m[1]} that {({'me': 'I', 'him': 'he', 'her': 'she', 'us': 'we', 'them': 'they'}).get(m[2], m[2])} {m[3]}")
rule("gerund", 3, rf"(?<=[a-z] )to ({words(BASES)})(?= (?:the|a|my|his|her|our|their|it|some)\b)", r"for \1", r"for to \1", lambda m, r: f"for {gerund(m[1])}" if not re.search(r"(?:for|use|uses|used)\W*$", m.string[: m.start()]) else None)

# Word order
rule("order", 6, rf"\b(know|knows|knew|understand|wonder|ask|asked|tell me|remember|forgot|see) (where|what|who|why|how|when) (he|she|it|they|we|you|this|that|the \w+) (is|was|are|were){AFTER}", r"\1 \2 \4 \3")
rule("order", 5, rf"\b(know|understand|wonder|ask|tell me|remember|see) (where|what|why|how|when) (I|you|we|they) ({words(BASES)}){AFTER}", r"\1 \2 do \3 \4")
rule("order", 5, rf"^(What|Where|Why|When|How|Who) (do|does|did) (you|he|she|they|we|I|it) ({words(BASES)})\b", lambda m, r: r.choice([f"{m[1]} {m[3]} {m[4]}", f"{m[1]} {m[3]} {PAST[m[4]] if m[2] == 'did' else third(m[4]) if m[2] == 'does' else m[4]}"]))
rule("order", 7, rf"^(When|Where|How|Why|What) (do|does|did) ((?:the|this|that|your|my|his|her) \w+(?: \w+)?) ({words(BASES)})\b", lambda m, r: r.choice([f"{m[1]} {m[2]} {m[4]} {m[3]}", f"{m[1]} {m[3]} {m[4]}", f"{m[1]} {third(m[4]) if m[2] == 'does' else PAST[m[4]] if m[2] == 'did' else m[4]} {m[3]}", f"{m[1]} {m[2]} {m[3]} {third(m[4]) if m[2] == 'does' else PAST[m[4]]}"]))
rule("order", 4, rf"^(What|Where|Why|When|How) (is|are|was|were|can|will|should|have|has) (he|she|it|they|we|you|I)\b", r"\1 \3 \2")
rule("order", 5, rf"^(Do|Does|Did) (you|he|she|they|we|it) ({words(BASES)})\b", lambda m, r: m[2].capitalize() + " " + m[3])
rule("order", 6, rf"{BEFORE}(I|[Yy]ou|[Ww]e|[Tt]hey|[Hh]e|[Ss]he) (always|never|often|usually|sometimes|also|already|really|still) ({words(set(BASES) | set(THIRD) | SURE_PAST)}) (?=\w)", lambda m, r: f"{m[1]} {m[3]} {m[2]} ")
rule("order", 5, rf"{BEFORE}(speaks?|likes?|liked|plays?|played|knows?|knew|loves?|loved|read|reads|knows?) ((?:the |my |his |her )?\w+) (very much|very well|a lot|every day|well)\b", r"\1 \3 \2")
rule("order", 4, rf"{BEFORE}(the|a|an) ({words(ADJECTIVES)}) ({COUNT}s?){AFTER}", r"\1 \3 \2")
rule("order", 3, rf"^(Yesterday|Today|Now|Then|Sometimes|Tomorrow|Last \w+|In \d{{4}}),? (I|we|he|she|they|it) ({words(SURE_PAST | {'was', 'were', 'had', 'is', 'am', 'are', 'went', 'saw'})})\b", r"\1 \3 \2")
rule("order", 5, rf"{BEFORE}(good|big|old|strong|long|fast|large|warm|tall|rich|well|far|brave|smart) enough{AFTER}", r"enough \1")
rule("order", 5, rf"{BEFORE}such (an?) (\w+) ", r"a so \2 ", r"so \1 \2 ", r"so \2 ")
rule("order", 4, rf"{BEFORE}(pick|turn|put|take|throw|switch|give|bring|call|wake) (it|him|her|them|me|us) (up|on|off|away|out|back|down){AFTER}", r"\1 \3 \2")
rule("order", 3, rf"{BEFORE}that (I|he|she|we|they) (have|has|had) (\w+ed|{words(OF_PARTICIPLE)}) ((?:the|a|my|his|her|it)(?: \w+)?){AFTER}", r"that \1 \4 \3 \2")
rule("order", 3, rf"{BEFORE}(I|he|she|we|they|you) (?:do|does) not ({words(BASES)}){AFTER}", r"\1 not \2", r"\1 \2 not")
rule("order", 3, rf"{BEFORE}not only\b", "only not")

# Words taken for others: false friends and pairs
for right, *wrongs in [
    ("took (a (?:photo|picture))", r"made \1", r"did \1"), ("take (a (?:photo|picture))", r"make \1", r"do \1"), ("taking (photos|pictures)", r"making \1"),
    ("made (a|the|this) decision", r"took \1 decision"), ("make (a|the) mistake", r"do \1 mistake"), ("made (a|the|some) mistakes?", r"did \1 mistake"),
    ("(do|does|did) (his|her|my|their) homework", r"make \2 homework"), ("ask(?:ed)? (?:a|the|some|many) question", "make a question"), ("have breakfast", "take breakfast"), ("had (breakfast|lunch|dinner)", r"took \1"),
    ("pa(?:id|y) attention", "make attention"), ("make sense", "have sense", "do sense"), ("makes sense", "has sense", "gives sense"), ("spent (.{0,20})(time|day|night|week|weekend)", r"passed \1\2"),
    ("(?:was|is|am|were) (\\w+) years old", r"have \1 years", r"has \1 years"), ("win (a|the) ", r"earn \1 "), ("earn money", "win money"), ("earns? (a living)", r"wins \1"),
    ("borrow", "lend"), ("borrowed", "lent"), ("remind(s|ed)? (me|him|her|us|them|you)", r"remember\1 \2"), ("taught (me|him|her|us|them)", r"learned \1"), ("teach (me|him|her|us|them|you)", r"learn \1"),
    ("(?:lend|lends) (me|him|her|us|them|you)", r"borrow \1"), ("lent (me|him|her|us|them|you)", r"borrowed \1"), ("found (myself|himself|herself|a|the|it|that)", r"founded \1"), ("fell (in|into|on|off|down|to|from|asleep)", r"felt \1"), ("felt (?!in|into|on|off|down|to|from)(\\w+)", r"fell \1"),
    ("(feel|feels|felt) (lonely|good|bad|tired|better|sick|happy|safe)", r"\1 me \2"), ("most of the", "the most of the", "most the"), ("most people", "the most people", "most of people"), ("than usual", "than usually"), ("as usual", "as usually"), ("[Dd]espite", "despite of", "in spite"), ("near", "near of", "near to"), ("no one", "noone"), ("[Ii]n spite of", "in spite"),
    ("comment(?:ed|s)? on", "comment"), ("what (.{1,20}) looks like", r"how \1 looks like"), ("[Ww]hat does (.{1,20}) look like", r"How does \1 look like", r"How does \1 looks like"), ("decided to (\\w+)", r"decided \1"), ("lack of", "lack in"), 
    ("(\\w+s) which", r"\1 who"), ("advised", "adviced"), ("(give|gave|return|returned|bring|brought) (it|them) back", r"\1 back \2"), ("asked (me|him|her|us|them) to", r"asked \1 that"), ("works? (?:for|at) (?=a |the )", "works by "), ("a friend of (mine|his|ours)", "a friend of me"),
    ("told (me|him|her|us|them)", r"said \1"), ("said that", "told that"), ("says that", "tells that"), ("currently", "actually"), ("how do you say", "how to say"), ("how it works", "how does it work"),
    ("(everything|all|nothing|something|anything) that", r"\1 what"), ("(man|woman|people|person|boy|girl|friend|those|someone) who", r"\1 which", r"\1 what"), ("the (\\w+) (?:that|which)", r"the \1 what"), ("whose", "who's", "which"),
    ("lie down", "lay down"), ("lying", "laying"), ("raised", "rised"), ("rose", "raised"), ("lost (his|her|my|the) way", r"missed \1 way"), ("do (?:some )?sport", "make sport"), ("each other", "us", "ourselves", "each others"),
    ("once", "one time"), ("in order to", "for to", "in order for"), ("as if", "like if"), ("by the way", "on the way"), ("because", "why", "cause"), ("until (\\w+)", r"till to \1"),
    ("the day after tomorrow", "overmorrow"), ("another (\\w+)", r"an other \1", r"other \1"), ("a few", "a little"), ("two hundred", "two hundreds"), ("(two|three|five|ten) (hundred|thousand|million)", r"\1 \2s"),
    ("a hundred", "hundred"), ("at the same time", "in the same time"), ("such as", "like as", "as for example"), ("neither (.{1,25}) nor", r"neither \1 or"), ("either (.{1,25}) or", r"either \1 nor"), ("both (\\w+) and", r"both \1 as well as also"), ("the more (\\w+)", r"as more \1"),
]:  # fmt: skip
    rule("word", 4, rf"{BEFORE}{right}{AFTER}" if not right.endswith(" ") else rf"{BEFORE}{right}", *wrongs)
rule("homophone", 6, rf"{BEFORE}({words(set(HOMOPHONES) - FREQUENT_WORDS)}){AFTER}", choice(HOMOPHONES), flags=0)
rule("homophone", 5, rf"{BEFORE}too (?=(?:much|many|late|early|big|small|long|short|old|young|hot|cold|tired|hard|easy|far|fast|slow|sweet|expensive|heavy|good|bad|busy|weak|strong)\b)", "to ")
rule("homophone", 2, rf"{BEFORE}({words(FREQUENT_WORDS & set(HOMOPHONES))}){AFTER}", choice(HOMOPHONES))
rule("homophone", 9, rf"{BEFORE}(There|They['’]re|Your|You['’]re|Its|It['’]s|Who['’]s|Whose|We['’]re|Let['’]s|Where){AFTER}", lambda m, r: {"There": "Their", "They're": r.choice(["Their", "There"]), "Your": "You're", "You're": "Your", "Its": "It's", "It's": "Its", "Who's": "Whose", "Whose": "Who's", "We're": "Were", "Let's": "Lets", "Where": "Were"}[m[1].replace("’", "'")])
rule("homophone", 5, rf"{BEFORE}any more{AFTER}|{BEFORE}every day{AFTER}|{BEFORE}may be{AFTER}|{BEFORE}each other{AFTER}|{BEFORE}all right{AFTER}|{BEFORE}in fact{AFTER}|{BEFORE}of course{AFTER}|{BEFORE}as well{AFTER}", lambda m, r: m[0].replace(" ", "") if m[0] not in ("every day", "may be") else {"every day": "everyday", "may be": "maybe"}[m[0]])

# Apostrophes
rule("apostrophe", 5, rf"{BEFORE}(\w+)n['’]t{AFTER}", r"\1nt", lambda m, r: f"{m[1]}'nt" if r.random() < 0.3 else f"{m[1]}nt")
rule("apostrophe", 4, rf"{BEFORE}(I)['’](m|ve|ll|d){AFTER}|{BEFORE}([Yy]ou|[Ww]e|[Tt]hey)['’](re|ve|ll){AFTER}|{BEFORE}([Hh]e|[Ss]he|[Tt]hat|[Ww]hat|[Tt]here|[Hh]ere)['’](s){AFTER}", lambda m, r: re.sub("['’]", "", m[0]) if m[0].replace("’", "'") not in ("I'll", "we're", "We're", "we'll", "We'll", "she'll", "I'd") else None)
rule("apostrophe", 6, rf"{BEFORE}(o)['’](clock){AFTER}", r"\1\2", r"\1 \2", r"\1f \2")
rule("apostrophe", 5, rf"{BEFORE}([A-Z]?[a-z]{{2,}})['’]s (?=[a-z]{{2,}})(?!(?:a|an|the|not|no|been|going|so|very|just|only|all|my|your|too|that|what|how|why|in|on|at|to|it|got|right|\w+ing)\b)", lambda m, r: f"{m[1]}s " if m[1].lower() not in ("it", "he", "she", "that", "what", "there", "here", "who", "let", "where", "how") else None)
rule("apostrophe", 4, rf"{BEFORE}((?:the|their|our|all|many|some|two|three|these|those) (?:\w+ )?[a-z]{{3,}}[^s\W])s(?=[ .,;])", lambda m, r: f"{m[1]}'s" if not re.search(r"(?:^|\s)(?:was|is|has|does)$", m[1] + "s") else None)
rule("apostrophe", 4, rf"{BEFORE}([a-z]+s)['’] (?=[a-z])", r"\1 ", lambda m, r: f"{m[1][:-1]}'s ")
rule("apostrophe", 3, rf"{BEFORE}(yours|hers|ours|theirs){AFTER}", lambda m, r: m[1][:-1] + "'s")

# Pronouns
rule("pronoun", 6, rf"{BEFORE}([A-Z][a-z]+|[Mm]y \w+) and I (?=\w)", r"Me and \1 ", r"\1 and me ", r"\1 and myself ")
rule("pronoun", 4, rf"^(He|She|We|They) and (\w+) ", lambda m, r: {"He": "Him", "She": "Her", "We": "Us", "They": "Them"}[m[1]] + f" and {m[2]} ")
rule("pronoun", 5, rf"{BEFORE}between (you|him|her|them) and me{AFTER}", r"between \1 and I")
rule("pronoun", 3, rf"{BEFORE}(to|for|with|from|at|of|by|about|saw|told|gave|asked) (him|her|them|us|me)(?=[ .,!?])(?! \w+ing)", lambda m, r: f"{m[1]} " + {"him": "he", "her": "she", "them": "they", "us": "we", "me": "I"}[m[2]] if not re.match(r" [a-z]+", m.string[m.end() :]) or m[2] != "her" else None)
rule("pronoun", 4, rf"{BEFORE}(themselves|himself|itself|myself|ourselves|yourself){AFTER}", lambda m, r: {"themselves": r.choice(["theirselves", "themself"]), "himself": "hisself", "itself": "it self", "myself": "meself", "ourselves": "ourself", "yourself": "your self"}[m[1]])
rule("pronoun", 3, rf"{BEFORE}those (\w+s|people)(?= (?:are|were|that|who|in|on|of|have)\b)", r"them \1")
rule("pronoun", 3, rf"{BEFORE}(lost|broke|washed|put on|took off|brushed|closed|opened|raised|shook) (his|her|my|their) (head|hands?|eyes|coat|hat|shoes|leg|arm|teeth)", r"\1 the \3")

# Negation
NONE = {"anything": "nothing", "anyone": "no one", "anybody": "nobody", "any": "no", "anywhere": "nowhere", "ever": "never", "either": "neither"}
rule("negation", 7, rf"{BEFORE}(\w+n['’]t|not|never) ((?:\w+ ){{0,3}})(anything|anyone|anybody|any|anywhere|ever|either){AFTER}", lambda m, r: f"{m[1]} {m[2]}{NONE[m[3]]}")
rule("negation", 4, rf"{BEFORE}(can|could) hardly{AFTER}", r"\1n't hardly")
rule("negation", 3, rf"{BEFORE}({HE}|{THEY}) (?:do|does)n['’]t ({words(BASES)}){AFTER}", r"\1 no \2")

# Adjectives and adverbs
rule("adverb", 4, rf"(?<= )({words('quickly slowly carefully quietly easily clearly badly loudly regularly perfectly completely really extremely suddenly immediately strongly correctly properly safely seriously nicely happily heavily')}){AFTER}", lambda m, r: {"easily": "easy", "happily": "happy", "heavily": "heavy"}.get(m[1], m[1][:-2] if m[1] != "really" else "real"))
rule("adverb", 5, rf"{BEFORE}(very |so |as |quite |speaks? \w+ |plays? |played |works? |worked |sings? |did |sleep |slept )well{AFTER}(?! as| known)", r"\1good")
rule("word", 2, rf"(?<=[a-z]), which (?=\w)", ", that ", ", who ", ", what ")
rule("word", 3, rf"(?<=(?:friend|brother|sister|man|woman|uncle|aunt|boss|doctor|teacher|father|mother), )who ", "which ", "that ")
rule("adverb", 4, rf"{BEFORE}(look|looks|looked|feel|feels|felt|sound|sounds|smell|smells|taste|tastes|tasted) (good|bad|nice|beautiful|happy|sad|strange|terrible|wonderful|tired)", lambda m, r: f"{m[1]} " + {"happy": "happily", "terrible": "terribly"}.get(m[2], m[2] + "ly") if m[2] not in ("tired", "good") else None)
rule("adverb", 4, rf"{BEFORE}(tastes?|tasted|smells?|smelled) (delicious|sweet|horrible|awful|fresh|bitter|nice|wonderful)", lambda m, r: f"{m[1]} {m[2][:-1] + 'y' if m[2].endswith('le') else m[2] + 'ly'}")
rule("adverb", 3, rf"{BEFORE}(is|was|very) (hot|quick|slow|quiet|careful|loud|clear|cold|warm|cheap|easy|heavy)(?=[.,])", lambda m, r: f"{m[1]} {m[2][:-1] + 'ily' if m[2].endswith('y') else m[2] + 'ly'}")
rule("adverb", 6, rf"{BEFORE}(I|we|they|he|she|you)( am| are| is| was| were|['’]m|['’]re)( very| so| really| quite| not)? (interested|bored|excited|surprised|disappointed|tired|confused|frightened|shocked|amazed){AFTER}", lambda m, r: f"{m[1]}{m[2]}{m[3] or ''} {m[4][:-2]}ing")
rule("adverb", 5, rf"{BEFORE}(is|was|very|so|an?|most|more) (interesting|boring|exciting|surprising|disappointing|confusing|amazing|tiring){AFTER}", lambda m, r: f"{m[1]} {m[2][:-3]}ed")
rule("adverb", 3, rf"(?<= )(hard)(?=[.,])", "hardly")

# Spelling
rule("spelling", 12, rf"{BEFORE}({words(MISSPELT)}){AFTER}", choice(MISSPELT))
rule("spelling", 5, rf"{BEFORE}({words([w.capitalize() for w in MISSPELT if w.islower()])}){AFTER}", lambda m, r: r.choice(MISSPELT[m[1].lower()]).capitalize())


def typo(m, r):
    """A slip of the fingers, or a letter doubled or lost."""
    word = m[0]
    at = r.randrange(1, len(word) - 1)
    kind = r.random()
    if kind < 0.25 and word[at] != word[at - 1]:
        return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at > 1 else word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind < 0.45:
        return word[:at] + word[at + 1 :]
    if kind < 0.6:
        return word[:at] + word[at] + word[at:]
    if kind < 0.75 and word[at] in KEYS:
        return word[:at] + r.choice(KEYS[word[at]]) + word[at + 1 :]
    for right, wrong in r.sample([("ie", "ei"), ("ei", "ie"), ("ance", "ence"), ("ence", "ance"), ("able", "ible"), ("ible", "able"), ("ll", "l"), ("ss", "s"), ("tt", "t"), ("mm", "m"), ("nn", "n"), ("pp", "p"), ("cc", "c"), ("rr", "r"), ("tion", "sion"), ("ous", "us"), ("ful", "full"), ("ph", "f"), ("ely", "ly"), ("ally", "aly"), ("ou", "o"), ("ea", "ee"), ("ee", "ea"), ("gh", "g"), ("wh", "w"), ("ck", "k"), ("ant", "ent"), ("ent", "ant"), ("le", "el"), ("ary", "ery")], 30):
        if right in word[1:]:
            return word[0] + word[1:].replace(right, wrong, 1)
    return None


rule("spelling", 6, r"(?<![\w'’.@/-])[a-z]{5,}(?![\w'’@/-])", typo)
rule("spelling", 2, r"(?<= )[a-z]{2,6} (?=[a-z])", lambda m, r: m[0][:-1] if len(m[0]) > 4 else None)
rule("doubled", 3, r"(?<= )(the|a|to|in|of|and|is|that|it|with|for|on|was|have|be|at|are|we|you|this) ", r"\1 \1 ")
rule("missing", 3, r"(?<=[a-z] )(to|of|is|was|are|be|been|have|has|it|that's|than|as|at) ", "")

# Capitals and punctuation
rule("capitals", 5, rf"{BEFORE}I{AFTER}", "i")
rule("capitals", 3, rf"{BEFORE}I(?=['’](?:m|ve|ll|d)\b)", "i")
rule("capitals", 3, r"^[A-Z](?=[a-z])", lambda m, r: m[0].lower())
rule("capitals", 6, rf"(?<= )({words(DAYS)}|{words('January February April June July August September October November December')}|{words(LANGUAGES)}|{words(COUNTRIES)}){AFTER}", lambda m, r: m[0].lower())
rule("capitals", 2, r"(?<=[a-z,] )[A-Z][a-z]{2,}(?= [a-z]|[.,])", lambda m, r: m[0].lower())
rule("capitals", 2, rf"(?<=(?:the|his|her|my|our|new) )({COUNT}){AFTER}", lambda m, r: m[0].capitalize())
rule("capitals", 1, r"^.*$", lambda m, r: m[0].lower() if m[0] != m[0].lower() and not re.search(r"[A-Z]{2}|\w\.\w", m[0]) and len(re.findall("[A-Z]", m[0])) <= 4 else None)
rule("comma", 5, r"^((?:However|Therefore|Unfortunately|Finally|Of course|In fact|For example|In addition|As a result|Meanwhile|Fortunately|On the other hand|In the end|By the way|Yes|No|Well|Moreover|Nevertheless|Sadly)), ", r"\1 ")
rule("comma", 4, r"^((?:When|If|Although|Because|After|Before|While|As soon as|Since|Once) [^,.]{8,50}), ", r"\1 ")
rule("comma", 4, r"(?<=[a-z]), (but|so|and) (?=(?:I|he|she|we|they|it|you|the)\b)", r" \1 ")
rule("comma", 4, rf"{BEFORE}(think|thought|said|says|know|knew|hope|believe|believed|sure|told (?:me|him|her|us|them)|important|clear|so \w+) that ", r"\1, that ")
rule("comma", 2, r"(?<=[a-z]), (which|who|where) ", r" \1 ")
rule("comma", 2, r"(?<=[a-z]), (?=[a-z]+(?:, [a-z]+)* and )", " ")
rule("comma", 3, r"(?<=[a-z]), ", " ,", ",")
rule("full stop", 2, r"(?<=\w (?:\w+ ){4,}\w+)\.$", "")
rule("full stop", 3, r"(?<=[a-z])\?$", "", ".")
rule("full stop", 4, r"(?<=[a-z]{2})\. (?:He|She|It|They|We|You|This|That|There|The|But|And|So|Then)\b", lambda m, r: r.choice([", ", " "]) + m[0][2].lower() + m[0][3:])
rule("spacing", 1, r"(?<=[a-z]{2})([.?!,])(?=$| )", r" \1")
rule("spacing", 1, r"(?<=[a-z]{2})([.,]) (?=[A-Za-z][a-z])", r"\1")
rule("spacing", 1, r" ", "  ")

FREQUENT = {}


def applicable(text):
    """Every rule that finds a place, with its places."""
    found = []
    for number, (kind, weight, pattern, wrongs) in enumerate(RULES):
        places = list(pattern.finditer(text))
        if places:
            found.append((number, places))
    return found


def measure(sentences):
    """Learns how often each rule finds a place."""
    counts = defaultdict(int)
    for text in sentences:
        for number, _ in applicable(text):
            counts[number] += 1
    for number in range(len(RULES)):
        FREQUENT[number] = max(counts[number] / len(sentences), 0.0015)


def once(text, rng):
    """One mistake: the new text and its kind, or None."""
    found = applicable(text)
    while found:
        weights = [RULES[number][1] / FREQUENT.get(number, 0.05) ** 0.6 for number, _ in found]
        at = rng.choices(range(len(found)), weights)[0]
        number, places = found.pop(at)
        kind, _, _, wrongs = RULES[number]
        match, wrong = rng.choice(places), rng.choice(wrongs)
        new = wrong(match, rng) if callable(wrong) else match.expand(wrong)
        if new is None or new == match[0]:
            continue
        if match.start() == 0 and match[0][:1].isupper() and new[:1].islower() and kind not in ("capitals",):
            new = new[:1].upper() + new[1:]
        changed = text[: match.start()] + new + text[match.end() :]
        if kind not in ("spacing",):
            changed = re.sub(r"(?<=\S)  +(?=\S)", " ", changed)
        if changed != text and changed.strip():
            if kind == "article" and match.start() == 0:
                changed = changed[:1].upper() + changed[1:]
            return changed, kind
    return None


def corrupt(text, rng):
    """One to three mistakes; the kinds that were made."""
    kinds = []
    for _ in range(rng.choices([1, 2, 3], [0.5, 0.33, 0.17])[0]):
        result = once(text, rng)
        if result is None:
            break
        text, kind = result
        kinds.append(kind)
    return text, kinds


if __name__ == "__main__":
    rng = random.Random(1)
    with open(sys.argv[1]) as file:
        lines = file.read().split("\n")
    measure(rng.sample(lines, min(len(lines), 3000)))
    for line in rng.sample(lines, int(sys.argv[2])):
        wrong, kinds = corrupt(line, rng)
        print(line, wrong, kinds, sep="\n  ")
