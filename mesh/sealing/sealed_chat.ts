/**
 * The chat of a sealed room: each line, and each change of one, is sealed with a key of its author
 * and chained to the author's line before it. Invariants:
 * 1 Own lines go out one at a time: the next is sealed after the server has taken or refused the
 *   one before, and a line that is sent again is the same bytes.
 * 2 A line that cannot be opened, or whose place in its author's chain is not the next, is told as
 *   missing lines.
 * 3 A private line is sealed once more, with a key that only its two members have, and so is each
 *   change of it; what is not, is neither sent nor shown as private.
 * 4 Somebody who knows a former link only can add nothing once its keys have ended.
 */
import {
  type ChatLine,
  type EditChat,
  type ErrorReply,
  limits,
  personName,
  type SendChat,
  type SendSealedLine,
  type Welcome,
} from "../../protocol/mod.ts";
import * as is from "../../protocol/schema.ts";
import { checked, readJson } from "../../protocol/parse.ts";
import {
  type Bytes,
  bytesOf,
  fromBase64url,
  joined,
  numberIn,
  packed,
  sha256,
  textIn,
  toBase64url,
  unpacked,
} from "./bytes.ts";
import { padded } from "./card.ts";
import { type RoomKeys, SealingKey, version } from "./room_keys.ts";
import { type ChatHead, formerKeysMs } from "./sealed_member.ts";
import type { SealedInside } from "./sealed_inside.ts";

/** What a page writes in the chat. */
export type ChatMessage = SendChat | EditChat;

interface Waiting {
  readonly message: ChatMessage;
  /** As it was sent; undefined: not yet. */
  sealed?: SendSealedLine;
  /** What it says: a private line may be sealed with keys that its members no longer have. */
  content?: Content;
}

/** What a line says besides its text. */
interface LineFacts {
  readonly answers?: string;
  /** The `ref` of the line that it changes. */
  readonly changes?: string;
  /** The line that it changes is deleted. */
  readonly deletes?: boolean;
  /** The receiver of a private line. */
  readonly to?: string;
}

interface Content extends LineFacts {
  readonly name: string;
  readonly text: string | null;
}

const ref = is.text({ least: 1, most: limits.chatRef });
const facts: is.Check<LineFacts> = is.object({}, {
  answers: ref,
  changes: ref,
  deletes: is.boolean,
  to: is.text({ least: 1, most: limits.peerId }),
});

const noHead: ChatHead = { count: 0, hash: "" };
const nonceBytes = 16;
const headBytes = 8 + nonceBytes;
/** Lines remembered to apply changes to; as many as RoomChat remembers. */
const linesMost = 2 * limits.recentChatLines;

/** The chat of one visit. */
export class SealedChat {
  readonly #inside: SealedInside;
  readonly #queue: Waiting[] = [];
  /** The last line of each chain, by author and nonce. */
  readonly #heads = new Map<string, ChatHead>();
  readonly #lines = new Map<string, ChatLine>();
  /** The last own line that the server has taken. */
  #own: ChatHead = noHead;

  /** When the link was changed last. */
  #changedAt = 0;
  readonly #unsubscribe: () => void;

