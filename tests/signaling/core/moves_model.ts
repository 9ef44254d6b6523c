// What a model of all clients knows of moves to other devices; part of world.ts.

import { createHash } from "node:crypto";
import { assert, assertEquals } from "../../assert.ts";
import { moveLimits, type MoveUpdate, type PeerId, type Welcome } from "../../../protocol/mod.ts";
import type {
  Incoming,
  Input,
  Outgoing,
  ResumeClaims,
  Tokens,
} from "../../../signaling/core/core_types.ts";
import type { Reached } from "./reached.ts";

interface Offer {
  readonly room: string;
  readonly selfId: PeerId;
  readonly since: number;
  readonly claim: string;
}

interface Member {
  readonly room: string | undefined;
  readonly selfId: PeerId | undefined;
}

/** Whether a message is about a move. */
export function isMoveUpdate(message: Outgoing): message is MoveUpdate {
  return message.type.startsWith("move-");
}

/** The codes that were offered, and which device has each membership. */
export class MovesModel {
  readonly #reached: Reached;
  readonly #tokens: Tokens<ResumeClaims>;
  /** By parcel. */
  readonly #offers = new Map<string, Offer>();
  /** By room and peer. */
  readonly #devices = new Map<string, number>();
  #codes = 0;

  constructor(reached: Reached, tokens: Tokens<ResumeClaims>) {
    this.#reached = reached;
    this.#tokens = tokens;
  }

  /** A new code, as a member offers it. */
  newOffer(): Incoming {
    const claim = createHash("sha256").update(`code ${++this.#codes}`).digest("base64url");
    return { type: "offer-move", claim, parcel: `parcel ${this.#codes}` };
  }

  /** A claim of one of the last codes, counted from the newest. */
  claim(back: number): Incoming & { type: "claim-move" } {
    const code = this.#codes - back;
    const { room } = this.#offers.get(`parcel ${code}`) ?? { room: "a" };
    return { type: "claim-move", room, claim: `code ${code}` };
  }

  /** A client sends a message. */
  asked({ room, selfId }: Member, message: Incoming | undefined, now: number): void {
    if (message?.type !== "offer-move" || room === undefined || selfId === undefined) return;
    this.#offers.set(message.parcel, { room, selfId, since: now, claim: message.claim });
  }

  /** A client has received an answer; returns the token in it. */
  received(message: MoveUpdate, input: Input, now: number): string[] {
    if (message.type === "move-taken") return [message.resume];
    if (message.type !== "move-parcel") return [];
    const offer = this.#offers.get(message.parcel);
    assert(offer !== undefined, "a parcel that nobody offers, or twice");
    this.#offers.delete(message.parcel);
    const asked = input.kind === "message" ? input.message : undefined;
    assert(asked?.type === "claim-move", "a parcel that nobody asked for");
    assertEquals(createHash("sha256").update(asked.claim).digest("base64url"), offer.claim);
    assertEquals(asked.room, offer.room);
    assert(now - offer.since < moveLimits.offerMs, "a code that is too old");
    const claims = this.#tokens.read(message.resume, 0);
    assertEquals([claims?.room, claims?.peerId], [offer.room, offer.selfId]);
    this.#reached.claims++;
    return [message.resume];
  }

  /** A client has been welcomed after a join with this token. */
  welcomed({ room, peerId, resumed, resumeToken }: Welcome, shown: string | undefined): void {
    const membership = `${room}/${peerId}`;
    const device = this.#tokens.read(resumeToken, 0)?.device ?? 0;
    const before = resumed ? this.#devices.get(membership) ?? 0 : 0;
    assert(device >= before, "a device took back what had moved on");
    const claims = shown === undefined ? undefined : this.#tokens.read(shown, 0);
    if (resumed && device > before) {
      this.#reached.takenOver++;
      assertEquals([claims?.device, claims?.peerId], [device, peerId], "moved without a token");
    }
    this.#devices.set(membership, device);
  }
}
