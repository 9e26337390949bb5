/** The box that messages are written in: text, attached images, sample drafts, shortcuts and slash commands. */

import { tell } from "./control.js";
import { button, el, fill, freshId } from "./dom.js";
import { menuButton } from "./menu.js";
import { runShortcut } from "./messages.js";
import { refreshViews, rememberOpener } from "./modal.js";
import { attempt, notify } from "./notices.js";
import { here, namePeople } from "./workspace.js";

/** What Slack takes for a command: a slash and a letter. "//" and "/ " are text. */
const COMMAND = /^\/[a-z][\w-]*/i;
const IMAGE_TYPES = { jpg: "image/jpeg", jpeg: "image/jpeg", gif: "image/gif", webp: "image/webp" };

/**
 * A composer. `place()` says where it writes: {channel, thread} with an empty thread for a channel. `prefix` stands
 * before its test ids. Unsent text is kept for each place. Returns {node, show(label), focus()}.
 */
export function makeComposer(prefix, place, afterSending) {
  const kept = new Map();
  const self = { prefix, place, afterSending, kept, key: "", files: [], sending: false };
  const id = freshId("composer");
  self.label = el("label", { for: id, class: "unseen" });
  self.box = el("textarea", { id, testid: prefix ? "thread-composer" : "composer", rows: "2" });
  self.box.addEventListener("keydown", (event) => sendsByEnter(event, self));
  self.box.addEventListener("input", () => drawCommands(self));
  self.chips = el("ul", { class: "chips", "aria-label": "Attached images" });
  self.commands = el("ul", { class: "commands", testid: `${prefix}commands`, "aria-label": "Commands", hidden: true });
  self.attachment = attachmentForm(self);
  self.node = el(
    "form",
    { class: "composer", on: { submit: (event) => submitted(event, self) } },
    self.commands,
    self.label,
    self.box,
    self.chips,
    self.attachment,
    tools(self),
  );
  return { node: self.node, show: (label) => show(self, label), focus: () => self.box.focus() };
}

function tools(self) {
  const { prefix } = self;
  return el(
    "div",
    { class: "composer-row" },
    button("Attach image", () => toggleAttachment(self), { class: "quiet", testid: `${prefix}attach` }),
    menuButton("Sample drafts", () => samples(self), { class: "quiet", testid: `${prefix}samples` }),
    prefix ? null : menuButton("Shortcuts", shortcuts, { class: "quiet", testid: "shortcuts" }),
    el("span", { class: "spacer" }),
    el("button", { type: "submit", class: "primary", testid: `${prefix}send` }, "Send"),
  );
}

function show(self, label) {
  const { channel, thread } = self.place();
  const key = [here.me, channel, thread].join(" ");
  self.label.textContent = label;
  self.box.placeholder = label;
  if (key === self.key) return;
  if (self.key) self.kept.set(self.key, self.box.value);
  self.key = key;
  self.box.value = self.kept.get(key) ?? "";
  self.files = [];
  drawChips(self);
  drawCommands(self);
}

function sendsByEnter(event, self) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  self.node.requestSubmit();
}

async function submitted(event, self) {
  event.preventDefault();
  const text = self.box.value;
  if (self.sending || (!text.trim() && !self.files.length)) return;
  self.sending = true;
  const key = self.key;
  const sent = COMMAND.test(text) ? await sendCommand(self, text) : await sendMessage(self, text);
  self.sending = false;
  // The person may have gone elsewhere, or typed on, while the server was slow.
  self.kept.delete(key);
  if (!sent || self.key !== key || self.box.value !== text) return;
  self.box.value = "";
  self.files = [];
  drawChips(self);
  drawCommands(self);
  self.afterSending();
}

async function sendMessage(self, text) {
  const { channel, thread } = self.place();
  const body = { as: here.me, channel, text: namePeople(text), thread_ts: thread || undefined, files: self.files };
  return Boolean(await attempt(() => tell("post", body)));
}

