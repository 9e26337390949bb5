"""Pairs of a draft and a rewriting, made from templates: harmless ones, and ones that state something new."""
