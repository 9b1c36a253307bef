// The line above the field that says what is going on; screen readers read it out.

const SHOWN_MS = 6000;

const status = document.getElementById("status");
let fading;

/** Says one of the sentences that the page carries, until another one or none is said. */
export function say(name, values = {}) {
  clearTimeout(fading);
  status.classList.toggle("thinking", name === "thinking");
  const sentence = name === null ? "" : status.dataset[name];
  status.textContent = sentence.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  if (name !== null && name !== "thinking") {
    // It lies over the conversation: it may not stay there.
    fading = setTimeout(() => say(null), SHOWN_MS);
  }
}
