// What is kept on this device: the conversation, a list of exchanges {said, private, reply}, and the messages that are
// not sent yet, {id, said, text | choice, waiting}. Never trusted when it comes back.

const CONVERSATION = "mot-cua.conversation";
const UNSENT = "mot-cua.unsent";
const KEPT_MS = 24 * 60 * 60 * 1000;
const KEPT_EXCHANGES = 40;

export const MOST_UNSENT = 10;

/** What was kept, oldest first; nothing where it is too old or not ours. */
export const loadExchanges = () => load(CONVERSATION, "exchanges", isExchange);
export const saveExchanges = (exchanges) => save(CONVERSATION, "exchanges", exchanges.slice(-KEPT_EXCHANGES));

export const loadUnsent = () => load(UNSENT, "messages", isMessage).slice(0, MOST_UNSENT);
export const saveUnsent = (messages) => save(UNSENT, "messages", messages);

function load(key, name, isOurs) {
  try {
    const saved = JSON.parse(localStorage.getItem(key));
    const isFresh = typeof saved.at === "number" && Date.now() - saved.at < KEPT_MS;
    return isFresh && Array.isArray(saved[name]) ? saved[name].filter(isOurs) : [];
  } catch {
    return [];
  }
}

function save(key, name, items) {
  try {
    if (items.length > 0) {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), [name]: items }));
    } else {
      localStorage.removeItem(key);
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

function isMessage(value) {
  return Boolean(value) && isText(value.id) && isText(value.said) && isText(value.text) !== isText(value.choice);
}

/** The procedure that a reply is the card of, or null. */
export function cardCode(reply) {
  const code = reply.status === "answered" && Array.isArray(reply.codes) ? reply.codes[0] : null;
  return isText(code) && /^\d\.\d{6}$/.test(code) ? code : null;
}
