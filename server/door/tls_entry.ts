/**
 * TLS between a client and the door. Deno cannot close a connection of a TLS listener whose
 * handshake does not end, so clients connect by TCP, and their bytes go to a TLS listener on
 * loopback. Invariants:
 * 1 When the client's connection is closed, nothing of it stays.
 * 2 A connection of any other program of this machine is not answered.
 */
import type { ByteStream } from "../websocket/framed_socket.ts";
import type { Certificate } from "../tls/certificate.ts";
import { closeQuietly, lingerMs, passAll, writeWhole } from "./streams.ts";

/** A client's connection behind TLS. */
export interface Decrypted {
  readonly stream: ByteStream;
  readonly isHttp2: boolean;
}

/** A client whose handshake is not done. */
interface Pending {
  readonly receive: (decrypted: Decrypted) => void;
  /** The door has closed what it was given. */
  readonly end: () => void;
}

const hostname = "127.0.0.1";
const alpnProtocols = ["h2", "http/1.1"];
/** The pause after an accept that failed, ms. */
const pauseMs = 100;

/** Decrypts with one certificate. */
export class TlsEntry {
  readonly #listener: Deno.TlsListener;
  /** By the local port of our connection to the listener. */
  readonly #pending = new Map<number, Pending>();
  #isClosing = false;

  /** Throws as `Deno.listenTls` does. */
  constructor(certificate: Certificate) {
    this.#listener = Deno.listenTls({ ...certificate, hostname, port: 0, alpnProtocols });
    void this.#acceptAll();
  }

  /**
   * Passes a client's bytes through TLS until one side has ended; then `outer` is closed. `early`:
   * what was read of it; `receive` gets what the client sends, after the handshake.
   */
  async pass(
    outer: ByteStream,
    early: Uint8Array,
    receive: (decrypted: Decrypted) => void,
  ): Promise<void> {
    let inner: Deno.TcpConn | undefined;
    let linger: ReturnType<typeof setTimeout> | undefined;
    const close = () => [outer, inner].forEach((stream) => stream && closeQuietly(stream));
    let isOver = false;
    const end = () => {
      if (!isOver) linger ??= setTimeout(close, lingerMs);
    };
    try {
      inner = await Deno.connect({ hostname, port: this.#listener.addr.port });
      inner.setNoDelay();
      const { port } = inner.localAddr;
      const pending = { receive, end };
      this.#pending.set(port, pending);
      const forget = () => this.#forget(port, pending);
      await writeWhole(inner, early);
      const up = passAll(outer, inner).catch(close);
      const down = passAll(inner, outer).then(end, close);
      await Promise.all([up, down]).finally(forget);
    } finally {
      isOver = true;
      clearTimeout(linger);
      close();
    }
  }

  /** Accepts no new clients; those that have begun go on. */
  close(): void {
    this.#isClosing = true;
    this.#closeIfUnused();
  }

  async #acceptAll(): Promise<void> {
    for (;;) {
      try {
        void this.#handshake(await this.#listener.accept());
      } catch (error) {
        if (error instanceof Deno.errors.BadResource || this.#isClosing) return;
        if (error instanceof Deno.errors.NotConnected) continue;
        await new Promise((resume) => setTimeout(resume, pauseMs));
      }
    }
  }

  async #handshake(tls: Deno.TlsConn): Promise<void> {
    const { port } = tls.remoteAddr;
    try {
      const { alpnProtocol } = await tls.handshake();
      // Looked for only now: the connection may be accepted before it is known that it was made.
      const pending = this.#pending.get(port);
      if (pending === undefined) return closeQuietly(tls);
      this.#forget(port, pending);
      const stream: ByteStream = {
        read: (buffer) => tls.read(buffer),
        write: (bytes) => tls.write(bytes),
        closeWrite: () => tls.closeWrite(),
        close: () => {
          pending.end();
          tls.close();
        },
      };
      pending.receive({ stream, isHttp2: alpnProtocol === "h2" });
    } catch {
      closeQuietly(tls);
    }
  }

  #forget(port: number, pending: Pending): void {
    // A new connection may have the port of a closed one already.
    if (this.#pending.get(port) === pending) this.#pending.delete(port);
    if (this.#isClosing) this.#closeIfUnused();
  }

  #closeIfUnused(): void {
    if (this.#pending.size === 0) closeQuietly(this.#listener);
  }
}
