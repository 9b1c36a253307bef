// Makes messages from the page's templates. Whatever a person or the server writes becomes text, never markup.

import { addActions } from "./card.js";
import { isText } from "./kept.js";

const messages = document.getElementById("messages");

const fromTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

/** `code`: of the one procedure spoken of; the line that names it with its source stands back. */
function fillLines(bubble, text, code) {
  const lines = text.split("\n").map((line, at) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    paragraph.classList.toggle("source", Boolean(code) && at > 0 && line.includes(`${code}. `));
    return paragraph;
  });
  bubble.replaceChildren(...lines);
}

/** Adds a message at the end, or behind another one. */
function place(message, before) {
  if (before) {
    before.after(message);
  } else {
    messages.append(message);
  }
  return message;
}

export function showSaid(said) {
  const message = fromTemplate("said-template");
  fillLines(message.querySelector(".bubble"), said);
  return place(message);
}

export const makeHidden = () => fromTemplate("hidden-template");

const onlyCode = (reply) => (reply.codes && reply.codes.length === 1 ? reply.codes[0] : null);

/** `before`: the message that it answers; without one it stands at the end. */
export function showReply(reply, before) {
  const message = fromTemplate("reply-template");
  message.dataset.status = reply.status;
  fillLines(message.querySelector(".bubble"), reply.text.replace(/\n{2,}/g, "\n"), onlyCode(reply));
  fillList(message.querySelector(".links"), reply.links.filter(isSafeLink).map(linkItem));
  fillList(message.querySelector(".choices"), reply.choices.map(choiceItem));
  addActions(message, reply);
  return place(message, before);
}

function fillList(list, items) {
  if (items.length > 0) {
    list.append(...items);
  } else {
    list.remove();
  }
}

/** Somebody else's page, or our own counted way there. */
const isSafeLink = (link) => /^(https?:\/\/|\/r\/)/i.test(link.url);

/** What was kept by an older page says only `url`. */
const leadsTo = (link) => (isText(link.leads_to) ? link.leads_to : link.url);
const hostOf = (link) => (isText(link.host) ? link.host : new URL(link.url, location.origin).hostname.replace(/^www\./, ""));

function linkItem(link) {
  const item = fromTemplate("link-template");
  const anchor = item.querySelector("a");
  anchor.href = link.url;
  anchor.dataset.leadsTo = leadsTo(link);
  item.querySelector(".label").textContent = link.label;
  item.querySelector(".host > span").textContent = hostOf(link);
  return item;
}

function choiceItem(choice) {
  const item = fromTemplate("choice-template");
  const button = item.querySelector("button");
  button.value = choice.id;
  button.textContent = choice.label;
  return item;
}

/** A sentence about a message that the server does not take. */
export function showProblem(sentence, before) {
  const message = fromTemplate("problem-template");
  message.querySelector("p").textContent = sentence;
  return place(message, before);
}

export function removeProblems() {
  for (const problem of messages.querySelectorAll(".problem")) {
    problem.remove();
  }
}

/** Below a message that is not sent: why, and the button to send it, or that it waits for the network. */
export function markUnsent(message, { waiting = false, failed = false, why = null, retry }) {
  unmark(message);
  const mark = fromTemplate("unsent-template");
  const line = mark.querySelector("p");
  const words = waiting ? line.dataset.waiting : failed ? line.dataset.unreachable : line.dataset.notSent;
  line.textContent = why || words;
  if (waiting) {
    mark.querySelector("button").remove();
  } else {
    mark.querySelector("button").addEventListener("click", retry);
  }
  message.append(mark);
}

export function unmark(message) {
  const mark = message.querySelector(".unsent");
  if (mark !== null) {
    mark.remove();
  }
}

export function scrollTo(message) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  message.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
}

/** Shows a kept exchange; gives what heads it: what was said, else the answer. */
export function showExchange(exchange) {
  const said = exchange.private ? place(makeHidden()) : exchange.said === null ? null : showSaid(exchange.said);
  const replied = showReply(exchange.reply);
  return said || replied;
}
