/** Draws lists of messages and keeps them up to date without losing focus, open editors or the place on the page. */

import { drawBlocks } from "./blocks.js";
import { tell } from "./control.js";
import { button, el, fill } from "./dom.js";
import { openEditor } from "./editor.js";
import { menuButton } from "./menu.js";
import { drawMrkdwn, plainWords } from "./mrkdwn.js";
import { rememberOpener, refreshViews } from "./modal.js";
import { attempt, notifyFailure } from "./notices.js";
import { go, here, namePeople, person, personName, roleWords } from "./workspace.js";

/** Pixels from the end within which a list counts as read to its end, and follows new messages. */
const NEAR_END = 120;
/** Message node -> what it was drawn from. */
const prints = new WeakMap();

/**
 * Makes the list show these messages. `inThread` leaves out the way into the thread. Returns the messages that are new
 * since the list was drawn last; none when it was empty.
 */
export function updateList(list, messages, { channel, inThread = false }) {
  const scroller = list.parentElement;
  const wasAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;
  const known = new Map([...list.children].map((node) => [node.dataset.key, node]));
  const wasEmpty = known.size === 0;
  const fresh = [];
  let previous = null;
  for (const message of messages) {
    const key = `${message.ts} ${message.ephemeral_for ?? ""}`;
    const print = JSON.stringify([message, here.me]);
    let node = known.get(key);
    known.delete(key);
    if (!node) fresh.push(message);
    if (!node || (prints.get(node) !== print && node.dataset.editing !== "true")) {
      const drawn = drawMessage(message, key, { channel, inThread });
      prints.set(drawn, print);
      if (node) replaceKeepingFocus(node, drawn);
      node = drawn;
    }
    const next = previous ? previous.nextSibling : list.firstChild;
    if (node !== next) list.insertBefore(node, next);
    previous = node;
  }
  for (const node of known.values()) node.remove();
  if (wasEmpty || (wasAtEnd && fresh.length)) scrollToLast(scroller, list);
  return wasEmpty ? [] : fresh;
}

/** One message in plain words, for screen readers. */
export function messageInWords(message) {
  const files = (message.files ?? []).map((file) => `image ${file.name}`).join(", ");
  return `${personName(message.user)}: ${plainWords(message.text ?? "")} ${files}`.trim();
}

/** Scrolls to the end, or to the first line of the last message when it is taller than the place for it. */
function scrollToLast(scroller, list) {
  const last = list.lastElementChild;
  scroller.scrollTop = scroller.scrollHeight;
  if (last && last.offsetHeight > scroller.clientHeight) last.scrollIntoView({ block: "start" });
}

function replaceKeepingFocus(old, drawn) {
  const focused = old.contains(document.activeElement) ? document.activeElement.closest("[data-testid]") : null;
  const testid = focused?.dataset.testid;
  old.replaceWith(drawn);
  if (!testid) return;
  const again = drawn.dataset.testid === testid ? null : drawn.querySelector(`[data-testid="${CSS.escape(testid)}"]`);
  (again ?? drawn).focus({ preventScroll: true });
}

function drawMessage(message, key, place) {
  const node = el("li", {
    class: `message${message.ephemeral_for ? " ephemeral" : ""}`,
    testid: "message",
    tabindex: "-1",
    data: { key, ts: message.ts, user: message.user ?? "", editing: "false" },
  });
  if (message.deleted) return fill(node, el("p", { class: "gone" }, "This message was deleted."), replyLine(message, place));
  const one = person(message.user);
  return fill(
    node,
    el("span", { class: `tile tone-${toneOf(message.user)}`, "aria-hidden": "true" }, initials(personName(message.user))),
    el(
      "div",
      { class: "message-body" },
      el(
        "p",
        { class: "message-head" },
        el("strong", {}, personName(message.user)),
        message.bot_id ? el("span", { class: "app-mark" }, "app") : one && el("span", { class: "role" }, roleWords(one)),
        drawTime(message.ts),
        message.ephemeral_for ? el("span", { class: "only-you", testid: "ephemeral" }, "Only visible to you") : null,
      ),
      drawContent(message, place),
      replyLine(message, place),
    ),
    message.ephemeral_for ? null : el("div", { class: "message-tools" }, messageMenu(message, node, place)),
  );
}

