/**
 * The files that are made of a recording and saved. Invariants: one is made at a time; what is left
 * of the last one is removed before the next.
 */
import type { Signal, signal } from "@preact/signals-core";
import { lateImport } from "../../mesh/mod.ts";
import { saveFile } from "../../mesh/files/mod.ts";
import {
  chatFiles,
  diskFailure,
  dropMadeFiles,
  loadAssembly,
  readTracks,
  type RecordedTrack,
  type RecordingFolder,
  safeFileName,
} from "../../mesh/recording/mod.ts";
import { joinLines, linesAsSubtitles, linesAsText, parseLines } from "./film_chat.ts";

/** What is being made of a recording. `done`: the share, 0 to 1. */
export type RecordingWork =
  | { readonly kind: "none" }
  | { readonly kind: "making"; readonly id: string; readonly done: number }
  | {
    readonly kind: "failed";
    readonly id: string;
    readonly why: "disk-full" | "cannot-make" | "empty";
  };

/** Makes files of recordings. */
export class RecordingFiles {
  readonly work: Signal<RecordingWork>;
  #abort = new AbortController();

  /** `makeSignal`: of the page's copy of the library. */
  constructor(makeSignal: typeof signal) {
    this.work = makeSignal<RecordingWork>({ kind: "none" });
  }

  /** Makes one film of all tracks and saves it. */
  async saveFilm(folder: RecordingFolder): Promise<void> {
    await this.#make(folder, async (tracks, signal) => {
      const { makeFilm } = await lateImport(loadAssembly);
      let made = "";
      await makeFilm({
        tracks,
        signal,
        open: (extension) => folder.create(made = `film.${extension}`),
        progress: (done) => this.#progress(folder, done),
      });
      const name = fileName(folder, made);
      saveFile(new File([await folder.read(made)], name, { type: "application/octet-stream" }));
    });
  }

  /** Saves one archive: each track as a file for editing, the chat and the subtitles. */
  async saveTracks(folder: RecordingFolder): Promise<void> {
    await this.#make(folder, async (tracks, signal) => {
      const { alignTrack, zipFiles } = await lateImport(loadAssembly);
      const zero = zeroOf(tracks, folder);
      const files: { name: string; content: Blob }[] = [];
      for (const [index, track] of tracks.entries()) {
        signal.throwIfAborted();
        let made = "";
        await alignTrack({
          track,
          zero,
          open: (extension) => folder.create(made = `track-${index + 1}.${extension}`),
        }).catch((error) => {
          // A page that died at once may have left a track without a picture.
          if (diskFailure(error) === "disk-full") throw error;
          made = "";
        });
        const extension = made.slice(made.lastIndexOf("."));
        const name = safeFileName(`${index + 1} ${track.name} ${track.slot}${extension}`);
        if (made !== "") files.push({ name, content: await folder.read(made) });
        this.#progress(folder, (index + 1) / (tracks.length + 1));
      }
      const { text, subtitles } = await chatOf(folder);
      files.push({ name: "chat.txt", content: new Blob([text]) });
      files.push({ name: "subtitles.vtt", content: new Blob([subtitles]) });
      const archive = await zipFiles(files, new Date(folder.about.since));
      saveFile(new File([archive], fileName(folder, "tracks.zip"), { type: archive.type }));
    });
  }

  /** Saves the chat as a text with the times of the film. */
  async saveChat(folder: RecordingFolder): Promise<void> {
    const { text } = await chatOf(folder);
    saveFile(new File([text], fileName(folder, "chat.txt"), { type: "text/plain;charset=utf-8" }));
  }

  /** Saves the chat as subtitles of the film. */
  async saveSubtitles(folder: RecordingFolder): Promise<void> {
    const { subtitles } = await chatOf(folder);
    const name = fileName(folder, "film.vtt");
    saveFile(new File([subtitles], name, { type: "text/vtt;charset=utf-8" }));
  }

  /** Stops making a file. */
  end(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.work.value = { kind: "none" };
  }

  #progress({ about: { id } }: RecordingFolder, done: number): void {
    if (this.work.peek().kind === "making") this.work.value = { kind: "making", id, done };
  }

  async #make(
    folder: RecordingFolder,
    work: (tracks: readonly RecordedTrack[], signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    if (this.work.peek().kind === "making") return;
    const { id } = folder.about;
    const { signal } = this.#abort;
    this.work.value = { kind: "making", id, done: 0 };
    try {
      await dropMadeFiles(folder);
      const tracks = await readTracks(folder);
      if (tracks.length === 0) return void (this.work.value = { kind: "failed", id, why: "empty" });
      await work(tracks, signal);
      if (!signal.aborted) this.work.value = { kind: "none" };
    } catch (error) {
      if (signal.aborted) return;
      const why = diskFailure(error) === "disk-full" ? "disk-full" : "cannot-make";
      this.work.value = { kind: "failed", id, why };
    }
  }
}

async function chatOf(folder: RecordingFolder): Promise<{ text: string; subtitles: string }> {
  const names = chatFiles(await folder.names());
  const texts = await Promise.all(names.map(async (name) => (await folder.read(name)).text()));
  const lines = joinLines(texts.map(parseLines));
  const zero = zeroOf(await readTracks(folder), folder);
  return { text: linesAsText(lines, zero), subtitles: linesAsSubtitles(lines, zero) };
}

/** The start of the recording: of its first track, ms since the epoch. */
function zeroOf(tracks: readonly RecordedTrack[], { about }: RecordingFolder): number {
  return tracks[0]?.at ?? about.since;
}

/** "harbour-cat 2026-05-03 18.04 film.webm" */
function fileName({ about: { room, since } }: RecordingFolder, name: string): string {
  const local = new Date(since - new Date(since).getTimezoneOffset() * 60_000).toISOString();
  const time = `${local.slice(0, 10)} ${local.slice(11, 16).replace(":", ".")}`;
  return safeFileName(`${room} ${time} ${name}`);
}
