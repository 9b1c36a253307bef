// One message to the server, and what became of it.

import { saidWithEach, withEntrance } from "./entrance.js";
import { isReply, isText } from "./kept.js";

const PATIENCE_MS = 20000;
/** Too slow on the way, and too many from this network: nothing is wrong with the message. */
const LATER = new Set([408, 429]);

/**
 * Sends {id, text} or {id, choice}. Gives {reply}, {refused: sentence} where it is no use to send it again, or
 * {unsent: true, why} where it may be sent again: the id lets the server tell that it has answered already.
 */
export async function post(message) {
  try {
    const response = await fetch(withEntrance("/api/chat"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...message, ...saidWithEach }),
      signal: AbortSignal.timeout ? AbortSignal.timeout(PATIENCE_MS) : undefined,
    });
    const body = await response.json();
    if (response.ok && isReply(body)) {
      return { reply: body };
    }
    const sentence = isText(body.text) ? body.text : null;
    const isFinal = response.status >= 400 && response.status < 500 && !LATER.has(response.status);
    return isFinal && sentence !== null
      ? { refused: sentence }
      : { unsent: true, why: sentence };
  } catch {
    return { unsent: true, why: null };
  }
}
