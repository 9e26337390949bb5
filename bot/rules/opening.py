"""Kind `opening`: posts that open by answering one person, which a first word that is a mention shows.

Who is mentioned decides how much it weighs: a handle of the organisation's own is a note, a peer's a warn (nothing
where peer replies are allowed), and anybody else's may be a reply to a customer.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.model import Severity
from bot.playbook import Playbook
from bot.playbook.values import Organisation, RuleSpec, Shape
from bot.rules.kind import Check, Hit, Reading, Screened, Span
from bot.rules.patterns import compile_pattern, compile_patterns, found
from bot.rules.places import one_pattern

INSTEAD = "Accounts stand in organisation.toml, under own_handles and peers."

_MENTIONS = r"^\s*(?:\.?@[\p{L}\p{N}_][\p{L}\p{N}_.\-]*(?:@[\p{L}\p{N}.\-]+)?[,:;!]*\s*)+"
_MENTION = r"@([\p{L}\p{N}_][\p{L}\p{N}_.\-]*(?:@[\p{L}\p{N}.\-]+)?)"
_LOOKED_AT = 600
"""Characters of the text's beginning that are looked at."""


class Params(Shape):
    """Keys of the kind `opening`.

    `subject` patterns, matched right after the mentions, show that the person is who the post speaks of, not whom it
    speaks to. `exceptions` take the finding back wherever in the first line they stand. `score` is what the mention
    weighs among the signals of one customer's case.
    """

    subject: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    score: int = 3


def compile(params: Params, spec: RuleSpec, playbook: Playbook) -> Check:  # noqa: A001 - the name that every kind has
    """Make the check. Raises PatternFault for a pattern that RE2 refuses."""
    mentions = compile_pattern("kind", _MENTIONS)
    mention = compile_pattern("kind", _MENTION)
    subject = one_pattern("subject", params.subject)
    exceptions = compile_patterns("exceptions", params.exceptions)
    known = _known(playbook.organisation)
    peers_pass = playbook.organisation.peer_replies == "allow"

    def check(reading: Reading) -> Iterator[Hit]:
        beginning = reading.plain[:_LOOKED_AT]
        opening = mentions.search(beginning) if "@" in beginning else None
        if opening is None:
            return
        rest = reading.plain[opening.end() : opening.end() + _LOOKED_AT]
        if (subject is not None and subject.match(rest)) or found(exceptions, (opening.group() + rest).split("\n")[0]):
            return
        handles = [match.group(1).rstrip(".-") for match in mention.finditer(opening.group())]
        kinds = {known.get(handle.casefold(), "") for handle in handles}
        if kinds <= {"own", "peer"}:
            if "peer" in kinds and peers_pass:
                return
            yield _hit(reading, opening.group(), Severity.WARN if "peer" in kinds else Severity.INFO)
            return
        yield _hit(reading, opening.group(), None, params.score)

    return Screened(check, frozenset((mentions,)), (frozenset((mentions,)),))


def _known(organisation: Organisation) -> dict[str, str]:
    """The handles that the organisation lists, without @ and in small letters: own ones and peers'."""
    own = {_bare(handle): "own" for handle in organisation.own_handles}
    return {_bare(handle): "peer" for handle in organisation.peers} | own


def _bare(handle: str) -> str:
    return handle.strip().lstrip("@").casefold()


def _hit(reading: Reading, opening: str, severity: Severity | None, score: int | None = None) -> Hit:
    place = _original(reading, opening)
    return Hit(place.start, place.end, severity=severity, score=score, grey=score is not None)


def _original(reading: Reading, opening: str) -> Span:
    start = len(opening) - len(opening.lstrip())
    return reading.original(start, len(opening.rstrip(" \n,:;!")))
