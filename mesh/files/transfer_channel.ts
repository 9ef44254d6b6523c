/**
 * The channel a transfer has just now, if any. Invariants:
 * 1 At most one; nothing of an older one is heard.
 * 2 Last words get their time: after end() the other side closes, or we do after a while.
 */
import type { Clock } from "../clock.ts";
import type { FileChannel } from "./link_channel.ts";
import type { FileEnd, ReceiverMessage, SenderMessage } from "./file_message.ts";

/** What a transfer hears of its channel. */
export interface LineListener {
  readonly opened: () => void;
  readonly heard: (frame: unknown) => void;
  readonly drained: () => void;
  readonly lost: () => void;
}

const lingerMs = 3_000;

/** One transfer's way to the other side. */
export class Line {
  readonly #clock: Clock;
  readonly #listener: LineListener;
  #channel: FileChannel | undefined;

  constructor(clock: Clock, listener: LineListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  get channel(): FileChannel | undefined {
    return this.#channel;
  }

  /** From now on this channel; the one before is closed. */
  use(channel: FileChannel): void {
    this.#channel?.close();
    this.#channel = channel;
    const current = (tell: () => void) => () => {
      if (this.#channel === channel) tell();
    };
    channel.listen({
      opened: current(this.#listener.opened),
      heard: (frame) => current(() => this.#listener.heard(frame))(),
      drained: current(this.#listener.drained),
      lost: current(() => {
        this.#channel = undefined;
        this.#listener.lost();
      }),
    });
  }

  /** False when there is no way just now. */
  say(message: SenderMessage | ReceiverMessage): boolean {
    return this.#channel?.send(JSON.stringify(message)) ?? false;
  }

  /** Receives nothing more; `lastWords` are still sent. */
  end(lastWords?: FileEnd | ReceiverMessage): void {
    const channel = this.#channel;
    this.#channel = undefined;
    if (channel === undefined) return;
    if (lastWords === undefined || !channel.send(JSON.stringify(lastWords))) return channel.close();
    const cancel = this.#clock.after(lingerMs, () => channel.close());
    channel.listen({ opened() {}, heard() {}, drained() {}, lost: cancel });
  }
}
