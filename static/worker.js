// The service worker. It caches nothing that can become stale:
// 1. Pages always come from the network; if that fails, the offline page is shown.
// 2. Scripts, whose addresses change with their content, come from the cache. So a page that is
//    open during an update still finds its late code, and never gets another version's.
// 3. It has no version, and its cache fits the next worker. So a new worker takes over at once,
//    which also replaces a bad one (docs/decisions.md). Everything else (sockets, posts, ranges,
//    /healthz, a page's own requests) bypasses it.

/** Parley's base path within its site: "/" or "/talk/". */
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
 * Whether to use navigation preload. Not in Firefox: if the preload fails, it shows its own error
 * page, whatever the worker answers (seen in Firefox 153 ESR).
 */
const preloads = !navigator.userAgent.includes("Firefox/");
/**
 * What the page writes (app/doorbell/): what notices say, in the person's language, and for each
 * doorbell that is on, by its address, the subscription that its room tells.
 */
const bellCache = "parley doorbell";
const bellWords = `${base}doorbell.json`;
/** The number of cached versions: pages may stay open over as many updates. */
const versionsMost = 3;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(keepAway());
});

addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([
    // So that no visit waits for the worker to start. An older worker enabled it in every browser.
    registration.navigationPreload?.[preloads ? "enable" : "disable"](),
    forgetStrangers(),
    // A call that began at the first visit may outlive an update too.
    clients.claim(),
  ]));
});

addEventListener("message", (event) => {
  const { keep } = event.data ?? {};
  event.waitUntil(Promise.all([keepAway(), keep !== undefined && keepCode(keep)]));
  // Again, if the network was away when the subscription was replaced; and some browsers replace it
  // without an event.
  event.waitUntil(renewBells());
});

addEventListener("push", (event) => event.waitUntil(ring(event.data)));

addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(renewBells(event.newSubscription));
});

addEventListener("notificationclick", (event) => event.waitUntil(answer(event)));

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
    // Pages request files with a version; only the offline page requests them without.
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

/** `pathname`: without the query that a retry adds. */
async function code(request, pathname) {
  return await remembered(pathname) ?? await fetch(request);
}

async function kept(request) {
  return await remembered(request) ?? Response.error();
}

/** Undefined if nothing is cached, or the cache fails. */
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

/** The offline page with addresses below the base path; it is shown under any room's address. */
async function based(response) {
  const text = (await response.text()).replaceAll(/(href|src)="\//g, `$1="${base}`);
  return new Response(text, { headers: { "content-type": response.headers.get("content-type") } });
}

/**
 * Caches a page's code with all that it may load later. `version` is the script whose address
 * changes with all of it; `paths` are the scripts the page has loaded. Imports are found in the
 * scripts, as browsers do.
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
    // The server was updated meanwhile: half a version is useless.
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

/** Deletes the caches of older workers; other programs of the site may have caches too. */
async function forgetStrangers() {
  const strangers = (await caches.keys())
    .filter((key) => key.startsWith("parley") && ![awayCache, bellCache].includes(key))
    .filter((key) => !key.startsWith(codeCache));
  await Promise.all(strangers.map((key) => caches.delete(key)));
}

/** Shows a notice of the server's doorbell; see `Notice` in protocol/doorbell.ts. */
async function ring(data) {
  const { room = "", why, name = "", letIn } = data?.json() ?? {};
  const words = await noticeWords();
  const title = why === "knock"
    ? name === "" ? words.knock : words.knockOf
    : name === ""
    ? words.entered
    : words.enteredOf;
  const canLetIn = letIn !== undefined && "actions" in Notification.prototype;
  await show(fill(title, { room, name }), {
    ...{ room, letIn, body: why === "knock" ? words.knockLine : words.enteredLine },
    actions: canLetIn ? [{ action: "let-in", title: words.letIn }] : [],
    renotify: true,
  });
}

/** Lets in who knocked, or opens the room. */
async function answer({ action, notification }) {
  const { room, letIn } = notification.data;
  notification.close();
  const path = `${base}r/${encodeURIComponent(room)}`;
  if (action !== "let-in") return await openRoom(path);
  const body = JSON.stringify({ does: "let-in", token: letIn });
  const status = await fetch(`${path}/doorbell`, { method: "POST", body })
    .then((response) => response.ok ? "ok" : response.status === 410 ? "gone" : "failed")
    .catch(() => "failed");
  if (status !== "ok") await show(fill((await noticeWords())[status], { room }), { room });
}

/**
 * Tells each room whose doorbell is on which subscription replaces the one it knows. Its secret is
 * the proof. A room that is not reached stays as it is here, and has its turn again.
 */
async function renewBells(replacement) {
  if (!await caches.has(bellCache)) return;
  const cache = await caches.open(bellCache);
  const bells = await keptBells(cache);
  if (bells.length === 0) return;
  // The newest key: a page subscribes anew if the server has another one.
  const { key } = bells.at(-1);
  const subscription = replacement ?? await subscribed(key);
  if (subscription === undefined) return;
  const { endpoint, keys: { p256dh, auth } } = subscription.toJSON();
  await Promise.all(bells.map(async ({ address, endpoint: known, auth: secret }) => {
    if (known === endpoint && secret === auth) return;
    const before = { endpoint: known, auth: secret };
    const body = JSON.stringify({ does: "renew", before, endpoint, p256dh, auth });
    const response = await fetch(address, { method: "POST", body }).catch(() => undefined);
    // The room has forgotten it: only an owner key switches it on again.
    if (response?.status === 403) await cache.delete(address);
    if (response?.ok) await cache.put(address, Response.json({ endpoint, auth, key }));
  }));
}

/** The doorbells that are on below this base path, the one that was written last at the end. */
async function keptBells(cache) {
  const addresses = (await cache.keys()).map(({ url }) => url)
    .filter((url) => new URL(url).pathname.startsWith(`${base}r/`));
  return await Promise.all(addresses.map(async (address) => {
    return { address, ...await (await cache.match(address))?.json() };
  }));
}

/** This browser's subscription, a new one if it has none; undefined: it gives none now. */
async function subscribed(key) {
  const { pushManager } = registration;
  const options = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await pushManager.getSubscription() ?? await pushManager.subscribe(options);
  } catch {
    return undefined;
  }
}

async function show(title, { room, letIn, ...options }) {
  await registration.showNotification(title, {
    ...options,
    data: { room, letIn },
    icon: `${base}icons/192.png`,
    // A newer notice of the same room replaces this one.
    tag: `parley ${room}`,
  });
}

/** The room's page that is open already, or a new one; the page finds its own keys. */
async function openRoom(path) {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.find(({ url }) => new URL(url).pathname === path);
  await (open === undefined ? clients.openWindow(path) : open.focus());
}

/** In English if the page's words are no longer there. */
async function noticeWords() {
  const words = await remembered(bellWords);
  return {
    ...{ knock: "Someone is knocking at {room}", knockOf: "{name} is knocking at {room}" },
    ...{ entered: "Someone has entered {room}", enteredOf: "{name} has entered {room}" },
    ...{ letIn: "Let in", gone: "Nobody waits at {room}", failed: "Open {room} and try again" },
    ...await words?.json(),
  };
}

function fill(words, parts) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
}
