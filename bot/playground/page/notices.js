/** Short sentences to the person at the page: what went wrong, and what screen readers hear of new messages. */

import { button, byId, el } from "./dom.js";

/** Milliseconds until a notice goes by itself. */
const STAYS = 12000;

/** Shows a sentence until it is dismissed or has stood long enough. The same sentence never stands twice. */
export function notify(sentence) {
  // A modal dialog makes the rest of the page inert, so the notice stands inside the dialog that is open.
  const place = [...document.querySelectorAll("dialog[open] .notices")].at(-1) ?? byId("notices");
  // Said again every two seconds while a server is down, it would be read out again each time.
  if ([...place.children].some((old) => old.dataset.sentence === sentence)) return;
  const notice = el(
    "div",
    { class: "notice", testid: "notice", data: { sentence } },
    el("p", {}, sentence),
    button("Dismiss", () => notice.remove(), { class: "quiet" }),
  );
  place.append(notice);
  setTimeout(() => notice.remove(), STAYS);
}

/** Runs a call to the server; a failure becomes a notice. Returns the answer, or null. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    notify(error.message);
    return null;
  }
}

/** Says a sentence to screen readers alone. */
export function announce(sentence) {
  byId("announcer").textContent = sentence;
}

/** What to say of an interaction's result; nothing when it went well. */
export function notifyFailure(what, result) {
  if (!result || result.ok) return;
  if (result.error === "operation_timeout" || result.error === "no_ack") {
    notify(`${what} failed: the bot did not answer within three seconds.`);
  } else {
    notify(`${what} failed: ${result.error ?? "no reason given"}.`);
  }
}
