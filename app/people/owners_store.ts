/**
 * What the room's owners decided, whether oneself is one of them, and who waits for their word. Invariant: outside a
 * room nothing of it is known.
 */
import { signal } from "@preact/signals-core";
import { type Permission, type RoomEvent, subscribeTo } from "../../mesh/mod.ts";
import type { Invite, Knock, OwnershipUpdate, PeerId, Rules } from "../../protocol/mod.ts";
import type { Events, RoomEvents } from "../room/mod.ts";

/** The last word of each kind. */
type Said = { readonly [Word in OwnershipUpdate as Word["type"]]?: Word };

/** The rules of the room, read from one signal. */
export class OwnersStore {
  readonly #said = signal<Said>({});
  readonly #session: RoomEvents;
  readonly #unsubscribe: () => void;

  /** `keepKey`: a newer key of the room one is in. */
  constructor(
    session: RoomEvents & { readonly owners: Events<OwnershipUpdate> },
    keepKey: (room: string, ownerKey: string) => void,
  ) {
    this.#session = session;
    this.#unsubscribe = subscribeTo<RoomEvent | OwnershipUpdate>(
      [session, session.owners],
      (event) => {
        if (event.type === "state") return this.#follow(event.state.kind);
        if (event.type === "refused") return;
        this.#said.value = { ...this.#said.value, [event.type]: event };
        if (event.type === "owner-key" && session.state.kind === "joined") {
          keepKey(session.state.room, event.key);
        }
      },
    );
  }

  /** Undefined before the server has told them; older servers never do. */
  get rules(): Rules | undefined {
    return this.#said.value.rules;
  }

  /** One's own key, to be handed on. */
  get key(): string | undefined {
    return this.#said.value["owner-key"]?.key;
  }

  /** One waits for an owner's word; `heard`: there is one who can give it. */
  get knocking(): { readonly heard: boolean } | undefined {
    return this.#said.value.knocking;
  }

  /** Who waits at the door, the longest first; only owners are told. */
  get knocks(): readonly Knock[] {
    return this.#said.value.knocks?.knocks ?? [];
  }

  /** The invites that are good; only owners are told. */
  get invites(): readonly Invite[] {
    return this.#said.value.invites?.invites ?? [];
  }

  /** Whether this person is an owner. */
  get owns(): boolean {
    const { state } = this.#session;
    return "selfId" in state && this.isOwner(state.selfId);
  }

  /** Whether a member is an owner. */
  isOwner(peerId: PeerId): boolean {
    return this.rules?.owners.includes(peerId) ?? false;
  }

  /** Whether this person may do what owners can reserve to themselves. */
  may(permission: Permission): boolean {
    return this.rules?.[permission] !== "owners" || this.owns;
  }

  close(): void {
    this.#unsubscribe();
  }

  #follow(kind: RoomEvents["state"]["kind"]): void {
    // After a loss the rules are those of before, until the welcome says others.
    if (kind === "left" || kind === "joining") this.#said.value = {};
    else if (kind === "joined") this.#said.value = { ...this.#said.value, ...gone };
  }
}

/** What a welcome ends until the server says it again. */
const gone = { knocking: undefined, knocks: undefined, invites: undefined };
