/** Puts into a page what the other people's browsers would prove, for pictures of it. */
import type { Page } from "puppeteer-core";
import type { Trust } from "../../mesh/mod.ts";
import { waitFor } from "../../tests/rig/mod.ts";

/** What the viewer's page knows of a person. `past`: what it remembers from earlier visits. */
export interface StagedTrust {
  readonly trust: Trust;
  readonly past?: "compared" | "other-browser";
  readonly viewsDiffer?: boolean;
}

/** Everything to stage, in the order in which the others joined. */
export interface Staged {
  /** Whether the link has no secret. */
  readonly isOpen?: boolean;
  readonly people: readonly StagedTrust[];
  /** The name of somebody whom the first of them has removed. */
  readonly removed?: string;
}

/** Lets a page know this of the people of these names; nothing staged: takes it back. */
export async function stageTrust(page: Page, { names, staged }: {
  names: readonly string[];
  staged: Staged | undefined;
}): Promise<void> {
  await waitFor(() => page.$("#key-chat"), { what: "the parts that load late" });
  await page.evaluate(putTrust, names, staged);
}

declare global {
  // Put into the page by `keepRoots`.
  var __roots: object[] | undefined;
}

/** Runs in a page before its scripts: remembers what Preact renders into, by this property. */
export function keepRoots(): void {
  globalThis.__roots = [];
  Object.defineProperty(Object.prototype, "__k", {
    configurable: true,
    get: () => undefined,
    set(this: object, value: unknown) {
      Object.defineProperty(this, "__k", { value, writable: true, configurable: true });
      globalThis.__roots?.push(this);
    },
  });
}

/** Runs in the page: the session's trust answers what is staged; nothing staged: as it is. */
function putTrust(names: readonly string[], staged: Staged | undefined): void {
  interface Emitter {
    emit: (event: unknown) => void;
  }
  interface Call {
    room: { peers: { value: { peerId: string; peer: { value: { name: string } } }[] } };
    session: { trust: Emitter; roster: Emitter };
  }
  const find = (node: unknown): Call | undefined => {
    if (Array.isArray(node)) return node.map(find).find(Boolean);
    if (typeof node !== "object" || node === null) return undefined;
    const { __k: children, props }: { __k?: unknown; props?: { call?: Call } } = node;
    return props?.call?.session ? props.call : find(children);
  };
  const call = (globalThis.__roots ?? []).map(find).find(Boolean);
  if (call === undefined) throw new Error("the page has no call");
  const { trust, roster } = call.session;
  const views = call.room.peers.value;
  const of = (peerId: string) => {
    const view = views.find((each) => each.peerId === peerId);
    return staged?.people[names.indexOf(view?.peer.value.name ?? "")];
  };
  const identity = (name: string) => `${names.indexOf(name)}`.repeat(64);
  const past = names.flatMap((name, index) => {
    const { past } = staged?.people[index] ?? {};
    if (past === undefined) return [];
    const known = { identity: identity(name), name, at: 1, compared: true };
    return [past === "compared" ? known : { ...known, identity: "f".repeat(64) }];
  });
  localStorage.setItem("parley.people", JSON.stringify(past));
  const answers = {
    ...staged?.isOpen && { secret: undefined },
    of: (peerId: string) => of(peerId)?.trust ?? { kind: staged?.isOpen ? "open" : "checking" },
    words: (peerId: string) =>
      of(peerId)?.trust.kind === "verified" ? [9, 25, 44, 55, 36, 3, 63] : undefined,
    identity: (peerId: string) => {
      const view = views.find((each) => each.peerId === peerId);
      return view && identity(view.peer.value.name);
    },
    viewsDiffer: (peerId: string) => of(peerId)?.viewsDiffer ?? false,
  };
  for (const name of ["secret", ...Object.keys(answers)]) Reflect.deleteProperty(trust, name);
  for (const [name, value] of Object.entries(staged === undefined ? {} : answers)) {
    Object.defineProperty(trust, name, { value, configurable: true, writable: true });
  }
  if (staged?.removed !== undefined) {
    const peer = { peerId: "removed", name: staged.removed };
    roster.emit({ type: "peer-left", peer, reason: "kicked" });
  }
  const by = staged?.removed === undefined ? {} : { by: views[0]?.peerId };
  trust.emit({ type: "secret", secret: Reflect.get(trust, "secret"), ...by });
  for (const { peerId } of views) trust.emit({ type: "identity", peerId });
}
