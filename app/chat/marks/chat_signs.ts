/** What a chat has besides its lines: reactions, the pinned line, and who writes and reads. */
import { effect } from "@preact/signals";
import type { LinkEvent } from "../../../mesh/mod.ts";
import type { PeerId } from "../../../protocol/mod.ts";
import { type ChatSign, readSign } from "./chat_message.ts";
import type { MarkBook, SignsOptions } from "./marked_call.ts";
import { PeerMarks } from "./peer_marks.ts";
import { Reading } from "./reading.ts";
import { ServerMarks } from "./server_marks.ts";

const topic = "chat";

/** The signs of one call, for its open and its sealed rooms. */
export class ChatSigns {
  readonly marks: MarkBook;
  readonly reading: Reading;
  readonly #options: SignsOptions;
  /** Undefined: the room is open. */
  readonly #peerMarks: PeerMarks | undefined;
  readonly #undos: (() => void)[];

  constructor(options: SignsOptions) {
    this.#options = options;
    const { call, entries } = options;
    const tell = (to: PeerId, sign: ChatSign) => call.session.links.tell(to, topic, sign);
    const isSealed = call.secret.peek() !== undefined;
    this.#peerMarks = isSealed ? new PeerMarks({ ...options, tell }) : undefined;
    this.marks = this.#peerMarks ?? new ServerMarks(call);
    this.reading = new Reading({ ...options, tell });
    this.#undos = [
      call.session.links.subscribe((event) => this.#follow(event)),
      effect(() => {
        const newest = entries.value.at(-1);
        if (newest?.kind === "line" && !newest.own) this.reading.handleLine(newest.from);
        this.reading.look();
      }),
    ];
    for (const { peerId, link } of call.room.peers.peek()) {
      if (link.peek().kind !== "connected") continue;
      this.#greet(peerId);
      // The link is older than this code.
      tell(peerId, { type: "ask" });
    }
  }

  /** Whether this person may pin a line. */
  get mayPin(): boolean {
    const { owners } = this.#options.call;
    return owners.owns || (owners.rules?.owners.length ?? 0) === 0;
  }

  /** Whether this person may react to lines. */
  get mayMark(): boolean {
    return this.#options.call.owners.may("chat");
  }

  /** A message of a peer about this topic. */
  receive(from: PeerId, body: unknown): void {
    const sign = readSign(body);
    switch (sign?.type) {
      case "ask":
        return this.#greet(from);
      case "writing":
      case "read":
        return this.reading.receive(from, sign);
      case "marks":
      case "pin":
        return this.#peerMarks?.receive(from, sign);
    }
  }

  close(): void {
    for (const undo of this.#undos) undo();
    this.marks.close();
    this.reading.close();
  }

  #follow(event: LinkEvent): void {
    if (event.type === "link" && event.link.kind === "connected") this.#greet(event.peerId);
  }

  #greet(peerId: PeerId): void {
    this.#peerMarks?.greet(peerId);
    this.reading.greet(peerId);
  }
}
