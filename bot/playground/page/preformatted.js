/** Preformatted text with a button that copies it. */

import { button, el } from "./dom.js";
import { notify } from "./notices.js";

/** Milliseconds for which the button says that it has copied. */
const SAYS_COPIED = 2500;

/** A preformatted box of `nodes`, and a Copy button for `text`. */
export function drawPreformatted(nodes, text) {
  const box = el("pre", {}, nodes);
  const copy = button("Copy", () => copyText(text, box, copy), { class: "copy", testid: "copy" });
  return el("div", { class: "preformatted" }, box, copy);
}

async function copyText(text, box, copy) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    getSelection().selectAllChildren(box);
    notify("The browser doesn't let the page copy. The text is selected: copy it with the keyboard.");
    return;
  }
  copy.textContent = "Copied";
  setTimeout(() => {
    copy.textContent = "Copy";
  }, SAYS_COPIED);
}
