/**
 * What pages, notices and the server say about a room's doorbell, outside the socket: the requests
 * to `/r/ROOM/doorbell`, its answers, and what a push carries.
 */
/** Lengths in code points; times in ms. */
export const doorbellLimits = {
  /** Browsers that one room tells; a further one replaces the oldest. */
  perRoom: 5,
  /** The address of a push subscription. */
  endpoint: 1024,
  /** A key of a subscription, base64url digits. */
  key: 128,
  /** A token that lets somebody in. */
  letIn: 1024,
  /** A whole request as UTF-8, bytes. */
  requestBytes: 4 * 1024,
  /** For how long a notice can let in who knocked. */
  letInMs: 10 * 60_000,
} as const;

/** Why a server has no doorbell: the operator has turned it off, or it could not keep anything. */
export type NoDoorbell = "setting" | "no-state";

/**
 * The answer to a GET. `key`: the public key that browsers subscribe with, base64url; `bells`, for
 * owners: the digests of the endpoints that this room tells.
 */
export interface DoorbellFacts {
  readonly key?: string;
  readonly off?: NoDoorbell;
  readonly bells?: readonly string[];
}

/**
 * The body of a POST: add and remove are for owners, let-in for the bearer of its token. renew is
 * for the browser itself, whose subscription was replaced; `before` proves that it is the same.
 */
export type DoorbellRequest =
  | {
    readonly does: "add";
    readonly endpoint: string;
    readonly p256dh: string;
    readonly auth: string;
  }
  | { readonly does: "remove"; readonly endpoint: string }
  | {
    readonly does: "renew";
    readonly before: { readonly endpoint: string; readonly auth: string };
    readonly endpoint: string;
    readonly p256dh: string;
    readonly auth: string;
  }
  | { readonly does: "let-in"; readonly token: string };

/** What a push carries, encrypted for one browser. */
export interface Notice {
  readonly room: string;
  readonly why: "entered" | "knock";
  /** Absent in a sealed room. */
  readonly name?: string;
  /** Lets in who knocked, once. */
  readonly letIn?: string;
}
