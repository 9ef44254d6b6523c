/** One table: reason → WebSocket close code (RFC 6455, 7.4) → whether a client reconnects. */

/**
 * When a client reconnects: `back` with backoff, `soon` after a random 0–2 s, `later` after 10 s or
 * more, `never`: it tells the person.
 */
export type Retry = "back" | "soon" | "later" | "never";

interface CloseRule {
  readonly close: number;
  readonly retry: Retry;
}

const rules = {
  "left": { close: 1000, retry: "never" },
  "going-away": { close: 1001, retry: "back" },
  "framing": { close: 1002, retry: "never" },
  "binary": { close: 1003, retry: "never" },
  "utf8": { close: 1007, retry: "never" },
  "flood": { close: 1008, retry: "never" },
  "too-big": { close: 1009, retry: "never" },
  "internal": { close: 1011, retry: "back" },
  "restart": { close: 1012, retry: "soon" },
  "overload": { close: 1013, retry: "later" },
  "join-late": { close: 4001, retry: "back" },
  "slow": { close: 4008, retry: "back" },
  "rate": { close: 4009, retry: "back" },
  "state-gap": { close: 4011, retry: "back" },
  "bad-messages": { close: 4500, retry: "never" },
  "replaced": { close: 4502, retry: "never" },
  "kicked": { close: 4503, retry: "never" },
  "banned": { close: 4504, retry: "never" },
  "full": { close: 4505, retry: "never" },
  "locked": { close: 4506, retry: "never" },
  "password": { close: 4507, retry: "never" },
  "version": { close: 4508, retry: "never" },
  "closed": { close: 4509, retry: "never" },
  "refused": { close: 4510, retry: "never" },
  "guesses": { close: 4511, retry: "never" },
  "off": { close: 4512, retry: "never" },
  "sealed": { close: 4513, retry: "never" },
  "unsealed": { close: 4514, retry: "never" },
  "link-changed": { close: 4515, retry: "never" },
} as const satisfies Record<string, CloseRule>;

/** Why the server closes a socket. */
export type CloseReason = keyof typeof rules;

/** Why the server refuses one message and keeps the socket open. */
export type ReplyReason =
  | "bad-message"
  | "not-joined"
  | "no-such-peer"
  | "no-such-line"
  | "no-private"
  | "not-owner"
  | "not-allowed"
  | "door"
  | "too-many"
  | "rate"
  | "rooms-rate";

/** Every `code` of an `error` message. */
export type ErrorCode = CloseReason | ReplyReason;

const replyReasons: readonly ReplyReason[] = [
  "bad-message",
  "not-joined",
  "no-such-peer",
  "no-such-line",
  "no-private",
  "not-owner",
  "not-allowed",
  "door",
  "too-many",
  "rate",
  "rooms-rate",
];

/** All error codes, for the parser and the documentation test. */
export const errorCodes: readonly ErrorCode[] = [
  ...new Set<ErrorCode>([...Object.keys(rules).filter(isCloseReason), ...replyReasons]),
];

function isCloseReason(text: string): text is CloseReason {
  return Object.hasOwn(rules, text);
}

/**
 * Whether an error means that the server closes the socket, not only that it refused one message.
 */
export function isClosing(code: ErrorCode): code is CloseReason {
  return isCloseReason(code);
}

/** The WebSocket close code of a reason. */
export function closeCode(reason: CloseReason): number {
  return rules[reason].close;
}

/**
 * The reason of a close code; undefined for 0, 1005, 1006 and unknown codes: the connection was
 * lost.
 */
export function closeReason(code: number): CloseReason | undefined {
  return Object.keys(rules).filter(isCloseReason).find((reason) => rules[reason].close === code);
}

/** When a client reconnects after its socket closed with `code`. */
export function retryAfterClose(code: number): Retry {
  const reason = closeReason(code);
  return reason === undefined ? "back" : rules[reason].retry;
}
