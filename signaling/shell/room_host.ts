/**
 * Between the sockets of a node and the rooms they join. The hub has the sockets: transport,
 * dialect and limits of addresses. A host has the rooms: those of this process (local_host.ts), or
 * those of a cluster (cluster/cluster_host.ts).
 */
import type { CloseReason, Dialect, Peer } from "../../protocol/mod.ts";
import type {
  AdminCommand,
  Broadcast,
  Connect,
  CoreOptions,
  Incoming,
  Insider,
  KeptRules,
  Moment,
  Outgoing,
  OwnedRoom,
  Ring,
  RoomView,
  SocketId,
} from "../core/core_types.ts";

/** A socket that has opened. */
export interface OpenSocket extends Omit<Connect, "kind" | keyof Moment> {
  /** The address that wrong passwords are counted for, loopback too. */
  readonly guesser: string;
}

/** A frame as its dialect reads it. */
export interface ReadFrame {
  readonly dialect: Dialect;
  /** Undefined: it is no valid message, for `reason`. A password in it is as the client sent it. */
  readonly message: Incoming | undefined;
  readonly reason?: string;
}

/** The rooms cannot be asked now, because what they are kept in does not answer. */
export class RoomsUnavailable extends Error {}

/**
 * The rooms that the sockets of one node join. No method throws; the promises of questions and
 * commands reject with `RoomsUnavailable` if another machine that is needed does not answer.
 */
export interface RoomHost {
  /** A socket has opened. Its frames and its end follow, in order. */
  connect(socket: OpenSocket): void;
  /** A frame of an open socket has arrived. */
  receive(socketId: SocketId, frame: ReadFrame): void;
  /** A socket has ended with this close code; see `Close` in core_types.ts. */
  closed(socketId: SocketId, code: number): void;
  /** How many rooms and peers this node is responsible for; away peers count. */
  counts(): { readonly rooms: number; readonly peers: number };
  /** Whether a socket of this node is a member of a room. */
  isJoined(socketId: SocketId): boolean;
  /** Who is in a room, for its entry page; undefined if the room is closed to some newcomers. */
  inside(room: string): Promise<readonly Insider[] | undefined>;
  /** What an owner key tells of a room; undefined: it is not valid. */
  owned(room: string, ownerKey: string): Promise<OwnedRoom | undefined>;
  /** Names of all rooms that have members or kept rules. */
  rooms(): Promise<string[]>;
  /** A room as the administration sees it; undefined if it has neither members nor kept rules. */
  view(room: string): Promise<RoomView | undefined>;
  /**
   * Carries out a command of the administration, or of a doorbell; false if the server is too busy
   * for it, or what it needs is not valid. After that `view` shows its result.
   */
  execute(room: string, command: AdminCommand): Promise<boolean>;
  /** Ends the work. The hub closes the sockets after that. */
  close(): Promise<void>;
}

/** What a host asks of the sockets of its node. */
export interface Sockets {
  /** Sends a message to a socket; does nothing if it has closed. */
  send(socketId: SocketId, message: Outgoing): void;
  /** Closes a socket. */
  close(socketId: SocketId, reason: CloseReason): void;
}

/** What happens to rooms, for metrics, webhooks and the relay. Each is called once in a cluster. */
export interface RoomObserver {
  /** A room has its first member. */
  opened(room: string): void;
  /** A room has lost its last member. */
  emptied(room: string): void;
  /** A message goes to all members of a room. */
  published(room: string, message: Broadcast): void;
  /** Somebody came while no owner was there, who wants to be told. */
  rang?(room: string, ring: Ring): void;
  /** This node continues a room of another node. */
  restored?(room: string, peers: readonly Peer[]): void;
  /** Another node will continue a room of this one. */
  handedOn?(room: string, peers: readonly Peer[]): void;
}

/** Clocks, timers and random ids, so that a simulation can replace them. */
export interface Surroundings {
  /** Both clocks now. */
  moment(): Moment;
  /** Calls `work` once after `ms`; returns what cancels it. */
  after(ms: number, work: () => void): () => void;
  /** 32 hex digits that nobody guesses. */
  newId(): string;
}

/** What every host is given. */
export interface HostOptions extends CoreOptions {
  readonly sockets: Sockets;
  readonly observers: readonly RoomObserver[];
  readonly surroundings: Surroundings;
  /** Called with the rules of a room that must outlive this process; undefined: forget them. */
  readonly onKeep: (room: string, rules: KeptRules | undefined) => void;
  /** Called with every unexpected error; the host continues. */
  readonly onFault: (error: unknown) => void;
}
