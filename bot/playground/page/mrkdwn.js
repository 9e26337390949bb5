/** Draws Slack's mrkdwn as DOM nodes: bold, italic, strike, code, quotes, links and mentions. */

import { el } from "./dom.js";
import { drawLink } from "./links.js";
import { drawPreformatted } from "./preformatted.js";
import { channelName, personName } from "./workspace.js";

const EMOJI = {
  white_check_mark: "✅", warning: "⚠️", x: "❌", eyes: "👀", tada: "🎉", thumbsup: "👍", "+1": "👍", thumbsdown: "👎",
  "-1": "👎", smile: "😄", slightly_smiling_face: "🙂", heart: "❤️", rocket: "🚀", fire: "🔥", wave: "👋", pray: "🙏",
  bulb: "💡", package: "📦", truck: "🚚", clap: "👏",
};

/** Each mark with the element it becomes; the mark must not touch a letter or digit on its outer side. */
const MARKS = [
  ["*", "strong"],
  ["_", "em"],
  ["~", "s"],
].map(([mark, tag]) => ({
  tag,
  pattern: new RegExp(`(?<![\\p{L}\\p{N}])[${mark}](?=\\S)([^${mark}\\n]*[^\\s${mark}])[${mark}](?![\\p{L}\\p{N}])`, "u"),
}));
const TOKEN = /<([^<>\n]+)>/;
const CODE = /`([^`\n]+)`/;
const PREFORMATTED = /```\n?([\s\S]+?)\n?```/;

/** Slack's three escapes turned back into characters. */
export function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** The few emoji that are drawn as characters; any other keeps its colons. */
export function emojiText(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
}

/** Nodes for a mrkdwn text. */
export function drawMrkdwn(text) {
  const nodes = [];
  let rest = text;
  for (let found = PREFORMATTED.exec(rest); found; found = PREFORMATTED.exec(rest)) {
    nodes.push(...drawLines(rest.slice(0, found.index)), drawPreformatted([unescape(found[1])], unescape(found[1])));
    rest = rest.slice(found.index + found[0].length);
  }
  nodes.push(...drawLines(rest));
  return nodes;
}

/** The words of a mrkdwn text without its marks, for screen readers and titles. */
export function plainWords(text) {
  return el("span", {}, drawInline(text ?? "")).textContent;
}

function drawLines(text) {
  const nodes = [];
  let plain = [];
  let quoted = [];
  const flush = () => {
    if (plain.length) nodes.push(...drawInline(plain.join("\n")));
    if (quoted.length) nodes.push(el("blockquote", {}, drawInline(quoted.join("\n"))));
    plain = [];
    quoted = [];
  };
  for (const line of text.split("\n")) {
    const quote = line.match(/^(?:&gt;|>) ?(.*)$/);
    if (quote ? plain.length : quoted.length) flush();
    if (quote) quoted.push(quote[1]);
    else plain.push(line);
  }
  flush();
  return nodes;
}

function drawInline(text) {
  const candidates = [
    { found: TOKEN.exec(text), draw: (found) => drawToken(found[1]) },
    { found: CODE.exec(text), draw: (found) => el("code", {}, unescape(found[1])) },
    ...MARKS.map(({ pattern, tag }) => ({
      found: pattern.exec(text),
      draw: (found) => el(tag, {}, drawInline(found[1])),
    })),
  ].filter((candidate) => candidate.found);
  if (!candidates.length) return text ? [emojiText(unescape(text))] : [];
  const first = candidates.reduce((best, one) => (one.found.index < best.found.index ? one : best));
  const end = first.found.index + first.found[0].length;
  return [...drawInline(text.slice(0, first.found.index)), first.draw(first.found), ...drawInline(text.slice(end))];
}

function drawToken(token) {
  const bar = token.indexOf("|");
  const target = bar < 0 ? token : token.slice(0, bar);
  const label = bar < 0 ? "" : unescape(token.slice(bar + 1));
  if (target.startsWith("@")) return mention(`@${label || personName(target.slice(1))}`);
  if (target.startsWith("#")) return mention(label ? `#${label}` : channelName(target.slice(1)));
  if (target.startsWith("!date^")) return label || target;
  if (target.startsWith("!")) return mention(label || `@${target.slice(1).split("^")[0]}`);
  if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return `<${unescape(token)}>`;
  const address = unescape(target);
  return drawLink(address, label || address.replace(/^mailto:/, ""));
}

/** A mention of a person, a group or a channel. */
export function mention(words) {
  return el("span", { class: "mention" }, words);
}
