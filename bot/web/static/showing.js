// Makes messages from the page's templates. Whatever a person or the server writes becomes text, never markup.

const messages = document.getElementById("messages");

const fromTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

function fillLines(bubble, text) {
  const lines = text.split("\n").map((line) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    return paragraph;
  });
  bubble.replaceChildren(...lines);
}

export function showSaid(said) {
  const message = fromTemplate("said-template");
  fillLines(message.querySelector(".bubble"), said);
  messages.append(message);
  return message;
}

export function showHidden() {
  const message = fromTemplate("hidden-template");
  messages.append(message);
  return message;
}

export function showReply(reply) {
  const message = fromTemplate("reply-template");
  message.dataset.status = reply.status;
  fillLines(message.querySelector(".bubble"), reply.text.replace(/\n{2,}/g, "\n"));
  fillList(message.querySelector(".links"), reply.links.filter(isSafeLink).map(linkItem));
  fillList(message.querySelector(".choices"), reply.choices.map(choiceItem));
  messages.append(message);
  return message;
}

function fillList(list, items) {
  if (items.length > 0) {
    list.append(...items);
  } else {
    list.remove();
  }
}

const isSafeLink = (link) => /^https?:\/\//i.test(link.url);

function linkItem(link) {
  const item = fromTemplate("link-template");
  item.querySelector("a").href = link.url;
  item.querySelector(".label").textContent = link.label;
  item.querySelector(".host > span").textContent = new URL(link.url).hostname.replace(/^www\./, "");
  return item;
}

function choiceItem(choice) {
  const item = fromTemplate("choice-template");
  const button = item.querySelector("button");
  button.value = choice.id;
  button.textContent = choice.label;
  return item;
}

/** `text` null: the network's own sentence; `retry` null: there is no use in sending it again. */
export function showProblem(text, retry) {
  const message = fromTemplate("problem-template");
  if (text !== null) {
    message.querySelector(".bubble p").textContent = text;
  }
  if (retry === null) {
    message.querySelector(".choices").remove();
  } else {
    message.querySelector(".retry").addEventListener("click", () => retry(message));
  }
  messages.append(message);
  return message;
}

export function scrollTo(message) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  message.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
}

/** Shows a kept exchange; gives what heads it: what was said, else the answer. */
export function showExchange(exchange) {
  const said = exchange.private ? showHidden() : exchange.said === null ? null : showSaid(exchange.said);
  const replied = showReply(exchange.reply);
  return said || replied;
}