  constructor(inside: SealedInside) {
    this.#inside = inside;
    this.#unsubscribe = inside.trust.subscribe(({ type }) => {
      if (type === "secret") this.#changedAt = inside.clock.now();
    });
  }

  close(): void {
    this.#unsubscribe();
  }

  /** The last own line, for members who come later. */
  get head(): ChatHead {
    return this.#own;
  }

  /** Sends a line or a change, after those before it. */
  async send(message: ChatMessage): Promise<void> {
    const isKnown = this.#queue.some((waiting) => isSame(waiting.message, message));
    if (isKnown) return;
    // The newest change of a line replaces those that were not sent.
    const outdated = this.#queue.findIndex((waiting) =>
      waiting.sealed === undefined && waiting.message.type === "edit" &&
      message.type === "edit" && waiting.message.ref === message.ref
    );
    if (outdated >= 0) this.#queue.splice(outdated, 1);
    this.#queue.push({ message });
    await this.#sendNext();
  }

  /** There is a new session: the line that waits for its echo goes out again. */
  async resume(): Promise<void> {
    const [first] = this.#queue;
    if (first?.sealed !== undefined) this.#inside.transmit(first.sealed);
    else await this.#sendNext();
  }

  /** This page has another id and other keys: the line that waits is sealed anew. */
  startOver(): void {
    this.#own = noHead;
    const [first] = this.#queue;
    if (first !== undefined) first.sealed = undefined;
  }

  /** The error as if the line had not been sealed. */
  async refused(error: ErrorReply): Promise<ErrorReply> {
    const [first] = this.#queue;
    if (first?.sealed === undefined || error.about !== first.sealed.ref) return error;
    this.#queue.shift();
    await this.#sendNext();
    return { ...error, about: first.message.ref };
  }

  /** Opens a line from the server and delivers it. */
  async receive(sealed: ChatLine): Promise<void> {
    const line = await this.#open(sealed);
    if (line !== undefined) this.#inside.deliver({ type: "chat", line });
  }

  /** Opens the lines of a welcome. */
  async openLines({ missed, recent, gap }: Welcome): Promise<Pick<Welcome, "missed" | "recent">> {
    // What is lost is told already.
    if (gap) this.#heads.clear();
    return { missed: await this.#openAll(missed), recent: await this.#openAll(recent) };
  }

  /** A member has told its last line: what comes after it is its next. */
  learnHead(author: { readonly id: string; readonly nonce: Bytes }, head: ChatHead): void {
    const chain = chainOf(author.id, author.nonce);
    const { count } = this.#heads.get(chain) ?? head;
    if (head.count < count) return;
    this.#heads.set(chain, head);
    this.#tellMissing(author.id, head.count - count);
  }

  async #openAll(lines: readonly ChatLine[]): Promise<ChatLine[]> {
    const opened: ChatLine[] = [];
    for (const line of lines) {
      const one = await this.#open(line);
      if (one !== undefined) opened.push(one);
    }
    return opened;
  }

  async #sendNext(): Promise<void> {
    const [first] = this.#queue;
    if (first === undefined || first.sealed !== undefined) return;
    // It is set before the wait, so that nothing is sealed twice.
    const sealed = this.#seal(first);
    first.sealed = { type: "sealed-line", ref: "", text: "" };
    const line = await sealed;
    if (line === undefined) {
      this.#queue.shift();
      const code = "no-such-peer";
      this.#inside.deliver({ type: "error", code, message: code, about: first.message.ref });
      return await this.#sendNext();
    }
    first.sealed = line;
    this.#inside.transmit(line);
  }

  /** Undefined: the receiver of a private line is not there. */
  async #seal(waiting: Waiting): Promise<SendSealedLine | undefined> {
    const { message } = waiting;
    const { randomId, name } = this.#inside;
    // They may be others when everything is sealed.
    const [own, keys] = [this.#inside.own(), this.#inside.keys()];
    const isChange = message.type === "edit";
    const id = isChange ? randomId() : message.ref;
    const before = this.#lines.get(keyOf(own.id, message.ref));
    // Whether it is private is no longer known.
    if (isChange && before === undefined) return undefined;
    const content: Content = isChange
      ? { name: name(), text: message.text, changes: message.ref, to: before?.to?.peerId }
      : { name: name(), text: message.text, answers: message.answers, to: message.to };
    waiting.content = content;
    const open = contentBytes(content);
    const inner = content.to === undefined
      ? packed("open", open)
      : await this.#sealPrivately(open, { to: content.to, id });
    if (inner === undefined) return undefined;
    const { count, hash } = this.#own;
    const plain = padded(packed(count + 1, hash, inner));
    const key = await keys.memberKey("chat", own);
    const sealed = await key.seal(plain, about(keys, own.id, id));
    const text = toBase64url(joined(bytesOf(keys.epoch), own.nonce, sealed));
    return { type: "sealed-line", ref: id, text };
  }

  async #sealPrivately(
    open: Bytes,
    { to, id }: { readonly to: string; readonly id: string },
  ): Promise<Bytes | undefined> {
    const key = await this.#privateKey(to);
    // Of this line only: everybody with the link can make lines.
    const line = packed("private", this.#inside.own().id, id);
    return key && packed("private", await key.seal(packed(open), line));
  }

  async #privateKey(peerId: string): Promise<SealingKey | undefined> {
    const pair = this.#inside.member(peerId)?.pair;
    return pair && await SealingKey.of(await pair.derive(packed("private")));
  }

  /** A line as its author wrote it; undefined: it is not for this page, or cannot be opened. */
  async #open(sealed: ChatLine): Promise<ChatLine | undefined> {
    const own = this.#inside.own();
    const { from, ref: id, text } = sealed;
    const bytes = text === null ? undefined : fromBase64url(text);
    if (bytes === undefined || text === null || bytes.length < headBytes) {
      return this.#refuse(sealed);
    }
    const keys = this.#inside.keysOf(numberIn(bytes.slice(0, 8)));
    // It is older than this page's link, or somebody who was removed may have sealed it.
    if (keys === undefined || this.#hasEnded(keys)) return undefined;
    const nonce = bytes.slice(8, headBytes);
    const key = await keys.memberKey("chat", { id: from, nonce });
    const plain = await key.open(bytes.slice(headBytes), about(keys, from, id));
    const [count, hash, inner] = plain && unpacked(plain, 3) || [];
    if (count === undefined || hash === undefined || inner === undefined) {
      return this.#refuse(sealed);
    }
    const place = { count: numberIn(count), before: textIn(hash), text };
    const isNew = await this.#follow({ from, nonce, ...place });
    if (!isNew && from !== own.id) return undefined;
    const echoed = from === own.id ? await this.#handleEcho(id) : undefined;
    const content = echoed?.content ?? await this.#contentOf(sealed, inner);
    return content && this.#lineOf(sealed, content);
  }

  #hasEnded({ epoch }: RoomKeys): boolean {
    const { clock, keys } = this.#inside;
    return epoch !== keys().epoch && clock.now() >= this.#changedAt + formerKeysMs;
  }

  /** Takes a line's place in its author's chain; false: it was there before. */
  async #follow(line: {
    readonly from: string;
    readonly nonce: Bytes;
    readonly count: number;
    readonly before: string;
    readonly text: string;
  }): Promise<boolean> {
    const { from, nonce, count, before, text } = line;
    const chain = chainOf(from, nonce);
    const last = this.#heads.get(chain);
    if (last !== undefined && count <= last.count) return false;
    const hash = toBase64url(await sha256(bytesOf(text)));
    this.#heads.set(chain, { count, hash });
    if (nonce.join() === this.#inside.own().nonce.join()) this.#own = { count, hash };
    if (last === undefined) return true;
    const missing = count - last.count - 1;
    // A line was replaced by another one of the same place.
    const isReplaced = missing === 0 && last.hash !== before;
    this.#tellMissing(from, isReplaced ? 1 : missing);
    return true;
  }

  /** What has waited for this echo. */
  async #handleEcho(id: string): Promise<Waiting | undefined> {
    if (this.#queue[0]?.sealed?.ref !== id) return undefined;
    const echoed = this.#queue.shift();
    await this.#sendNext();
    return echoed;
  }

  /** What a line says; undefined: it is private, and for somebody else. */
  async #contentOf(sealed: ChatLine, inner: Bytes): Promise<Content | undefined> {
    const { from, ref } = sealed;
    const [kind, body] = unpacked(inner, 2) ?? [];
    if (kind === undefined || body === undefined) return undefined;
    if (textIn(kind) === "open") {
      const content = contentIn(body);
      const changed = this.#lines.get(keyOf(from, content?.changes ?? ""));
      const isPrivate = content?.to !== undefined || changed?.to !== undefined;
      return isPrivate ? this.#refuse(sealed) : content;
    }
    const { own, members } = this.#inside;
    // An own private line does not say for whom it is before it is opened.
    const others = from === own().id ? [...members()].map(({ peerId }) => peerId) : [from];
    for (const other of others) {
      const key = await this.#privateKey(other);
      const plain = await key?.open(body, packed("private", from, ref));
      const [open] = plain && unpacked(plain, 1) || [];
      if (open !== undefined) return contentIn(open);
    }
    return undefined;
  }

  /** The line to show: a new one, or the changed version of an earlier one. */
  #lineOf(sealed: ChatLine, content: Content): ChatLine {
    const { id, from, at } = sealed;
    const { name, text, answers, changes, to } = content;
    const before = changes === undefined ? undefined : this.#lines.get(keyOf(from, changes));
    const receiver = to === undefined ? undefined : { peerId: to, name: this.#inside.nameOf(to) };
    const line: ChatLine = {
      ...before ?? { id, at, ref: changes ?? sealed.ref, from, name },
      text,
      ...changes !== undefined && { changed: id },
      ...receiver !== undefined && { to: before?.to ?? receiver },
      ...answers !== undefined && { answers },
    };
    const key = keyOf(from, line.ref);
    this.#lines.delete(key);
    this.#lines.set(key, line);
    const [oldest] = this.#lines.keys();
    if (this.#lines.size > linesMost && oldest !== undefined) this.#lines.delete(oldest);
    return line;
  }

  /** A line that its author did not seal. */
  #refuse({ from }: ChatLine): undefined {
    this.#inside.trust.raise(from, "altered");
    this.#tellMissing(from, 1);
  }

  #tellMissing(from: string, count: number): void {
    if (count <= 0) return;
    this.#inside.deliver({ type: "chat-missing", from, name: this.#inside.nameOf(from), count });
  }
}

function about({ room, epoch }: RoomKeys, from: string, id: string): Bytes {
  return packed("line", version, room, epoch, from, id);
}

function contentBytes({ name, text, ...rest }: Content): Bytes {
  const all: LineFacts = text === null ? { ...rest, deletes: true } : rest;
  return packed(name, text ?? "", JSON.stringify(all));
}

function contentIn(bytes: Bytes): Content | undefined {
  const [name, text, rest] = unpacked(bytes, 3) ?? [];
  const shown = name && personName(textIn(name));
  const read = rest && checked(facts, readJson(textIn(rest)));
  if (text === undefined || shown === undefined || !read?.ok) return undefined;
  const { deletes, ...others } = read.message;
  return { ...others, name: shown, text: deletes === true ? null : textIn(text) };
}

function isSame(one: ChatMessage, other: ChatMessage): boolean {
  return one.type === other.type && one.ref === other.ref && one.text === other.text;
}

function chainOf(id: string, nonce: Bytes): string {
  return `${id} ${nonce.join()}`;
}

function keyOf(from: string, ref: string): string {
  return `${from} ${ref}`;
}
