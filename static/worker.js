// The service worker. It keeps nothing that could grow old:
// 1. Pages always come from the network; only when that fails is there a page that says so.
// 2. Scripts, whose addresses change with their content, are answered from memory. So a page that
//    is open while the server is updated still finds the code it has not yet loaded, and no page
//    ever gets another version's.
// 3. It holds no version itself, and whatever it has remembered fits the next worker too. So a new
//    one takes over at once, which is also how a bad one is got rid of (docs/decisions.md).
//    Everything else (sockets, posts, ranges, /healthz, questions of a page) passes by it.

/** Where Parley is within its site: "/", or "/talk/". */
const base = new URL(".", location.href).pathname;
const awayCache = "parley away";
const awayPage = `${base}away.html`;
const awayFiles = [
  awayPage,
  ...["away.js", "boot.js", "styles.css", "favicon.svg"].map((file) => base + file),
];
const codeCache = "parley code ";
const codePath = `${base}_fresh/js/`;
/**
 * Whether the browser may ask for a page while it wakes this worker. Firefox may not: when such a
 * request fails, it shows its own error page, whatever the worker answers (seen in Firefox 153
 * ESR).
 */
const preloads = !navigator.userAgent.includes("Firefox/");
/** Versions of the code that are remembered: of pages that stay open over so many updates. */
const versionsMost = 3;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(keepAway());
});

addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([
    // So that no visit waits for this worker to wake. An older worker of ours has enabled it
    // everywhere.
    registration.navigationPreload?.[preloads ? "enable" : "disable"](),
    forgetStrangers(),
    // A call that began with the very first visit may outlive an update, too.
    clients.claim(),
  ]));
});

addEventListener("message", (event) => {
  const { keep } = event.data ?? {};
  event.waitUntil(Promise.all([keepAway(), keep !== undefined && keepCode(keep)]));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || request.headers.has("range")) {
    return;
  }
  if (request.mode === "navigate") {
    if (pathname === base || pathname.startsWith(`${base}r/`)) event.respondWith(page(event));
  } else if (pathname.startsWith(codePath)) {
    event.respondWith(code(request, pathname));
  } else if (awayFiles.includes(pathname) && search === "") {
    // Pages name their files with a version; without one only the page that says we are away does.
    event.respondWith(fetch(request).catch(() => kept(request)));
  }
});

async function page(event) {
  try {
    return (preloads && await event.preloadResponse) || await fetch(event.request);
  } catch {
    return await kept(awayPage);
  }
}

/** `pathname` without the search that a second try adds. */
async function code(request, pathname) {
  return await remembered(pathname) ?? await fetch(request);
}

async function kept(request) {
  return await remembered(request) ?? Response.error();
}

/** Undefined where nothing is remembered, or the browser's memory fails. */
async function remembered(request) {
  try {
    return await caches.match(request);
  } catch {
    return undefined;
  }
}

async function keepAway() {
  const cache = await caches.open(awayCache);
  await Promise.all(awayFiles.map(async (file) => {
    const response = await fetch(file, { cache: "no-cache" });
    if (response.ok) await cache.put(file, file === awayPage ? await based(response) : response);
  }));
}

/** The page with its addresses where this worker is; it is shown under the address of any room. */
async function based(response) {
  const text = (await response.text()).replaceAll(/(href|src)="\//g, `$1="${base}`);
  return new Response(text, { headers: { "content-type": response.headers.get("content-type") } });
}

/**
 * Remembers a page's code with all that may be loaded later. `version` is the script whose address
 * changes with all of it; `paths` are those the page has loaded. What only scripts name is found in
 * them, as browsers do.
 */
async function keepCode({ version, paths }) {
  const name = codeCache + version;
  if (await caches.has(name)) return;
  const found = new Map();
  const wanted = [...paths];
  while (wanted.length > 0) {
    const path = wanted.pop();
    if (found.has(path) || !path.startsWith(codePath)) continue;
    const response = await fetch(path);
    // The server was updated meanwhile: half a version would help nobody.
    if (!response.ok) return;
    found.set(path, response.clone());
    for (const [, script] of (await response.text()).matchAll(/["'`](\.\/[\w.-]+\.js)["'`]/g)) {
      wanted.push(new URL(script, response.url).pathname);
    }
  }
  const cache = await caches.open(name);
  await Promise.all([...found].map(([path, response]) => cache.put(path, response)));
  const versions = (await caches.keys()).filter((key) => key.startsWith(codeCache));
  await Promise.all(versions.slice(0, -versionsMost).map((key) => caches.delete(key)));
}

/**
 * What older workers of ours have kept; another program of the same site may have caches of its
 * own.
 */
async function forgetStrangers() {
  const strangers = (await caches.keys())
    .filter((key) => key.startsWith("parley") && key !== awayCache && !key.startsWith(codeCache));
  await Promise.all(strangers.map((key) => caches.delete(key)));
}
