"""Slack: what comes in, what goes out, and what it looks like. The cards are pure; the rest stores, asks and sends."""
