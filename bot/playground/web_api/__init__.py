"""Slack's Web API: one file per family of methods, each with a table `METHODS`."""

from __future__ import annotations

from bot.playground.web_api import auth, chat, conversations, files, posts, usergroups, users, validate, views
from bot.playground.web_api.call import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **posts.METHODS,
    **usergroups.METHODS,
    **users.METHODS,
    **validate.METHODS,
    **views.METHODS,
}
