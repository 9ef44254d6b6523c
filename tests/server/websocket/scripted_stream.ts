/** The connection of a peer whose bytes are known before. */
import type { ByteStream } from "../../../server/websocket/framed_socket.ts";
import type { Chance } from "../../chance.ts";
import { joined } from "./client_frame.ts";

interface ScriptedStreamOptions {
  /** Writes take less than they could, and some of the connections break; by default neither. */
  readonly chance?: Chance;
  /** The peer ends the connection only after the server has ended its direction. */
  readonly waits: boolean;
  /** Called before a piece is read; `index`: from 0. */
  readonly onRead?: (index: number) => void;
}

/** Gives bytes in pieces and takes the answers. */
export class ScriptedStream implements ByteStream {
  readonly #pieces: Uint8Array[];
  readonly #chance: Chance | undefined;
  readonly #waits: boolean;
  readonly #onRead: (index: number) => void;
  readonly #sent: Uint8Array[] = [];
  readonly #ended = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<void>();
  #isClosed = false;
  #reads = 0;
  /** The connection was reset. */
  isBroken = false;
  /** The server has ended its direction. */
  isEnded = false;

  constructor(pieces: readonly Uint8Array[], { chance, waits, onRead }: ScriptedStreamOptions) {
    this.#pieces = [...pieces];
    this.#chance = chance;
    this.#waits = waits;
    this.#onRead = onRead ?? (() => {});
  }

  /** All that was written. */
  get sent(): Uint8Array {
    return joined(this.#sent);
  }

  /** Resolves when the server has closed the connection. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  async read(buffer: Uint8Array): Promise<number | null> {
    await Promise.resolve();
    this.#check();
    this.#onRead(this.#reads++);
    const piece = this.#pieces.shift();
    if (piece === undefined) {
      if (this.#waits) await Promise.race([this.#ended.promise, this.#closed.promise]);
      this.#check();
      if (this.#chance?.oneIn(4)) throw this.#reset();
      return null;
    }
    const count = Math.min(piece.length, buffer.length);
    buffer.set(piece.subarray(0, count));
    if (count < piece.length) this.#pieces.unshift(piece.subarray(count));
    return count;
  }

  async write(bytes: Uint8Array): Promise<number> {
    await Promise.resolve();
    this.#check();
    if (this.#chance?.oneIn(200)) throw this.#reset();
    const count = 1 + (this.#chance?.below(bytes.length) ?? bytes.length - 1);
    this.#sent.push(bytes.slice(0, count));
    return count;
  }

  async closeWrite(): Promise<void> {
    await Promise.resolve();
    this.#check();
    this.isEnded = true;
    this.#ended.resolve();
  }

  close(): void {
    this.#check();
    this.#isClosed = true;
    this.#closed.resolve();
  }

  #reset(): Error {
    this.isBroken = true;
    return new Deno.errors.ConnectionReset();
  }

  #check(): void {
    if (this.#isClosed) throw new Deno.errors.BadResource();
  }
}
