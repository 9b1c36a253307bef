// How this page was entered, as the server wrote it into the form, and what goes with every message because of it.

const form = document.getElementById("compose");
const field = (name) => (form.elements[name] ? form.elements[name].value : undefined);

/** 24 random characters out of the 64 that fit into addresses. */
function randomId() {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  return Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => letters[byte % 64]).join("");
}

export const newId = randomId;

export const isEmbedded = "embedded" in form.dataset;

/** Said with each message. `visit` stands in where the browser keeps no cookie for a page in a frame. */
export const saidWithEach = {
  commune: field("xa"),
  language: field("lang"),
  visit: isEmbedded ? field("visit") || randomId() : undefined,
};

/** An address of ours that knows how we were entered. */
export function withEntrance(path) {
  const address = new URL(path, location.origin);
  if (isEmbedded) {
    address.searchParams.set("embedded", "1");
  }
  if (saidWithEach.language) {
    address.searchParams.set("lang", saidWithEach.language);
  }
  return address;
}

/** What a link asked for: it is asked once, so the address is put back to the plain page. */
export function takeFromAddress() {
  const address = new URL(location.href);
  const asked = { words: address.searchParams.get("q"), choice: address.searchParams.get("c") };
  address.searchParams.delete("q");
  address.searchParams.delete("c");
  history.replaceState(null, "", address);
  return asked;
}
