/** The Faults panel: makes Slack slow, lossy or gone, and shows what has passed between Slack and the bot. */

import { ask, tell } from "./control.js";
import { button, byId, el, fill, freshId } from "./dom.js";
import { attempt, notify } from "./notices.js";

const METHODS = ["chat.postMessage", "chat.update", "chat.postEphemeral", "views.open", "views.update", "*"];
/** Kind of fault -> its words, and the name and first value of its own number or text, if any. */
const KINDS = {
  slow: ["answer slowly", "seconds", 4],
  hold: ["hold the answer until released", null, null],
  lost: ["do it, but lose the answer", null, null],
  ratelimit: ["refuse as too many calls (429)", "retry_after", 5],
  status: ["answer with an HTTP status", "status", 503],
  error: ["answer with a Slack error", "error", "internal_error"],
};
const CUTS = ["warning", "refresh_requested", "too_many_websockets"];
/** Entries of the log that are shown, and milliseconds between two looks while the panel is open. */
const SHOWN = 40;
const LOOK_EVERY = 1500;

let timer = 0;
let seen = [];

/** Wires the panel; called once. */
export function startFaults() {
  const dialog = byId("faults");
  byId("open-faults").addEventListener("click", () => {
    if (!byId("faults-body").firstChild) draw();
    dialog.showModal();
    look();
    timer = setInterval(look, LOOK_EVERY);
  });
  dialog.addEventListener("close", () => clearInterval(timer));
}

function draw() {
  fill(
    byId("faults-body"),
    el(
      "header",
      { class: "sheet-head" },
      el("h2", { id: "faults-title" }, "Faults"),
      button("Close", () => byId("faults").close(), { testid: "faults-close" }),
    ),
    el("p", { class: "hint" }, "Make Slack misbehave, and see what the bot does about it."),
    drawCalls(),
    drawDelivery(),
    el("h3", { id: "log-title" }, "What passed between Slack and the bot"),
    el("ol", { class: "log", testid: "log", tabindex: "0", "aria-labelledby": "log-title" }),
  );
}

function drawCalls() {
  const method = select("Calls to", "fault-method", METHODS.map((name) => [name, name === "*" ? "every method" : name]));
  const kind = select("Slack shall", "fault-kind", Object.entries(KINDS).map(([name, [words]]) => [name, words]));
  const detail = input("Seconds", "fault-detail", "text", KINDS.slow[2]);
  const times = input("Times", "fault-times", "number", 1);
  const adapt = () => {
    const [, name, first] = KINDS[kind.control.value];
    detail.node.hidden = !name;
    detail.label.textContent = { seconds: "Seconds", retry_after: "Retry after (seconds)", status: "Status", error: "Error" }[name] ?? "";
    detail.control.value = first ?? "";
  };
  kind.control.addEventListener("change", adapt);
  const add = async () => {
    const [words, name] = KINDS[kind.control.value];
    const own = name ? { [name]: name === "error" ? detail.control.value : Number(detail.control.value) } : {};
    const fault = { method: method.control.value, kind: kind.control.value, times: Number(times.control.value), after: 0, ...own };
    if (await attempt(() => tell("faults", fault))) notify(`Set: ${method.control.selectedOptions[0].text}, ${words}, ${fault.times} times.`);
  };
  return el(
    "fieldset",
    {},
    el("legend", {}, "Calls that the bot makes"),
    el("div", { class: "fault-row" }, method.node, kind.node, detail.node, times.node),
    el(
      "div",
      { class: "fault-row" },
      button("Set this fault", add, { class: "primary", testid: "fault-add" }),
      button("Release held calls", () => done("release", { method: method.control.value }, "Held calls go on."), { testid: "fault-release" }),
      button("Clear all faults", () => done("faults", {}, "All faults are cleared.", "DELETE"), { testid: "fault-clear" }),
    ),
  );
}

function drawDelivery() {
  const acks = input("Acks to drop", "drop-acks", "number", 1);
  const copies = input("Extra copies", "duplicates", "number", 1);
  const cut = select("Reason", "disconnect-reason", CUTS.map((name) => [name, name]));
  return el(
    "fieldset",
    {},
    el("legend", {}, "Deliveries to the bot"),
    el(
      "div",
      { class: "fault-row" },
      acks.node,
      button("Drop acks", () => done("delivery", { drop_acks: Number(acks.control.value) }, "The next acks are dropped."), { testid: "fault-drop" }),
      copies.node,
      button("Deliver twice", () => done("delivery", { duplicates: Number(copies.control.value) }, "The next event comes more than once."), {
        testid: "fault-duplicate",
      }),
      button("Mix up the order", () => done("delivery", { reorder: true }, "The next events come out of order."), { testid: "fault-reorder" }),
    ),
    el(
      "div",
      { class: "fault-row" },
      cut.node,
      button("Disconnect the bot", () => done("delivery", { disconnect: cut.control.value }, "The bot's connection is cut."), {
        testid: "fault-disconnect",
      }),
    ),
  );
}

async function done(path, body, sentence, method = "POST") {
  if (await attempt(() => tell(path, body, method))) notify(sentence);
  await look();
}

function select(label, testid, options) {
  const id = freshId("fault");
  const control = el("select", { id, testid }, options.map(([value, words]) => el("option", { value }, words)));
  return { control, node: el("div", {}, el("label", { for: id }, label), control) };
}

function input(label, testid, type, value) {
  const id = freshId("fault");
  const control = el("input", { id, testid, type, value, min: type === "number" ? "1" : null });
  const name = el("label", { for: id }, label);
  return { control, label: name, node: el("div", {}, name, control) };
}

async function look() {
  const since = seen.at(-1)?.n ?? 0;
  const answer = await attempt(() => ask("log", { since }));
  const fresh = (answer?.entries ?? []).filter((entry) => entry.n > since);
  if (!fresh.length) return;
  seen = [...seen, ...fresh].slice(-SHOWN);
  const list = document.querySelector('[data-testid="log"]');
  const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 30;
  fill(list, seen.map((entry) => el("li", {}, entryInWords(entry))));
  if (wasAtEnd) list.scrollTop = list.scrollHeight;
}

function entryInWords(entry) {
  const parts = [
    String(entry.n),
    entry.kind,
    entry.method,
    entry.answer?.ok === false ? `refused: ${entry.answer.error}` : "",
    entry.event_id,
    entry.retry ? `retry ${entry.retry.attempt ?? entry.retry}` : "",
    typeof entry.ms === "number" ? `${Math.round(entry.ms)} ms` : "",
  ];
  return parts.filter(Boolean).join(" · ");
}
