"""A model behind OpenAI's API, or behind a server that speaks it: Chat Completions with a strict JSON schema.

One owner of retries: the SDK makes none, tenacity makes up to four tries within one deadline. Each try is cut off by
`asyncio.timeout`, since a server that drips bytes outlives every read timeout. A breaker answers at once while the server is down.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Literal

import httpx2
import structlog
from openai import APIStatusError, AsyncOpenAI, ContentFilterFinishReasonError, LengthFinishReasonError
from openai.types.chat import ParsedChatCompletion
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import OpenedState
from pydantic import BaseModel
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, stop_before_delay

from bot.critique import Answer, Question
from bot.llm.failures import MALFORMED, NoAnswerError, is_outage, may_try_again, sentence_of, status_of
from bot.llm.probing import reach
from bot.llm.tally import Tally
from bot.llm.waiting import PoliteWait

Profile = Literal["openai", "compatible"]

MOST_TOKENS = 4_000
"""Cap on an answer. Thinking counts in it, so a tight cap would leave no answer at all."""

MOST_TRIES = 4
MOST_MALFORMED = 2
"""An answer that breaks the schema is asked for once more."""

CONNECT_SECONDS = 5.0
PROBE_SECONDS = 15.0
OUTAGES = 3
"""Questions in a row that ended in an outage, after which the breaker opens."""

OPEN_SECONDS = 30.0

log = structlog.get_logger("lectern.llm")


class OpenAIModel:
    """The adapter: one per process and event loop. Fulfils `Model`.

    `deadline_seconds` spans everything from the question to its answer, the wait for one of `max_parallel` places included. The
    profile `openai` sends what only OpenAI knows; `compatible` sends only model, messages, response format and token cap.
    """

    def __init__(
        self,
        *,
        api_key: str,
        base_url: str | httpx2.URL,
        model: str,
        profile: Profile = "openai",
        tokens_parameter: str = "max_completion_tokens",
        deadline_seconds: float = 45.0,
        max_parallel: int = 8,
        outages: int = OUTAGES,
        open_seconds: float = OPEN_SECONDS,
    ) -> None:
        address = httpx2.URL(base_url)
        self._model = model
        self._profile = profile
        self._tokens_parameter = tokens_parameter
        self.deadline_seconds = deadline_seconds
        self._places = asyncio.Semaphore(max_parallel)
        self._breakers = AsyncCircuitBreakerFactory(
            default_threshold=outages,
            default_ttl=open_seconds,
            exclude=[(BaseException, lambda error: not is_outage(error))],
        )
        self._client = AsyncOpenAI(
            api_key=api_key,
            base_url=address,
            max_retries=0,
            http_client=httpx2.AsyncClient(
                timeout=httpx2.Timeout(deadline_seconds, connect=CONNECT_SECONDS),
                limits=httpx2.Limits(max_connections=max_parallel + 1, max_keepalive_connections=max_parallel),
                # A redirect would carry the draft to an address that nobody has set.
                follow_redirects=False,
                # Plain http is only for this machine, and a proxy is another one.
                trust_env=address.scheme == "https",
            ),
        )

    async def ask(self, question: Question, seconds: float | None = None) -> Answer:
        """Ask within the deadline, or what is left of it. Never raises for anything the server does."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        tally = Tally(self._model)
        parsed: BaseModel | None = None
        status, fault = "done", ""
        try:
            within = self.deadline_seconds if seconds is None else min(seconds, self.deadline_seconds)
            parsed = await self._in_turn(question, tally, started + within)
        except OpenedState as opened:
            # It is one object, raised anew each time: its traceback would keep every question.
            opened.with_traceback(None)
            status = "circuit_open"
        except Exception as error:
            status, fault = status_of(error), type(error).__name__
            if isinstance(error, APIStatusError):
                tally.request_id = error.request_id
        usage = tally.usage(round((loop.time() - started) * 1000))
        log.info(
            "the model was asked",
            status=status,
            error=fault,
            request=tally.request_id,
            model=usage.model,
            tries=tally.tries,
            ms=usage.ms,
        )
        return Answer(status, parsed, usage)

    async def probe(self) -> str | None:
        """None where the model answers; else one sentence that says what is wrong and which setting to mend."""
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                await reach(self._client, self._model, self._tokens_parameter)
        except Exception as error:
            log.info("the model was probed", status=status_of(error), error=type(error).__name__)
            return sentence_of(error, self._model)
        return None

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _in_turn(self, question: Question, tally: Tally, end: float) -> BaseModel:
        breaker = await self._breakers.get_breaker("model")
        breaker.context.handle_new_request()  # raises at once while it is open: nobody waits for a place for nothing
        async with asyncio.timeout_at(end):
            await self._places.acquire()
        try:
            async with breaker:
                return await self._with_retries(question, tally, end)
        finally:
            self._places.release()

    async def _with_retries(self, question: Question, tally: Tally, end: float) -> BaseModel:
        def again(error: BaseException) -> bool:
            if isinstance(error, NoAnswerError):
                return error.status == MALFORMED and tally.malformed < MOST_MALFORMED
            return may_try_again(error)

        retrying = AsyncRetrying(
            stop=stop_after_attempt(MOST_TRIES) | stop_before_delay(_remaining(end)),
            wait=PoliteWait(),
            retry=retry_if_exception(again),
            reraise=True,
        )
        return await retrying(self._try, question, tally, end)

    async def _try(self, question: Question, tally: Tally, end: float) -> BaseModel:
        tally.tries += 1
        remaining = max(0.001, _remaining(end))
        async with asyncio.timeout(remaining):
            raw = await self._client.chat.completions.with_raw_response.parse(
                model=self._model,
                messages=[{"role": "system", "content": question.system}, {"role": "user", "content": question.user}],
                response_format=question.schema,
                timeout=httpx2.Timeout(remaining, connect=min(CONNECT_SECONDS, remaining)),
                **self._extras(question),
            )
        tally.request_id = raw.request_id
        tally.add(raw.text)
        try:
            completion: object = raw.parse()
        except LengthFinishReasonError:
            raise NoAnswerError("cut_off") from None
        except ContentFilterFinishReasonError:
            raise NoAnswerError("content_filter") from None
        except Exception as error:
            # pydantic's, json's, or the SDK's own on a body of another shape; their texts quote the answer.
            tally.malformed += 1
            log.info("the model's answer can't be read", error=type(error).__name__, request=raw.request_id)
            raise NoAnswerError(MALFORMED) from None
        return _parsed(completion, question.schema, tally)

    def _extras(self, question: Question) -> Mapping[str, Any]:
        """What goes beside model, messages and schema."""
        cap: dict[str, Any] = {self._tokens_parameter: MOST_TOKENS}
        if self._profile == "compatible":
            return cap
        extras = {**cap, "store": False, "reasoning_effort": "low", "verbosity": "low"}
        if question.cache_key:
            extras["prompt_cache_key"] = question.cache_key
        if question.person:
            extras["safety_identifier"] = question.person
        return extras


def _parsed(completion: object, schema: type[BaseModel], tally: Tally) -> BaseModel:
    """The object in the completion. What has another shape than a completion's is malformed."""
    choices = completion.choices if isinstance(completion, ParsedChatCompletion) else None
    message = choices[0].message if choices else None
    if message is not None and message.refusal:
        raise NoAnswerError("refusal")
    if message is None or not isinstance(message.parsed, schema):
        tally.malformed += 1
        raise NoAnswerError(MALFORMED)
    return message.parsed


def _remaining(end: float) -> float:
    """Seconds until a moment on the loop's clock."""
    return end - asyncio.get_running_loop().time()
