/**
 * A file that a page of the SkyRTC dialect offers. Invariants:
 * 1 Nothing of it is taken before the person has accepted, nor more than was announced.
 * 2 What waits here is at most the file, which is at most `fileLimits.skyrtcBytes`.
 * 3 That page is told "refuse" whenever we end it: it is the only word it has for that, and stops its sending.
 */
import { fileLimits, parseReceiverMessage, type SenderMessage } from "../files/file_message.ts";
import { RunningHash } from "../files/running_hash.ts";
import { BridgedChannel } from "./bridged_channel.ts";
import { DataUrlReader } from "./data_url.ts";
import { filePacket, type SkyrtcPacket } from "./packets.ts";
import type { PacketWay } from "./sent_file.ts";

interface ReceivedFileOptions {
  /** Names the transfer here; theirs may be any text. */
  readonly id: string;
  readonly ask: Extract<SkyrtcPacket, { kind: "ask" }>;
  readonly way: PacketWay;
  readonly over: () => void;
}

/** `whole`: all has come; `checking`: the transfer has all of it. */
type Stage = "asked" | "accepted" | "whole" | "checking" | "over";

/** One file of one page. */
export class ReceivedFile {
  readonly channel: BridgedChannel;
  readonly #options: ReceivedFileOptions;
  readonly #url = new DataUrlReader();
  readonly #hash = new RunningHash();
  #stage: Stage = "asked";
  #received = 0;
  #told = 0;
  #confirmed = 0;
  #waiting: Uint8Array<ArrayBuffer>[] = [];

  constructor(options: ReceivedFileOptions) {
    this.#options = options;
    this.channel = new BridgedChannel({
      said: (frame) => this.#said(frame),
      closed: () => this.#refuse(),
    });
  }

  take({ data, last }: Extract<SkyrtcPacket, { kind: "chunk" }>): void {
    if (this.#stage !== "accepted") return;
    const bytes = this.#url.read(data);
    if (bytes === undefined) return this.#fail("damaged");
    this.#received += bytes.length;
    const { size } = this.#options.ask;
    const isTooShort = last && (this.#received < size || !this.#url.isWhole);
    if (this.#received > size || isTooShort) return this.#fail("damaged");
    if (bytes.length > 0) this.#waiting.push(bytes);
    if (last) this.#stage = "whole";
    this.#pump();
  }

  lose(): void {
    this.channel.lose();
    this.#end();
  }

  #said(frame: string | Uint8Array<ArrayBuffer>): void {
    const message = parseReceiverMessage(frame);
    if (this.#stage === "over" || message === undefined) return;
    const { id, ask: { name, size } } = this.#options;
    switch (message.type) {
      case "ready":
        return this.#tell({ type: "offer", id, name, size });
      case "here":
        return size > fileLimits.skyrtcBytes ? this.#fail("too-big") : undefined;
      case "accept":
        this.#stage = "accepted";
        return this.#send("accept");
      case "got":
        this.#confirmed = message.bytes;
        return this.#pump();
      case "stored":
        return this.#end();
      case "decline":
      case "cancel":
      case "failed":
        return this.#refuse();
      default:
        return message satisfies never;
    }
  }

  /** As much as the disk keeps up with. */
  #pump(): void {
    for (;;) {
      const [bytes] = this.#waiting;
      if (bytes === undefined) break;
      if (this.#told + bytes.length - this.#confirmed > fileLimits.windowBytes) return;
      this.#waiting.shift();
      this.#told += bytes.length;
      this.#hash.add(bytes);
      this.channel.tell(bytes.buffer);
    }
    if (this.#stage === "whole") {
      this.#stage = "checking";
      this.#tell({ type: "done", sha256: this.#hash.end() });
    }
  }

  #fail(reason: "damaged" | "too-big"): void {
    this.#tell({ type: "failed", id: this.#options.id, reason });
    this.#refuse();
  }

  #refuse(): void {
    if (this.#stage === "over") return;
    this.#send("refuse");
    this.#end();
  }

  #send(signal: "accept" | "refuse"): void {
    const { way, ask: { sendId } } = this.#options;
    if (!way.send(filePacket({ signal, sendId }))) this.lose();
  }

  #tell(message: SenderMessage): void {
    this.channel.tell(message);
  }

  #end(): void {
    if (this.#stage === "over") return;
    this.#stage = "over";
    this.#waiting = [];
    this.#options.over();
  }
}
