/** Talks to the stand-in's control API: JSON over HTTP, and one stream of what has changed. */

/** How often the page asks for itself while the stream is down, in milliseconds. */
const POLL_EVERY = 2000;

/** An answer that was not 2xx (`status`), or none at all (`status` 0); its message is a sentence to show. */
export class ControlError extends Error {
  constructor(sentence, status = 0) {
    super(sentence);
    this.status = status;
  }
}

/** GET a control path with query parameters. Throws ControlError. */
export function ask(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  return call(`/control/${path}${query ? `?${query}` : ""}`, {});
}

/** POST (or another method) JSON to a control path. Throws ControlError. */
export function tell(path, body = {}, method = "POST") {
  return call(`/control/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/**
 * Follows what changes for one person: calls `onChange` with names such as "messages:C1", "views", "home", "state".
 * While the stream is down it calls `onChange(["everything"])` every two seconds instead. Returns a function that stops.
 */
export function follow(me, onChange) {
  let stream = null;
  let wasDown = false;
  const open = () => {
    stream = new EventSource(`/control/stream?${new URLSearchParams({ as: me })}`);
    stream.addEventListener("message", (event) => onChange(readChanges(event.data)));
    stream.addEventListener("open", () => {
      if (wasDown) onChange(["everything"]);
      wasDown = false;
    });
  };
  open();
  const poll = setInterval(() => {
    if (stream.readyState === EventSource.OPEN) return;
    wasDown = true;
    // The browser connects again by itself, but not after an answer that was no stream.
    if (stream.readyState === EventSource.CLOSED) open();
    onChange(["everything"]);
  }, POLL_EVERY);
  return () => {
    clearInterval(poll);
    stream.close();
  };
}

function readChanges(text) {
  try {
    return JSON.parse(text).changed ?? [];
  } catch {
    return ["everything"];
  }
}

async function call(address, options) {
  let response;
  try {
    response = await fetch(address, options);
  } catch {
    throw new ControlError("The playground's server doesn't answer. Is it still running?");
  }
  let answer = {};
  try {
    answer = await response.json();
  } catch {
    // An answer without JSON is judged by its status alone.
  }
  if (!response.ok) throw new ControlError(answer.error ?? `The playground's server answered ${response.status}.`, response.status);
  return answer;
}
