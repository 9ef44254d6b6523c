// An owner switches the doorbell on and goes away. Somebody knocks; the server tells the push
// service, the browser delivers it to the worker, and the notice lets them in. Headless Chromium
// has no push service, so the subscription is the test's and the delivery that of the debugger.

import { assert, assertEquals, fail } from "../assert.ts";
import {
  launchChromium,
  openProfilePeer,
  type Peer,
  type RunningServer,
  startServer,
  waitFor,
} from "../rig/mod.ts";
import { Client } from "../sockets/client.ts";
import { PushService } from "../sockets/push_service.ts";

/** The pages of this peer subscribe as if a push service were there. */
async function subscribeTo({ page }: Peer, bell: Record<string, string>): Promise<void> {
  await page.evaluateOnNewDocument(({ endpoint, p256dh, auth }) => {
    let made: unknown = null;
    const subscribe = (options: { applicationServerKey: string }) => {
      const text = options.applicationServerKey.replaceAll("-", "+").replaceAll("_", "/");
      const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      made = {
        toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
        options: { applicationServerKey: bytes.buffer },
      };
      return Promise.resolve(made);
    };
    Object.assign(PushManager.prototype, {
      subscribe,
      getSubscription: () => Promise.resolve(made),
    });
  }, bell);
}

/** Turns a switch of the people's panel, and waits until it is so. */
async function turn({ page }: Peer, name: string, on = true): Promise<void> {
  const selector = `input[role="switch"][aria-label="${name}"]:not(:disabled)`;
  await page.waitForSelector(`${selector}${on ? ":not(:checked)" : ":checked"}`);
  await page.click(selector);
  await page.waitForSelector(`${selector}${on ? ":checked" : ":not(:checked)"}`);
}

/** What the worker would renew: the endpoint that it keeps, by the path of the room's doorbell. */
function keptBells({ page }: Peer): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const cache = await caches.open("parley doorbell");
    const found: Record<string, string> = {};
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      const kept = await (await cache.match(request))?.json();
      if (pathname.endsWith("/doorbell")) found[pathname] = kept.endpoint;
    }
    return found;
  });
}

/** The worker has no subscription, and what it wants is granted, or refused if there is no bell. */
async function workerSubscribesTo(peer: Peer, bell?: Record<string, string>): Promise<void> {
  await (await workerOf(peer)).evaluate((bell) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    Object.assign(Reflect.get(globalThis, "PushManager").prototype, {
      getSubscription: () => Promise.resolve(null),
      subscribe: (options: unknown) => {
        asked.push(options);
        if (bell === undefined) return Promise.reject(new Error("the network is away"));
        const { endpoint, ...keys } = bell;
        return Promise.resolve({ toJSON: () => ({ endpoint, keys }) });
      },
    });
  }, bell);
}

/** With which options the worker has wanted to subscribe, since the last change of its answer. */
async function wantedSubscriptions(peer: Peer): Promise<unknown[]> {
  return await (await workerOf(peer)).evaluate(() => Reflect.get(globalThis, "asked"));
}

/** Tells the worker that the subscription is gone, and which one replaces it. */
async function replaceSubscription(peer: Peer, bell?: Record<string, string>): Promise<void> {
  await (await workerOf(peer)).evaluate((bell) => {
    const { endpoint, ...keys } = bell ?? {};
    const newSubscription = bell === undefined ? null : { toJSON: () => ({ endpoint, keys }) };
    const event = new (Reflect.get(globalThis, "ExtendableEvent"))("pushsubscriptionchange");
    dispatchEvent(Object.assign(event, { newSubscription }));
  }, bell);
}

/** Has the browser deliver a push to the site's worker. */
async function deliver({ page }: Peer, { origin, data }: { origin: string; data: string }) {
  const session = await page.createCDPSession();
  const { promise, resolve } = Promise.withResolvers<string>();
  session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
    const found = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin));
    if (found !== undefined) resolve(found.registrationId);
  });
  await session.send("ServiceWorker.enable");
  const registrationId = await promise;
  await session.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data });
  await session.detach();
}

/** What the worker shows now. */
function notices({ page }: Peer) {
  return page.evaluate(async () => {
    const worker = await navigator.serviceWorker.ready;
    return (await worker.getNotifications()).map(({ title, body }) => ({ title, body }));
  });
}

/** The site's service worker. */
async function workerOf({ page }: Peer) {
  const target = await page.browser().waitForTarget((target) => target.type() === "service_worker");
  return await target.worker() ?? fail();
}

/** Presses a button of the notice, as the system would tell the worker. */
async function pressInNotice(peer: Peer, action: string): Promise<void> {
  const worker = await workerOf(peer);
  await worker.evaluate(async (action) => {
    const { registration, NotificationEvent } = Object(globalThis);
    const [notification] = await registration.getNotifications();
    const event = new NotificationEvent("notificationclick", { notification, action });
    dispatchEvent(event);
  }, action);
}

async function knock(server: RunningServer): Promise<Client> {
  const client = new Client(`${server.url.replace("http", "ws")}/ws`);
  await client.opened;
  client.say({ type: "join", room: "den", name: "Bob" });
  await client.hear("knocking");
  return client;
}

