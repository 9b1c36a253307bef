// Puts the chat on another page: <script src="…/embed.js" data-xa="…" async></script>. The server calls this function
// with the words of each language. Nothing of it touches the page around: it lives in a shadow root of its own.
(function (words) {
  "use strict";

  const script = document.currentScript;
  if (script === null) {
    return;
  }
  const home = new URL(script.src).origin;
  const say = words[script.dataset.lang] || Object.values(words)[0];
  const isInline = "inline" in script.dataset;

  const STYLE = `
    :host { all: initial; }
    button { font: 600 18px/1.3 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif;
      min-height: 48px; padding: 10px 20px; border: 2px solid #0a5262; border-radius: 24px; background: #0a5262;
      color: #fff; cursor: pointer; }
    button:focus-visible { outline: 3px solid #b8470b; outline-offset: 2px; }
    .open.floating { position: fixed; right: 16px; bottom: 16px; z-index: 2147483000;
      box-shadow: 0 2px 12px rgb(0 0 0 / 35%); }
    dialog { flex-direction: column; box-sizing: border-box; margin: auto 16px 16px auto; padding: 0;
      width: min(430px, 100vw - 32px); height: min(720px, 100vh - 32px); max-width: none; max-height: none;
      border: 2px solid #0a5262; border-radius: 16px; overflow: hidden; background: #fff; color: #16211f; }
    dialog[open] { display: flex; }
    dialog::backdrop { background: rgb(0 0 0 / 40%); }
    .bar { display: flex; flex: none; justify-content: flex-end; background: #0b4f5c; padding: 4px; }
    .bar button { border-color: #fff; min-height: 44px; padding: 6px 18px; background: #0b4f5c; }
    .bar button:focus-visible { outline-color: #fff; outline-offset: -5px; }
    iframe { flex: 1; width: 100%; min-height: 0; border: 0; }
    @media (max-width: 480px), (max-height: 480px) {
      dialog { margin: 0; width: 100vw; height: 100vh; height: 100dvh; border: 0; border-radius: 0; }
    }`;

  function element(name, values) {
    return Object.assign(document.createElement(name), values);
  }

  const host = element("div");
  const root = host.attachShadow({ mode: "open" });
  if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
    // Allowed where the page around forbids styles that are written into it.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } else {
    root.append(element("style", { textContent: STYLE }));
  }

  const open = element("button", { type: "button", textContent: say.open });
  open.className = isInline ? "open" : "open floating";
  open.setAttribute("aria-haspopup", "dialog");
  const dialog = element("dialog");
  dialog.setAttribute("aria-label", say.title);
  const bar = element("div", { className: "bar" });
  const close = element("button", { type: "button", textContent: say.close });
  bar.append(close);
  dialog.append(bar);
  root.append(open, dialog);

  function address() {
    const page = new URL("/", home);
    page.searchParams.set("embedded", "1");
    for (const [name, value] of [["xa", script.dataset.xa], ["lang", script.dataset.lang]]) {
      if (value) {
        page.searchParams.set(name, value);
      }
    }
    return page.href;
  }

  let frame = null;

  open.addEventListener("click", () => {
    if (frame === null) {
      // Only now: whoever does not ask pays nothing, and we do not see them.
      const allow = "share" in navigator ? "clipboard-write; web-share" : "clipboard-write";
      frame = element("iframe", { title: say.title, src: address(), allow });
      dialog.append(frame);
    }
    dialog.showModal();
    frame.focus();
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
  // Closing gives the focus back to the button that opened it: that is what browsers do with modal dialogs.

  addEventListener("message", (event) => {
    const isOurs = frame !== null && event.source === frame.contentWindow && event.origin === home;
    if (isOurs && event.data === "mot-cua:close") {
      dialog.close();
    }
  });

  function place() {
    if (isInline) {
      script.after(host);
    } else {
      document.body.append(host);
    }
  }

  if (document.body === null) {
    addEventListener("DOMContentLoaded", place, { once: true });
  } else {
    place();
  }
})
