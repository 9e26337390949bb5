"""Slash commands, one file each: `COMMAND`, and `answer(desk, call)`. Found by being here."""
