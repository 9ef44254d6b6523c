/**
 * Numbers the texts that one node sends and refuses those that arrive late or twice: what was
 * written on a broken connection may arrive after what was written on the next one.
 */
import type { NodeId } from "../../signaling/mod.ts";

/** Senders that are remembered; the one that has sent nothing for longest is forgotten first. */
const sendersMost = 1_000;

/** The texts of one node, and those that it receives. */
export class TextOrder {
  readonly #sender: string;
  #sent: number;
  /** The newest number of each sender, the sender that has just sent a text last. */
  readonly #received = new Map<string, number>();

  /** `first`: higher than all numbers that this node has used before. */
  constructor(node: NodeId, first: number) {
    this.#sender = encodeURIComponent(node);
    this.#sent = first;
  }

  /** A text as it is sent: "SENDER NUMBER TEXT". */
  send(text: string): string {
    return `${this.#sender} ${++this.#sent} ${text}`;
  }

  /** The text in what has arrived; undefined: it is malformed, or a later one came first. */
  receive(sent: string): string | undefined {
    const senderEnd = sent.indexOf(" ");
    const numberEnd = sent.indexOf(" ", senderEnd + 1);
    const number = Number(sent.slice(senderEnd + 1, numberEnd));
    if (senderEnd < 1 || numberEnd < 0 || !Number.isSafeInteger(number)) return undefined;
    const sender = sent.slice(0, senderEnd);
    const newest = this.#received.get(sender);
    if (newest !== undefined && number <= newest) return undefined;
    this.#received.delete(sender);
    this.#received.set(sender, number);
    if (this.#received.size > sendersMost) {
      for (const oldest of this.#received.keys()) {
        this.#received.delete(oldest);
        break;
      }
    }
    return sent.slice(numberEnd + 1);
  }
}
