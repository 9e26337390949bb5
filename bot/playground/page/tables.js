/** Draws tables and charts as text. */

import { words } from "./buttons.js";
import { el } from "./dom.js";
import { drawRichText } from "./richtext.js";

/** A table block as a plain table, its first row as the heads of the columns. */
export function drawTable(block) {
  const [head = [], ...rows] = block.rows ?? [];
  return el(
    "div",
    { class: "table-place", tabindex: "0", role: "region", "aria-label": "Table" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, head.map((cell) => el("th", { scope: "col" }, drawCell(cell))))),
      el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell) => el("td", {}, drawCell(cell)))))),
    ),
  );
}

/** A chart as its title and its figures in words. */
export function drawChart(block) {
  const title = typeof block.title === "string" ? block.title : words(block.title);
  return el(
    "div",
    { class: "chart-text" },
    el("p", {}, el("strong", {}, title || "Chart")),
    el("ul", {}, figures(block.chart ?? block.data ?? {}).map((figure) => el("li", {}, figure))),
  );
}

function drawCell(cell) {
  if (cell?.type === "rich_text") return drawRichText(cell);
  return String(cell?.text ?? cell?.value ?? "");
}

/** Every labelled number in a chart's description, wherever it stands, as "series, label: value". */
function figures(node, series = "") {
  if (Array.isArray(node)) return node.flatMap((one) => figures(one, series));
  if (node === null || typeof node !== "object") return [];
  const label = [node.label, node.name, node.title, node.x].map((one) => one?.text ?? one).find((one) => one !== undefined);
  const value = node.value ?? node.y;
  if (typeof value === "number") return [`${series ? `${series}, ` : ""}${label ?? ""}: ${value}`];
  return Object.values(node).flatMap((one) => figures(one, label ?? series));
}
