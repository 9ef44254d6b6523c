/** One file in the chat: its card, with a row for each person it is sent to or comes from. */
import type { computed, ReadonlySignal, Signal, signal } from "@preact/signals-core";
import {
  isHuge,
  type OwnCopy,
  pictureOf,
  type PictureSize,
  type Transfer,
} from "../../mesh/files/mod.ts";
import { type Pace, PaceWatch } from "./pace.ts";

/** One transfer and its person. Rate in bytes a second, remaining in seconds. */
export interface FileRow extends Pace {
  readonly transfer: Transfer;
  readonly person: string;
}

/** `later`: whether people who come later are offered an own file. */
export interface CardShare {
  readonly later: boolean;
  readonly copy: OwnCopy;
}

/** One file in the chat. */
export interface FileCard {
  readonly key: string;
  readonly own: boolean;
  readonly name: string;
  readonly size: number;
  readonly rows: ReadonlySignal<readonly FileRow[]>;
  /**
   * A picture to show: an own one at once, another's once complete. Its type is read from its
   * bytes.
   */
  readonly picture: ReadonlySignal<File | undefined>;
  /** The size of a picture with too many pixels to show. */
  readonly huge: ReadonlySignal<PictureSize | undefined>;
  /** Of an own file that others take in blocks. */
  readonly share: ReadonlySignal<CardShare | undefined>;
}

/**
 * The page's own copy of the signals library. An import shared with the first script would split
 * that script into several files.
 */
export interface SignalMakers {
  readonly signal: typeof signal;
  readonly computed: typeof computed;
}

/** A card whose signals the store sets. */
export class LiveCard implements FileCard {
  readonly paces = new Map<string, { watch: PaceWatch; shownAt: number }>();
  readonly rows: Signal<readonly FileRow[]>;
  readonly picture: Signal<File | undefined>;
  readonly huge: Signal<PictureSize | undefined>;
  readonly share: Signal<CardShare | undefined>;

  constructor(
    readonly key: string,
    readonly about: { readonly own: boolean; readonly name: string; readonly size: number },
    { signal }: SignalMakers,
  ) {
    this.rows = signal<readonly FileRow[]>([]);
    this.picture = signal<File | undefined>(undefined);
    this.huge = signal<PictureSize | undefined>(undefined);
    this.share = signal<CardShare | undefined>(undefined);
  }

  get own(): boolean {
    return this.about.own;
  }

  get name(): string {
    return this.about.name;
  }

  get size(): number {
    return this.about.size;
  }

  async show(file: File): Promise<void> {
    const picture = await pictureOf(file).catch(() => undefined);
    // A picture without a readable size is not shown.
    if (picture?.size === undefined) return;
    if (isHuge(picture.size)) this.huge.value = picture.size;
    else this.picture.value = new File([file], file.name, { type: picture.type });
  }
}

/** Incoming transfers are keyed by sender, who chose the batch id. */
export function cardKey({ direction, batch, peerId }: Transfer): string {
  return direction === "out" ? `file-${batch}` : `file-${peerId}-${batch}`;
}

/** Whether closing the page now would cut the transfer off. */
export function isMoving({ transfer: { state } }: FileRow): boolean {
  return state.kind === "moving" || state.kind === "checking" ||
    (state.kind === "paused" && state.bytes > 0);
}
