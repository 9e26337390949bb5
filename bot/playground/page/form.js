/** What a form holds: reads it as Slack's state, writes it back, and checks it before it is sent, as Slack does. */

import { isEmpty } from "./fields.js";

/** Slack's own limit on the characters of a text input without a `max_length`. */
const LONGEST_TEXT = 3000;

/** The values of a form as Slack sends them: {block id: {action id: state}}. */
export function readFields(fields) {
  const values = {};
  for (const { block_id: block, element, field } of fields) {
    values[block] = { ...values[block], [element.action_id]: field.read() };
  }
  return values;
}

/** Writes values that were read before into the fields that are still there, with the same kind of element. */
export function writeFields(fields, values = {}) {
  for (const { block_id: block, element, field } of fields) {
    const state = values[block]?.[element.action_id];
    if (state && state.type === element.type) field.write(state);
  }
}

/** What is wrong before sending: {block id: sentence}, empty when nothing is. */
export function checkFields(fields) {
  const errors = {};
  for (const { block, block_id: id, element, field } of fields) {
    const sentence = block && checkField(block, element, field.read());
    if (sentence) errors[id] = sentence;
  }
  return errors;
}

function checkField(block, element, state) {
  if (isEmpty(state)) return block.optional ? null : "Fill in this field.";
  if (element.type === "url_text_input" && !isAddress(state.value)) return "A link starts with https:// or http://.";
  if (typeof state.value !== "string") return null;
  const length = [...state.value].length;
  const most = element.max_length ?? LONGEST_TEXT;
  const least = element.min_length ?? 0;
  if (length > most) return `At most ${most} characters; this has ${length}.`;
  if (length < least) return `At least ${least} characters; this has ${length}.`;
  return null;
}

function isAddress(text) {
  try {
    return ["http:", "https:"].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}
