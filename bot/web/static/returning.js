// Who opened a page of the portal from here and comes back is asked, once and quietly, whether they have filed.

import { loadOpened, saveOpened } from "./kept.js";

const BACK_AFTER_MS = 20000;
const MOST_KEPT = 20;
/** Our own address that leads to the portal says what it is about: /r/CODE~AGENCY~… */
const COUNTED = /^\/r\/(\d\.\d{6})~([A-Za-z0-9.-]*)~/;

const messages = document.getElementById("messages");

/** What a link opens: {choice, name}; null where it is not a counted one. */
function openedBy(anchor) {
  const found = COUNTED.exec(new URL(anchor.href, location.origin).pathname);
  if (found === null) {
    return null;
  }
  const name = anchor.closest(".message").querySelector(".bubble p");
  return { choice: `rate:${found[1]}${found[2] ? `@${found[2]}` : ""}`, name: name === null ? "" : name.textContent };
}

function note(event) {
  const anchor = event.target.closest("a[href]");
  const opened = anchor === null ? null : openedBy(anchor);
  if (opened === null) {
    return;
  }
  const before = loadOpened();
  const others = before.filter((item) => item.choice !== opened.choice);
  const asked = before.some((item) => item.choice === opened.choice && item.asked);
  saveOpened([...others, { ...opened, at: Date.now(), asked }].slice(-MOST_KEPT));
}

/** About the page opened last; of the others nobody is asked any more. */
function look() {
  if (document.visibilityState !== "visible") {
    return;
  }
  const opened = loadOpened();
  const due = opened.filter((item) => !item.asked && Date.now() - item.at >= BACK_AFTER_MS);
  if (due.length > 0) {
    saveOpened(opened.map((item) => ({ ...item, asked: item.asked || due.includes(item) })));
    show(due[due.length - 1]);
  }
}

function show(item) {
  removeCard();
  const card = document.getElementById("returned-template").content.firstElementChild.cloneNode(true);
  const name = card.querySelector(".about");
  name.textContent = item.name;
  name.hidden = item.name === "";
  card.querySelector("[name=choice]").value = item.choice;
  // The form takes the choice first.
  card.querySelector("[name=choice]").addEventListener("click", () => setTimeout(removeCard));
  card.querySelector(".later").addEventListener("click", removeCard);
  messages.append(card);
}

function removeCard() {
  for (const card of messages.querySelectorAll(".returned")) {
    card.remove();
  }
}

/** With the conversation goes what was opened in it. */
export function forgetOpened() {
  saveOpened([]);
  removeCard();
}

export function askWhenBack() {
  messages.addEventListener("click", note);
  messages.addEventListener("auxclick", note);
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", look);
}
