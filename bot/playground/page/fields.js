/**
 * Draws the elements of Block Kit that hold a value. Every field has the same shape:
 * {node, grouped, read() -> Slack's state value, write(state), focus(), listen(listener)}; `grouped` says that it is
 * several controls, to be named by a fieldset rather than a label.
 */

import { el, freshId } from "./dom.js";
import { words } from "./buttons.js";
import { plainWords } from "./mrkdwn.js";
import { channelName, here, personName } from "./workspace.js";

/** Element type -> [builder, name of the value in Slack's state, what there is to choose from]. */
const FIELDS = {
  plain_text_input: [buildText, "value"],
  url_text_input: [buildText, "value"],
  email_text_input: [buildText, "value"],
  number_input: [buildText, "value"],
  static_select: [buildChoice, "selected_option", ownOptions],
  multi_static_select: [buildTicks, "selected_options", ownOptions],
  radio_buttons: [buildRadios, "selected_option", ownOptions],
  checkboxes: [buildTicks, "selected_options", ownOptions],
  users_select: [buildChoice, "selected_user", people],
  multi_users_select: [buildTicks, "selected_users", people],
  conversations_select: [buildChoice, "selected_conversation", conversations],
  multi_conversations_select: [buildTicks, "selected_conversations", conversations],
  channels_select: [buildChoice, "selected_channel", conversations],
  multi_channels_select: [buildTicks, "selected_channels", conversations],
  datepicker: [buildMoment, "selected_date"],
  timepicker: [buildMoment, "selected_time"],
  datetimepicker: [buildMoment, "selected_date_time"],
};
const TEXT_TYPES = { url_text_input: "url", email_text_input: "email", number_input: "text" };
const MOMENT_TYPES = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" };

/** True for the element types that `buildField` draws. */
export function isField(type) {
  return Object.hasOwn(FIELDS, type);
}

/** The field for an element, filled with its initial value. `id` names the single control. */
export function buildField(element, id) {
  const [build, key, choices] = FIELDS[element.type];
  const field = build(element, id, key, choices?.(element) ?? []);
  field.write({ [key]: initial(element, key) });
  return field;
}

/** Whether a state value holds nothing. */
export function isEmpty(state) {
  return Object.entries(state).every(
    ([name, value]) => name === "type" || value === null || value === "" || (Array.isArray(value) && !value.length),
  );
}

function initial(element, key) {
  const name = key === "value" ? "initial_value" : key.replace(/^selected_/, "initial_");
  return element[name] ?? (key.endsWith("s") && key !== "value" ? [] : null);
}

function buildText(element, id, key) {
  const properties = { id, testid: `field-${element.action_id}`, placeholder: words(element.placeholder) || null, autocomplete: "off" };
  const node = element.multiline
    ? el("textarea", { ...properties, rows: "6" })
    : el("input", { ...properties, type: TEXT_TYPES[element.type] ?? "text" });
  return {
    node,
    grouped: false,
    read: () => ({ type: element.type, value: node.value === "" ? null : node.value }),
    write: (state) => {
      node.value = state[key] ?? "";
    },
    focus: () => node.focus(),
    listen: (listener) => node.addEventListener(hearsEachKey(element) ? "input" : "change", listener),
  };
}

function hearsEachKey(element) {
  return element.dispatch_action_config?.trigger_actions_on?.includes("on_character_entered") ?? false;
}

function buildMoment(element, id, key) {
  const node = el("input", { id, testid: `field-${element.action_id}`, type: MOMENT_TYPES[element.type] });
  const isStamp = element.type === "datetimepicker";
  return {
    node,
    grouped: false,
    read: () => ({ type: element.type, [key]: node.value ? (isStamp ? toStamp(node.value) : node.value) : null }),
    write: (state) => {
      node.value = state[key] ? (isStamp ? fromStamp(state[key]) : state[key]) : "";
    },
    focus: () => node.focus(),
    listen: (listener) => node.addEventListener("change", listener),
  };
}

/** Unix seconds of a local date and time, and back; Slack's picker has no seconds either. */
function toStamp(local) {
  return Math.floor(new Date(local).getTime() / 1000);
}

function fromStamp(seconds) {
  const moment = new Date(seconds * 1000);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

function buildChoice(element, id, key, groups) {
  const node = el(
    "select",
    { id, testid: `field-${element.action_id}` },
    el("option", { value: "" }, words(element.placeholder) || "Choose…"),
    groups.map((group) => {
      const options = group.choices.map((choice) => el("option", { value: choice.id }, choice.label));
      return group.label ? el("optgroup", { label: group.label }, options) : options;
    }),
  );
  const choices = groups.flatMap((group) => group.choices);
  return {
    node,
    grouped: false,
    read: () => ({ type: element.type, [key]: choices.find((choice) => choice.id === node.value)?.state ?? null }),
    write: (state) => {
      node.value = idOf(state[key]);
      if (node.selectedIndex < 0) node.selectedIndex = 0;
    },
    focus: () => node.focus(),
    listen: (listener) => node.addEventListener("change", listener),
  };
}

function buildTicks(element, id, key, groups) {
  return buildGroup(element, key, groups, "checkbox", {
    chosen: (ticked) => ticked,
    ids: (value) => (value ?? []).map(idOf),
  });
}

function buildRadios(element, id, key, groups) {
  return buildGroup(element, key, groups, "radio", {
    chosen: (ticked) => ticked[0] ?? null,
    ids: (value) => (value ? [idOf(value)] : []),
  });
}

function buildGroup(element, key, groups, type, { chosen, ids }) {
  const name = freshId("group");
  const choices = groups.flatMap((group) => group.choices);
  const inputs = choices.map((choice) => el("input", { type, name, value: choice.id, testid: `choice-${choice.id}` }));
  const rows = choices.map((choice, at) =>
    el("label", { class: "choice" }, inputs[at], el("span", {}, choice.label, choice.note ? el("small", {}, choice.note) : null)),
  );
  const node = el("div", { class: `choices${choices.length > 12 ? " many" : ""}`, testid: `field-${element.action_id}` }, rows);
  return {
    node,
    grouped: true,
    read: () => ({ type: element.type, [key]: chosen(choices.filter((_, at) => inputs[at].checked).map((choice) => choice.state)) }),
    write: (state) => {
      const wanted = ids(state[key]);
      for (const input of inputs) input.checked = wanted.includes(input.value);
    },
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0])?.focus(),
    listen: (listener) => node.addEventListener("change", listener),
  };
}

function idOf(value) {
  return value?.value ?? value ?? "";
}

/** The choices of an element that brings its own, as [{label, choices: [{id, label, note, state}]}]. */
function ownOptions(element) {
  const read = (option) => ({
    id: option.value,
    label: option.text?.type === "mrkdwn" ? plainWords(option.text.text) : words(option.text),
    note: option.description ? words(option.description) : "",
    state: option,
  });
  if (element.option_groups) {
    return element.option_groups.map((group) => ({ label: words(group.label), choices: group.options.map(read) }));
  }
  return [{ label: "", choices: (element.options ?? []).map(read) }];
}

function people() {
  const choices = (here.state?.people ?? [])
    .filter((one) => !one.is_bot)
    .map((one) => ({ id: one.id, label: personName(one.id), note: "", state: one.id }));
  return [{ label: "", choices }];
}

function conversations() {
  const choices = (here.state?.channels ?? [])
    .filter((one) => one.kind === "public" || one.members?.includes(here.me))
    .map((one) => ({ id: one.id, label: channelName(one.id), note: "", state: one.id }));
  return [{ label: "", choices }];
}
