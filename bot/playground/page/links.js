/** Addresses in messages: which may be followed, and which lead to a place in this workspace. */

import { el } from "./dom.js";
import { addressOf } from "./workspace.js";

const SCHEMES = new Set(["http:", "https:", "mailto:"]);

/** The address when its scheme is http, https or mailto; else null. */
export function safeAddress(address) {
  try {
    const url = new URL(address);
    return SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** The page's own address (#/…) of a Slack permalink or channel redirect; null for any other address. */
export function placeOf(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const known = url.origin === location.origin || url.hostname.endsWith(".slack.com") || url.hostname === "slack.com";
  if (!known) return null;
  const found = url.pathname.match(/^\/archives\/([A-Z0-9]+)(?:\/p(\d+)(\d{6}))?$/);
  if (found) {
    const thread = url.searchParams.get("thread_ts") ?? (found[2] ? `${found[2]}.${found[3]}` : "");
    return addressOf({ channel: found[1], thread });
  }
  const redirected = url.pathname === "/app_redirect" && url.searchParams.get("channel");
  return redirected ? addressOf({ channel: redirected }) : null;
}

/** A link with a label; an address that may not be followed becomes plain text that shows it. */
export function drawLink(address, label, properties = {}) {
  const place = placeOf(address);
  if (place) return el("a", { ...properties, href: place, title: address }, label);
  const safe = safeAddress(address);
  if (!safe) return el("span", { class: "dead-link" }, label === address ? address : `${label} (${address})`);
  return el("a", { ...properties, href: safe, title: safe, target: "_blank", rel: "noopener noreferrer" }, label);
}

/** A link of rich text: its words with the address as title, live only when it leads to a place in this workspace. */
export function drawQuietLink(address, label) {
  const place = placeOf(address);
  if (place) return el("a", { href: place, title: address }, label);
  return el("span", { class: "quiet-link", title: address }, label);
}
