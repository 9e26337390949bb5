"""Lectern coaches leaders on a social media draft before they post it. The life of a draft in ten lines:

1. A leader pastes a draft into a private channel: `slack/inbox` stores it, and only then is Slack told that it arrived.
2. The starter in `review` begins a durable workflow for it; after a crash it begins, or goes on, by itself.
3. check: `rules` read the text. The card appears in the thread (`slack/outbox`, drawn by `slack/cards`).
4. critique: `llm` asks the model what `critique` says to ask; `grounding` throws out what does not stand on the draft.
5. decide: `verdict` takes the worst of rules and critique: ready, edit, wait, redirect or hold.
6. reply: the same card is edited in place, if this text is still the newest.
7. The leader taps: `slack/actions` ask `lifecycle` whether that leads anywhere, and `store` writes down who and why.
8. A redirect can be sent to its team as a hand-off, which comes back to the thread when it is claimed and done.
9. *Posted it* makes a post, and posts make the `cadence`.
10. What rules, guidelines, teams and sentences say stands in prompts/, read by `playbook`; `app` puts the parts together.
"""

__version__ = "0.1.0"
