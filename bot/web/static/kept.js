// The conversation kept on this device: a list of exchanges, {said, private, reply}. Never trusted when it comes back.

const STORAGE_KEY = "mot-cua.conversation";
const KEPT_MS = 24 * 60 * 60 * 1000;
const KEPT_EXCHANGES = 40;

/** What was kept, oldest first; nothing where it is too old or not ours. */
export function load() {
  try {
    const saved = JSON.parse(localStorage.getItem(STORAGE_KEY));
    const isFresh = typeof saved.at === "number" && Date.now() - saved.at < KEPT_MS;
    return isFresh && Array.isArray(saved.exchanges) ? saved.exchanges.filter(isExchange) : [];
  } catch {
    return [];
  }
}

export function save(exchanges) {
  try {
    if (exchanges.length > 0) {
      const latest = exchanges.slice(-KEPT_EXCHANGES);
      localStorage.setItem(STORAGE_KEY, JSON.stringify({ at: Date.now(), exchanges: latest }));
    } else {
      localStorage.removeItem(STORAGE_KEY);
    }
  } catch {
    // Storage is full or switched off: the conversation lasts until the page is left.
  }
}

export const isText = (value) => typeof value === "string";
const isListOf = (value, ...keys) =>
  Array.isArray(value) && value.every((item) => item && keys.every((key) => isText(item[key])));

export function isReply(value) {
  return (
    Boolean(value) &&
    isText(value.status) &&
    isText(value.text) &&
    isListOf(value.choices, "id", "label") &&
    isListOf(value.links, "label", "url")
  );
}

export function isExchange(value) {
  return Boolean(value) && (value.said === null || isText(value.said)) && isReply(value.reply);
}
