"""Lectern's tests."""
