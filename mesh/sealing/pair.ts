/**
 * What two members seal for each other. Invariants:
 * 1 Only the two can make or open a message: its key is of their hellos, both of them, and of the
 *   direction. So the first message that opens proves that the other end has sent its hello itself.
 * 2 Messages of one direction are numbered from 1; a number counts once and never goes back.
 */
import {
  type Bytes,
  bytesOf,
  fromBase64url,
  joined,
  numberIn,
  packed,
  sha256,
  toBase64url,
} from "./bytes.ts";
import { type Hello, type OwnHello, sharedSecret, transcriptOf } from "./hello.ts";
import { derived, hkdfKey, type RoomKeys, SealingKey, version } from "./room_keys.ts";

/** A message of the other end, or why there is none. */
export type Opened =
  /** `missing`: how many before it have not come. */
  | { readonly kind: "message"; readonly text: Bytes; readonly missing: number }
  /** Of another page of this member, or of an older one of this page: nothing is known about it. */
  | { readonly kind: "foreign" }
  | { readonly kind: "altered" }
  | { readonly kind: "replayed" };

const tagBytes = 8;
const headBytes = tagBytes + 8;

interface Direction {
  readonly key: SealingKey;
  readonly from: string;
  readonly to: string;
  /** The number of the last message. */
  last: number;
}

/** One pair, as long as neither of its hellos changes. */
export class Pair {
  /** For keys that other parts derive; see safety_words.ts. */
  readonly derive: (info: Bytes) => Promise<Bytes>;
  readonly #keys: RoomKeys;
  /** Names the two hellos, so that a message for other ones is not taken for an altered one. */
  readonly #tag: Bytes;
  readonly #out: Direction;
  readonly #in: Direction;

  private constructor(
    keys: RoomKeys,
    { derive, tag, out, into }: {
      derive: Pair["derive"];
      tag: Bytes;
      out: Direction;
      into: Direction;
    },
  ) {
    this.#keys = keys;
    this.derive = derive;
    this.#tag = tag;
    this.#out = out;
    this.#in = into;
  }

  /** Undefined: the other hello has no valid key. */
  static async between(keys: RoomKeys, own: OwnHello, other: Hello): Promise<Pair | undefined> {
    const secret = await sharedSecret(own, other);
    if (secret === undefined) return undefined;
    const hellos = own.id < other.id ? [own, other] : [other, own];
    const transcript = await sha256(packed(...hellos.map(transcriptOf)));
    const [base, salt] = await Promise.all([hkdfKey(secret), keys.pairSalt()]);
    const derive = (info: Bytes) => derived(base, { salt, info: packed(info, transcript) });
    const direction = async (from: string, to: string): Promise<Direction> => {
      const key = await SealingKey.of(await derive(packed("direction", from, to)));
      return { key, from, to, last: 0 };
    };
    const [out, into] = await Promise.all([
      direction(own.id, other.id),
      direction(other.id, own.id),
    ]);
    // Of the epoch too, so that a pair of the former link has another one.
    const tag = (await derive(packed("tag"))).slice(0, tagBytes);
    return new Pair(keys, { derive, tag, out, into });
  }

  /** Whether the other end has proved that its hello is its own. */
  get isProven(): boolean {
    return this.#in.last > 0;
  }

  /** Seals the next message; base64url. Call it in the order in which the messages are sent. */
  async seal(text: Bytes): Promise<string> {
    const n = ++this.#out.last;
    const sealed = await this.#out.key.encrypt(text, this.#contextOf(this.#out, n));
    return toBase64url(joined(this.#tag, bytesOf(n), sealed));
  }

  /** Opens a message of the other end. Call it in the order in which the messages came. */
  async open(body: string): Promise<Opened> {
    const bytes = fromBase64url(body) ?? new Uint8Array();
    if (bytes.length < headBytes) return { kind: "altered" };
    const tag = bytes.slice(0, tagBytes);
    if (tag.some((byte, index) => byte !== this.#tag[index])) return { kind: "foreign" };
    const n = numberIn(bytes.slice(tagBytes, headBytes));
    const text = await this.#in.key.decrypt(
      bytes.slice(headBytes),
      this.#contextOf(this.#in, n),
    );
    if (text === undefined) return { kind: "altered" };
    if (n <= this.#in.last) return { kind: "replayed" };
    const missing = n - this.#in.last - 1;
    this.#in.last = n;
    return { kind: "message", text, missing };
  }

  #contextOf({ from, to }: Direction, n: number): { iv: Bytes; about: Bytes } {
    const { room, epoch } = this.#keys;
    return {
      iv: joined(new Uint8Array(4), bytesOf(n)),
      about: packed("signal", version, room, epoch, from, to, n),
    };
  }
}
