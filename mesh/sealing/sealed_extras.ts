/** What a sealed room needs after the first pictures: chat, notes, the lobby, new links. */
import {
  type ChatMessage,
  type ClientMessage,
  type DoorChanged,
  type ErrorReply,
  type Knocks,
  type NoteFrom,
  type PeerId,
  type PeerLeft,
  type React,
  type Report,
  type Welcome,
} from "../../protocol/mod.ts";
import * as is from "../../protocol/schema.ts";
import { linkReports, reaction } from "../../protocol/fields.ts";
import { LinkChange } from "./link_change.ts";
import { namesOf } from "./names.ts";
import { SealedChat } from "./sealed_chat.ts";
import type { SealedInside } from "./sealed_inside.ts";
import type { PairMessage, SealedMember } from "./sealed_member.ts";

export { openNames } from "./names.ts";

/** What the server sends that can wait for this code, and is delivered as it is without it. */
export type LateMessage = ErrorReply | PeerLeft;

/** What the server sends that needs this code. */
export type SealedLate = ChatMessage | NoteFrom | Knocks | DoorChanged;

/** What a page sends with this code. */
export type LateSend = Extract<ClientMessage, { type: "chat" | "edit" | "react" | "report" }>;

const note = is.object({ count: is.integer({ least: 1, most: Number.MAX_SAFE_INTEGER }) }, {
  reaction,
  links: linkReports,
});

/** ms between two reports of this page; a newer one replaces one that waits. */
const reportMs = 3_000;

/** The late parts of one SealedRoom. */
export class SealedExtras {
  readonly #inside: SealedInside;
  readonly #chat: SealedChat;
  readonly #link: LinkChange;
  #notes = 0;
  #report: Report | undefined;
  #cancelReport: (() => void) | undefined;

  constructor(inside: SealedInside) {
    this.#inside = inside;
    this.#chat = new SealedChat(inside);
    this.#link = new LinkChange(inside);
  }

  async send(message: LateSend): Promise<void> {
    switch (message.type) {
      case "chat":
      case "edit":
        return await this.#chat.send(message);
      case "react":
        return await this.#react(message);
      case "report":
        this.#report = message;
        this.#cancelReport ??= this.#inside.clock.after(0, () => {
          void this.#inside.queue(() => this.#sendReport());
        });
        return;
      default:
        return message satisfies never;
    }
  }

  /** This page asks the server to remove a member: after that it changes the link. */
  willRemove(peerId: PeerId): void {
    this.#link.willRemove(peerId);
  }

  /** There is a new session. */
  async resume(door: string): Promise<void> {
    // It waits for its own turn, which comes after this one.
    void this.#link.resume(door);
    await this.#chat.resume();
  }

  /** This page has another id from now on. */
  startOver(): void {
    this.#chat.startOver();
  }

  async receive(message: LateMessage | SealedLate): Promise<void> {
    const { deliver } = this.#inside;
    switch (message.type) {
      case "chat":
        return await this.#chat.receive(message.line);
      case "note":
        return await this.#openNote(message);
      case "knocks":
        return deliver({ ...message, knocks: await this.#withNames(message.knocks) });
      case "error":
        if (this.#link.handleError(message)) return;
        return deliver(await this.#chat.refused(message));
      case "door-changed":
        return await this.#link.handleDoor(message);
      case "peer-left":
        deliver(message);
        return await this.#link.handleLeft(message);
      default:
        return message satisfies never;
    }
  }

  openLines(welcome: Welcome): Promise<Pick<Welcome, "missed" | "recent">> {
    return this.#chat.openLines(welcome);
  }

  /** A member has just got the own hello: tells it the own last line. */
  greet(peerId: PeerId): void {
    const { head } = this.#chat;
    if (head.count > 0) this.#inside.sendTo(peerId, { head });
  }

  async handlePairMessage(member: SealedMember, message: PairMessage): Promise<void> {
    if (message.head !== undefined && member.hello !== undefined) {
      this.#chat.learnHead(member.hello, message.head);
    }
    await this.#link.handlePairMessage(member, message);
  }

  close(): void {
    this.#cancelReport?.();
    this.#chat.close();
    this.#link.close();
  }

  async #react({ reaction }: React): Promise<void> {
    await this.#sendNote({ reaction });
    // The server sends a note to the others only.
    const { deliver, own } = this.#inside;
    deliver({ type: "reaction", peerId: own().id, reaction });
  }

  async #sendReport(): Promise<void> {
    this.#cancelReport = this.#inside.clock.after(reportMs, () => {
      this.#cancelReport = undefined;
      if (this.#report !== undefined) void this.send(this.#report);
    });
    const links = this.#report?.links;
    this.#report = undefined;
    if (links !== undefined) await this.#sendNote({ links });
  }

  async #sendNote(content: Pick<React, "reaction"> | Pick<Report, "links">): Promise<void> {
    const text = await this.#inside.seal().seal("note", { count: ++this.#notes, ...content });
    this.#inside.transmit({ type: "note", note: text });
  }

  async #openNote({ from: peerId, note: text }: NoteFrom): Promise<void> {
    const value = await this.#inside.member(peerId)?.openNote(text);
    const { deliver } = this.#inside;
    try {
      const { reaction, links } = note(value, "");
      if (reaction !== undefined) deliver({ type: "reaction", peerId, reaction });
      if (links !== undefined) deliver({ type: "peer-report", peerId, links });
    } catch {
      // Of a newer version of the page, or not opened, which is told already.
    }
  }

  async #withNames(knocks: Knocks["knocks"]): Promise<Knocks["knocks"]> {
    const names = await namesOf(
      this.#inside.keys(),
      knocks.map(({ knockId, sealed }) => ({ peerId: knockId, sealed })),
    );
    return knocks.map((knock, index) => ({ ...knock, name: names[index] ?? "?" }));
  }
}
