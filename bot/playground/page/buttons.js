/** Draws the elements of Block Kit that act at once: buttons, overflow menus, feedback and icon buttons. */

import { button, byId, el, fill } from "./dom.js";
import { drawLink, safeAddress } from "./links.js";
import { menuButton } from "./menu.js";
import { emojiText, unescape } from "./mrkdwn.js";

/** The words of a text object, without any mark-up. */
export function words(text) {
  return emojiText(unescape(text?.text ?? ""));
}

/** A button; one with an address is a link that acts as well. */
export function drawButton(element, scene) {
  const style = ["primary", "danger"].includes(element.style) ? element.style : "";
  const properties = {
    class: `block-button ${style}`.trim(),
    testid: `button-${element.action_id}`,
    "aria-label": element.accessibility_label,
  };
  const act = () => confirmed(element, () => scene.act({ action_id: element.action_id, value: element.value }));
  if (element.url && safeAddress(element.url)) {
    const link = drawLink(element.url, words(element.text), properties);
    link.addEventListener("click", act);
    return link;
  }
  return button(words(element.text), act, properties);
}

/** An overflow menu. */
export function drawOverflow(element, scene) {
  const entries = () =>
    (element.options ?? []).map((option) => ({
      label: words(option.text),
      note: option.description ? words(option.description) : "",
      testid: `option-${option.value}`,
      choose: () => confirmed(element, () => scene.act({ action_id: element.action_id, selected_option: option })),
    }));
  return menuButton("⋯", entries, {
    class: "block-button overflow",
    testid: `overflow-${element.action_id}`,
    "aria-label": "More choices",
  });
}

/** The two buttons of a feedback element. */
export function drawFeedback(element, scene) {
  const drawOne = (choice, kind) =>
    choice &&
    button(words(choice.text), () => scene.act({ action_id: element.action_id, value: choice.value }), {
      class: "block-button feedback",
      testid: `feedback-${kind}-${element.action_id}`,
      "aria-label": choice.accessibility_label ?? words(choice.text),
    });
  return el(
    "span",
    { class: "feedback-pair", role: "group", "aria-label": "Feedback" },
    drawOne(element.positive_button, "positive"),
    drawOne(element.negative_button, "negative"),
  );
}

/** An icon button, drawn with its words since the page has no icons. */
export function drawIconButton(element, scene) {
  return button(
    words(element.text) || element.icon || "Icon",
    () => confirmed(element, () => scene.act({ action_id: element.action_id, value: element.value })),
    {
      class: "block-button icon",
      testid: `button-${element.action_id}`,
      "aria-label": element.accessibility_label,
    },
  );
}

/** Runs `act` at once, or after the element's confirmation dialog said yes. */
export function confirmed(element, act) {
  if (!element.confirm) {
    act();
    return;
  }
  const dialog = byId("confirm");
  const answer = (yes) => {
    dialog.close();
    if (yes) act();
  };
  const { title, text, confirm, deny, style } = element.confirm;
  fill(
    byId("confirm-body"),
    el("h2", { id: "confirm-title" }, words(title) || "Are you sure?"),
    el("p", {}, words(text)),
    el(
      "div",
      { class: "sheet-foot" },
      button(words(deny) || "No", () => answer(false), { testid: "confirm-no" }),
      button(words(confirm) || "Yes", () => answer(true), { testid: "confirm-yes", class: style === "danger" ? "danger" : "primary" }),
    ),
  );
  dialog.showModal();
}
