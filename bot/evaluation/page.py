"""An evaluation as one web page that needs nothing from outside."""

from __future__ import annotations
