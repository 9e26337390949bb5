/**
 * Draws Block Kit. A scene says where the blocks stand: {act(payload), fields}: `act` is called with {action_id,
 * block_id, …} when somebody taps, and `fields` (for forms) collects what input blocks hold.
 */

import { drawButton, drawFeedback, drawIconButton, drawOverflow, words } from "./buttons.js";
import { el, freshId } from "./dom.js";
import { buildField, isField } from "./fields.js";
import { drawMrkdwn } from "./mrkdwn.js";
import { drawRichText } from "./richtext.js";
import { drawChart, drawTable } from "./tables.js";

const BLOCKS = {
  header: (block) => el("h3", { class: "block-header" }, words(block.text)),
  section: drawSection,
  context: (block, scene) => el("div", { class: "block-context" }, (block.elements ?? []).map((one) => drawElement(one, scene))),
  divider: () => el("hr", {}),
  actions: (block, scene) => el("div", { class: "block-actions" }, (block.elements ?? []).map((one) => drawElement(one, scene))),
  context_actions: (block, scene) =>
    el("div", { class: "block-actions" }, (block.elements ?? []).map((one) => drawElement(one, scene))),
  rich_text: (block) => drawRichText(block),
  input: drawInput,
  image: drawImage,
  table: drawTable,
  data_visualization: drawChart,
};
const ELEMENTS = {
  button: drawButton,
  overflow: drawOverflow,
  feedback_buttons: drawFeedback,
  icon_button: drawIconButton,
  image: drawImage,
  mrkdwn: drawText,
  plain_text: drawText,
};

/** Nodes for a list of blocks; one that can't be drawn becomes a visible box that names its type. */
export function drawBlocks(blocks, scene) {
  return (blocks ?? []).map((block) => {
    const own = { ...scene, blockId: block.block_id ?? "", act: (payload) => scene.act({ block_id: block.block_id ?? "", ...payload }) };
    try {
      if (Object.hasOwn(BLOCKS, block.type)) return BLOCKS[block.type](block, own);
    } catch {
      // A malformed block is told like an unknown one: the person sees that something is missing.
    }
    return drawUnknown("block", block?.type);
  });
}

function drawUnknown(what, type) {
  return el("p", { class: "unknown", testid: "unknown" }, `This ${what} can't be drawn: ${type}`);
}

function drawElement(element, scene) {
  if (Object.hasOwn(ELEMENTS, element.type)) return ELEMENTS[element.type](element, scene);
  if (isField(element.type)) return drawActingField(element, scene);
  return drawUnknown("element", element.type);
}

/** A text object as a node. */
function drawText(text) {
  return el("span", { class: "text" }, text.type === "mrkdwn" ? drawMrkdwn(text.text ?? "") : words(text));
}

function drawSection(block, scene) {
  return el(
    "div",
    { class: "block-section" },
    el(
      "div",
      { class: "section-text" },
      block.text ? el("div", { class: "text" }, block.text.type === "mrkdwn" ? drawMrkdwn(block.text.text) : words(block.text)) : null,
      block.fields ? el("div", { class: "section-fields" }, block.fields.map((field) => el("div", {}, drawText(field)))) : null,
    ),
    block.accessory ? el("div", { class: "section-accessory" }, drawElement(block.accessory, scene)) : null,
  );
}

function drawImage(image) {
  const title = words(image.title);
  return el("p", { class: "image-place" }, `Image: ${image.alt_text || title || "no description"}`, title && title !== image.alt_text ? ` (${title})` : null);
}

/** A select or picker outside of a form: a change acts at once. */
function drawActingField(element, scene) {
  const field = buildField(element, freshId("field"));
  const name = words(element.placeholder) || element.accessibility_label || "Choose";
  if (field.grouped) field.node.setAttribute("role", "group");
  field.node.setAttribute("aria-label", name);
  field.listen(() => scene.act({ action_id: element.action_id, ...field.read() }));
  scene.fields?.push({ block: null, block_id: scene.blockId, element, field, show: () => {} });
  return field.node;
}

/** An input block: label, hint and a place for its error, all tied to the control. */
function drawInput(block, scene) {
  const element = block.element;
  if (!isField(element.type)) return drawUnknown("element", element.type);
  const id = freshId("field");
  const field = buildField(element, id);
  const hint = block.hint ? el("p", { class: "hint", id: `${id}-hint` }, words(block.hint)) : null;
  const error = el("p", { class: "error", id: `${id}-error`, testid: `error-${block.block_id}`, hidden: true });
  const label = [words(block.label), block.optional ? el("span", { class: "optional" }, " (optional)") : null];
  const node = field.grouped
    ? el("fieldset", { class: "block-input" }, el("legend", {}, label), hint, field.node, error)
    : el("div", { class: "block-input" }, el("label", { for: id }, label), hint, field.node, error);
  const described = field.grouped ? node : field.node;
  described.setAttribute("aria-describedby", [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(" "));
  if (!block.optional && !field.grouped) field.node.setAttribute("aria-required", "true");
  if (block.dispatch_action) field.listen(() => scene.act({ action_id: element.action_id, ...field.read() }));
  const show = (sentence) => {
    error.textContent = sentence ?? "";
    error.hidden = !sentence;
    if (sentence) described.setAttribute("aria-invalid", "true");
    else described.removeAttribute("aria-invalid");
  };
  scene.fields?.push({ block, block_id: block.block_id, element, field, show });
  return node;
}
