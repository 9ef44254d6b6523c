/**
 * Whether this browser is told who comes into a room while no owner is there. The server keeps the
 * answer, for each room; the browser has one subscription for all of them. Invariant: it is on only
 * if the server has said that it has this browser's present subscription.
 */
import { signal } from "@preact/signals-core";
import type { DoorbellRequest, NoDoorbell } from "../../protocol/mod.ts";

/** What the worker shows; it is kept beside the worker, because that has no words of its own. */
export interface NoticeWords {
  readonly knock: string;
  readonly knockOf: string;
  readonly knockLine: string;
  readonly entered: string;
  readonly enteredOf: string;
  readonly enteredLine: string;
  readonly letIn: string;
  readonly gone: string;
  readonly failed: string;
}

/** A push subscription. `key`: the server's, that it was made for, base64url. */
export interface Subscribed {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly key: string;
}

/** What the browser can do; see browser_bell.ts. */
export interface BrowserBell {
  /** Why it can show no notices. */
  readonly absent: "insecure" | "browser" | undefined;
  /** The person's decision about notices, asked for if there is none yet. */
  allow(): Promise<boolean>;
  subscription(): Promise<Subscribed | undefined>;
  /** Replaces a subscription for another key. */
  subscribe(key: string): Promise<Subscribed>;
  keepWords(words: NoticeWords): Promise<void>;
  /**
   * Lets the worker renew the bell at this address if the browser replaces its subscription;
   * undefined: the bell is off.
   */
  keepBell(address: string, bell: Subscribed | undefined): Promise<void>;
  /** As the server names an endpoint. */
  digest(endpoint: string): Promise<string>;
}

/** Why there is no doorbell here. */
export type NoBell = "insecure" | "browser" | NoDoorbell | "unreachable";

/** What the switch shows. */
export type DoorbellState =
  | { readonly kind: "looking" }
  | { readonly kind: "absent"; readonly why: NoBell }
  | {
    readonly kind: "off" | "on";
    readonly isBusy: boolean;
    readonly trouble?: "denied" | "failed";
  };

interface DoorbellOptions {
  /** Of the room's doorbell at the server. */
  readonly address: string;
  /** The newest owner key. */
  readonly ownerKey: () => string | undefined;
  readonly browser: BrowserBell;
  readonly words: NoticeWords;
  readonly fetch?: Ask;
}

/** The part of `fetch` that is used. */
type Ask = (
  address: string,
  request: {
    readonly headers: Record<string, string>;
    readonly method?: string;
    readonly body?: string;
  },
) => Promise<Response>;

/** The switch of one room. */
export class DoorbellStore {
  readonly state = signal<DoorbellState>({ kind: "looking" });
  readonly #options: DoorbellOptions;
  #key: string | undefined;

  constructor(options: DoorbellOptions) {
    this.#options = options;
  }

  /** Asks server and browser how it stands. */
  async look(): Promise<void> {
    const { browser } = this.#options;
    if (browser.absent !== undefined) return this.#absent(browser.absent);
    const answer = await this.#ask().catch(() => undefined);
    const told = factsIn(answer?.ok === true ? await answer.json().catch(() => {}) : {});
    if (told.off !== undefined) return this.#absent(told.off);
    if (told.key === undefined) return this.#absent("unreachable");
    this.#key = told.key;
    const held = await browser.subscription().catch(() => undefined);
    const isOn = held?.key === told.key &&
      told.bells.includes(await browser.digest(held.endpoint));
    // Also a bell that was switched on before the page kept any. One that seems to be off may wait
    // for the worker to renew it.
    if (isOn) await this.#keep(held);
    this.state.value = { kind: isOn ? "on" : "off", isBusy: false };
  }

  /** Switches it, by the hand of a person, so that the browser may ask for permission. */
  async set(on: boolean): Promise<void> {
    const { kind } = this.state.value;
    if (kind === "looking" || kind === "absent" || this.#key === undefined) return;
    this.state.value = { kind: on ? "on" : "off", isBusy: true };
    const trouble = await (on ? this.#add(this.#key) : this.#remove()).catch(() =>
      "failed" as const
    );
    this.state.value = trouble === undefined
      ? { kind: on ? "on" : "off", isBusy: false }
      : { kind, isBusy: false, trouble };
  }

  async #add(key: string): Promise<"denied" | "failed" | undefined> {
    const { browser, words } = this.#options;
    if (!await browser.allow()) return "denied";
    await browser.keepWords(words);
    const made = await browser.subscribe(key);
    const { endpoint, p256dh, auth } = made;
    const { ok } = await this.#ask({ does: "add", endpoint, p256dh, auth });
    if (!ok) return "failed";
    await this.#keep(made);
    return undefined;
  }

  /** The subscription stays, because other rooms may use it. */
  async #remove(): Promise<"failed" | undefined> {
    const held = await this.#options.browser.subscription();
    if (held !== undefined) {
      const { ok } = await this.#ask({ does: "remove", endpoint: held.endpoint });
      if (!ok) return "failed";
    }
    await this.#keep(undefined);
    return undefined;
  }

  async #keep(bell: Subscribed | undefined): Promise<void> {
    const { browser, address } = this.#options;
    // Without storage the bell rings until the browser replaces the subscription.
    await browser.keepBell(address, bell).catch(() => {});
  }

  async #ask(body?: DoorbellRequest): Promise<Response> {
    const { address, ownerKey, fetch: ask = askServer } = this.#options;
    const headers = { authorization: `Bearer ${ownerKey() ?? ""}` };
    return await ask(
      address,
      body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) },
    );
  }

  #absent(why: NoBell): void {
    this.state.value = { kind: "absent", why };
  }
}

const askServer: Ask = (address, request) => fetch(address, request);

interface Told {
  readonly key?: string;
  readonly off?: NoDoorbell;
  readonly bells: readonly unknown[];
}

function factsIn(answer: unknown): Told {
  const field = (name: string): unknown => Reflect.get(Object(answer), name);
  const [key, off, bells] = [field("key"), field("off"), field("bells")];
  return {
    ...typeof key === "string" && { key },
    ...(off === "setting" || off === "no-state") && { off },
    bells: Array.isArray(bells) ? bells : [],
  };
}
