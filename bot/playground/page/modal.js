/**
 * Shows the modal that is open for the person who looks, and keeps what they type: through errors, through updates of
 * the same view, and while another view stands over it.
 */

import { drawBlocks } from "./blocks.js";
import { words } from "./buttons.js";
import { ask, tell } from "./control.js";
import { button, byId, el, fill } from "./dom.js";
import { checkFields, readFields, writeFields } from "./form.js";
import { attempt, notify, notifyFailure } from "./notices.js";
import { here } from "./workspace.js";

/** What stands in the dialog: {view, print, fields, sending}; null when it is closed. */
let shown = null;
/** View id -> what was typed in it, for views that stand under another one. */
const typed = new Map();
let lastNotice = "";
/** How to find the control that had the focus before the dialog opened, should it have been drawn again. */
let opener = null;

/** Wires the dialog; called once. */
export function startModal() {
  byId("dialog").addEventListener("cancel", (event) => {
    event.preventDefault();
    if (shown) closeView();
  });
}

/** Remembers the control to give the focus back to when a dialog that it opened is closed. */
export function rememberOpener() {
  const focused = document.activeElement;
  const place = focused?.closest("[data-ts]");
  opener = { testid: focused?.closest("[data-testid]")?.dataset.testid ?? "", ts: place?.dataset.ts ?? "" };
}

/** Asks which view is open, and shows, redraws or closes the dialog. */
export async function refreshViews() {
  const me = here.me;
  const answer = await attempt(() => ask("views", { as: me }));
  if (!answer || me !== here.me) return;
  if (answer.notice && answer.notice !== lastNotice) notify(answer.notice);
  lastNotice = answer.notice ?? "";
  if (answer.view) show(answer.view);
  else hide();
}

function show(view) {
  // Slack keeps what was sent in the view's state; drawing it again for that alone would wipe the errors off the fields.
  const print = JSON.stringify({ ...view, state: null, hash: "" });
  if (shown?.print === print) return;
  if (shown) typed.set(shown.view.id, readFields(shown.fields));
  const isSame = shown?.view.id === view.id;
  const focusedName = isSame ? document.activeElement?.dataset.testid : "";
  const fields = [];
  const sending = isSame && shown.sending;
  draw(view, fields);
  writeFields(fields, typed.get(view.id));
  shown = { view, print, fields, sending };
  const dialog = byId("dialog");
  if (!dialog.open) dialog.showModal();
  const again = focusedName && dialog.querySelector(`[data-testid="${CSS.escape(focusedName)}"]`);
  if (again) again.focus();
  else if (fields.length) fields[0].field.focus();
  else byId("dialog-title").focus();
}

function draw(view, fields) {
  const act = (payload) => actInView(view, payload);
  const close = words(view.close) || (view.submit ? "Cancel" : "Close");
  fill(
    byId("dialog-body"),
    el(
      "form",
      { novalidate: true, on: { submit: submitted, keydown: sendsByKey } },
      el(
        "header",
        { class: "sheet-head" },
        el("h2", { id: "dialog-title", testid: "dialog-title", tabindex: "-1" }, words(view.title)),
        button("×", closeView, { class: "quiet", "aria-label": `${close} this form`, testid: "dialog-x" }),
      ),
      el("div", { class: "sheet-blocks" }, drawBlocks(view.blocks, { act, fields })),
      el(
        "footer",
        { class: "sheet-foot" },
        button(close, closeView, { testid: "dialog-close" }),
        view.submit ? el("button", { type: "submit", class: "primary", testid: "dialog-submit" }, words(view.submit)) : null,
      ),
    ),
  );
}

function hide() {
  typed.clear();
  if (!shown) return;
  shown = null;
  byId("dialog").close();
  fill(byId("dialog-body"));
  giveFocusBack();
}

function giveFocusBack() {
  if (document.activeElement && document.activeElement !== document.body) return;
  const place = opener?.ts ? document.querySelector(`[data-ts="${CSS.escape(opener.ts)}"]`) : document;
  const again = opener?.testid && place?.querySelector(`[data-testid="${CSS.escape(opener.testid)}"]`);
  (again || document.querySelector('[data-testid="composer"]') || byId("main")).focus();
}

function sendsByKey(event) {
  if (event.key !== "Enter" || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

async function submitted(event) {
  event.preventDefault();
  if (!shown || shown.sending || !shown.view.submit) return;
  const { view, fields } = shown;
  if (showErrors(checkFields(fields))) return;
  markSending(true);
  const values = readFields(fields);
  typed.set(view.id, values);
  const answer = await attempt(() => tell("submit", { as: here.me, view_id: view.id, values }));
  markSending(false);
  if (answer?.errors) {
    showErrors(answer.errors);
    return;
  }
  if (answer?.ok) typed.delete(view.id);
  else if (answer) notifyFailure("The form", { error: "operation_timeout", ...answer });
  await refreshViews();
}

function markSending(sending) {
  if (shown) shown.sending = sending;
  const submit = document.querySelector('[data-testid="dialog-submit"]');
  submit?.setAttribute("aria-disabled", String(sending));
}

/** Shows each error on its field and moves to the first one. Returns whether there was any. */
function showErrors(errors) {
  if (!shown) return false;
  const entries = shown.fields.filter((entry) => entry.block);
  for (const entry of entries) entry.show(errors[entry.block_id]);
  const first = entries.find((entry) => errors[entry.block_id]);
  first?.field.focus();
  const homeless = Object.entries(errors).filter(([block]) => !entries.some((entry) => entry.block_id === block));
  for (const [block, sentence] of homeless) notify(`${sentence} (The form has no field ${block} to show this on.)`);
  return Object.keys(errors).length > 0;
}

async function closeView() {
  if (!shown) return;
  const { view } = shown;
  typed.delete(view.id);
  await attempt(() => tell("close", { as: here.me, view_id: view.id }));
  await refreshViews();
}

async function actInView(view, payload) {
  const values = shown ? readFields(shown.fields) : {};
  const answer = await attempt(() => tell("action", { as: here.me, view_id: view.id, values, ...payload }));
  notifyFailure("That choice", answer);
  await refreshViews();
}
