/**
 * A file on its way to a page of the SkyRTC dialect. Invariants:
 * 1 No byte goes out before that page has accepted.
 * 2 At most about 1 MiB waits here; the transfer continues as the data channel accepts more.
 * 3 Such a page confirms nothing: a file counts as stored after all of it was passed to the data
 *   channel.
 */
import { fileLimits, parseSenderMessage, type ReceiverMessage } from "../files/file_message.ts";
import { BridgedChannel } from "./bridged_channel.ts";
import { DataUrlWriter } from "./data_url.ts";
import { filePacket } from "./packets.ts";

/** The way to the other page. */
export interface PacketPort {
  /** Whether there is room for more, so that text does not wait long behind a file. */
  readonly hasRoom: boolean;
  /** False while there is no way. */
  send(packet: string): boolean;
}

interface SentFileOptions {
  readonly sendId: string;
  readonly port: PacketPort;
  readonly over: () => void;
}

type Stage = "new" | "ready" | "asked" | "accepted" | "over";

/** One file for one page. */
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

  /** There is a way to the other page: the transfer may make its offer. */
  begin(): void {
    if (this.#stage !== "new") return;
    this.#stage = "ready";
    this.#pass({ type: "ready" });
  }

  /** The page has accepted the file. */
  accepted(): void {
    if (this.#stage !== "asked") return;
    this.#stage = "accepted";
    this.#pass({ type: "accept", from: 0 });
  }

  /** The page has refused the file, before or after it accepted. */
  refused(): void {
    if (this.#stage === "over") return;
    this.#pass(
      this.#stage === "asked" ? { type: "decline" } : {
        type: "cancel",
        id: this.#options.sendId,
      },
    );
    this.#end();
  }

  /** The page is gone, or out of reach. */
  lose(): void {
    this.channel.lose();
    this.#end();
  }

  /** The way has room again. */
  pump(): void {
    const { port } = this.#options;
    while (this.#stage === "accepted" && port.hasRoom) {
      const bytes = this.#waiting.shift();
      if (bytes === undefined) break;
      this.channel.bufferedAmount -= bytes.length;
      this.#sent += bytes.length;
      this.#chunk(bytes, { last: false });
      this.#pass({ type: "got", bytes: this.#sent });
    }
    if (this.#stage !== "accepted" || !this.#isComplete || this.#waiting.length > 0) return;
    if (!port.hasRoom) return;
    this.#chunk(new Uint8Array(0), { last: true });
    this.#pass({ type: "stored" });
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
      this.#pass({ type: "here" });
    } else if (message?.type === "done") {
      this.#isComplete = true;
      this.pump();
    } else this.#end();
  }

  #receive(bytes: Uint8Array<ArrayBuffer>): void {
    this.#waiting.push(bytes);
    this.channel.bufferedAmount += bytes.length;
    // An own transfer keeps to the window.
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

  #pass(message: ReceiverMessage): void {
    this.channel.receive(message);
  }

  #end(): void {
    if (this.#stage === "over") return;
    this.#stage = "over";
    this.#waiting = [];
    this.#options.over();
  }
}
