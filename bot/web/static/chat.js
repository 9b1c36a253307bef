// The web chat. Without this file the page still works, by plain forms.

import { isEmbedded, takeFromAddress } from "./entrance.js";
import { isExchange, loadExchanges, MOST_UNSENT, saveExchanges } from "./kept.js";
import { isOnline, watchNetwork } from "./network.js";
import * as outbox from "./outbox.js";
import { say } from "./saying.js";
import { askWhenBack, forgetOpened } from "./returning.js";
import { post } from "./sending.js";
import {
  makeHidden,
  markUnsent,
  removeProblems,
  scrollTo,
  showExchange,
  showProblem,
  showReply,
  showSaid,
  unmark,
} from "./showing.js";
import { closeSuggestions, suggestWhileTyping } from "./suggest.js";

const THINKING_AFTER_MS = 300;

const byId = (id) => document.getElementById(id);
const log = byId("log");
const messages = byId("messages");
const form = byId("compose");
const input = byId("text");
const clear = byId("clear");

let kept = [];

function keep(exchanges) {
  kept = exchanges;
  saveExchanges(kept);
  showWhatIsKept();
}

function showWhatIsKept() {
  const nothing = kept.length === 0 && outbox.unsent().length === 0;
  clear.hidden = nothing;
  byId("kept-here").hidden = nothing;
}

/* ---- Asking: what is written goes into the outbox; the outbox is emptied in order, one message at a time ---- */

/** Where each unsent message stands on the page, by its id. */
const shown = new Map();
let busy = false;

function begin(said, payload) {
  if (busy) {
    return false;
  }
  if (outbox.isFull()) {
    say("tooManyWaiting", { most: MOST_UNSENT });
    return false;
  }
  say(null);
  removeProblems();
  const message = outbox.add(said, payload, !isOnline());
  shown.set(message.id, showSaid(said));
  showWhatIsKept();
  scrollTo(shown.get(message.id));
  sendAll();
  return true;
}

async function sendAll() {
  if (busy) {
    return;
  }
  busy = true;
  for (const message of outbox.unsent()) {
    if (!isOnline()) {
      leaveUnsent(null);
      break;
    }
    const outcome = await ask(message);
    if (outcome.unsent) {
      leaveUnsent(outcome.why);
      break;
    }
    settle(message, outcome);
  }
  busy = false;
}

/** It may be the network that has gone just now: then all wait for it. */
function leaveUnsent(why) {
  for (const [place, message] of outbox.unsent().entries()) {
    outbox.setWaiting(message, !isOnline());
    mark(message, { waiting: message.waiting, failed: place === 0, why: place === 0 ? why : null });
  }
  scrollTo(shown.get(outbox.unsent().at(-1).id));
}

async function ask(message) {
  unmark(shown.get(message.id));
  const thinking = setTimeout(() => say("thinking"), THINKING_AFTER_MS);
  const { id, text, choice } = message;
  let outcome = {};
  if (text !== undefined && kept.length === 0) {
    // The greeting's choices are on the screen: from now on their numbers mean them.
    outcome = await post({ id: `${id}-start`, choice: "start" });
  }
  if (!outcome.unsent) {
    outcome = await post({ id, text, choice });
  }
  clearTimeout(thinking);
  say(null);
  return outcome;
}

/** The message has its answer: from here on it is a part of the conversation. */
function settle(message, outcome) {
  let said = shown.get(message.id);
  shown.delete(message.id);
  outbox.remove(message);
  if (outcome.reply === undefined) {
    showWhatIsKept();
    scrollTo(showProblem(outcome.refused, said));
    return;
  }
  const isPrivate = outcome.reply.status === "personal_data_refused";
  if (isPrivate) {
    const hidden = makeHidden();
    said.replaceWith(hidden);
    said = hidden;
  }
  if (outcome.reply.status === "erased") {
    forgetBefore(said);
  }
  keep([...kept, { said: isPrivate ? null : message.said, private: isPrivate, reply: outcome.reply }]);
  showReply(outcome.reply, said);
  scrollTo(said);
}

