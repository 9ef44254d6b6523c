/**
 * Brings parts of recorded tracks to the recorder, each as a file transfer on a channel for
 * recordings. Invariants:
 * 1 A part that the recorder has already is declined, so after a reload only the rest goes.
 * 2 Nobody is asked: the recorder accepts what belongs to its recording, and declines the rest.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { LinkEvent } from "../events.ts";
import { FileExchange, type FileRoom, type OfferedChannel } from "../files/file_exchange.ts";
import {
  type FileStorage,
  type Sink,
  SinkError,
  type SinkFailure,
  type WantedFile,
} from "../files/sink.ts";
import { fileSource } from "../files/source.ts";
import { isOver, type OverState, type Transfer } from "../files/transfer.ts";
import type { Mesh } from "../mesh.ts";
import type { PartToSend } from "./delivery.ts";
import type { RecordingFolder } from "./recording_disk.ts";

/** The topic of messages about recordings. */
export const recordingTopic = "recording";
/** The label of a channel for a part of a track. */
const channelLabel = "parley-recording";

/** The parts of a session that the exchange uses. */
export interface TrackRoom extends Pick<FileRoom, "subscribe" | "roster"> {
  readonly links: Pick<Mesh, "stateOf" | "subscribe" | "openChannel">;
}

/** A part that a peer offers. `name`: as in track_names.ts; `size`: bytes. */
export type OfferedPart = Pick<Transfer, "name" | "size">;

/** What the exchange needs. */
export interface TrackExchangeOptions {
  readonly room: TrackRoom;
  readonly clock: Clock;
  readonly randomId: () => string;
  /** The folder for an offered part; undefined: it is declined. */
  readonly wants: (peerId: PeerId, part: OfferedPart) => FolderOf | undefined;
  /** A part is on the disk, or could not be written. */
  readonly received: (
    peerId: PeerId,
    part: OfferedPart & { readonly failure: SinkFailure | undefined },
  ) => void;
}

/** Where a part is stored. */
export type FolderOf = Pick<RecordingFolder, "create" | "read">;

/** A part that comes in. `written`: resolves when its file is closed, or given up. */
interface ComingPart {
  readonly folder: FolderOf;
  readonly transfer: Transfer;
  written: Promise<void>;
}

/** Parts that go out and come in. */
export class TrackExchange {
  readonly #options: TrackExchangeOptions;
  readonly #exchange: FileExchange;
  /** Accepted parts by name; a name has its owner in it. */
  readonly #coming = new Map<string, ComingPart>();
  /** By the names of the parts. */
  readonly #sending = new Map<string, {
    readonly done: (state: OverState) => void;
    transfer: Transfer | undefined;
  }>();

  constructor(options: TrackExchangeOptions) {
    this.#options = options;
    const { room, clock, randomId } = options;
    const storage: FileStorage = { open: (wanted) => this.#open(wanted) };
    this.#exchange = new FileExchange({
      room: {
        subscribe: (listener) => room.subscribe(listener),
        roster: room.roster,
        links: onlyTracks(room.links),
      },
      clock,
      storage,
      randomId,
      changed: (transfer) => this.#handle(transfer),
    });
  }

  /** Sends a part; false if it has to be sent again later. */
  async send(peerId: PeerId, { name, content }: PartToSend): Promise<boolean> {
    const state = await new Promise<OverState>((done) => {
      this.#sending.set(name, { done, transfer: undefined });
      this.#exchange.offer(fileSource(new File([content], name)), [peerId]);
    });
    this.#sending.delete(name);
    return state.kind === "done" || state.kind === "declined";
  }

  /** Ends the sending of a part. */
  cancel(name: string): void {
    const transfer = this.#sending.get(name)?.transfer;
    if (transfer !== undefined) this.#exchange.cancel(transfer);
  }

  /** Handles a channel that a peer has opened for a part. */
  receive(channel: Pick<OfferedChannel, "peerId" | "raw">): void {
    this.#exchange.receive(channel);
  }

  /** Ends what comes into a folder; resolves when nothing is written into it. */
  async end(folder: FolderOf): Promise<void> {
    const parts = [...this.#coming.values()].filter((part) => part.folder === folder);
    for (const { transfer } of parts) this.#exchange.cancel(transfer);
    await Promise.all(parts.map(({ written }) => written));
  }

  close(): void {
    this.#exchange.close();
    for (const { done } of this.#sending.values()) done({ kind: "cancelled", by: "self" });
  }

  #handle(transfer: Transfer): void {
    const { direction, peerId, name, size, state } = transfer;
    if (direction === "out") {
      const sending = this.#sending.get(name);
      if (sending === undefined) return;
      sending.transfer = transfer;
      if (isOver(state)) sending.done(state);
    } else if (state.kind === "offered") {
      const folder = this.#options.wants(peerId, transfer);
      if (folder !== undefined) {
        this.#coming.set(name, { folder, transfer, written: Promise.resolve() });
      }
      // The exchange is about to attach the channel.
      queueMicrotask(() => {
        if (folder === undefined) this.#exchange.decline(transfer);
        else this.#exchange.accept(transfer);
      });
    } else if (isOver(state)) {
      this.#coming.delete(name);
      const failure = failureOf(state);
      if (state.kind === "done" || failure !== undefined) {
        this.#options.received(peerId, { name, size, failure });
      }
    }
  }

  async #open({ name }: WantedFile): Promise<Sink | undefined> {
    const part = this.#coming.get(name);
    if (part === undefined) throw new SinkError("cannot-write");
    const { folder } = part;
    const written = Promise.withResolvers<void>();
    part.written = written.promise;
    const file = await folder.create(name).catch((error) => {
      written.resolve();
      throw error;
    });
    let position = 0;
    return {
      write: async (block) => {
        await file.write(block, position);
        position += block.byteLength;
      },
      finish: async () => {
        await file.close().finally(written.resolve);
        return { place: "kept", file: await folder.read(name) };
      },
      discard: () => file.abort().finally(written.resolve),
    };
  }
}

/** Why the own disk did not take it; undefined: something else has ended it. */
function failureOf(state: OverState): SinkFailure | undefined {
  if (state.kind !== "failed" || state.by !== "self") return undefined;
  const { reason } = state;
  return reason === "disk-full" || reason === "cannot-write" ? reason : undefined;
}

/** The links as the file exchange sees them, with channels of recordings in place of files. */
function onlyTracks(links: TrackRoom["links"]): FileRoom["links"] {
  return {
    stateOf: (peerId) => links.stateOf(peerId),
    openChannel: (peerId) => links.openChannel(peerId, channelLabel),
    subscribe: (listener) =>
      links.subscribe((event: LinkEvent) => {
        if (event.type !== "file-channel") listener(event);
      }),
  };
}
