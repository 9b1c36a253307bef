// What can be done with a card: copy it, share its public page, print it.

import { cardCode } from "./kept.js";
import { say } from "./saying.js";

const nameOf = (reply) => reply.text.split("\n")[0];
const pageOf = (code) => `${location.origin}/tt/${code}`;

/** Gives the message of a card its buttons, and takes them from every other. */
export function addActions(message, reply) {
  const actions = message.querySelector(".actions");
  const onPaper = message.querySelector(".on-paper");
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

async function share(reply, code) {
  const page = { title: nameOf(reply), text: nameOf(reply), url: pageOf(code) };
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
  say((await copy(page.url)) ? "shareCopied" : "copyFailed");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(text);
  }
}

/** For pages without TLS and for frames that may not use the clipboard. */
function copyTheOldWay(text) {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  let copied = false;
  try {
    copied = document.execCommand("copy");
  } catch {
    // Said below: it was not copied.
  }
  area.remove();
  if (before) {
    before.focus({ preventScroll: true });
  }
  return copied;
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
