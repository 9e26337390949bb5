/**
 * The playground's page: a small Slack-like workspace over the stand-in's control API.
 *
 * Test ids (data-testid), kept stable for tests and scripts:
 *
 * top           act-as, bot-state, open-faults
 * sidebar       sidebar, channel-<id>, channel-home (App Home), unread-<id>
 * room          room-name, messages, to-sidebar, tab-messages, tab-home, join, leave, home
 * message       message (also data-ts, data-user), content, ephemeral, copy, open-thread, message-menu with menu-reply,
 *               menu-edit, menu-delete, menu-unfurl, shortcut-<callback_id>; edit-text, edit-save, edit-cancel
 * composer      composer, send, attach, attach-name, attach-description, attach-add, commands, command-<name>,
 *               samples with sample-<id>, shortcuts with shortcut-<callback_id>
 * thread        thread, thread-messages, thread-close, thread-composer, thread-send; the composer's other ids with
 *               thread- before them (thread-attach, thread-samples …)
 * Block Kit     button-<action_id>, overflow-<action_id> with option-<value>, feedback-positive-<action_id>,
 *               feedback-negative-<action_id>, field-<action_id>, choice-<value> (one tick or radio), unknown
 * dialogs       dialog, dialog-title, dialog-submit, dialog-close, dialog-x, error-<block_id>;
 *               confirm, confirm-yes, confirm-no
 * faults        faults, faults-close, fault-method, fault-kind, fault-detail, fault-times, fault-add, fault-release,
 *               fault-clear, drop-acks, fault-drop, duplicates, fault-duplicate, fault-reorder, disconnect-reason,
 *               fault-disconnect, log
 * notices       notices, notice, announcer (what screen readers hear of new messages)
 *
 * The address says who looks at what: #/<person>/<channel or "home">/<ts of the thread>. data-ready on the body is
 * "true" once the place that the address names is drawn.
 */

import { ask, follow, tell } from "./control.js";
import { byId } from "./dom.js";
import { startFaults } from "./faults.js";
import { refreshViews, startModal } from "./modal.js";
import { attempt, notify } from "./notices.js";
import { drawHead, refreshHome, refreshMessages, showPlace, startRoom } from "./room.js";
import { drawSidebar, startChooser } from "./sidebar.js";
import { go, here, HOME, readAddress } from "./workspace.js";

/** Width in pixels under which the sidebar, the room and the thread are a screen each; style.css has it too. */
const NARROW = 720;
/** Milliseconds until the page looks again for a server that did not answer at the start. */
const TRY_AGAIN = 2000;

let stopFollowing = () => {};
/** Whether the server has been told that this page was loaded; Slack's ephemerals do not outlive that. */
let hasLoaded = false;
let refreshing = Promise.resolve();
const waiting = new Set();

start();

async function start() {
  startModal();
  startFaults();
  startChooser();
  startRoom(() => changed([`messages:${here.channel}`]));
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
  });
  addEventListener("hashchange", moveTo);
  await moveTo();
}

/** Follows the address: loads the state of the person that it names, and draws the place. */
async function moveTo() {
  const { hash } = location;
  const wanted = readAddress();
  document.body.dataset.ready = "false";
  const isOther = !here.state || wanted.me !== here.me;
  if (isOther && !(await becomePerson(wanted.me))) {
    setTimeout(moveTo, TRY_AGAIN);
    return;
  }
  // Somewhere else by now: the event for that has come too.
  if (location.hash !== hash) return;
  const known = wanted.channel === HOME || here.state.channels.some((one) => one.id === wanted.channel);
  if (wanted.me !== here.me || (!known && (wanted.channel || innerWidth >= NARROW))) {
    if (wanted.channel && !known && !isOther) notify("That place is not open to this person.");
    const place = known ? wanted.channel : innerWidth >= NARROW ? firstChannel() : "";
    history.replaceState(null, "", location.pathname);
    go({ me: here.me, channel: place, thread: known ? wanted.thread : "" });
    return;
  }
  const moved = { channel: isOther || wanted.channel !== here.channel, thread: wanted.thread !== here.thread };
  Object.assign(here, { channel: wanted.channel, thread: wanted.thread });
  drawSidebar();
  showPlace(moved);
  await Promise.all([refreshMessages(), refreshHome(moved.channel), refreshViews()]);
  document.body.dataset.ready = "true";
}

async function becomePerson(id) {
  const state = await attempt(() => stateOf(id));
  if (!state) return false;
  if (!hasLoaded) await attempt(() => tell("reload", { as: state.me }));
  hasLoaded = true;
  Object.assign(here, { me: state.me, state });
  stopFollowing();
  stopFollowing = follow(state.me, changed);
  return true;
}

/** The state as this person sees it; an id that nobody has, as in an old address, gives the first person's. */
async function stateOf(id) {
  try {
    return await ask("state", id ? { as: id } : {});
  } catch (error) {
    if (!id || error.status < 400 || error.status >= 500) throw error;
    return ask("state");
  }
}

/** The first channel that the person is in: for a leader the draft channel. */
function firstChannel() {
  const mine = here.state.channels.filter((one) => one.members?.includes(here.me));
  return (mine.find((one) => one.kind !== "dm") ?? mine[0] ?? here.state.channels[0])?.id ?? HOME;
}

/** Takes names of what has changed; several that come at once are asked for once. */
function changed(names) {
  for (const name of names) waiting.add(name);
  refreshing = refreshing.then(refreshWaiting);
}

async function refreshWaiting() {
  if (!waiting.size || !here.state) return;
  const names = new Set(waiting);
  waiting.clear();
  const all = names.has("everything");
  const isElsewhere = [...names].some((name) => name.startsWith("messages:") && name !== `messages:${here.channel}`);
  await Promise.all([
    all || names.has("state") || isElsewhere ? refreshState() : null,
    all || names.has(`messages:${here.channel}`) ? refreshMessages() : null,
    all || names.has("views") ? refreshViews() : null,
    all || names.has("home") ? refreshHome() : null,
  ]);
}

async function refreshState() {
  const me = here.me;
  const state = await attempt(() => ask("state", { as: me }));
  if (!state || me !== here.me) return;
  here.state = state;
  drawSidebar();
  drawHead();
}