async function sendCommand(self, text) {
  const command = text.match(COMMAND)[0];
  const { channel, thread } = self.place();
  if (thread) {
    notify(`${command} can't be used in a thread. Type it in the channel or conversation.`);
    return false;
  }
  if (!commands().some((known) => known.command === command)) {
    notify(`${command} is not a command here. To send it as a message, start with a space.`);
    return false;
  }
  rememberOpener();
  const words = namePeople(text.slice(command.length).trim());
  const answer = await attempt(() => tell("command", { as: here.me, channel, command, text: words }));
  if (!answer) return false;
  await refreshViews();
  if (!answer.error) return true;
  notify(`${command} failed: the bot did not answer within three seconds (${answer.error}). Your text is still in the box.`);
  return false;
}

function commands() {
  return (here.state?.commands ?? []).map((known) => (typeof known === "string" ? { command: known } : known));
}

function drawCommands(self) {
  const typed = self.box.value;
  const fitting = /^\/[a-z-]*$/i.test(typed) ? commands().filter((known) => known.command.startsWith(typed)) : [];
  self.commands.hidden = !fitting.length || Boolean(self.place().thread);
  fill(
    self.commands,
    fitting.map((known) =>
      el(
        "li",
        {},
        button(`${known.command} ${known.usage_hint ?? ""}`.trim(), () => put(self, `${known.command} `), {
          class: "quiet",
          testid: `command-${known.command.slice(1)}`,
        }),
        known.description ? el("small", {}, known.description) : null,
      ),
    ),
  );
}

function put(self, text) {
  self.box.value = text;
  drawCommands(self);
  self.box.focus();
}

function samples(self) {
  const known = here.state?.samples ?? [];
  if (!known.length) return [{ label: "There are no sample drafts.", choose: () => self.box.focus() }];
  return known.map((sample) => ({
    label: sample.title,
    note: sample.note,
    testid: `sample-${sample.id}`,
    choose: () => put(self, sample.text),
  }));
}

function shortcuts() {
  const known = (here.state?.shortcuts ?? []).filter((shortcut) => shortcut.type === "global");
  if (!known.length) return [{ label: "There are no shortcuts.", choose: () => {} }];
  return known.map((shortcut) => ({
    label: shortcut.name,
    note: shortcut.description,
    testid: `shortcut-${shortcut.callback_id}`,
    choose: () => runShortcut(shortcut),
  }));
}

function attachmentForm(self) {
  const { prefix } = self;
  const nameId = freshId("attach");
  const wordsId = freshId("attach");
  const name = el("input", { id: nameId, testid: `${prefix}attach-name`, placeholder: "photo.png", autocomplete: "off" });
  const words = el("input", { id: wordsId, testid: `${prefix}attach-description`, autocomplete: "off" });
  const add = () => {
    const file = name.value.trim();
    if (!file) {
      name.focus();
      return;
    }
    const mimetype = IMAGE_TYPES[file.split(".").at(-1).toLowerCase()] ?? "image/png";
    self.files = [...self.files, { name: file, mimetype, ...(words.value.trim() && { alt_txt: words.value.trim() }) }];
    name.value = "";
    words.value = "";
    drawChips(self);
    toggleAttachment(self);
    self.box.focus();
  };
  const node = el(
    "div",
    { class: "attachment", hidden: true, role: "group", "aria-label": "Attach an image by its name" },
    el("label", { for: nameId }, "Image name"),
    name,
    el("label", { for: wordsId }, "Description (may be empty)"),
    words,
    button("Attach", add, { testid: `${prefix}attach-add` }),
  );
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") toggleAttachment(self);
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    add();
  });
  return node;
}

function toggleAttachment(self) {
  self.attachment.hidden = !self.attachment.hidden;
  if (self.attachment.hidden) self.box.focus();
  else self.attachment.querySelector("input").focus();
}

function drawChips(self) {
  fill(
    self.chips,
    self.files.map((file, at) =>
      el(
        "li",
        {},
        `${file.name}: ${file.alt_txt ?? "no description"} `,
        button("Remove", () => removeFile(self, at), { class: "quiet", "aria-label": `Remove ${file.name}` }),
      ),
    ),
  );
}

function removeFile(self, at) {
  self.files = self.files.filter((_, other) => other !== at);
  drawChips(self);
  self.box.focus();
}
