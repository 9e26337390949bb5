/** The column of channels and conversations, the chooser of who one acts as, and the bot's connection in words. */

import { byId, el, fill } from "./dom.js";
import { addressOf, botConversation, channelName, go, here, HOME, personName, roleWords } from "./workspace.js";

/** Wires the chooser; called once. */
export function startChooser() {
  byId("act-as").addEventListener("change", (event) => go({ me: event.target.value }));
}

/** Draws the top bar and the sidebar from the state. */
export function drawSidebar() {
  const { state } = here;
  byId("team").textContent = state.team?.name ?? "Lectern playground";
  drawChooser(state.people);
  drawBotState(state.bot);
  const bot = botConversation();
  const mine = state.channels.filter((one) => one.kind === "public" || one.members?.includes(here.me));
  const named = (kind) => mine.filter((one) => (one.kind === "dm") === (kind === "dm") && one !== bot);
  const focused = document.activeElement?.closest("#sidebar [data-testid]")?.dataset.testid;
  fill(
    byId("sidebar"),
    drawGroup("Apps", [
      bot && drawPlace(bot.id, state.bot?.name ?? "Lectern", bot.unread),
      drawPlace(HOME, `${state.bot?.name ?? "Lectern"}: Home`, 0),
    ]),
    drawGroup("Channels", named("channel").map((one) => drawPlace(one.id, channelName(one.id), one.unread, one.kind))),
    drawGroup("Direct messages", named("dm").map((one) => drawPlace(one.id, channelName(one.id), one.unread))),
  );
  if (focused) document.querySelector(`#sidebar [data-testid="${CSS.escape(focused)}"]`)?.focus();
}

function drawChooser(people) {
  const chooser = byId("act-as");
  const options = people
    .filter((one) => !one.is_bot)
    .map((one) => [one.id, `${personName(one.id)} (${roleWords(one) || "no role"})`]);
  const isSame = options.length === chooser.options.length && options.every(([, label], at) => chooser.options[at].text === label);
  if (!isSame) fill(chooser, options.map(([id, label]) => el("option", { value: id }, label)));
  chooser.value = here.me;
}

function drawBotState(bot) {
  const count = Number(bot?.connected ?? 0);
  const node = byId("bot-state");
  const words = count > 1 ? `connected ${count} times` : count === 1 ? "connected" : "not connected";
  const sentence = `${bot?.name ?? "The bot"} is ${words}`;
  node.classList.toggle("is-down", count === 0);
  // A status region is read out whenever its text is set, so it is set only when it has changed.
  if (node.textContent !== sentence) node.textContent = sentence;
}

function drawGroup(title, places) {
  const kept = places.filter(Boolean);
  if (!kept.length) return null;
  return el("section", {}, el("h2", {}, title), el("ul", {}, kept.map((place) => el("li", {}, place))));
}

function drawPlace(id, name, unread, kind = "") {
  const isCurrent = id === here.channel;
  return el(
    "a",
    { href: addressOf({ channel: id }), testid: `channel-${id}`, "aria-current": isCurrent ? "page" : null },
    el("span", {}, name),
    kind === "private" ? el("span", { class: "kind" }, "private") : null,
    unread && !isCurrent ? el("span", { class: "unread", testid: `unread-${id}` }, `${unread} new`) : null,
  );
}