/** Who had their data deleted has nothing of it left on this device: only the receipt stays. */
function forgetBefore(said) {
  forgetOpened();
  kept = [];
  while (said.previousElementSibling !== null && said.previousElementSibling !== messages.firstElementChild) {
    said.previousElementSibling.remove();
  }
}

function mark(message, how) {
  const retry = () => {
    focusInput();
    sendAll();
  };
  markUnsent(shown.get(message.id), { ...how, retry });
}

/* ---- Hands ---- */

function focusInput() {
  // On a touch screen this would raise the keyboard over the answer.
  if (matchMedia("(hover: hover)").matches) {
    input.focus({ preventScroll: true });
  }
}

// Before our own keys: Enter on a suggestion is not Enter in the field.
suggestWhileTyping(({ id, label }) => {
  if (begin(label, { choice: id })) {
    emptyField();
  }
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const tapped = event.submitter;
  if (tapped && tapped.name === "choice") {
    begin(tapped.textContent, { choice: tapped.value });
    return;
  }
  const text = input.value.trim();
  if (text === "") {
    input.focus();
    return;
  }
  if (begin(text, { text })) {
    emptyField();
  }
});

input.addEventListener("keydown", (event) => {
  // Said with the button: on its own the browser would press the first one of the form, which is a choice.
  if (event.key === "Enter" && !event.defaultPrevented && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit(byId("send"));
  }
});

input.addEventListener("paste", (event) => {
  // The field has one line: without this, the words around a line's end would run into each other.
  const text = event.clipboardData ? event.clipboardData.getData("text") : "";
  if (/[\r\n]/.test(text)) {
    event.preventDefault();
    input.setRangeText(text.replace(/\s+/g, " "), input.selectionStart, input.selectionEnd, "end");
    input.dispatchEvent(new Event("input"));
  }
});

function emptyField() {
  input.value = "";
  closeSuggestions();
  focusInput();
}

clear.addEventListener("click", () => {
  if (busy) {
    return;
  }
  outbox.removeAll();
  forgetOpened();
  shown.clear();
  keep([]);
  while (messages.children.length > 1) {
    messages.lastElementChild.remove();
  }
  log.scrollTop = 0;
  say("cleared");
  input.focus();
});

if (isEmbedded) {
  addEventListener("keydown", (event) => {
    // The page around us cannot hear keys pressed in here. It checks who says so; nothing else is said.
    if (event.key === "Escape" && !event.defaultPrevented) {
      parent.postMessage("mot-cua:close", "*");
    }
  });
}

/* ---- The beginning: the greeting is on the page, what was said before follows it ---- */

function restore() {
  let exchanges = loadExchanges();
  const fresh = byId("exchange");
  const asked = takeFromAddress();
  if (fresh !== null) {
    // Asked by a link or by the plain form: from here on it is an exchange like all others.
    fresh.remove();
    const item = JSON.parse(fresh.dataset.item);
    if (isExchange(item) && item.reply.status === "erased") {
      forgetOpened();
      exchanges = [];
    }
    exchanges = [...exchanges, item].filter(isExchange);
  }
  const headings = exchanges.map(showExchange);
  keep(exchanges);
  restoreUnsent(headings);
  if (headings.length > 0) {
    headings[headings.length - 1].scrollIntoView({ block: "start" });
  }
  if (fresh === null && (asked.words || asked.choice)) {
    // The page came without an answer, so without a network.
    const words = asked.words || asked.choice.replace(/^tt:/, "").replace(/^s:(\d)(\d{6}).*/, "$1.$2");
    begin(words, asked.choice ? { choice: asked.choice } : { text: words });
  } else if (outbox.unsent().some((message) => message.waiting)) {
    sendAll();
  }
}

function restoreUnsent(headings) {
  for (const message of outbox.unsent()) {
    const said = showSaid(message.said);
    shown.set(message.id, said);
    mark(message, { waiting: message.waiting });
    headings.push(said);
  }
}

restore();
askWhenBack();
watchNetwork(sendAll);
