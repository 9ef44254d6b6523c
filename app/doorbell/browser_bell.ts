/** This browser's notices: the permission, the subscription, and what the worker needs for them. */
import type { BrowserBell, NoticeWords, Subscribed } from "./mod.ts";

/**
 * The cache where static/worker.js finds its words, by a name below the base path, and the bells to
 * renew, by the address of the room's doorbell.
 */
const bellCache = "parley doorbell";
const wordsFile = "doorbell.json";

/** The worker starts some seconds after the page; a blocked one never does. */
const workerMs = 15_000;

/** `base`: see app/ui/base.ts. */
export function browserBell(base: string): BrowserBell {
  return {
    absent: absence(),
    allow: async () => await Notification.requestPermission() === "granted",
    subscription: async () => {
      const worker = await navigator.serviceWorker.getRegistration(`${base}/`);
      return subscribed(await worker?.pushManager.getSubscription() ?? undefined);
    },
    subscribe: async (key) => {
      const { pushManager } = await inTime(navigator.serviceWorker.ready);
      const before = subscribed(await pushManager.getSubscription() ?? undefined);
      if (before !== undefined && before.key !== key) {
        await (await pushManager.getSubscription())?.unsubscribe();
      }
      const options = { userVisibleOnly: true, applicationServerKey: key };
      const made = subscribed(await pushManager.subscribe(options));
      if (made === undefined) throw new Error("a subscription without keys");
      return made;
    },
    keepWords: async (words: NoticeWords) => {
      const cache = await caches.open(bellCache);
      await cache.put(`${base}/${wordsFile}`, Response.json(words));
    },
    keepBell: async (address, bell) => {
      const cache = await caches.open(bellCache);
      if (bell === undefined) return void await cache.delete(address);
      const { endpoint, auth, key } = bell;
      await cache.put(address, Response.json({ endpoint, auth, key }));
    },
    digest: async (endpoint) => {
      const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
      return Array.from(new Uint8Array(bytes, 0, 12), (byte) => byte.toString(16).padStart(2, "0"))
        .join("");
    },
  };
}

function absence(): BrowserBell["absent"] {
  if (!isSecureContext) return "insecure";
  const has = "serviceWorker" in navigator && "PushManager" in globalThis &&
    "Notification" in globalThis;
  return has ? undefined : "browser";
}

function subscribed(subscription: PushSubscription | undefined): Subscribed | undefined {
  const { endpoint, keys } = subscription?.toJSON() ?? {};
  const { p256dh, auth } = keys ?? {};
  if (endpoint === undefined || p256dh === undefined || auth === undefined) return undefined;
  const key = base64url(subscription?.options.applicationServerKey ?? new ArrayBuffer(0));
  return { endpoint, p256dh, auth, key };
}

function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the worker does not start")), workerMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
