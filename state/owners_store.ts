/**
 * What the room's owners decided, whether oneself is one of them, and who waits for their word. Invariant: outside a
 * room nothing of it is known.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { Deed } from "../mesh/mod.ts";
import type { Invite, Knock, PeerId, Rules } from "../protocol/mod.ts";
import type { RoomEvents } from "./room_store.ts";

/** What it is given. */
export interface OwnersParts {
  /** A newer key of the room one is in. */
  readonly keepKey: (room: string, ownerKey: string) => void;
  /** An owner asks for silence. */
  readonly askedToMute: (from: PeerId) => void;
}

/** The rules of the room as signals. */
export class OwnersStore {
  readonly #rules = signal<Rules | undefined>(undefined);
  readonly #knocking = signal<{ readonly heard: boolean } | undefined>(undefined);
  readonly #knocks = signal<readonly Knock[]>([]);
  readonly #invites = signal<readonly Invite[]>([]);
  readonly #selfId = signal<PeerId | undefined>(undefined);
  readonly #unsubscribe: () => void;
  /** Whether oneself is an owner. */
  readonly owns: ReadonlySignal<boolean> = computed(() =>
    this.#rules.value?.owners.includes(this.#selfId.value ?? "") ?? false
  );

  constructor(session: RoomEvents, { keepKey, askedToMute }: OwnersParts) {
    this.#unsubscribe = session.subscribe((event) => {
      switch (event.type) {
        case "state": {
          const { state } = event;
          this.#knocking.value = undefined;
          this.#selfId.value = "selfId" in state ? state.selfId : undefined;
          if (state.kind === "left" || state.kind === "joining") this.#clear();
          return;
        }
        case "rules":
          this.#rules.value = event;
          return;
        case "owner-key":
          if (session.state.kind === "joined") keepKey(session.state.room, event.key);
          return;
        case "knocking":
          this.#knocking.value = event;
          return;
        case "knocks":
          this.#knocks.value = event.knocks;
          return;
        case "invites":
          this.#invites.value = event.invites;
          return;
        case "mute-request":
          return askedToMute(event.from);
        default:
          return;
      }
    });
  }

  /** Undefined before the server has told them; older servers never do. */
  get rules(): ReadonlySignal<Rules | undefined> {
    return this.#rules;
  }

  /** One waits for an owner's word; `heard`: there is one who can give it. */
  get knocking(): ReadonlySignal<{ readonly heard: boolean } | undefined> {
    return this.#knocking;
  }

  /** Who waits at the door, the longest first; only owners are told. */
  get knocks(): ReadonlySignal<readonly Knock[]> {
    return this.#knocks;
  }

  /** The invites that are good; only owners are told. */
  get invites(): ReadonlySignal<readonly Invite[]> {
    return this.#invites;
  }

  /** Whether a member is an owner. */
  isOwner(peerId: PeerId): boolean {
    return this.#rules.value?.owners.includes(peerId) ?? false;
  }

  /** Whether oneself may do what owners can reserve to themselves. */
  may(deed: Deed): boolean {
    const rules = this.#rules.value;
    return rules === undefined || this.owns.value || rules[deed] === "everyone";
  }

  close(): void {
    this.#unsubscribe();
    this.#clear();
  }

  #clear(): void {
    this.#rules.value = undefined;
    this.#knocks.value = [];
    this.#invites.value = [];
  }
}
