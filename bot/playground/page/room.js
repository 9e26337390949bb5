/** The middle of the page (a channel, a conversation or the App Home) and the thread beside it. */

import { drawBlocks } from "./blocks.js";
import { confirmed } from "./buttons.js";
import { makeComposer } from "./composer.js";
import { ask, tell } from "./control.js";
import { button, byId, el, fill } from "./dom.js";
import { readFields, writeFields } from "./form.js";
import { messageInWords, updateList } from "./messages.js";
import { refreshViews, rememberOpener } from "./modal.js";
import { announce, attempt, notifyFailure } from "./notices.js";
import { botConversation, channel, channelName, go, here, HOME } from "./workspace.js";

/** Nobody can join a private channel by themselves, so leaving asks first. */
const LEAVING = {
  confirm: {
    title: { text: "Leave this channel?" },
    text: { text: "A private channel is then gone from the list until somebody adds this person again." },
    confirm: { text: "Leave" },
    deny: { text: "Stay" },
  },
};

let composer = null;
let threadComposer = null;
/** What the home tab was drawn from, and the fields in it. */
let home = { print: "", fields: [] };

/** Makes the composers and wires the thread's close button; called once. `refresh` asks for messages again. */
export function startRoom(refresh) {
  composer = makeComposer("", () => ({ channel: here.channel, thread: "" }), refresh);
  threadComposer = makeComposer("thread-", () => ({ channel: here.channel, thread: here.thread }), refresh);
  byId("composer-place").append(composer.node);
  byId("thread-composer-place").append(threadComposer.node);
  byId("thread-close").addEventListener("click", closeThread);
  byId("to-sidebar").addEventListener("click", () => go({ channel: "" }));
  byId("thread").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.target.closest("textarea, input, [popover]")) closeThread();
  });
}

/** Shows the place that `here` names; called when it has changed. `moved` says what did: {channel, thread}. */
export function showPlace(moved) {
  const isHome = here.channel === HOME;
  document.body.dataset.view = here.thread ? "thread" : here.channel ? "room" : "sidebar";
  byId("messages").hidden = isHome;
  byId("home").hidden = !isHome;
  byId("room-empty").hidden = true;
  byId("composer-place").hidden = isHome || !here.channel;
  byId("thread").hidden = !here.thread;
  if (moved.channel) {
    fill(byId("messages"));
    fill(byId("home"));
    home = { print: "", fields: [] };
  }
  if (moved.channel || moved.thread) fill(byId("thread-messages"));
  drawHead();
  if (moved.thread && here.thread) byId("thread-name").focus();
}

/** Draws the names at the top of the room and of the thread. */
export function drawHead() {
  const isHome = here.channel === HOME;
  const name = isHome ? `${here.state.bot?.name ?? "Lectern"}: Home` : here.channel ? channelName(here.channel) : "Choose a channel";
  byId("room-name").textContent = name;
  byId("room-topic").textContent = isHome ? "" : (channel(here.channel)?.topic ?? "");
  byId("thread-topic").textContent = `In ${name}`;
  document.title = `${name} · Lectern playground`;
  drawTools();
  composer.show(`Message ${name}`);
  threadComposer.show("Reply in this thread");
}

/** Asks for the messages of the place and shows them; announces those that are new and by others. */
export async function refreshMessages() {
  const { me, channel: place, thread } = here;
  if (!place || place === HOME) return;
  const answer = await attempt(() => ask("messages", { as: me, channel: place }));
  if (!answer || me !== here.me || place !== here.channel) return;
  const { messages } = answer;
  const top = messages.filter((one) => !one.thread_ts || one.thread_ts === one.ts);
  const fresh = updateList(byId("messages"), top, { channel: place });
  byId("room-empty").hidden = top.length > 0;
  byId("room-empty").textContent = "Nothing here yet. Write the first message.";
  if (thread && thread === here.thread) fresh.push(...showThread(messages, thread, place));
  const heard = fresh.filter((one) => one.user !== me && !one.deleted);
  if (heard.length) announce(heard.map(messageInWords).join(" "));
}

/** Asks for the App Home and draws it. `opened` tells the bot that the person came to it just now. */
export async function refreshHome(opened = false) {
  const me = here.me;
  if (here.channel !== HOME) return;
  const answer = await attempt(() => ask("home", opened ? { as: me, opened: "1" } : { as: me }));
  if (!answer || me !== here.me || here.channel !== HOME) return;
  const print = JSON.stringify(answer.view && { ...answer.view, state: null, hash: "" });
  if (print === home.print) return;
  const values = readFields(home.fields);
  const fields = [];
  const act = (payload) => actInHome(answer.view, payload);
  const focused = document.activeElement?.closest("#home [data-testid]")?.dataset.testid;
  const nothing = el("p", { class: "empty" }, "The bot has not drawn a Home for this person yet.");
  fill(byId("home"), answer.view ? drawBlocks(answer.view.blocks, { act, fields }) : nothing);
  writeFields(fields, values);
  home = { print, fields };
  if (focused) byId("home").querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
}

function showThread(messages, thread, place) {
  const root = messages.find((one) => one.ts === thread)?.thread_ts ?? thread;
  const own = messages.filter((one) => one.ts === root || one.thread_ts === root);
  return updateList(byId("thread-messages"), own, { channel: place, inThread: true }).filter((one) => one.ts !== root);
}

function closeThread() {
  const root = here.thread;
  go({ thread: "" });
  const opener = document.querySelector(`#messages [data-ts="${CSS.escape(root)}"] [data-testid="open-thread"]`);
  (opener ?? document.querySelector('[data-testid="composer"]'))?.focus();
}

function drawTools() {
  const bot = botConversation();
  const one = channel(here.channel);
  const tools = byId("room-tools");
  const wanted = JSON.stringify([here.channel, bot?.id, one?.members, here.me]);
  if (tools.dataset.print === wanted) return;
  tools.dataset.print = wanted;
  const isBotPlace = bot && (here.channel === HOME || here.channel === bot.id);
  const isMember = one?.members?.includes(here.me);
  const change = (verb) => attempt(() => tell(verb, { as: here.me, channel: here.channel }));
  fill(
    tools,
    isBotPlace && drawTab("Messages", bot.id, "tab-messages"),
    isBotPlace && drawTab("Home", HOME, "tab-home"),
    one && one.kind !== "dm" && isMember && button("Leave", () => confirmed(LEAVING, () => change("leave")), { class: "quiet", testid: "leave" }),
    one && one.kind === "public" && !isMember && button("Join", () => change("join"), { testid: "join" }),
  );
}

function drawTab(label, place, testid) {
  return button(label, () => go({ channel: place }), {
    class: "quiet",
    testid,
    "aria-current": here.channel === place ? "page" : null,
  });
}

async function actInHome(view, payload) {
  rememberOpener();
  const values = readFields(home.fields);
  notifyFailure("That tap", await attempt(() => tell("action", { as: here.me, view_id: view.id, values, ...payload })));
  await Promise.all([refreshViews(), refreshHome()]);
}
