/**
 * The channel that a transfer uses at present, if any. Invariants:
 * 1 There is at most one; frames of an earlier one are dropped.
 * 2 A last message has time to go out: after end() the other side closes the channel, or this side
 *   does after `lingerMs`.
 */
import type { Clock } from "../clock.ts";
import type { FileChannel, FileChannelListener } from "./link_channel.ts";
import type { FileEnd, ReceiverMessage, SenderMessage } from "./file_message.ts";

const lingerMs = 3_000;

/** Gives a transfer one channel after another. */
export class TransferChannel {
  readonly #clock: Clock;
  readonly #listener: FileChannelListener;
  #channel: FileChannel | undefined;

  constructor(clock: Clock, listener: FileChannelListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  /** The present channel; undefined after a loss and after end(). */
  get current(): FileChannel | undefined {
    return this.#channel;
  }

  /** Uses this channel from now on, and closes the one before. */
  attach(channel: FileChannel): void {
    this.#channel?.close();
    this.#channel = channel;
    const ifCurrent = (call: () => void) => () => {
      if (this.#channel === channel) call();
    };
    channel.listen({
      opened: ifCurrent(() => this.#listener.opened()),
      received: (frame) => ifCurrent(() => this.#listener.received(frame))(),
      drained: ifCurrent(() => this.#listener.drained()),
      lost: ifCurrent(() => {
        this.#channel = undefined;
        this.#listener.lost();
      }),
    });
  }

  /** Sends a message; false without a channel. */
  send(message: SenderMessage | ReceiverMessage): boolean {
    return this.#channel?.send(JSON.stringify(message)) ?? false;
  }

  /** Stops receiving, sends `last` if there is one, and closes the channel. */
  end(last?: FileEnd | ReceiverMessage): void {
    const channel = this.#channel;
    this.#channel = undefined;
    if (channel === undefined) return;
    if (last === undefined || !channel.send(JSON.stringify(last))) return channel.close();
    const cancel = this.#clock.after(lingerMs, () => channel.close());
    channel.listen({ opened() {}, received() {}, drained() {}, lost: cancel });
  }
}
