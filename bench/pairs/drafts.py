"""Drafts from templates, with the facts in each. All about invented companies; nothing of it is a real post."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

WORDS = {
    2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven",
    12: "twelve", 15: "fifteen", 18: "eighteen", 20: "twenty", 25: "twenty-five", 30: "thirty", 40: "forty",
    45: "forty-five", 60: "sixty", 75: "seventy-five", 90: "ninety",
}  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
PEOPLE = ("Amira", "Jonas", "Priya", "Tomasz", "Elena Ruiz", "Sam Okoro", "Wei Chen", "Ruth")
TOWNS = ("Leeds", "Hull", "Cardiff", "Daventry", "Antwerp", "Lyon", "Gdańsk", "Porto")
LINKS = (
    "alder.example/plan",
    "https://alder.example/help",
    "www.alder.example/drivers",
    "https://fernway.example/a?b=1",
)
HANDLES = ("@alder", "@parcelreview", "@fernway_group")
TAGS = ("#drivers", "#CleanAir", "#logistics")

OPENINGS = (
    "We have decided to {verb} {thing}.",
    "Our {group} asked for one thing this year: {thing}.",
    "{thing_} matters more than speed.",
    "What makes a good depot? {thing_}.",
    "Last week I listened to our {group}.",
    "I used to think that {thing} was somebody else's job.",
    "Every leader says that people come first; the question is what happens to {thing}.",
)
VERBS = ("publish", "change", "simplify", "pay for", "rebuild", "give back")
THINGS = (
    "the way we plan routes",
    "waiting time at the gate",
    "safety at night",
    "the handover",
    "training for managers",
)
GROUPS = ("drivers", "depot managers", "customers", "retail partners", "night crews")
CLAIMS = (
    "{n} depots moved to the new handover this year.",
    "In {town}, {n} of our {group} started the trial.",
    "Sick leave fell by {n}% and nobody waited longer.",
    "It will cost us £{n} million, and it is worth it.",
    "From {day} {month}, every route has {n} stops fewer.",
    "By the end of {year}, {n} in every 100 parcels will come in the promised slot.",
    "{person} and the team in {town} showed us how.",
    "That is {n} weeks earlier than we said.",
    "We heard from {thousands} customers before we began.",
    "It began in {month} {year} with {n} people.",
    "The first {n} vans are on the road.",
    "One in {few} of our managers began as a driver.",
)
ENDINGS = (
    "More at {link}.",
    "Thank you to {person} and to everybody who made it work.",
    "The whole plan is at {link}.",
    "We will say each month how it goes.",
    "I am grateful to our {group}.",
    "Follow the work of {handle}.",
    "{tag}",
    "It is a start.",
)


@dataclass(frozen=True)
class Draft:
    """Sentences of a draft, in order."""

    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The draft as it would be pasted."""
        return " ".join(self.sentences)


def make_draft(random: Random) -> Draft:
    """One draft of three to seven sentences."""
    claims = random.sample(CLAIMS, random.randint(1, 4))
    endings = random.sample(ENDINGS, random.randint(0, 2))
    return Draft(tuple(_fill(one, random) for one in (random.choice(OPENINGS), *claims, *endings)))


def _fill(template: str, random: Random) -> str:
    thing = random.choice(THINGS)
    number = random.choice(tuple(WORDS))
    return template.format(
        verb=random.choice(VERBS),
        thing=thing,
        thing_=thing[0].upper() + thing[1:],
        group=random.choice(GROUPS),
        n=WORDS[number] if "{n}%" not in template and "£" not in template and random.random() < 0.3 else number,
        few=random.choice(("three", "four", "5", "ten")),
        thousands=random.choice(("1,150", "3,400", "12,000", "4000")),
        town=random.choice(TOWNS),
        day=random.randint(1, 28),
        month=random.choice(MONTHS),
        year=random.choice((2026, 2027, 2028, 2030)),
        person=random.choice(PEOPLE),
        link=random.choice(LINKS),
        handle=random.choice(HANDLES),
        tag=random.choice(TAGS),
    )
