/**
 * A file of ours on its way to a page of the SkyRTC dialect. Invariants:
 * 1 No byte goes out before that page has accepted.
 * 2 About 1 MiB waits here at most; the transfer goes on as the data channel takes it.
 * 3 Such a page confirms nothing: a file counts as stored when all of it has been handed to the data channel.
 */
import { fileLimits, parseSenderMessage, type ReceiverMessage } from "../files/file_message.ts";
import { BridgedChannel } from "./bridged_channel.ts";
import { DataUrlWriter } from "./data_url.ts";
import { filePacket } from "./packets.ts";

/** The way to the other page. */
export interface PacketWay {
  /** Whether there is room for more, so that text never waits long behind a file. */
  readonly hasRoom: boolean;
  /** False when there is no way just now. */
  send(packet: string): boolean;
}

interface SentFileOptions {
  readonly sendId: string;
  readonly way: PacketWay;
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
  #isAllSaid = false;

  constructor(options: SentFileOptions) {
    this.#options = options;
    this.channel = new BridgedChannel({
      said: (frame) => this.#said(frame),
      closed: () => this.#end(),
    });
  }

  /** There is a way to the other page: the transfer may say what it offers. */
  begin(): void {
    if (this.#stage !== "new") return;
    this.#stage = "ready";
    this.#tell({ type: "ready" });
  }

  accepted(): void {
    if (this.#stage !== "asked") return;
    this.#stage = "accepted";
    this.#tell({ type: "accept", from: 0 });
  }

  /** Before or after it accepted. */
  refused(): void {
    if (this.#stage === "over") return;
    this.#tell(
      this.#stage === "asked" ? { type: "decline" } : {
        type: "cancel",
        id: this.#options.sendId,
      },
    );
    this.#end();
  }

  lose(): void {
    this.channel.lose();
    this.#end();
  }

  /** The way has room again. */
  pump(): void {
    const { way } = this.#options;
    while (this.#stage === "accepted" && way.hasRoom) {
      const bytes = this.#waiting.shift();
      if (bytes === undefined) break;
      this.channel.bufferedAmount -= bytes.length;
      this.#sent += bytes.length;
      this.#chunk(bytes, { last: false });
      this.#tell({ type: "got", bytes: this.#sent });
    }
    if (this.#stage !== "accepted" || !this.#isAllSaid || this.#waiting.length > 0) return;
    if (!way.hasRoom) return;
    this.#chunk(new Uint8Array(0), { last: true });
    this.#tell({ type: "stored" });
    this.#end();
  }

  #said(frame: string | Uint8Array<ArrayBuffer>): void {
    if (this.#stage === "over") return;
    if (typeof frame !== "string") return this.#take(frame);
    const message = parseSenderMessage(frame);
    if (message?.type === "offer" && this.#stage === "ready") {
      const { name, size } = message;
      this.#size = size;
      this.#stage = "asked";
      this.#send({ signal: "ask", name, size });
      this.#tell({ type: "here" });
    } else if (message?.type === "done") {
      this.#isAllSaid = true;
      this.pump();
    } else this.#end();
  }

  #take(bytes: Uint8Array<ArrayBuffer>): void {
    this.#waiting.push(bytes);
    this.channel.bufferedAmount += bytes.length;
    // Our own transfers keep to the window.
    if (this.channel.bufferedAmount > 2 * fileLimits.windowBytes) return this.lose();
    this.pump();
  }

  #chunk(bytes: Uint8Array, { last }: { readonly last: boolean }): void {
    const data = this.#url.write(bytes, { last });
    const percent = this.#size === 0 ? 100 : this.#sent / this.#size * 100;
    this.#send(last ? { signal: "chunk", data, last } : { signal: "chunk", data, last, percent });
  }

  #send(fields: { readonly signal: string } & Readonly<Record<string, unknown>>): void {
    const { way, sendId } = this.#options;
    if (!way.send(filePacket({ sendId, ...fields }))) this.lose();
  }

  #tell(message: ReceiverMessage): void {
    this.channel.tell(message);
  }

  #end(): void {
    if (this.#stage === "over") return;
    this.#stage = "over";
    this.#waiting = [];
    this.#options.over();
  }
}
