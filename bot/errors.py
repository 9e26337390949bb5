"""Everything that Lectern raises on purpose.

    LecternError
    ├── UserError            safe to show to a person as it stands
    │   ├── SettingsError    a setting is missing or wrong: stops the start
    │   ├── PlaybookError    prompts/ can't be used: stops the start
    │   ├── StartError       something outside can't be reached or refuses us at the start
    │   └── InputError       what was handed to the command line can't be read
    ├── StoreError           the database did not do what was asked; nothing was changed
    └── StepError            a step of a review failed; carries the kind of failure and nothing else

The message of a `UserError` is one or more whole sentences that say what is wrong and what to do. Everything
else that goes wrong is a fault of ours: it is logged with its type alone, since messages may quote a draft.
"""

from __future__ import annotations


class LecternError(Exception):
    """Root of the tree."""


class UserError(LecternError):
    """Safe to show to a person as it stands."""


class SettingsError(UserError):
    """A setting is missing or wrong."""


class PlaybookError(UserError):
    """The files in prompts/ can't be used."""


class StartError(UserError):
    """Slack, the database or the address to listen on refused us at the start."""


class InputError(UserError):
    """A file, a line or an option of the command line can't be read."""


class StoreError(LecternError):
    """The database did not do what was asked; nothing was changed."""


class StepError(LecternError):
    """A step of a review failed. Carries the kind of failure and nothing else, since the engine records it."""
