"""The workspace that the playground opens with: Alder, an invented parcel carrier, with one person for each role."""

from __future__ import annotations

from bot.playground.installed import InstalledApp
from bot.playground.workspace import SLACKBOT, Channel, Person, UserGroup, Workspace

COMMS_GROUP = "S0COMMS001"
VISITOR = "U0VISITOR1"
VISITOR_TEAM = "T0BIRCH001"

PEOPLE = (
    Person("U0LEADER01", "dana", "Dana Reyes", "Chief executive", "leader", "dana.reyes@alder.example"),
    Person("U0LEADER02", "tom", "Tom Okafor", "Chief operating officer", "leader", "tom.okafor@alder.example"),
    Person("U0DELEGATE", "eve", "Eve Lund", "Chief of staff", "delegate", "eve.lund@alder.example"),
    Person("U0COMMS001", "priya", "Priya Nair", "Communications", "comms", "priya.nair@alder.example"),
    Person("U0CARE0001", "sam", "Sam Idowu", "Customer care", "care", "sam.idowu@alder.example"),
    Person("U0LEGAL001", "ruth", "Ruth Weiss", "Legal", "legal", "ruth.weiss@alder.example"),
    Person("U0GUEST001", "gil", "Gil Guest", "Photographer", "guest", "gil@studio.example", is_guest=True),
    Person(VISITOR, "vera", "Vera Birch", "Partner", "visitor", team_id=VISITOR_TEAM, is_stranger=True),
)
TEAMS = (
    ("C0CARE0001", "team-care", "Customer care", ("U0CARE0001",)),
    ("C0SUPPORT1", "team-support", "Product support", ("U0CARE0001",)),
    ("C0MARKETNG", "team-marketing", "Marketing", ("U0COMMS001",)),
    ("C0PEOPLE01", "team-people", "People", ("U0LEGAL001",)),
    ("C0INVESTOR", "team-investors", "Investor relations", ("U0LEGAL001",)),
    ("C0LEGAL001", "team-legal", "Legal", ("U0LEGAL001",)),
    ("C0SECURITY", "team-security", "Security", ("U0CARE0001",)),
    ("C0MEDIA001", "team-media", "Media", ("U0COMMS001",)),
    ("C0SALES001", "team-sales", "Sales", ("U0CARE0001",)),
)


def default_workspace(app: InstalledApp | None = None) -> Workspace:
    """A fresh workspace. Each route has one private channel; the bot is in all but #general."""
    app = app or InstalledApp()
    bot = Person(app.bot_user_id, "lectern", app.name, "App", "bot", is_bot=True)
    slackbot = Person(SLACKBOT, "slackbot", "Slackbot", is_bot=True)
    everybody = [person.id for person in PEOPLE if not person.is_guest and not person.is_stranger]
    channels = [
        Channel(
            "C0DRAFTS01",
            "dana-drafts",
            "private",
            ["U0LEADER01", "U0DELEGATE", "U0COMMS001", bot.id],
            "Drafts of Dana Reyes",
        ),
        Channel("C0DRAFTS02", "tom-drafts", "private", ["U0LEADER02", "U0COMMS001", bot.id], "Drafts of Tom Okafor"),
        Channel("C0OVERSITE", "comms-oversight", "private", ["U0COMMS001", bot.id], "What happened to drafts"),
        *(
            Channel(id_, name, "private", [*members, bot.id], f"Handed to {topic}")
            for id_, name, topic, members in TEAMS
        ),
        Channel("C0GENERAL1", "general", "public", everybody, "For everybody; Lectern is not here"),
    ]
    workspace = Workspace(
        app, [*PEOPLE, bot, slackbot], channels, [UserGroup(COMMS_GROUP, "comms", "Communications", ["U0COMMS001"])]
    )
    for person in PEOPLE:
        if not person.is_stranger:
            workspace.dm(person.id)
    return workspace
