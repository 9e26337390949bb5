/** Edits a message where it stands. */

import { button, el } from "./dom.js";
import { typedText } from "./richtext.js";

/**
 * Opens the editor in place of the message's content. `send` takes the new text and returns null when it failed; the
 * editor then stays open with what was typed. Enter saves, Shift+Enter makes a new line, Escape gives up.
 */
export function openEditor(message, node, send) {
  if (node.dataset.editing === "true") return;
  const content = node.querySelector('[data-testid="content"]');
  const box = el("textarea", { testid: "edit-text", "aria-label": "Edit message", rows: "4" });
  box.value = typedText(message);
  const stop = () => {
    node.dataset.editing = "false";
    editor.replaceWith(content);
    node.querySelector('[data-testid="message-menu"]')?.focus();
  };
  const save = async () => {
    if (!(await send(box.value))) return;
    stop();
  };
  const editor = el(
    "div",
    { class: "editor" },
    box,
    el("div", { class: "composer-row" }, button("Cancel", stop, { testid: "edit-cancel" }), button("Save", save, { class: "primary", testid: "edit-save" })),
  );
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") stop();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    save();
  });
  node.dataset.editing = "true";
  content.replaceWith(editor);
  box.focus();
}
