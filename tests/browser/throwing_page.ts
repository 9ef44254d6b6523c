// Makes interfaces of the browser fail before a page's own scripts run.

/**
 * `get`: looking at it throws. `call`, `later`: using it throws or rejects. `gone`: it is not
 * there.
 */
type Break = "get" | "call" | "later" | "gone" | "null" | "garbage" | "granted";

/**
 * Owner ("" is the window; "X" an object, "X#" what X's instances share) and members, each with how
 * it breaks.
 */
export type Breakage = readonly (readonly [how: Break, owner: string, ...members: string[]])[];

const intl = ["DateTimeFormat", "RelativeTimeFormat", "NumberFormat", "PluralRules", "ListFormat"];
const clipboard = ["writeText", "readText", "write", "read"];
const sharing = ["share", "canShare", "vibrate", "setAppBadge", "clearAppBadge"];
const small = ["pictureInPictureEnabled", "pictureInPictureElement"];

/** Ways in which a browser fails. */
export const failures: Readonly<Record<string, Breakage>> = {
  "localStorage throws": [["get", "", "localStorage"]],
  "sessionStorage throws": [["get", "", "sessionStorage"]],
  "storages are null": [["null", "", "localStorage", "sessionStorage"]],
  "getItem throws": [["call", "Storage#", "getItem"]],
  "setItem throws": [["call", "Storage#", "setItem"]],
  "removeItem throws": [["call", "Storage#", "removeItem"]],
  "storage holds garbage": [["garbage", "Storage#", "getItem"]],
  "serviceWorker throws": [["get", "Navigator#", "serviceWorker"]],
  "serviceWorker rejects": [["later", "ServiceWorkerContainer#", "register"]],
  "clipboard throws": [["get", "Navigator#", "clipboard"]],
  "clipboard is missing": [["gone", "Navigator#", "clipboard"]],
  "clipboard rejects": [["later", "Clipboard#", ...clipboard]],
  "Notification throws": [["get", "", "Notification"]],
  "Notification is missing": [["gone", "", "Notification"]],
  "Notification cannot be made": [["granted", "", "Notification"]],
  "permissions throw": [["get", "Navigator#", "permissions"]],
  "permissions reject": [["later", "Permissions#", "query"]],
  "wakeLock throws": [["get", "Navigator#", "wakeLock"]],
  "wakeLock rejects": [["later", "WakeLock#", "request"]],
  "locks throw": [["get", "Navigator#", "locks"]],
  "locks are missing": [["gone", "Navigator#", "locks"]],
  "locks reject": [["later", "LockManager#", "request"]],
  "locks throw when asked": [["call", "LockManager#", "request"]],
  "databases throw": [["get", "", "indexedDB", "BroadcastChannel"]],
  "disk throws": [["get", "Navigator#", "storage"]],
  "disk rejects": [["later", "StorageManager#", "getDirectory", "estimate", "persist"]],
  "caches throw": [["get", "", "caches"]],
  "randomUUID is missing": [["gone", "Crypto#", "randomUUID"]],
  "matchMedia throws": [["call", "", "matchMedia"]],
  "matchMedia is missing": [["gone", "", "matchMedia"]],
  "AudioContext throws": [["call", "", "AudioContext"]],
  "AudioContext is missing": [["gone", "", "AudioContext"]],
  "Intl throws": [["call", "Intl", ...intl, "Segmenter"]],
  "Intl is old": [["gone", "Intl", "Segmenter", "ListFormat", "RelativeTimeFormat"]],
  "history throws": [["call", "History#", "replaceState", "pushState"]],
  "windows throw": [
    ["get", "Document#", "fullscreenEnabled", "fullscreenElement", ...small],
    ["get", "", "documentPictureInPicture"],
  ],
  "windows reject": [
    ["later", "Element#", "requestFullscreen"],
    ["later", "Document#", "exitFullscreen", "exitPictureInPicture"],
    ["later", "HTMLVideoElement#", "requestPictureInPicture"],
  ],
  "sharing and vibrating throw": [["call", "Navigator#", ...sharing]],
  "connection throws": [["get", "Navigator#", "connection", "mediaSession"]],
  "mediaCapabilities throw": [["get", "Navigator#", "mediaCapabilities"]],
  "mediaDevices throw": [["get", "Navigator#", "mediaDevices"]],
  "speakers throw": [["call", "HTMLMediaElement#", "setSinkId"]],
  "addresses of files throw": [["call", "URL", "createObjectURL"]],
  "structuredClone is missing": [["gone", "", "structuredClone"]],
};

const all = Object.keys(failures);

/**
 * Those that can be had at the same time: what throws at a look, what is missing, what fails when
 * used.
 */
export const together: readonly (readonly string[])[] = [
  all.filter((name) => / throws?$/.test(name) && !/mediaDevices|Item/.test(name)),
  all.filter((name) => / (is|are) (missing|null|old)$/.test(name)),
  all.filter((name) =>
    / rejects?$| asked$| made$|Item throws|Intl throws|history throws/.test(name)
  ),
];

/** Runs in the browser, so it uses nothing from outside. */
export function breakBrowser(breakage: Breakage): void {
  const refuse = function (): never {
    throw new DOMException("broken on purpose", "SecurityError");
  };
  const reject = function () {
    return Promise.reject(new DOMException("broken on purpose", "NotAllowedError"));
  };
  const garbage = function () {
    return '{"theme":[';
  };
  const asked = function (): never {
    throw new TypeError("Illegal constructor");
  };
  const granted = Object.assign(asked, { permission: "granted", requestPermission: reject });
  const how = {
    get: { get: refuse },
    call: { value: refuse, writable: true },
    later: { value: reject, writable: true },
    gone: { value: undefined, writable: true },
    null: { value: null, writable: true },
    garbage: { value: garbage, writable: true },
    granted: { value: granted, writable: true },
  };
  for (const [kind, owner, ...members] of breakage) {
    const [name = "", instances] = owner.split("#");
    const found: unknown = name === "" ? globalThis : Reflect.get(globalThis, name);
    const at: unknown = found !== undefined && instances !== undefined
      ? Reflect.get(Object(found), "prototype")
      : found;
    // Not every browser has everything.
    if (at === undefined) continue;
    for (const member of members) {
      Object.defineProperty(at, member, { configurable: true, ...how[kind] });
    }
  }
}
