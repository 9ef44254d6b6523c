/**
 * The way between a RoomClient and the server's messages: open as here, or sealed as in
 * mesh/sealing/sealed_room.ts.
 */
import type { ClientMessage, Join, PeerId, ServerMessage } from "../../protocol/mod.ts";
import type { RoomMessage } from "../events.ts";
import type { SealedSide } from "../sealing/room_trust.ts";

/** What the way leads to. */
export interface WireEnds {
  /** Sends to the server; false while there is no session. */
  readonly transmit: (message: ClientMessage) => boolean;
  /** Whether the server would get a message now. */
  readonly hasSession: () => boolean;
  /** Takes what the server has sent. */
  readonly deliver: (message: RoomMessage) => void;
}

/** Both directions, each in order. */
export interface RoomWire {
  /** What a sealed room knows of its members. */
  readonly side?: SealedSide;
  /** The join as the server gets it. */
  join(message: Join): Join;
  /** False while there is no session; the message is then dropped. */
  send(message: ClientMessage): boolean;
  receive(message: ServerMessage): void;
  /** A member is gone for good. */
  forget(peerId: PeerId): void;
  close(): void;
}

/** Messages as they are. An open room has nothing sealed. */
export function openWire({ transmit, deliver }: WireEnds): RoomWire {
  return {
    join: (message) => message,
    send: transmit,
    receive(message) {
      switch (message.type) {
        case "signal": {
          const { from, signal } = message;
          if (signal.kind !== "sealed") deliver({ type: "signal", from, signal });
          return;
        }
        case "peer-hello":
        case "note":
        case "door-changed":
          return;
        default:
          deliver(message);
      }
    },
    forget: () => {},
    close: () => {},
  };
}
