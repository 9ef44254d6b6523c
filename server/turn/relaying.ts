/** Passes packets between clients and peers (RFC 8656, sections 11 and 12). */
import type { Allocation } from "./allocation.ts";
import type { Allocations } from "./allocations.ts";
import type { Bandwidth } from "./bandwidth.ts";
import type { Endpoint } from "./endpoint.ts";
import { addressAttribute, attributes, methods, newMask, writeStun } from "./stun_message.ts";
import type { Drop, TurnCounts } from "./turn_counts.ts";

/** The payload of a packet, with free bytes before it in its buffer. */
export interface Packet {
  readonly bytes: Uint8Array;
  readonly headroom: number;
}

/** A number and a length precede the payload of ChannelData (RFC 8656, section 12.4), bytes. */
export const channelHeadBytes = 4;

/** The data path of the relay. Its methods return when the buffer of a packet may be used again. */
export class Relaying {
  readonly #allocations: Allocations;
  readonly #bandwidth: Bandwidth;
  readonly #counts: TurnCounts;

  constructor(
    { allocations, bandwidth, counts }: {
      allocations: Allocations;
      bandwidth: Bandwidth;
      counts: TurnCounts;
    },
  ) {
    this.#allocations = allocations;
    this.#bandwidth = bandwidth;
    this.#counts = counts;
  }

  /** A packet of a client, for a peer. */
  toPeer(from: Allocation, packet: Packet, peer: Endpoint): Promise<unknown> | undefined {
    const { client, peerId, taken: { port, relayed } } = from.facts;
    const { length } = packet.bytes;
    const permission = from.permission(peer.hostname);
    if (permission === undefined) return this.#drop("permission");
    if (!this.#bandwidth.take(peerId, length)) return this.#drop("bandwidth");
    this.#counts.bytes[client.transport] += length;
    const other = this.#allocations.at(peer);
    if (other !== undefined) {
      this.#counts.joined += length;
      return this.#toClient(other, packet, relayed);
    }
    if (!permission.isOutside || port === undefined) return this.#drop("peer");
    return port.send(packet.bytes, peer);
  }

  /** A packet that has come to the port of an allocation. */
  fromOutside(to: Allocation, packet: Packet, from: Endpoint): Promise<unknown> | undefined {
    if (!this.#bandwidth.take(to.facts.peerId, packet.bytes.length)) {
      return this.#drop("bandwidth");
    }
    return this.#toClient(to, packet, from);
  }

  #toClient(to: Allocation, packet: Packet, from: Endpoint): Promise<unknown> | undefined {
    if (to.permission(from.hostname) === undefined) return this.#drop("permission");
    const { client } = to.facts;
    this.#counts.bytes[client.transport] += packet.bytes.length;
    const channel = to.channelOf(from);
    if (channel === undefined) return client.send(dataIndication(packet.bytes, from));
    const isStream = client.transport !== "udp";
    return client.send(channelData(packet, { number: channel.number, isStream }));
  }

  #drop(reason: Drop): undefined {
    this.#counts.drops[reason]++;
  }
}

function dataIndication(payload: Uint8Array, from: Endpoint): Uint8Array {
  const mask = newMask();
  return writeStun({
    method: methods.data,
    kind: "indication",
    mask,
    list: [
      addressAttribute(attributes.xorPeerAddress, { endpoint: from, mask }),
      [attributes.data, payload],
    ],
  });
}

/** Over a stream the message is padded to 4 bytes (RFC 8656, section 12.5). */
function channelData(
  { bytes: payload, headroom }: Packet,
  { number, isStream }: { number: number; isStream: boolean },
): Uint8Array {
  const { length, buffer, byteOffset } = payload;
  const padding = isStream ? (4 - length % 4) % 4 : 0;
  let message: Uint8Array;
  if (headroom >= channelHeadBytes && padding === 0) {
    // The head goes before the payload, which stays where it is.
    message = new Uint8Array(buffer, byteOffset - channelHeadBytes, length + channelHeadBytes);
  } else {
    message = new Uint8Array(channelHeadBytes + length + padding);
    message.set(payload, channelHeadBytes);
  }
  message[0] = number >>> 8;
  message[1] = number & 0xff;
  message[2] = length >>> 8;
  message[3] = length & 0xff;
  return message;
}
