// Who may receive which chat lines, whether they come live, as missed or as recent.

import { assert, assertEquals } from "../../assert.ts";
import type { ChatLine, LineKey, PeerId, Welcome } from "../../../protocol/mod.ts";
import type { ChatHistory, Incoming } from "../../../signaling/mod.ts";

interface Asked {
  readonly message: Incoming | undefined;
  readonly room: string | undefined;
  readonly selfId: PeerId | undefined;
}

interface Listener {
  readonly room: string | undefined;
  readonly selfId: PeerId | undefined;
  readonly revision: number;
}

interface Count {
  lines: number;
  privates: number;
  edits: number;
  history: number;
}

export class ChatModel {
  /** The ref of the last new line. */
  newest = "r0";
  readonly #history: ChatHistory;
  readonly #reached: Count;
  /** The latest text of each line. */
  readonly #texts = new Map<string, string | null>();
  /** The revision up to which the lines of an epoch are not for a peer. */
  readonly #firsts = new Map<string, number>();
  /** The epoch of each peer's room, by its last welcome. */
  readonly #epochs = new Map<string, number>();
  /** Token → the epoch of the room it was minted in, and the first of its peer there. */
  readonly #minted = new Map<string, { epoch: number; first: number }>();
  /** The latest version of each line, by the epoch of its room. */
  readonly #lines = new Map<string, ChatLine>();
  #asked: Asked | undefined;

  constructor(history: ChatHistory, reached: Count) {
    this.#history = history;
    this.#reached = reached;
  }

  asked(message: Incoming | undefined, who: Omit<Asked, "message">): void {
    this.#asked = { message, ...who };
  }

  /** Checks a line that arrived; returns the revision that its receiver knows after it. */
  live(line: ChatLine, { room, selfId, revision }: Listener): number {
    const { message, selfId: asker } = this.#asked ?? {};
    const key = keyOf(this.#epochs.get(`${room} ${selfId}`), line);
    if (line.changed === undefined && !this.#texts.has(key)) {
      const type = line.name === "" ? "sealed-line" : "chat";
      assert(message?.type === type && asker === line.from, "a line of another peer");
      this.#texts.set(key, line.text);
      this.newest = line.ref;
    } else if (this.#texts.get(key) !== line.text) {
      if (message?.type === "delete-line") {
        assertEquals([message.from, message.ref, null], [line.from, line.ref, line.text]);
      } else {
        assert(message?.type === "edit" && asker === line.from, "a change by another");
        assertEquals(message.text, line.text);
      }
      assert(this.#texts.get(key) !== null, "what was taken back is back");
      this.#texts.set(key, line.text);
      this.#reached.edits++;
    }
    this.#lines.set(nameOf(this.#epochs.get(`${room} ${selfId}`), line), line);
    this.#allowed(line, { room, selfId });
    if (line.to === undefined) this.#reached.lines++;
    else this.#reached.privates++;
    const isOrdered = line.to === undefined && line.changed === undefined;
    if (isOrdered && line.id > revision) {
      assertEquals(line.id, revision + 1, "a gap in the revisions");
      return line.id;
    }
    // Other lines have no revision: they make neither a gap nor a step.
    assert((line.changed ?? line.id) <= revision, "a place that was never told");
    return revision;
  }

  /** `resume`: the token in the answered join, which may have waited long. */
  welcomed(
    { missed, recent, room, peerId, epoch, revision, resumeToken }: Welcome,
    resume: string | undefined,
  ): void {
    this.#epochs.set(`${room} ${peerId}`, epoch);
    const visit = `${room} ${epoch} ${peerId}`;
    const shown = resume === undefined ? undefined : this.#minted.get(resume);
    // A member of an earlier epoch may read everything of this one, and a client with a
    // token of this one all that the token's peer may.
    const shownFirst = shown?.epoch === epoch ? shown.first : 0;
    const before = this.#firsts.get(visit) ?? (resume === undefined ? revision : Infinity);
    const first = resume === undefined ? before : Math.min(before, shownFirst);
    this.#firsts.set(visit, first);
    this.#minted.set(resumeToken, { epoch, first });
    this.#reached.history += recent.length;
    assert(missed.length === 0 || recent.length === 0, "both missed and recent");
    for (const line of [...missed, ...recent]) {
      this.#allowed(line, { room, selfId: peerId });
      assert(line.text === this.#texts.get(keyOf(epoch, line)), "not its latest text");
      assert(Math.max(line.id, line.changed ?? 0) <= revision, "a line of the future");
    }
    const ids = [...missed, ...recent].map(({ id }) => id);
    assertEquals(ids, ids.toSorted((a, b) => a - b), "lines out of order");
  }

  /** Checks that a line may be named to a listener; returns it. */
  named(key: LineKey, listener: Pick<Listener, "room" | "selfId">): ChatLine {
    const line = this.#lines.get(
      nameOf(this.#epochs.get(`${listener.room} ${listener.selfId}`), key),
    );
    assert(line, "a line that nobody has sent");
    this.#allowed(line, listener);
    return line;
  }

  #allowed(
    { to, from, id }: ChatLine,
    { room, selfId = "" }: Pick<Listener, "room" | "selfId">,
  ): void {
    if (to !== undefined) {
      return assert([from, to.peerId].includes(selfId), "a private line at a third");
    }
    if (this.#history === "while-occupied" || from === selfId) return;
    const epoch = this.#epochs.get(`${room} ${selfId}`);
    const first = this.#firsts.get(`${room} ${epoch} ${selfId}`) ?? 0;
    assert(id > first, "a line from before one came");
  }
}

function nameOf(epoch: number | undefined, { from, ref }: LineKey): string {
  return `${epoch} ${from} ${ref}`;
}

/** `epoch`: no two rooms have the same in these worlds. */
function keyOf(epoch: number | undefined, { from, ref, id }: ChatLine): string {
  return `${epoch} ${from} ${ref} ${id}`;
}