/** An owner's browser, away from its room; its subscription is the first of the service. */
interface Away extends AsyncDisposable {
  readonly server: RunningServer;
  readonly ann: Peer;
  readonly owner: ReturnType<PushService["subscribe"]>;
}

/** A browser that has switched on the doorbell of "den", which is for those who are let in. */
async function ownerAway(service: PushService): Promise<Away> {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(
    await startServer({
      args: ["--allow-origin", "*", "--doorbell-origins", service.origin],
    }),
  );
  const chromium = stack.use(await launchChromium());
  const { origin } = new URL(server.url);
  await chromium.browser.defaultBrowserContext().overridePermissions(origin, ["notifications"]);
  const ann = stack.use(await openProfilePeer(chromium, `${server.url}/away.html`));
  const owner = service.subscribe();
  await subscribeTo(ann, owner.bell);
  await ann.page.goto(
    server.room("den", { name: "Ann", join: "1", camera: "0", microphone: "0" }, undefined),
  );
  await ann.press("People");
  await turn(ann, "Knocking");
  await turn(ann, "Ring this browser");
  const all = stack.move();
  return { server, ann, owner, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

Deno.test("an owner who is away lets somebody in from a notice", async () => {
  await using service = new PushService();
  await using away = await ownerAway(service);
  const { server, ann, owner } = away;
  const { origin } = new URL(server.url);
  await ann.page.goto(`${server.url}/away.html`);

  const bob = await knock(server);
  const { sender: _, ...notice } = await service.notice(1, owner);
  assertEquals(Object.keys(notice).sort(), ["letIn", "name", "room", "why"]);
  await deliver(ann, { origin, data: JSON.stringify(notice) });
  await waitFor(async () => (await notices(ann)).length > 0, { what: "the notice" });
  assertEquals(await notices(ann), [
    { title: "Bob is knocking at den", body: "No owner is there to answer." },
  ]);
  await pressInNotice(ann, "let-in");
  await bob.hear("welcome");
  assertEquals(await notices(ann), []);

  // Once more it lets in nobody, and says so.
  await deliver(ann, { origin, data: JSON.stringify(notice) });
  await waitFor(async () => (await notices(ann)).length > 0, { what: "the notice" });
  await pressInNotice(ann, "let-in");
  const gone = "They are no longer waiting at den, or the room is full";
  await waitFor(async () => (await notices(ann))[0]?.title === gone, { what: gone });
  await bob.leave();
});

Deno.test("a browser that replaces its subscription goes on being told", async () => {
  await using service = new PushService();
  await using away = await ownerAway(service);
  const { server, ann, owner } = away;
  const path = "/r/den/doorbell";
  const isKept = async ({ bell }: typeof owner) =>
    (await keptBells(ann))[path] === bell["endpoint"];
  assertEquals(await keptBells(ann), { [path]: owner.bell["endpoint"] });
  await turn(ann, "Ring this browser", false);
  assertEquals(await keptBells(ann), {});
  await turn(ann, "Ring this browser");
  const { key: applicationServerKey } = await (await fetch(`${server.url}${path}`)).json();
  await ann.page.goto(`${server.url}/away.html`);

  // The browser has a new subscription already.
  const second = service.subscribe();
  await replaceSubscription(ann, second.bell);
  await waitFor(() => isKept(second), { what: "the second subscription" });
  const bob = await knock(server);
  assertEquals((await service.notice(1, second)).why, "knock");
  await bob.leave();

  // It has none, and cannot get one until a page speaks to the worker again.
  const third = service.subscribe();
  await workerSubscribesTo(ann);
  await replaceSubscription(ann);
  const isAsked = async () => (await wantedSubscriptions(ann)).length > 0;
  await waitFor(isAsked, { what: "the wish for a subscription" });
  assertEquals(await wantedSubscriptions(ann), [{ userVisibleOnly: true, applicationServerKey }]);
  assert(await isKept(second), "it is renewed from where it was");
  await workerSubscribesTo(ann, third.bell);
  await ann.page.evaluate(async () => {
    (await navigator.serviceWorker.ready).active?.postMessage({});
  });
  await waitFor(() => isKept(third), { what: "the third subscription" });
  const eve = await knock(server);
  assertEquals((await service.notice(2, third)).why, "knock");
  await eve.leave();

  // The push service has told the server that the subscription is gone before the browser did.
  service.status = 410;
  const carl = await knock(server);
  const { endpoint, auth } = third.bell;
  const body = JSON.stringify({ does: "renew", before: { endpoint, auth }, ...third.bell });
  const isForgotten = async () => {
    const response = await fetch(`${server.url}${path}`, { method: "POST", body });
    await response.body?.cancel();
    return response.status === 403;
  };
  await waitFor(isForgotten, { what: "the end of the subscription at the server" });
  await replaceSubscription(ann, second.bell);
  await waitFor(async () => (await keptBells(ann))[path] === undefined, { what: "the end here" });
  await carl.leave();
});
