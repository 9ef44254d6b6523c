/** The clients of the relay, as it sees them. */
import type { Endpoint } from "./endpoint.ts";

/** A client: what STUN calls a 5-tuple. */
export interface TurnClient {
  readonly transport: "udp" | "tcp" | "tls";
  /** As the client is seen here. */
  readonly address: Endpoint;
  /**
   * Sends one message, or drops it. The bytes may be used again when the promise has resolved;
   * undefined: at once.
   */
  send(bytes: Uint8Array): Promise<unknown> | undefined;
  /** Ends the connection of a stream. */
  close?(): void;
}
