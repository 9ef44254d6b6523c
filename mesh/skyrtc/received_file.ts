/**
 * A file that a SkyRTC page sends. Invariants:
 * 1 No byte is accepted before the person has accepted the file, and no more bytes than announced.
 * 2 The bytes that wait here are at most the file, `fileLimits.skyrtcBytes`.
 * 3 When this side ends it, the page gets "refuse", the only packet for that, and stops sending.
 */
import { fileLimits, parseReceiverMessage, type SenderMessage } from "../files/file_message.ts";
import { RunningHash } from "../files/running_hash.ts";
import { BridgedChannel } from "./bridged_channel.ts";
import { DataUrlReader } from "./data_url.ts";
import { filePacket, type SkyrtcPacket } from "./packets.ts";
import type { PacketPort } from "./sent_file.ts";

interface ReceivedFileOptions {
  /** The transfer's id on this side; the page's id may be any text. */
  readonly id: string;
  readonly ask: Extract<SkyrtcPacket, { kind: "ask" }>;
  readonly port: PacketPort;
  readonly ended: () => void;
}

/** `whole`: every byte has arrived; `checking`: every byte was passed to the transfer. */
type Stage = "asked" | "accepted" | "whole" | "checking" | "over";

/** One file from one SkyRTC page. */
export class ReceivedFile {
  readonly channel: BridgedChannel;
  readonly #options: ReceivedFileOptions;
  readonly #url = new DataUrlReader();
  readonly #hash = new RunningHash();
  #stage: Stage = "asked";
  #received = 0;
  #passed = 0;
  #confirmed = 0;
  #waiting: Uint8Array<ArrayBuffer>[] = [];

  constructor(options: ReceivedFileOptions) {
    this.#options = options;
    this.channel = new BridgedChannel({
      sent: (frame) => this.#handle(frame),
      closed: () => this.#refuse(),
    });
  }

  /** Receives the next part of the file. */
  receive({ data, last }: Extract<SkyrtcPacket, { kind: "chunk" }>): void {
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

  /** The page is gone, or has no channel. */
  lose(): void {
    this.channel.lose();
    this.#end();
  }

  #handle(frame: string | Uint8Array<ArrayBuffer>): void {
    const message = parseReceiverMessage(frame);
    if (this.#stage === "over" || message === undefined) return;
    const { id, ask: { name, size } } = this.#options;
    switch (message.type) {
      case "ready":
        return this.#reply({ type: "offer", id, name, size });
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

  /** Passes on as many bytes as the disk keeps up with. */
  #pump(): void {
    for (;;) {
      const [bytes] = this.#waiting;
      if (bytes === undefined) break;
      if (this.#passed + bytes.length - this.#confirmed > fileLimits.windowBytes) return;
      this.#waiting.shift();
      this.#passed += bytes.length;
      this.#hash.add(bytes);
      this.channel.receive(bytes.buffer);
    }
    if (this.#stage === "whole") {
      this.#stage = "checking";
      this.#reply({ type: "done", sha256: this.#hash.end() });
    }
  }

  #fail(reason: "damaged" | "too-big"): void {
    this.#reply({ type: "failed", id: this.#options.id, reason });
    this.#refuse();
  }

  #refuse(): void {
    if (this.#stage === "over") return;
    this.#send("refuse");
    this.#end();
  }

  #send(signal: "accept" | "refuse"): void {
    const { port, ask: { sendId } } = this.#options;
    if (!port.send(filePacket({ signal, sendId }))) this.lose();
  }

  #reply(message: SenderMessage): void {
    this.channel.receive(message);
  }

  #end(): void {
    if (this.#stage === "over") return;
    this.#stage = "over";
    this.#waiting = [];
    this.#options.ended();
  }
}
