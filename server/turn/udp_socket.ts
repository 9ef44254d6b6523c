/// <reference lib="deno.unstable" />
/** A UDP socket that passes packets on without copies, and whose sends are bounded. */
import { type Endpoint, endpointOf } from "./endpoint.ts";
import type { PacketReceiver } from "./relay_ports.ts";

/** Free bytes before each packet: a Data indication (RFC 8656, section 11.3) needs 44. */
const headroom = 64;
/** A longer packet is dropped; WebRTC sends at most 1,500 bytes. */
const packetBytesMost = 2_048;
/** Sends that the system has not taken yet; more are dropped. */
const sendsMost = 256;
/** Buffers that are kept for later. */
const sparesMost = 64;
/** The pause after a receive that failed, ms. */
const pauseMs = 100;

const spares: Uint8Array<ArrayBuffer>[] = [];

/** One socket. */
export class UdpSocket {
  readonly #socket: Deno.DatagramConn;
  readonly #onDrop: () => void;
  #sends = 0;
  #isClosed = false;

  /** Throws as `Deno.listenDatagram` does. `onDrop`: a packet that was to be sent was dropped. */
  constructor(address: Endpoint, onDrop: () => void) {
    this.#onDrop = onDrop;
    this.#socket = Deno.listenDatagram({ ...address, transport: "udp" });
  }

  get port(): number {
    const { addr } = this.#socket;
    return addr.transport === "udp" ? addr.port : 0;
  }

  /** Passes on what comes until close(). */
  async receiveAll(receive: PacketReceiver): Promise<void> {
    let buffer = takeBuffer();
    while (!this.#isClosed) {
      try {
        const [bytes, from] = await this.#socket.receive(buffer.subarray(headroom));
        // The system cuts what does not fit.
        if (bytes.length >= packetBytesMost || from.transport !== "udp") continue;
        const busy = receive({ bytes, headroom }, endpointOf(from));
        if (busy === undefined) continue;
        const used = buffer;
        busy.then(() => giveBuffer(used));
        buffer = takeBuffer();
      } catch (error) {
        if (this.#isClosed || error instanceof Deno.errors.BadResource) break;
        await new Promise((resume) => setTimeout(resume, pauseMs));
      }
    }
    giveBuffer(buffer);
  }

  /**
   * Sends a packet, or drops it. The bytes may be used again when the promise has resolved;
   * undefined: at once.
   */
  send(bytes: Uint8Array, { hostname, port }: Endpoint): Promise<unknown> | undefined {
    if (this.#isClosed) return undefined;
    if (this.#sends >= sendsMost) {
      this.#onDrop();
      return undefined;
    }
    this.#sends++;
    const settle = () => void this.#sends--;
    return this.#socket.send(bytes, { transport: "udp", hostname, port }).then(settle, settle);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.close();
  }
}

function takeBuffer(): Uint8Array<ArrayBuffer> {
  return spares.pop() ?? new Uint8Array(headroom + packetBytesMost);
}

function giveBuffer(buffer: Uint8Array<ArrayBuffer>): void {
  if (spares.length < sparesMost) spares.push(buffer);
}
