// An owner switches the doorbell on and goes away. Somebody knocks; the server tells the push
// service, the browser delivers it to the worker, and the notice lets them in. Headless Chromium
// has no push service, so the subscription is the test's and the delivery that of the debugger.

import { assertEquals } from "../assert.ts";
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

/** Turns a switch of the people's panel, and waits until it is on. */
async function turnOn({ page }: Peer, name: string): Promise<void> {
  const selector = `input[role="switch"][aria-label="${name}"]:not(:disabled)`;
  await page.waitForSelector(selector);
  await page.click(selector);
  await page.waitForSelector(`${selector}:checked`);
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

/** Presses a button of the notice, as the system would tell the worker. */
async function pressInNotice(peer: Peer, action: string): Promise<void> {
  const target = await peer.page.browser().waitForTarget((target) =>
    target.type() === "service_worker"
  );
  const worker = await target.worker();
  await worker?.evaluate(async (action) => {
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

Deno.test("an owner who is away lets somebody in from a notice", async () => {
  await using service = new PushService();
  await using server = await startServer({
    args: ["--allow-origin", "*", "--doorbell-origins", service.origin],
  });
  await using chromium = await launchChromium();
  const { origin } = new URL(server.url);
  await chromium.browser.defaultBrowserContext().overridePermissions(origin, ["notifications"]);
  await using ann = await openProfilePeer(chromium, `${server.url}/away.html`);
  const owner = service.subscribe();
  await subscribeTo(ann, owner.bell);
  await ann.page.goto(
    server.room("den", { name: "Ann", join: "1", camera: "0", microphone: "0" }, undefined),
  );
  await ann.press("People");
  await turnOn(ann, "Knocking");
  await turnOn(ann, "Ring this browser");
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
