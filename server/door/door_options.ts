/** How a front door answers. */
import type { RequestFacts } from "../../signaling/mod.ts";
import type { ByteStream } from "../websocket/framed_socket.ts";
import type { Arrival, InnerServerOptions } from "./inner_server.ts";

/** What a handshake gets: a refusal, or a protocol and what takes the stream over. */
export type Upgrade =
  | Response
  | {
    readonly protocol: string | undefined;
    /** `early`: bytes that came behind the handshake. */
    readonly open: (stream: ByteStream, early: Uint8Array) => void;
    /** The client has gone before its answer was sent. */
    readonly abandon: () => void;
  };

/** A connection that begins with a message of STUN (RFC 8489). */
export interface StunConnection {
  readonly stream: ByteStream;
  /** What was read of it: at least the first 8 bytes. */
  readonly early: Uint8Array;
  readonly arrival: Arrival;
  /** Gives the place of its address back: others bound it from now on. */
  readonly release: () => void;
}

/** How a door answers. */
export interface DoorOptions extends Pick<InnerServerOptions, "answer" | "onError"> {
  /** A WebSocket handshake of HTTP/1.1. */
  readonly upgrade: (request: RequestFacts, arrival: Arrival) => Upgrade;
  /** Takes over what speaks STUN, on a port with TLS also in plain; absent: it is closed. */
  readonly stun?: ((connection: StunConnection) => void) | undefined;
  /** Connections that an address may have open at once; Infinity for proxies. */
  readonly connectionsMost: (address: string) => number;
  /** The time for the head of a request, ms. */
  readonly headMs?: number;
  /** The time until a request has its response, so that of its body too, ms. */
  readonly answerMs?: number;
  /** A kept-alive connection that carries nothing for so long is closed, ms. */
  readonly idleMs?: number;
}
