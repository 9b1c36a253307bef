// The web chat. Without this file the page still works, by plain forms.

import { isExchange, isReply, isText, load, save } from "./kept.js";
import { scrollTo, showExchange, showHidden, showProblem, showReply, showSaid } from "./showing.js";

const PATIENCE_MS = 20000;
const THINKING_AFTER_MS = 300;

const byId = (id) => document.getElementById(id);
const log = byId("log");
const messages = byId("messages");
const form = byId("compose");
const input = byId("text");
const status = byId("status");
const clear = byId("clear");

let kept = [];

function keep(exchanges) {
  kept = exchanges;
  save(kept);
  clear.hidden = kept.length === 0;
  byId("kept-here").hidden = kept.length === 0;
}

/* ---- Asking: one message at a time ---- */

let busy = false;

async function post(payload) {
  const response = await fetch("/api/chat", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(payload),
    signal: AbortSignal.timeout ? AbortSignal.timeout(PATIENCE_MS) : undefined,
  });
  const body = await response.json();
  if (response.ok && isReply(body)) {
    return { reply: body };
  }
  return { problem: isText(body.text) ? body.text : null, mayRetry: response.status >= 500 };
}

async function ask(payload) {
  try {
    if (payload.text !== undefined && kept.length === 0) {
      // The greeting's choices are on the screen: from now on their numbers mean them.
      await post({ choice: "start" });
    }
    return await post(payload);
  } catch {
    return { problem: null, mayRetry: true };
  }
}

async function send(said, payload, message) {
  busy = true;
  const thinking = setTimeout(() => say(status.dataset.thinking, true), THINKING_AFTER_MS);
  const outcome = await ask(payload);
  clearTimeout(thinking);
  say("");
  busy = false;
  if (outcome.reply === undefined) {
    const retry = (problem) => again(problem, said, payload, message);
    scrollTo(showProblem(outcome.problem, outcome.mayRetry ? retry : null));
    return;
  }
  const isPrivate = outcome.reply.status === "personal_data_refused";
  if (isPrivate) {
    message.replaceWith((message = showHidden()));
  }
  keep([...kept, { said: isPrivate ? null : said, private: isPrivate, reply: outcome.reply }]);
  showReply(outcome.reply);
  scrollTo(message);
}

function again(problem, said, payload, message) {
  if (!busy) {
    problem.remove();
    focusInput();
    send(said, payload, message);
  }
}

function say(text, isThinking = false) {
  status.classList.toggle("thinking", isThinking);
  status.textContent = text;
}

function begin(said, payload) {
  say("");
  for (const problem of messages.querySelectorAll(".problem")) {
    problem.remove();
  }
  const message = showSaid(said);
  scrollTo(message);
  send(said, payload, message);
}

/* ---- Hands ---- */

function focusInput() {
  // On a touch screen this would raise the keyboard over the answer.
  if (matchMedia("(hover: hover)").matches) {
    input.focus({ preventScroll: true });
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (busy) {
    return;
  }
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
  input.value = "";
  fitInput();
  focusInput();
  begin(text, { text });
});

input.addEventListener("keydown", (event) => {
  // While an input method composes a syllable, Enter belongs to it.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit(byId("send"));
  }
});

function fitInput() {
  // For browsers without `field-sizing`; a style set through the object model is allowed by the page's policy.
  if (!CSS.supports("field-sizing", "content")) {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 4}px`;
  }
}

input.addEventListener("input", fitInput);

clear.addEventListener("click", () => {
  if (busy) {
    return;
  }
  keep([]);
  while (messages.children.length > 1) {
    messages.lastElementChild.remove();
  }
  log.scrollTop = 0;
  say(status.dataset.cleared);
  input.focus();
});

/* ---- The beginning: the greeting is on the page, what was said before follows it ---- */

function restore() {
  let exchanges = load();
  const fresh = byId("exchange");
  if (fresh !== null) {
    // Asked by a link or by the plain form: from here on it is an exchange like all others.
    fresh.remove();
    history.replaceState(null, "", "/");
    exchanges = [...exchanges, JSON.parse(fresh.dataset.item)].filter(isExchange);
  }
  const shown = exchanges.map(showExchange);
  keep(exchanges);
  if (shown.length > 0) {
    shown[shown.length - 1].scrollIntoView({ block: "start" });
  }
}

restore();
