/** The rooms of one process that shares them with no other. */
import type {
  AdminCommand,
  Effect,
  Insider,
  OwnedRoom,
  RoomView,
  SocketId,
} from "../core/core_types.ts";
import { CoreLoop, tickMs } from "./core_loop.ts";
import { observe } from "./observer.ts";
import type { HostOptions, OpenSocket, ReadFrame, RoomHost } from "./room_host.ts";

/** The core, whose effects take place at once. */
export class LocalHost implements RoomHost {
  readonly #options: HostOptions;
  readonly #loop: CoreLoop;
  #cancelTick: () => void;

  constructor(options: HostOptions) {
    this.#options = options;
    this.#loop = new CoreLoop(options, {
      handOn: (effects) => {
        for (const effect of effects) this.#apply(effect);
      },
    });
    const tick = () => {
      this.#loop.tick();
      this.#cancelTick = options.surroundings.after(tickMs, tick);
    };
    this.#cancelTick = options.surroundings.after(tickMs, tick);
  }

  connect(socket: OpenSocket): void {
    this.#loop.connect(socket);
  }

  receive(socketId: SocketId, frame: ReadFrame): void {
    this.#loop.receive(socketId, frame);
  }

  closed(socketId: SocketId, code: number): void {
    this.#loop.closed(socketId, code);
  }

  counts(): { rooms: number; peers: number } {
    return this.#loop.state.counts();
  }

  isJoined(socketId: SocketId): boolean {
    return this.#loop.state.isJoined(socketId);
  }

  inside(room: string): Promise<readonly Insider[] | undefined> {
    return Promise.resolve(this.#loop.state.inside(room, this.#at));
  }

  owned(room: string, ownerKey: string): Promise<OwnedRoom | undefined> {
    return Promise.resolve(this.#loop.state.owned(room, { ownerKey, at: this.#at }));
  }

  rooms(): Promise<string[]> {
    return Promise.resolve(this.#loop.state.roomNames());
  }

  view(room: string): Promise<RoomView | undefined> {
    return Promise.resolve(this.#loop.state.view(room, this.#at));
  }

  execute(room: string, command: AdminCommand): Promise<boolean> {
    return this.#loop.execute(room, command);
  }

  close(): Promise<void> {
    this.#cancelTick();
    return Promise.resolve();
  }

  get #at(): number {
    return this.#options.surroundings.moment().at;
  }

  #apply(effect: Effect): void {
    const { sockets, observers, onKeep } = this.#options;
    switch (effect.kind) {
      case "send":
        return sockets.send(effect.socketId, effect.message);
      case "close":
        return sockets.close(effect.socketId, effect.reason);
      case "keep":
        return onKeep(effect.room, effect.rules);
      case "publish":
      case "subscribe":
      case "unsubscribe":
      case "ring":
        return observe(observers, effect);
      default:
        effect satisfies never;
    }
  }
}
