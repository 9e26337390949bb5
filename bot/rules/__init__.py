"""The deterministic checks: rules as written in prompts/rules, and the kinds of rule that know how to run them.

`compile_rules` turns a playbook's rules into a `RuleSet`, `RuleSet.check` reads a text, and `prove` runs each rule over
its own examples. A kind of rule is one file here, found by its name: see `kind`.
"""

from __future__ import annotations

from bot.rules.compiling import compile_rules
from bot.rules.proof import prove
from bot.rules.ruleset import RuleSet

__all__ = ["RuleSet", "compile_rules", "prove"]
