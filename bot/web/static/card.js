// What can be done with a card: copy it, share its public page, print it; and with a text to send on: send it, copy it.

import { copy } from "./copying.js";
import { cardCode, isText } from "./kept.js";
import { say } from "./saying.js";

const nameOf = (reply) => reply.text.split("\n")[0];
const pageOf = (code) => `${location.origin}/tt/${code}`;

/** Gives the message of a card its buttons, and takes them from every other. */
export function addActions(message, reply) {
  const actions = message.querySelector(".actions");
  const onPaper = message.querySelector(".on-paper");
  if (isText(reply.forward)) {
    addForwarding(actions, reply);
    onPaper.remove();
    return;
  }
  const code = cardCode(reply);
  if (code === null) {
    actions.remove();
    onPaper.remove();
    return;
  }
  actions.setAttribute("aria-label", nameOf(reply));
  onPaper.querySelector(".address").textContent = pageOf(code);
  actions.querySelector(".copy").addEventListener("click", () => copyCard(reply, code));
  actions.querySelector(".share").addEventListener("click", () => share(reply, code));
  actions.querySelector(".print").addEventListener("click", () => printCard(message));
}

async function copyCard(reply, code) {
  const links = reply.links.map((link) => `${link.label}: ${link.leads_to || link.url}`);
  const copied = await copy([reply.text, ...links, pageOf(code)].join("\n"));
  say(copied ? "copied" : "copyFailed");
}

/** The text is whole: its address stands in it. */
function addForwarding(actions, reply) {
  actions.setAttribute("aria-label", nameOf(reply));
  actions.querySelector(".print").remove();
  actions.querySelector(".copy").addEventListener("click", async () => {
    say((await copy(reply.text)) ? "copied" : "copyFailed");
  });
  const button = actions.querySelector(".share");
  button.textContent = reply.forward;
  button.addEventListener("click", () => send({ text: reply.text }, reply.text));
}

const share = (reply, code) => send({ title: nameOf(reply), text: nameOf(reply), url: pageOf(code) }, pageOf(code));

/** Lets the person choose where to; without that in the browser `text` is copied. */
async function send(page, text) {
  if (navigator.share && (!navigator.canShare || navigator.canShare(page))) {
    try {
      await navigator.share(page);
      return;
    } catch (error) {
      if (error.name === "AbortError") {
        // The person changed their mind.
        return;
      }
    }
  }
  say((await copy(text)) ? "shareCopied" : "copyFailed");
}

function printCard(message) {
  const printed = message.querySelector(".printed");
  const today = new Date().toLocaleDateString(document.documentElement.lang);
  printed.textContent = printed.dataset.words.replace("{date}", today);
  message.classList.add("to-print");
  document.documentElement.classList.add("print-one");
  addEventListener(
    "afterprint",
    () => {
      message.classList.remove("to-print");
      document.documentElement.classList.remove("print-one");
    },
    { once: true },
  );
  print();
}
