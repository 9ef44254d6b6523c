// What each client knows of reactions and of the pinned line, and whether it may know it.

import { assert, assertEquals } from "../../assert.ts";
import type { LineKey, Mark, Marks, PeerId, Pinned } from "../../../protocol/mod.ts";
import { mayRead } from "../../../signaling/core/chat_log.ts";
import type { Incoming } from "../../../signaling/core/core_types.ts";
import type { CoreState } from "../../../signaling/core/state.ts";
import type { ChatModel } from "./chat_model.ts";

interface Client {
  readonly open: boolean;
  readonly room: string | undefined;
  readonly selfId: PeerId | undefined;
}

interface Asked {
  readonly message: Incoming | undefined;
  readonly selfId: PeerId | undefined;
}

/** What a client was sent since it asked. */
interface View {
  readonly marks: Map<string, readonly Mark[]>;
  pinned: Pinned["line"];
}

interface Count {
  marks: number;
  marksAsked: number;
  pins: number;
}

export class MarksModel {
  readonly #chat: ChatModel;
  readonly #reached: Count;
  readonly #views = new Map<Client, View>();
  #asked: Asked | undefined;

  constructor(chat: ChatModel, reached: Count) {
    this.#chat = chat;
    this.#reached = reached;
  }

  asked(message: Incoming | undefined, selfId: PeerId | undefined): void {
    this.#asked = { message, selfId };
  }

  forget(client: Client): void {
    this.#views.delete(client);
  }

  received(client: Client, message: Marks | Pinned): void {
    if (message.type === "marks") this.#marked(client, message);
    else this.#pinned(client, message);
  }

  #marked(client: Client, { lines }: Marks): void {
    const { message, selfId } = this.#asked ?? {};
    for (const line of lines) this.#chat.named(line, client);
    if (message?.type === "ask-marks" && selfId === client.selfId) {
      this.#reached.marksAsked += lines.length;
      const marks = new Map(lines.map((line) => [nameOf(line), line.marks]));
      this.#views.set(client, { marks, pinned: null });
      return;
    }
    assert(message?.type === "mark", "reactions out of nowhere");
    const [line] = lines;
    assert(line && lines.length === 1 && nameOf(line) === nameOf(message), "of another line");
    this.#reached.marks++;
    const view = this.#views.get(client);
    const before = view?.marks.get(nameOf(line));
    view?.marks.set(nameOf(line), line.marks);
    if (before === undefined) return;
    const textOf = ({ peerId, sign }: Mark) => `${peerId} ${sign}`;
    const own = `${selfId} ${message.sign}`;
    const others = before.map(textOf).filter((text) => text !== own);
    const wanted = message.on ? [...others, own] : others;
    assertEquals(line.marks.map(textOf), wanted, "a reaction of somebody else");
  }

  #pinned(client: Client, { line }: Pinned): void {
    const { message } = this.#asked ?? {};
    this.#reached.pins++;
    if (line !== null) {
      const named = this.#chat.named(line, client);
      assert(named.to === undefined && line.text !== null, "a pinned line that is private or gone");
    }
    const types = ["pin", "ask-marks", "edit", undefined];
    assert(types.includes(message?.type), `pinned by ${message?.type}`);
    const view = this.#views.get(client);
    if (view !== undefined) view.pinned = line;
  }

  /** What was told since a client asked is what it would get now. */
  check(core: CoreState): void {
    for (const [client, view] of this.#views) {
      const room = client.open ? core.rooms.get(client.room ?? "") : undefined;
      const session = room?.members.get(client.selfId ?? "");
      if (room === undefined || session === undefined) continue;
      for (const { line, marks } of room.chat.marked(session)) {
        // A deleted line shows none; nobody is told.
        if (line.text !== null) assertEquals(view.marks.get(nameOf(line)), marks);
      }
      const isForIt = room.pin !== undefined && mayRead(room.pin.line, session);
      assertEquals(view.pinned, isForIt ? room.pin?.line ?? null : null, "another line is pinned");
    }
  }
}

function nameOf({ from, ref }: LineKey): string {
  return `${from} ${ref}`;
}
