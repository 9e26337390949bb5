"""What /metrics tells: counts and times, never a text, a name or an id."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from bot.model import Verdict


class Meters:
    """Counters of one process, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._reviews = Counter(
            "lectern_reviews", "Finished reviews", ["outcome", "complete", "critique"], registry=self._registry
        )
        self._seconds = Histogram(
            "lectern_review_seconds",
            "From the draft's arrival to its full outcome",
            buckets=(0.1, 0.5, 1, 2, 5, 10, 20, 45, 90),
            registry=self._registry,
        )
        self._tokens = Counter("lectern_tokens", "Tokens of the model", ["kind"], registry=self._registry)

    def reviewed(self, verdict: Verdict, seconds: float) -> None:
        """One review has come to its end, `seconds` after its draft arrived."""
        self._reviews.labels(verdict.outcome.value, str(verdict.complete).lower(), verdict.critique).inc()
        self._seconds.observe(seconds)
        self._tokens.labels("in").inc(verdict.usage.tokens_in)
        self._tokens.labels("cached").inc(verdict.usage.tokens_cached)
        self._tokens.labels("out").inc(verdict.usage.tokens_out)

    def text(self) -> bytes:
        """All of them in Prometheus's text format."""
        return generate_latest(self._registry)
