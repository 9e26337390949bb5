/** A button that opens a menu: arrow keys move, Enter chooses, Escape closes and gives the focus back. */

import { button, el, freshId } from "./dom.js";

/** Pixels between the button and its menu, and between the menu and the window's edge. */
const GAP = 4;

/**
 * A menu button. `entries` is a function that returns [{label, note, testid, choose}], called each time it opens.
 * `properties` go to the button.
 */
export function menuButton(label, entries, properties = {}) {
  const id = freshId("menu");
  const list = el("div", { class: "menu", id, role: "menu", popover: "auto", "aria-label": properties["aria-label"] ?? label });
  const opener = button(label, () => toggle(opener, list, entries), {
    ...properties,
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    "aria-controls": id,
  });
  list.addEventListener("toggle", (event) => opener.setAttribute("aria-expanded", String(event.newState === "open")));
  list.addEventListener("keydown", (event) => move(event, opener, list));
  opener.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || list.matches(":popover-open")) return;
    event.preventDefault();
    open(opener, list, entries);
  });
  // Without this the press would close the menu and the click that follows would open it again.
  opener.addEventListener("pointerdown", () => {
    opener.dataset.wasOpen = String(list.matches(":popover-open"));
  });
  return el("span", { class: "menu-place" }, opener, list);
}

function toggle(opener, list, entries) {
  const wasOpen = opener.dataset.wasOpen === "true";
  opener.dataset.wasOpen = "false";
  if (wasOpen || list.matches(":popover-open")) list.hidePopover();
  else open(opener, list, entries);
}

function open(opener, list, entries) {
  const choices = entries().map((entry) =>
    el(
      "button",
      {
        type: "button",
        role: "menuitem",
        tabindex: "-1",
        testid: entry.testid,
        on: {
          click: () => {
            list.hidePopover();
            opener.focus();
            entry.choose();
          },
        },
      },
      el("span", {}, entry.label),
      entry.note ? el("small", {}, entry.note) : null,
    ),
  );
  list.replaceChildren(...choices);
  list.showPopover();
  place(opener, list);
  choices[0]?.focus();
}

function place(opener, list) {
  const from = opener.getBoundingClientRect();
  const size = list.getBoundingClientRect();
  const below = from.bottom + GAP;
  const fits = below + size.height <= innerHeight - GAP;
  const top = fits ? below : Math.max(GAP, from.top - size.height - GAP);
  const left = Math.max(GAP, Math.min(from.left, innerWidth - size.width - GAP));
  list.style.setProperty("top", `${top}px`);
  list.style.setProperty("left", `${left}px`);
}

function move(event, opener, list) {
  const choices = [...list.children];
  const at = choices.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
  if (next !== undefined) {
    event.preventDefault();
    choices.at(next % choices.length)?.focus();
  } else if (event.key === "Escape") {
    // Inside a dialog the same key would close the dialog too.
    event.preventDefault();
    event.stopPropagation();
    list.hidePopover();
    opener.focus();
  } else if (event.key === "Tab") {
    list.hidePopover();
    opener.focus();
  }
}
