// With and without a network: what is said about it, and the worker that lets the page open without one.

import { isEmbedded } from "./entrance.js";

const line = document.getElementById("network");

export const isOnline = () => navigator.onLine !== false;

function tell() {
  line.textContent = isOnline() ? "" : line.dataset.offline;
}

/** Calls `again` whenever the network is back. */
export function watchNetwork(again) {
  tell();
  addEventListener("offline", tell);
  addEventListener("online", () => {
    tell();
    again();
  });
  // A page in a frame is opened by another page, which would have to open without a network first.
  if ("serviceWorker" in navigator && !isEmbedded) {
    addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
  }
}
