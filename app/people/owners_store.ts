/**
 * The room's rules, whether the person is an owner, and who waits for admission. Invariant: empty
 * outside a room.
 */
import { signal } from "@preact/signals-core";
import { type Permission, type RoomEvent, subscribeTo } from "../../mesh/mod.ts";
import type {
  Invite,
  Knock,
  OwnershipUpdate,
  PeerId,
  PersonRight,
  Rules,
} from "../../protocol/mod.ts";
import type { Events, RoomEvents } from "../room/mod.ts";

/** The last message of each kind. */
type LastMessages = { readonly [Message in OwnershipUpdate as Message["type"]]?: Message };

/** The rules of the room as one signal. */
export class OwnersStore {
  /** What was taken away from this person; late code sets it. */
  readonly taken = signal<readonly PersonRight[]>([]);
  readonly #last = signal<LastMessages>({});
  readonly #session: RoomEvents;
  readonly #unsubscribe: () => void;

  /** `keepKey`: stores a newer key of the current room. */
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
        this.#last.value = { ...this.#last.value, [event.type]: event };
        if (event.type === "owner-key" && session.state.kind === "joined") {
          keepKey(session.state.room, event.key);
        }
      },
    );
  }

  /** Undefined before the server sends them; older servers never do. */
  get rules(): Rules | undefined {
    return this.#last.value.rules;
  }

  /** The person's owner key, for the owner link. */
  get key(): string | undefined {
    return this.#last.value["owner-key"]?.key;
  }

  /** The person is knocking; `heard`: an owner is present. */
  get knocking(): { readonly heard: boolean } | undefined {
    return this.#last.value.knocking;
  }

  /** The people who knock, longest wait first; only owners get this. */
  get knocks(): readonly Knock[] {
    return this.#last.value.knocks?.knocks ?? [];
  }

  /** The valid invites; only owners get this. */
  get invites(): readonly Invite[] {
    return this.#last.value.invites?.invites ?? [];
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

  /** Whether this person may do what owners can reserve for themselves. */
  may(permission: Permission): boolean {
    return !this.taken.value.includes(permission) &&
      (this.rules?.[permission] !== "owners" || this.owns);
  }

  close(): void {
    this.#unsubscribe();
  }

  #follow(kind: RoomEvents["state"]["kind"]): void {
    // After a lost connection the last rules stay until the next welcome.
    if (kind === "left" || kind === "joining") this.#last.value = {};
    else if (kind === "joined") this.#last.value = { ...this.#last.value, ...gone };
  }
}

/** Cleared by a welcome until the server sends it again. */
const gone = { knocking: undefined, knocks: undefined, invites: undefined };
