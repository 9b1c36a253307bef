// What is kept on this device: the conversation, a list of exchanges {said, private, reply}, and the messages that are
// not sent yet, {id, said, text | choice, waiting}; and which pages of the portal were opened, {choice, name, at, asked}.
// Never trusted when it comes back.

const CONVERSATION = "mot-cua.conversation";
const OPENED = "mot-cua.opened";
const UNSENT = "mot-cua.unsent.";
const KEPT_MS = 24 * 60 * 60 * 1000;
const KEPT_EXCHANGES = 40;

export const MOST_UNSENT = 10;

/** What was kept, oldest first; nothing where it is too old or not ours. */
export function loadExchanges() {
  const saved = read(CONVERSATION);
  return saved !== null && Array.isArray(saved.exchanges) ? saved.exchanges.filter(isExchange) : [];
}

export function saveExchanges(exchanges) {
  if (exchanges.length > 0) {
    write(CONVERSATION, { at: Date.now(), exchanges: exchanges.slice(-KEPT_EXCHANGES) });
  } else {
    drop(CONVERSATION);
  }
}

/** The pages of the portal that were opened from here, the latest last. */
export function loadOpened() {
  const saved = read(OPENED);
  return saved !== null && Array.isArray(saved.opened) ? saved.opened.filter(isOpened) : [];
}

export function saveOpened(opened) {
  if (opened.length > 0) {
    write(OPENED, { at: Date.now(), opened });
  } else {
    drop(OPENED);
  }
}

/** The messages of all our pages that are open: each has a key of its own, so that none writes over another's. */
export function loadUnsent() {
  const found = keys()
    .filter((key) => key.startsWith(UNSENT))
    .map((key) => {
      const saved = read(key);
      if (saved === null || !isMessage(saved.message) || key !== UNSENT + saved.message.id) {
        drop(key);
        return null;
      }
      return saved;
    })
    .filter((saved) => saved !== null);
  return found.sort((one, other) => one.at - other.at).map((saved) => saved.message);
}

let latest = 0;

/** Keeps a message, or what has changed about it, in the place where it first stood. */
export function saveUnsent(message) {
  const before = read(UNSENT + message.id);
  latest = Math.max(Date.now(), latest + 1);
  write(UNSENT + message.id, { at: before === null ? latest : before.at, message });
}

export const dropUnsent = (message) => drop(UNSENT + message.id);

/** What stands under a key, {at, …}; null where it is not ours or older than a day. */
function read(key) {
  try {
    const saved = JSON.parse(localStorage.getItem(key));
    return typeof saved.at === "number" && Date.now() - saved.at < KEPT_MS ? saved : null;
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or switched off: it lasts until the page is left.
  }
}

function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above: then there is nothing to remove.
  }
}

function keys() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
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

function isOpened(value) {
  const isOurs = Boolean(value) && isText(value.choice) && isText(value.name) && typeof value.at === "number";
  return isOurs && /^rate:\d\.\d{6}(@[A-Za-z0-9.-]{1,32})?$/.test(value.choice);
}

function isMessage(value) {
  return Boolean(value) && isText(value.id) && isText(value.said) && isText(value.text) !== isText(value.choice);
}

/** The procedure that a reply is the card of, or null. */
export function cardCode(reply) {
  const code = reply.status === "answered" && Array.isArray(reply.codes) ? reply.codes[0] : null;
  return isText(code) && /^\d\.\d{6}$/.test(code) ? code : null;
}
