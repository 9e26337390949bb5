"""The files of the web page, and the links that lead to a message on it."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path

from aiohttp import web

PAGE = Path(__file__).parent / "page"
_NAME = re.compile(r"[\w-]+(\.[\w-]+)+")
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".txt": "text/plain"}


def routes() -> list[web.RouteDef]:
    """`/`, `/page/…` and `/archives/…`."""
    return [
        web.get("/", _index),
        web.get("/page/{name}", _file),
        web.get(r"/archives/{channel:\w+}/p{stamp:\d+}", _message),
        web.get(r"/archives/{channel:\w+}", _message),
    ]


async def _index(request: web.Request) -> web.Response:
    return _send("index.html")


async def _file(request: web.Request) -> web.Response:
    return _send(request.match_info["name"])


async def _message(request: web.Request) -> web.Response:
    stamp = request.match_info.get("stamp", "")
    thread = request.query.get("thread_ts") or (f"{stamp[:-6]}.{stamp[-6:]}" if len(stamp) > 6 else "")
    raise web.HTTPFound(f"/#//{request.match_info['channel']}/{thread if re.fullmatch(r'[0-9.]*', thread) else ''}")


def _send(name: str) -> web.Response:
    """One file of the folder; nothing outside of it, since a name has no slash."""
    path = PAGE / name
    if not _NAME.fullmatch(name) or not path.is_file():
        return web.Response(status=404, text="There is no such file.")
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=path.read_bytes(), content_type=kind, charset=charset)
