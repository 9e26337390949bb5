/**
 * Builds DOM nodes. Text enters the page through text nodes only: nothing in this folder parses HTML, so a message
 * can never become markup.
 */

let counter = 0;

/** An id that no other element of the page has. */
export function freshId(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

/**
 * One element. `properties`: `class`, `testid`, `on` ({event: listener}), `data` ({name: value}); anything else is an
 * attribute, left out when null or false and empty when true. Children: nodes or strings; null and false are skipped.
 */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "testid") node.dataset.testid = value;
    else if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

/** A plain button of type `button`. */
export function button(label, onClick, properties = {}) {
  return el("button", { type: "button", ...properties, on: { click: onClick } }, label);
}

/** Adds nodes and strings, however nested, to a node. */
export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** Empties a node and fills it again. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

/** The element of index.html with this id. */
export function byId(id) {
  return document.getElementById(id);
}
