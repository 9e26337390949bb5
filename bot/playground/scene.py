"""All parts of one stand-in, side by side: what the Web API, the interactions and the control API work on."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.playground.changes import Changes
from bot.playground.clock import Clock
from bot.playground.delivery import Delivery
from bot.playground.faults import Faults
from bot.playground.log import Log
from bot.playground.modals import Modals
from bot.playground.socket_mode import Sockets
from bot.playground.tickets import Responses, Triggers
from bot.playground.workspace import Workspace


@dataclass
class Scene:
    """The parts. `url` is the server's own address, without a slash at the end."""

    workspace: Workspace
    clock: Clock
    log: Log
    changes: Changes
    sockets: Sockets
    delivery: Delivery
    modals: Modals
    triggers: Triggers
    responses: Responses
    faults: Faults = field(default_factory=Faults)
    url: str = ""


def make_scene(workspace: Workspace, clock: Clock) -> Scene:
    """A fresh scene around a workspace, delivering by Socket Mode."""
    log, changes = Log(), Changes()
    sockets = Sockets(workspace.app.app_id, clock, log, changes)
    return Scene(
        workspace=workspace,
        clock=clock,
        log=log,
        changes=changes,
        sockets=sockets,
        delivery=Delivery(workspace, clock, log, sockets),
        modals=Modals(workspace, changes),
        triggers=Triggers(clock),
        responses=Responses(clock),
    )