function drawContent(message, { channel }) {
  const act = (payload) => actInMessage(channel, message, payload);
  const words = message.text ? el("div", { class: "text" }, drawMrkdwn(message.text)) : null;
  return el(
    "div",
    { class: `content${message.bot_id && message.blocks?.length ? " card" : ""}`, testid: "content" },
    message.blocks?.length ? drawBlocks(message.blocks, { act }) : words,
    (message.files ?? []).map((file) =>
      el("p", { class: "image-place" }, `Image ${file.name}: ${file.alt_txt || "no description"}`),
    ),
    message.edited ? el("span", { class: "edited" }, "(edited)") : null,
  );
}

function replyLine(message, { channel, inThread }) {
  if (inThread || !message.reply_count) return null;
  const label = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  return button(label, () => go({ channel, thread: message.ts }), { class: "replies", testid: "open-thread" });
}

function drawTime(ts) {
  const moment = new Date(Number.parseFloat(ts) * 1000);
  const isToday = moment.toDateString() === new Date().toDateString();
  const time = moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const day = moment.toLocaleDateString([], { day: "numeric", month: "short" });
  return el("time", { datetime: moment.toISOString(), title: moment.toLocaleString() }, isToday ? time : `${day}, ${time}`);
}

function initials(name) {
  const parts = name.split(/\s+/).filter(Boolean);
  return [parts[0], parts.length > 1 ? parts.at(-1) : ""].map((part) => [...(part ?? "")][0] ?? "").join("").toUpperCase();
}

function toneOf(user) {
  return [...(user ?? "")].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 6;
}

function messageMenu(message, node, { channel, inThread }) {
  const entries = () => {
    const own = message.user === here.me && !message.bot_id;
    const shortcuts = (here.state?.shortcuts ?? []).filter((shortcut) => shortcut.type === "message");
    return [
      !inThread && {
        label: "Reply in thread",
        testid: "menu-reply",
        choose: () => go({ channel, thread: message.thread_ts ?? message.ts }),
      },
      ...shortcuts.map((shortcut) => ({
        label: shortcut.name,
        note: "Shortcut",
        testid: `shortcut-${shortcut.callback_id}`,
        choose: () => runShortcut(shortcut, { channel, ts: message.ts }),
      })),
      own && { label: "Edit message", testid: "menu-edit", choose: () => openEditor(message, node, (text) => change("edit", channel, message, { text: namePeople(text) })) },
      own && { label: "Delete message", testid: "menu-delete", choose: () => change("delete", channel, message) },
      !message.bot_id && {
        label: "Add a link preview",
        note: "An event without a change of text",
        testid: "menu-unfurl",
        choose: () => change("unfurl", channel, message),
      },
    ].filter(Boolean);
  };
  const label = `More actions on the message by ${personName(message.user)}`;
  return menuButton("⋮", entries, { class: "quiet", testid: "message-menu", "aria-label": label });
}

/** Runs a shortcut, global or on a message ({channel, ts}), and shows the form that it opens. */
export async function runShortcut(shortcut, place = {}) {
  rememberOpener();
  const body = { as: here.me, callback_id: shortcut.callback_id, ...place };
  notifyFailure(shortcut.name, await attempt(() => tell("shortcut", body)));
  await refreshViews();
}

async function actInMessage(channel, message, payload) {
  rememberOpener();
  const body = { as: here.me, channel, ts: message.ts, ...payload };
  notifyFailure("That tap", await attempt(() => tell("action", body)));
  await refreshViews();
}

function change(verb, channel, message, more = {}) {
  return attempt(() => tell(verb, { as: here.me, channel, ts: message.ts, ...more }));
}
