// Lets the page open without a network. It keeps the page as everyone gets it, and its files; never an answer.
// `KEPT` is written above by the server: {version, pages, files}. Another version is another worker.

const PREFIX = "mot-cua-";
const NAME = PREFIX + KEPT.version;

self.addEventListener("install", (event) => {
  event.waitUntil(keep());
});

async function keep() {
  const cache = await caches.open(NAME);
  await cache.addAll(KEPT.files);
  // Without cookies: the page of nobody in particular.
  await cache.addAll(KEPT.pages.map((page) => new Request(page, { credentials: "omit", cache: "no-cache" })));
  await self.skipWaiting();
}

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOlder());
});

async function dropOlder() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== NAME) {
      await caches.delete(name);
    }
  }
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) {
    return;
  }
  if (KEPT.files.includes(url.pathname)) {
    event.respondWith(fromHere(event.request));
  } else if (event.request.mode === "navigate" && url.pathname === "/" && !url.searchParams.has("embedded")) {
    event.respondWith(fromNetworkFirst(event.request, url));
  }
});

async function fromHere(request) {
  const cache = await caches.open(NAME);
  return (await cache.match(request)) || fetch(request);
}

async function fromNetworkFirst(request, url) {
  try {
    return await fetch(request);
  } catch {
    const cache = await caches.open(NAME);
    const page = `/?lang=${url.searchParams.get("lang")}`;
    return (await cache.match(KEPT.pages.includes(page) ? page : "/")) || Response.error();
  }
}
