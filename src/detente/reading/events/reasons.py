"""What the names of faults, flaws and rules mean, in words for whoever asks why.

The matchers name what failed; here the names become sentences. `{word}` is the word it rests on. A test holds that every
name which a matcher can give stands in one of the tables.
"""

from __future__ import annotations

from collections.abc import Mapping

from detente.reading.events.lexicon import FLAGS

FAULTS: Mapping[str, str] = {
    "accident": "gas, works or stores exploded, and nothing says that anybody had a hand in it",
    "both": "names only one side, and the row asks for both",
    "clause": "no clause with a subject of its own says what",
    "crowd": "states and their bodies do not march; the row asks for people",
    "duty": "nothing is said that another must do, by somebody who speaks for many",
    "figure": "a figure of speech stands before it",
    "forces": "nobody on its sides bears arms, and the row asks for somebody who does",
    "guilt": "nothing is said of who is to blame",
    "igo": "the target is no intergovernmental organisation",
    "light": "a noun that counts only when a verb stages it, and none does",
    "manner": "tells in what manner another deed is done",
    "modifier": "only modifies another noun",
    "name": "belongs to a name",
    "need_target": "no actor stands where the row looks for its target",
    "office": "nobody who stands for a state or an alliance does it",
    "out": "nothing says that anybody is sent out, away or off",
    "peacekeepers": "the subject is no peacekeepers",
    "person": "no person by name is called, or something is said of him",
    "source": "no actor stands where the row looks for its source",
    "title": "belongs to the title of a work",
    "untried": "an earlier row held; this one was not tried",
    "visitor": "nobody who visits from abroad is named",
    "whole": "only counts or resumes the deed that its “of” names",
}

FLAWS: Mapping[str, str] = {
    "accident": "harm without a violent deed and without an armed party: it may be an accident",
    "addressee": "nobody is named to whom it is said",
    "at home": "whoever is received is nobody's guest",
    "background": "only says who somebody is, not what anybody did",
    "blame": "no state tells here of another country's hostile deed",
    "both": "names only one side, and the row asks for both",
    "crime": "told as what somebody is punished for, not as a deed between states",
    "denial": "denies another deed and is none itself",
    "doer": "nobody says that he will do it",
    "figure": "a figure of speech: nobody fights, marches or is held",
    "game": "one country beats another at something: nobody is beaten",
    "interview": "one side only reports: talking to the press is no consultation",
    "need_conflict": "what it governs is no conflict",
    "need_deed": "what it asks for or speaks of is no deed that the lexicon knows",
    "need_kindness": "what it fails at is no cooperation",
    "own claim": "claims a deed of its own and accuses nobody",
    "private": "none of the parties is of a country or holds public power",
    "private business": "only firms, media or schools act, or a firm is fined: no deed between political actors",
    "question": "a question tells nothing",
    "refused": "is refused, and nobody is named whom that would turn away",
    "same sides": "source and target are the same",
    "sides": "names nobody",
    "status": "is not told as a fact",
    "told": "tells the same deed as another word",
    "topic": "the sentence is about something else",
    "unstaged": "a noun that names too few parties, and no verb that stages it",
}

STANDINGS: Mapping[str, str] = {
    "": "named as a fact",
    "ahead": "a word before “{word}” puts it ahead",
    "claimed": "“{word}” tells of it as done",
    "condition": "“{word}” makes it a condition",
    "duty": "“{word}” asks for it; it is not done",
    "future": "“{word}” puts it ahead",
    "governor": "“{word}” governs it",
    "hypothetical": "after “{word}” nothing has happened",
    "is to": "“{word}” with an infinitive puts it ahead",
    "modal": "“{word}” leaves open whether it happens",
    "negation": "“{word}” denies it",
    "own form": "nothing denies it, puts it ahead or leaves it open",
    "plotted": "“{word}” tells of a plot, not of what was done",
    "progressive": "“{word}” is a progressive form of the present",
    "purpose": "a purpose: what somebody means to do by it",
    "reported future": "“{word}” in a report: it lay ahead then",
    "staged": "“{word}” tells that it takes place",
    "headline to": "a headline with “to” tells what is to come",
    "to be done": "an infinitive after “{word}” is still to be done",
    "unknown governor": "“{word}” governs it and is not in governors.tsv: whether it happens stays open",
    "unreal": "a word before “{word}” says that it is not real",
    "wanted of another": "“{word}” wants it of somebody else",
}

SETTLED: Mapping[str, str] = {
    "another telling": "another telling of it, “{word}”, says so",
    "date ahead": "its date lies after the day of publication",
    "date over": "its date lies before the day of publication",
    "headline": "the present tense of a headline tells what is past",
    "lasting": "a noun for something that lasts, named without a word on its standing",
    "refused": "what somebody will not do for another is a refusal, and that has occurred",
    "stopped": "“{word}” stops it: who stops a deed of one's own does another",
    "state": "told in the present tense, of something that lasts",
}

EFFECTS: Mapping[str, str] = {
    "asked": "asks for it",
    "conditional": "leaves it open",
    "denied": "denies it",
    "none": "does not tell of it as done",
    "planned": "puts it ahead",
    "real": "tells of it as it stands itself",
    "refused": "refuses it",
    "stopped": "stops it",
    "topic": "speaks of it",
}

TURNS: Mapping[str, str] = {
    "asked": "by the deed that it asks for, promises or threatens: {what}",
    "judge": "by the judge",
    "parties": "by what its parties are",
    "refused": "because it is refused",
    "retold": "by another telling of it",
    "stopped": "because it is stopped",
    "told": "by “{what}”, which tells the same deed",
}


def fault_in_words(fault: str) -> str:
    """What a row missed: from the table, else what the flag of that name asks for."""
    return FAULTS.get(fault) or _flag_in_words(fault)


def flaw_in_words(flaw: str) -> str:
    """Why a deed fell: from the table, else what the flag of that name asks for."""
    return FLAWS.get(flaw) or _flag_in_words(flaw)


def _flag_in_words(flag: str) -> str:
    return f"its flag “{flag}” is not met: {FLAGS.get(flag, flag)}"
