/**
 * The administration as the page /admin shows it, over the REST interface (docs/api.md).
 * Invariants:
 * 1 The token is kept in this tab only, and only after the server accepts it.
 * 2 Only the answer to the newest request is shown; late answers are dropped.
 * 3 Every failure is shown; none looks like an empty server.
 */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import {
  adminFailure,
  type AdminNode,
  adminNodes,
  type AdminRoom,
  adminRoom,
  type AdminRoomInFull,
  adminRooms,
} from "../../protocol/admin.ts";
import { checked, readJson } from "../../protocol/parse.ts";
import type { Check } from "../../protocol/schema.ts";
import type { KeyStorage } from "../ui/preferences.ts";

/** Why the last request failed. `hasty`: too many wrong tokens; wait `seconds`. */
export type AdminTrouble =
  | { readonly kind: "wrong-token" }
  | { readonly kind: "hasty"; readonly seconds: number }
  | { readonly kind: "unreachable" }
  | { readonly kind: "refused"; readonly reason: string };

/** The place the page shows. */
export type AdminPlace =
  | { readonly kind: "door" }
  | { readonly kind: "rooms"; readonly rooms: readonly AdminRoom[] | undefined }
  | {
    readonly kind: "room";
    readonly name: string;
    /** Undefined: loading; null: it no longer exists. */
    readonly room: AdminRoomInFull | null | undefined;
  }
  /** The server is stopping on request. */
  | { readonly kind: "stopping" };

/** `base`: address of the pages. The rest is injectable for tests. */
export interface AdminOptions {
  readonly base: string;
  readonly storage:
    | Pick<KeyStorage, "getItem" | "setItem"> & { removeItem(key: string): void }
    | undefined;
  readonly fetch: typeof fetch;
}

const storageKey = "parley.admin";

/** One visit of the page. */
export class AdminStore {
  readonly #options: AdminOptions;
  readonly #place = signal<AdminPlace>({ kind: "door" });
  readonly #trouble = signal<AdminTrouble | undefined>(undefined);
  readonly #nodes = signal<readonly AdminNode[]>([]);
  #token = "";
  #asked = 0;

  constructor(options: AdminOptions) {
    this.#options = options;
    this.#token = this.#remembered();
    if (this.#token !== "") this.#place.value = { kind: "rooms", rooms: undefined };
  }

  get place(): ReadonlySignal<AdminPlace> {
    return this.#place;
  }

  get trouble(): ReadonlySignal<AdminTrouble | undefined> {
    return this.#trouble;
  }

  /** The nodes of the cluster; empty if the server is no node. */
  get nodes(): ReadonlySignal<readonly AdminNode[]> {
    return this.#nodes;
  }

  /** Sends the token to the server; true if the server accepts it. */
  async enter(token: string): Promise<boolean> {
    this.#token = token.trim();
    const answer = await this.#ask("GET", "rooms", adminRooms);
    if (answer === undefined) return false;
    this.#keep(this.#token);
    this.#place.value = { kind: "rooms", rooms: answer.rooms };
    await this.#refreshNodes();
    return true;
  }

  /** Forgets the token. */
  leave(): void {
    this.#asked++;
    this.#token = "";
    this.#keep(undefined);
    this.#trouble.value = undefined;
    this.#place.value = { kind: "door" };
  }

  /** Loads what is shown again. */
  async refresh(): Promise<void> {
    const place = this.#place.peek();
    if (place.kind === "rooms") {
      const answer = await this.#ask("GET", "rooms", adminRooms);
      if (answer === undefined) return;
      this.#place.value = { kind: "rooms", rooms: answer.rooms };
      await this.#refreshNodes();
    } else if (place.kind === "room") {
      const { name } = place;
      const room = await this.#ask("GET", `rooms/${encodeURIComponent(name)}`, adminRoom, null);
      if (room !== undefined) this.#place.value = { kind: "room", name, room };
    }
  }

  /** Opens one room, or the list of all rooms. */
  open(name: string | undefined): Promise<void> {
    this.#place.value = name === undefined
      ? { kind: "rooms", rooms: undefined }
      : { kind: "room", name, room: undefined };
    return this.refresh();
  }

  async remove(name: string, { peerId, ban }: { peerId: string; ban: boolean }): Promise<void> {
    const path = `rooms/${encodeURIComponent(name)}/peers/${encodeURIComponent(peerId)}`;
    await this.#ask("DELETE", ban ? `${path}?ban=1` : path, anything, null);
    await this.refresh();
  }

  /** Removes everyone and deletes the room's rules. */
  async close(name: string): Promise<void> {
    const done = await this.#ask("DELETE", `rooms/${encodeURIComponent(name)}`, anything, null);
    if (done !== undefined) await this.open(undefined);
  }

  /** Stops the server, or the node that answers, gracefully. */
  async drain(): Promise<void> {
    const done = await this.#ask("POST", "drain", anything);
    if (done !== undefined) this.#place.value = { kind: "stopping" };
  }

  async #refreshNodes(): Promise<void> {
    const answer = await this.#ask("GET", "nodes", adminNodes);
    if (answer !== undefined) this.#nodes.value = answer.nodes;
  }

  /**
   * Undefined: it failed, or a newer request began. `missing`: the result for a 404; without it, a
   * 404 is a failure.
   */
  async #ask<T>(method: string, path: string, check: Check<T>): Promise<T | undefined>;
  async #ask<T>(
    method: string,
    path: string,
    check: Check<T>,
    missing: null,
  ): Promise<T | null | undefined>;
  async #ask<T>(
    method: string,
    path: string,
    check: Check<T>,
    missing?: null,
  ): Promise<T | null | undefined> {
    const asked = ++this.#asked;
    const { base, fetch } = this.#options;
    const answer = await fetch(`${base}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}` },
    }).then(async (response) => ({ response, text: await response.text() }))
      .catch(() => undefined);
    if (asked !== this.#asked) return undefined;
    if (answer === undefined) return this.#fail({ kind: "unreachable" });
    const { response: { ok, status, headers }, text } = answer;
    if (status === 401) return this.#turnedAway();
    if (status === 429) {
      return this.#fail({ kind: "hasty", seconds: Number(headers.get("retry-after") ?? 1) });
    }
    this.#trouble.value = undefined;
    if (status === 404 && missing === null) return null;
    const value = text === "" ? null : readJson(text);
    if (!ok) {
      const said = checked(adminFailure, value);
      return this.#fail({ kind: "refused", reason: said.ok ? said.message.error : `${status}` });
    }
    const read = checked(check, value);
    return read.ok ? read.message : this.#fail({ kind: "refused", reason: read.reason });
  }

  #turnedAway(): undefined {
    this.leave();
    return this.#fail({ kind: "wrong-token" });
  }

  #fail(trouble: AdminTrouble): undefined {
    this.#trouble.value = trouble;
  }

  #remembered(): string {
    try {
      return this.#options.storage?.getItem(storageKey) ?? "";
    } catch {
      return "";
    }
  }

  #keep(token: string | undefined): void {
    try {
      if (token === undefined) this.#options.storage?.removeItem(storageKey);
      else this.#options.storage?.setItem(storageKey, token);
    } catch {
      // Storage is full or blocked: the next page asks again.
    }
  }
}

function anything(value: unknown): unknown {
  return value;
}
