/**
 * A file that is sent to a SkyRTC page. Invariants:
 * 1 No byte is sent before the page has accepted the file.
 * 2 About 1 MiB waits here at most; the transfer continues as the data channel accepts more.
 * 3 SkyRTC pages confirm nothing: a file counts as stored when the data channel has all of it.
 */
import { fileLimits, parseSenderMessage, type ReceiverMessage } from "../files/file_message.ts";
import { BridgedChannel } from "./bridged_channel.ts";
import { DataUrlWriter } from "./data_url.ts";
import { filePacket } from "./packets.ts";

/** Sends packets to the other page. */
export interface PacketPort {
  /**
   * Whether the channel accepts more of a file; it stays short, so that text does not wait long.
   */
  readonly hasRoom: boolean;
  /** Sends a packet; false while no channel is open. */
  send(packet: string): boolean;
}

interface SentFileOptions {
  readonly sendId: string;
  readonly port: PacketPort;
  readonly ended: () => void;
}

type Stage = "new" | "ready" | "asked" | "accepted" | "over";

/** One file for one SkyRTC page. */
export class SentFile {
  readonly channel: BridgedChannel;
  readonly #options: SentFileOptions;
  readonly #url = new DataUrlWriter();
  #stage: Stage = "new";
  #size = 0;
  #sent = 0;
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #isComplete = false;

  constructor(options: SentFileOptions) {
    this.#options = options;
    this.channel = new BridgedChannel({
      sent: (frame) => this.#handle(frame),
      closed: () => this.#end(),
    });
  }

  /** A channel is open: lets the transfer make its offer. */
  handleOpen(): void {
    if (this.#stage !== "new") return;
    this.#stage = "ready";
    this.#reply({ type: "ready" });
  }

  /** The page has accepted the file. */
  handleAccept(): void {
    if (this.#stage !== "asked") return;
    this.#stage = "accepted";
    this.#reply({ type: "accept", from: 0 });
  }

  /** The page has refused the file, before or after it accepted. */
  handleRefuse(): void {
    if (this.#stage === "over") return;
    this.#reply(
      this.#stage === "asked" ? { type: "decline" } : {
        type: "cancel",
        id: this.#options.sendId,
      },
    );
    this.#end();
  }

  /** The page is gone, or has no channel. */
  lose(): void {
    this.channel.lose();
    this.#end();
  }

  /** Sends what waits while the channel has room. */
  pump(): void {
    const { port } = this.#options;
    while (this.#stage === "accepted" && port.hasRoom) {
      const bytes = this.#waiting.shift();
      if (bytes === undefined) break;
      this.channel.bufferedAmount -= bytes.length;
      this.#sent += bytes.length;
      this.#chunk(bytes, { last: false });
      this.#reply({ type: "got", bytes: this.#sent });
    }
    if (this.#stage !== "accepted" || !this.#isComplete || this.#waiting.length > 0) return;
    if (!port.hasRoom) return;
    this.#chunk(new Uint8Array(0), { last: true });
    this.#reply({ type: "stored" });
    this.#end();
  }

  #handle(frame: string | Uint8Array<ArrayBuffer>): void {
    if (this.#stage === "over") return;
    if (typeof frame !== "string") return this.#receive(frame);
    const message = parseSenderMessage(frame);
    if (message?.type === "offer" && this.#stage === "ready") {
      const { name, size } = message;
      this.#size = size;
      this.#stage = "asked";
      this.#send({ signal: "ask", name, size });
      this.#reply({ type: "here" });
    } else if (message?.type === "done") {
      this.#isComplete = true;
      this.pump();
    } else this.#end();
  }

  #receive(bytes: Uint8Array<ArrayBuffer>): void {
    this.#waiting.push(bytes);
    this.channel.bufferedAmount += bytes.length;
    // The transfer never exceeds its window, so this cannot happen.
    if (this.channel.bufferedAmount > 2 * fileLimits.windowBytes) return this.lose();
    this.pump();
  }

  #chunk(bytes: Uint8Array, { last }: { readonly last: boolean }): void {
    const data = this.#url.write(bytes, { last });
    const percent = this.#size === 0 ? 100 : this.#sent / this.#size * 100;
    this.#send(last ? { signal: "chunk", data, last } : { signal: "chunk", data, last, percent });
  }

  #send(fields: { readonly signal: string } & Readonly<Record<string, unknown>>): void {
    const { port, sendId } = this.#options;
    if (!port.send(filePacket({ sendId, ...fields }))) this.lose();
  }

  #reply(message: ReceiverMessage): void {
    this.channel.receive(message);
  }

  #end(): void {
    if (this.#stage === "over") return;
    this.#stage = "over";
    this.#waiting = [];
    this.#options.ended();
  }
}
