// Messages on their way: each stays here, and on this device, until it is answered. Sent in order, one at a time.

import { newId } from "./entrance.js";
import { dropUnsent, loadUnsent, MOST_UNSENT, saveUnsent } from "./kept.js";

const messages = loadUnsent();

export const unsent = () => [...messages];
export const isFull = () => messages.length >= MOST_UNSENT;

/** `waiting`: written without a network, so it is sent by itself when there is one. */
export function add(said, payload, waiting) {
  const message = { id: newId(), said, ...payload, waiting };
  messages.push(message);
  saveUnsent(message);
  return message;
}

export function setWaiting(message, waiting) {
  if (message.waiting !== waiting) {
    message.waiting = waiting;
    saveUnsent(message);
  }
}

export function remove(message) {
  messages.splice(messages.indexOf(message), 1);
  dropUnsent(message);
}

/** Those of other pages too: whoever clears wants nothing to stay on the device. */
export function removeAll() {
  [...messages, ...loadUnsent()].forEach(dropUnsent);
  messages.length = 0;
}
