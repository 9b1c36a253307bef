// Suggestions while someone types: the combobox pattern of ARIA 1.2. Enter sends what is written unless a suggestion
// has been chosen with the arrows; nothing typed is kept.

import { withEntrance } from "./entrance.js";
import { isText } from "./kept.js";

const PAUSE_MS = 150;
const FEWEST_LETTERS = 2;
const MANY_DIGITS = /\d(?:[\s.\-–_()]*\d){3}|@/;

const input = document.getElementById("text");
const list = document.getElementById("suggestions");
const told = document.getElementById("suggested");
const template = document.getElementById("suggestion-template").content.firstElementChild;

let timer;
let asking = new AbortController();
let chosen = -1;

/** Calls `pick({id, label})` when one is chosen. */
export function suggestWhileTyping(pick) {
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.addEventListener("input", askSoon);
  input.addEventListener("blur", closeSuggestions);
  input.addEventListener("keydown", (event) => onKey(event, pick));
  // The finger stays on the list: the field keeps its focus, so that the keyboard does not jump away under it.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option !== null) {
      take(option, pick);
    }
  });
}

export function closeSuggestions() {
  clearTimeout(timer);
  asking.abort();
  list.hidden = true;
  list.replaceChildren();
  told.textContent = "";
  input.setAttribute("aria-expanded", "false");
  choose(-1);
}

/** What could be a number that says who someone is does not leave the device while it is being typed. */
function mayAsk(text) {
  const letters = text.match(/\p{L}/gu) || [];
  return letters.length >= FEWEST_LETTERS && !MANY_DIGITS.test(text);
}

function askSoon() {
  clearTimeout(timer);
  asking.abort();
  if (!mayAsk(input.value)) {
    closeSuggestions();
    return;
  }
  timer = setTimeout(ask, PAUSE_MS);
}

async function ask() {
  const typed = input.value;
  asking = new AbortController();
  const address = withEntrance("/api/suggest");
  address.searchParams.set("q", typed);
  try {
    const response = await fetch(address, { signal: asking.signal });
    const body = await response.json();
    if (input.value === typed && document.activeElement === input) {
      show(response.ok && Array.isArray(body.suggestions) ? body.suggestions.filter(isOurs) : []);
    }
  } catch {
    // Typed on, or no network: suggestions are a help, never needed.
  }
}

const isOurs = (item) => Boolean(item) && isText(item.id) && isText(item.label);

function show(suggestions) {
  list.replaceChildren(...suggestions.map(optionOf));
  list.hidden = suggestions.length === 0;
  list.scrollTop = 0;
  input.setAttribute("aria-expanded", String(suggestions.length > 0));
  told.textContent =
    suggestions.length > 0 ? told.dataset.count.replace("{count}", suggestions.length) : told.dataset.none;
  choose(-1);
}

function optionOf(suggestion, at) {
  const option = template.cloneNode(true);
  option.id = `suggestion-${at}`;
  option.dataset.choice = suggestion.id;
  option.textContent = suggestion.label;
  return option;
}

function onKey(event, pick) {
  // While an input method composes a syllable, its keys belong to it.
  if (list.hidden || event.isComposing) {
    return;
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape") {
    event.preventDefault();
    closeSuggestions();
  } else if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    take(list.children[chosen], pick);
  } else if (event.key === "Tab") {
    closeSuggestions();
  }
}

/** Round and round, with the field itself as one of the places. */
function move(step) {
  const places = list.children.length + 1;
  choose(((chosen + 1 + step + places) % places) - 1);
}

function choose(at) {
  chosen = at;
  for (const [place, option] of [...list.children].entries()) {
    option.setAttribute("aria-selected", String(place === at));
  }
  if (at < 0) {
    input.removeAttribute("aria-activedescendant");
  } else {
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }
}

function take(option, pick) {
  const suggestion = { id: option.dataset.choice, label: option.textContent };
  closeSuggestions();
  pick(suggestion);
}
