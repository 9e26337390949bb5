"""Who may talk to the stand-in: this machine alone, and no web page but its own.

A web page elsewhere can point its name at 127.0.0.1 (DNS rebinding) or send requests blindly; the first shows in
`Host`, the second in `Origin`.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

LOOPBACK = ("127.0.0.1", "localhost", "::1")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what doesn't come from this machine, and send the strict headers with everything."""
    origin = request.headers.get("Origin")
    if not _is_loopback("//" + request.headers.get("Host", "")) or (origin is not None and not _is_loopback(origin)):
        return web.Response(status=403, text="The playground answers only to this machine.")
    response = await handler(request)
    if not response.prepared:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
    return response


def _is_loopback(address: str) -> bool:
    try:
        return urlsplit(address).hostname in LOOPBACK
    except ValueError:
        return False
