/** Draws rich_text blocks, and reads people's own messages back into what they typed. */

import { el } from "./dom.js";
import { drawQuietLink } from "./links.js";
import { emojiText, mention, unescape } from "./mrkdwn.js";
import { drawPreformatted } from "./preformatted.js";
import { channelName, person, personName } from "./workspace.js";

/** Style -> the mark that a person types for it. */
const TYPED_MARKS = { bold: "*", italic: "_", strike: "~", code: "`" };
const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

/** Nodes for one rich_text block. */
export function drawRichText(block) {
  return el("div", { class: "rich-text" }, (block.elements ?? []).map(drawPart));
}

/** What a person typed, from the rich text of their message; its `text` when there is none. */
export function typedText(message) {
  const rich = (message.blocks ?? []).filter((block) => block.type === "rich_text");
  if (!rich.length) return unescape(message.text ?? "");
  return rich.flatMap((block) => block.elements ?? []).map(typedPart).join("\n");
}

function drawPart(part) {
  switch (part.type) {
    case "rich_text_section":
      return el("p", {}, drawElements(part));
    case "rich_text_list":
      return drawList(part);
    case "rich_text_quote":
      return el("blockquote", {}, drawElements(part));
    case "rich_text_preformatted":
      return drawPreformatted(drawElements(part), plainElements(part));
    default:
      return el("p", { class: "unknown" }, `This part can't be drawn: ${part.type}`);
  }
}

function drawList(part) {
  const properties = { data: { indent: String(Math.min(part.indent ?? 0, 6)) } };
  const entries = (part.elements ?? []).map((entry) => el("li", {}, drawElements(entry)));
  if (part.style !== "ordered") return el("ul", properties, entries);
  return el("ol", { ...properties, start: (part.offset ?? 0) + 1 }, entries);
}

function drawElements(part) {
  return (part.elements ?? []).map(drawElement);
}

function drawElement(element) {
  let node = drawBare(element);
  for (const [style, tag] of Object.entries(STYLES)) if (element.style?.[style]) node = el(tag, {}, node);
  return node;
}

function drawBare(element) {
  switch (element.type) {
    case "text":
      return element.text ?? "";
    case "link":
      return drawQuietLink(element.url ?? "", element.text || element.url || "");
    case "emoji":
      return emojiCharacter(element);
    case "user":
      return mention(`@${personName(element.user_id)}`);
    case "channel":
      return mention(channelName(element.channel_id));
    case "usergroup":
      return mention("@a group");
    case "broadcast":
      return mention(`@${element.range}`);
    case "date":
      return element.fallback ?? new Date(element.timestamp * 1000).toLocaleString();
    case "color":
      return element.value ?? "";
    default:
      return el("span", { class: "unknown" }, `This part can't be drawn: ${element.type}`);
  }
}

function emojiCharacter(element) {
  const points = (element.unicode ?? "").split("-").map((point) => Number.parseInt(point, 16));
  if (points.every((point) => point > 0 && point <= 0x10ffff)) return String.fromCodePoint(...points);
  return emojiText(`:${element.name}:`);
}

function plainElements(part) {
  return (part.elements ?? []).map((element) => el("span", {}, drawBare(element)).textContent).join("");
}

function typedPart(part) {
  if (part.type === "rich_text_list") {
    return (part.elements ?? [])
      .map((entry, at) => `${part.style === "ordered" ? `${at + 1}.` : "•"} ${typedPart(entry)}`)
      .join("\n");
  }
  const typed = (part.elements ?? []).map(typedElement).join("").replace(/\n$/, "");
  if (part.type === "rich_text_quote") return typed.replace(/^/gm, "> ");
  return part.type === "rich_text_preformatted" ? `\`\`\`${typed}\`\`\`` : typed;
}

function typedElement(element) {
  let typed = typedBare(element);
  for (const [style, mark] of Object.entries(TYPED_MARKS)) if (element.style?.[style]) typed = `${mark}${typed}${mark}`;
  return typed;
}

/** The composer's way of writing an element: names of people and channels, and addresses without a label. */
function typedBare(element) {
  if (element.type === "user") return `@${person(element.user_id)?.name ?? element.user_id}`;
  if (element.type === "channel") return channelName(element.channel_id);
  if (element.type === "broadcast") return `@${element.range}`;
  if (element.type === "link") return element.text || element.url;
  if (element.type === "emoji") return `:${element.name}:`;
  return element.text ?? "";
}
