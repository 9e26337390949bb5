"""What buttons do, one file a verb: `VERB`, and `tap(desk, tap)`. Found by being here."""
