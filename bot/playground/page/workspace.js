/** What the page knows of the workspace: who looks, at what, and the names of people and channels. */

/** The sidebar's entry for the bot's App Home; it stands where a channel id stands in the address. */
export const HOME = "home";

/** Who looks at what. `state` is the last answer of GET /control/state. */
export const here = { me: "", channel: "", thread: "", state: null };

/** The person with this id, or null. */
export function person(id) {
  return here.state?.people.find((one) => one.id === id) ?? null;
}

/** The name to show for a person or bot; the id when nobody is known by it. */
export function personName(id) {
  const one = person(id);
  if (one) return one.real_name || one.name;
  return id && id === here.state?.bot?.user_id ? here.state.bot.name : id || "Somebody";
}

/** A person's role in words: "leader, chief executive". */
export function roleWords(one) {
  if (one.is_bot) return "app";
  const words = [one.is_guest && one.role !== "guest" ? "guest" : "", one.role, one.title];
  return words
    .filter((word, at) => word && words.findIndex((other) => other?.toLowerCase() === word.toLowerCase()) === at)
    .map((word) => word.charAt(0).toLowerCase() + word.slice(1))
    .join(", ");
}

/** A typed text with "@Real Name" turned into "@name", which is what the stand-in knows people by. */
export function namePeople(text) {
  const named = (here.state?.people ?? []).filter((one) => one.real_name && one.name);
  return named.reduce((typed, one) => typed.replaceAll(`@${one.real_name}`, `@${one.name}`), text);
}

/** The channel with this id, or null. */
export function channel(id) {
  return here.state?.channels.find((one) => one.id === id) ?? null;
}

/** A channel's name as a person reads it: "#dana-drafts", or the other person's name for a DM. */
export function channelName(id) {
  const one = channel(id);
  if (!one) return id;
  if (one.kind !== "dm") return `#${one.name}`;
  const others = (one.members ?? []).filter((member) => member !== here.me);
  return others.length ? others.map(personName).join(", ") : one.name || personName(here.me);
}

/** The DM between the person who looks and the bot, or null. */
export function botConversation() {
  const bot = here.state?.bot?.user_id;
  return (
    here.state?.channels.find(
      (one) => one.kind === "dm" && one.members?.includes(here.me) && one.members.includes(bot),
    ) ?? null
  );
}

/** The page's address of a place in the workspace. */
export function addressOf({ me = here.me, channel: place = here.channel, thread = "" } = {}) {
  return `#/${[me, place, thread].filter(Boolean).map(encodeURIComponent).join("/")}`;
}

/** Goes to a place; the page draws it when the address has changed. */
export function go(place) {
  const address = addressOf(place);
  if (location.hash === address) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = address;
}

/** Reads the address into {me, channel, thread}. */
export function readAddress() {
  const [me = "", place = "", thread = ""] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return { me, channel: place, thread };
}
