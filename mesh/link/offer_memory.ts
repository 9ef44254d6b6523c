/**
 * Decides which offers of one peer are new: an offer may come twice, late, or over two channels
 * that overtake each other. Invariants:
 * 1 An offer older than a known description of its connection is not new; its sender has replaced
 *   it.
 * 2 An offer of a connection that the peer has replaced is ignored; the certificate identifies a
 *   connection.
 * 3 An unknown certificate means a new connection, whatever its number: a reloaded page starts to
 *   count again.
 */
import type { Description } from "../../protocol/mod.ts";
import { connectionOf, versionOf } from "./sdp_lines.ts";

/** Of a peer that makes more connections than this, the oldest are forgotten. */
const retiredMost = 32;

/** Remembers the descriptions of one peer. */
export class OfferMemory {
  readonly #retired = new Set<string>();
  #current: string | undefined;
  #exchange = -1;
  #version = -1;

  /** Remembers a description; false for an offer to ignore. */
  isNews({ type, sdp, exchange }: Description): boolean {
    const connection = connectionOf(sdp);
    // A SkyRTC page does not number its offers; they come through the server only.
    if (connection === undefined || exchange === undefined) return true;
    if (this.#retired.has(connection)) return type === "answer";
    if (connection !== this.#current) this.#begin(connection);
    const version = versionOf(sdp);
    const isOld = version < this.#version || (type === "offer" && exchange < this.#exchange);
    if (version > this.#version) this.#version = version;
    if (type === "answer") return true;
    if (exchange > this.#exchange) this.#exchange = exchange;
    return !isOld;
  }

  #begin(connection: string): void {
    if (this.#current !== undefined) this.#retired.add(this.#current);
    const [oldest] = this.#retired;
    if (this.#retired.size > retiredMost && oldest !== undefined) this.#retired.delete(oldest);
    this.#current = connection;
    this.#exchange = -1;
    this.#version = -1;
  }
}
