/** What a connection of this process to its worker begins with: on whose behalf it is. */
import { timingSafeEqual } from "node:crypto";
import type { TurnClient } from "./turn_client.ts";

/** A client over a stream. */
export type StreamClient = Pick<TurnClient, "address"> & { readonly transport: "tcp" | "tls" };

/** Longer than any head, bytes. */
export const headBytesMost = 160;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** One line. `token`: known to this process and its worker only. */
export function writeHead({ transport, address }: StreamClient, token: string): Uint8Array {
  return encoder.encode(`${token} ${transport} ${address.hostname} ${address.port}\n`);
}

/** Reads a line without its end; undefined: it is not of this process. */
export function readHead(line: Uint8Array, token: string): StreamClient | undefined {
  const [given = "", transport, hostname, port] = decoder.decode(line).split(" ");
  const [a, b] = [encoder.encode(given), encoder.encode(token)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) return undefined;
  if (hostname === undefined || (transport !== "tcp" && transport !== "tls")) return undefined;
  return { transport, address: { hostname, port: Number(port) } };
}
