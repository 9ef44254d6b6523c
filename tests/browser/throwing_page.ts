// Makes interfaces of the browser fail before a page's own scripts run. These functions run in the browser, so they may
// use nothing from outside their own body.

/** Ways in which a browser fails: an interface is not there, throws when it is looked at or used, or rejects. */
export const failures = [
  "localStorage throws",
  "sessionStorage throws",
  "storages are null",
  "getItem throws",
  "setItem throws",
  "removeItem throws",
  "storage holds garbage",
  "serviceWorker throws",
  "serviceWorker rejects",
  "clipboard throws",
  "clipboard is missing",
  "clipboard rejects",
  "Notification throws",
  "Notification is missing",
  "Notification cannot be made",
  "permissions throw",
  "permissions reject",
  "wakeLock throws",
  "wakeLock rejects",
  "locks throw",
  "locks are missing",
  "locks reject",
  "locks throw when asked",
  "databases throw",
  "disk throws",
  "disk rejects",
  "caches throw",
  "randomUUID is missing",
  "matchMedia throws",
  "matchMedia is missing",
  "AudioContext throws",
  "AudioContext is missing",
  "Intl throws",
  "Intl is old",
  "history throws",
  "windows throw",
  "windows reject",
  "sharing and vibrating throw",
  "connection throws",
  "mediaCapabilities throw",
  "mediaDevices throw",
  "speakers throw",
  "addresses of files throw",
  "structuredClone is missing",
] as const;

/** One of them. */
export type Failure = (typeof failures)[number];

/** Those of them that can be had at the same time, in three ways. */
export const together: readonly (readonly Failure[])[] = [
  failures.filter((name) =>
    / throws?$/.test(name) && !/mediaDevices|[gs]etItem|removeItem/.test(name)
  ),
  failures.filter((name) => / (is|are) (missing|null|old)$/.test(name)),
  failures.filter((name) =>
    / rejects?$| asked$| made$|[gs]etItem throws|removeItem throws|Intl throws|history throws/.test(
      name,
    )
  ),
];

/** Installs them. */
export function breakBrowser(names: readonly string[]): void {
  const refuse = (): never => {
    throw new DOMException("broken on purpose", "SecurityError");
  };
  const reject = () => Promise.reject(new DOMException("broken on purpose", "NotAllowedError"));
  const define = (owner: object | undefined, name: string, how: PropertyDescriptor) => {
    if (owner !== undefined) Object.defineProperty(owner, name, { configurable: true, ...how });
  };
  const throws = (owner: object | undefined, ...all: string[]) =>
    all.forEach((name) => define(owner, name, { get: refuse }));
  const misses = (owner: object | undefined, ...all: string[]) =>
    all.forEach((name) => define(owner, name, { value: undefined, writable: true }));
  const acts = (owner: object | undefined, act: () => unknown, ...all: string[]) =>
    all.forEach((name) =>
      define(owner, name, {
        value: function () {
          return act();
        },
        writable: true,
      })
    );
  const prototype = (name: string): object | undefined => Reflect.get(globalThis, name)?.prototype;
  const here = globalThis;
  const browser = Navigator.prototype;
  const intl = [
    "DateTimeFormat",
    "RelativeTimeFormat",
    "NumberFormat",
    "PluralRules",
    "ListFormat",
    "Segmenter",
  ];
  const table: Record<string, () => void> = {
    "localStorage throws": () => throws(here, "localStorage"),
    "sessionStorage throws": () => throws(here, "sessionStorage"),
    "storages are null": () => {
      for (const name of ["localStorage", "sessionStorage"]) define(here, name, { value: null });
    },
    "getItem throws": () => acts(Storage.prototype, refuse, "getItem"),
    "setItem throws": () => acts(Storage.prototype, refuse, "setItem"),
    "removeItem throws": () => acts(Storage.prototype, refuse, "removeItem"),
    "storage holds garbage": () => acts(Storage.prototype, () => '{"theme":[', "getItem"),
    "serviceWorker throws": () => throws(browser, "serviceWorker"),
    "serviceWorker rejects": () => acts(prototype("ServiceWorkerContainer"), reject, "register"),
    "clipboard throws": () => throws(browser, "clipboard"),
    "clipboard is missing": () => misses(browser, "clipboard"),
    "clipboard rejects": () =>
      acts(prototype("Clipboard"), reject, "writeText", "readText", "write", "read"),
    "Notification throws": () => throws(here, "Notification"),
    "Notification is missing": () => misses(here, "Notification"),
    "Notification cannot be made": () => {
      const made = Object.assign(refuse, { permission: "granted", requestPermission: reject });
      define(here, "Notification", { value: made, writable: true });
    },
    "permissions throw": () => throws(browser, "permissions"),
    "permissions reject": () => acts(prototype("Permissions"), reject, "query"),
    "wakeLock throws": () => throws(browser, "wakeLock"),
    "wakeLock rejects": () => acts(prototype("WakeLock"), reject, "request"),
    "locks throw": () => throws(browser, "locks"),
    "locks are missing": () => misses(browser, "locks"),
    "locks reject": () => acts(prototype("LockManager"), reject, "request"),
    "locks throw when asked": () => acts(prototype("LockManager"), refuse, "request"),
    "databases throw": () => throws(here, "indexedDB", "BroadcastChannel"),
    "disk throws": () => throws(browser, "storage"),
    "disk rejects": () =>
      acts(prototype("StorageManager"), reject, "getDirectory", "estimate", "persist"),
    "caches throw": () => throws(here, "caches"),
    "randomUUID is missing": () => misses(Crypto.prototype, "randomUUID"),
    "matchMedia throws": () => acts(here, refuse, "matchMedia"),
    "matchMedia is missing": () => misses(here, "matchMedia"),
    "AudioContext throws": () => acts(here, refuse, "AudioContext", "OfflineAudioContext"),
    "AudioContext is missing": () => misses(here, "AudioContext", "webkitAudioContext"),
    "Intl throws": () => acts(Intl, refuse, ...intl),
    "Intl is old": () => misses(Intl, "Segmenter", "ListFormat", "RelativeTimeFormat"),
    "history throws": () => acts(History.prototype, refuse, "replaceState", "pushState"),
    "windows throw": () => {
      throws(Document.prototype, "fullscreenEnabled", "fullscreenElement");
      throws(Document.prototype, "pictureInPictureEnabled", "pictureInPictureElement");
      throws(here, "documentPictureInPicture");
    },
    "windows reject": () => {
      acts(Element.prototype, reject, "requestFullscreen");
      acts(Document.prototype, reject, "exitFullscreen", "exitPictureInPicture");
      acts(HTMLVideoElement.prototype, reject, "requestPictureInPicture");
    },
    "sharing and vibrating throw": () =>
      acts(browser, refuse, "share", "canShare", "vibrate", "setAppBadge", "clearAppBadge"),
    "connection throws": () => throws(browser, "connection", "mediaSession", "userActivation"),
    "mediaCapabilities throw": () => throws(browser, "mediaCapabilities"),
    "mediaDevices throw": () => throws(browser, "mediaDevices"),
    "speakers throw": () => acts(HTMLMediaElement.prototype, refuse, "setSinkId"),
    "addresses of files throw": () => acts(URL, refuse, "createObjectURL"),
    "structuredClone is missing": () => misses(here, "structuredClone"),
  };
  for (const name of names) table[name]?.();
}
