"""A local Slack stand-in with a web page: for trying Lectern out, and for its tests."""
