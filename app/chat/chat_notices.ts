/**
 * Sound and notifications for others' lines. Invariants: nothing for a line in view; a notification
 * only while the page is hidden and the browser allows it; never the text of a private line,
 * because a notification may appear on a locked or shared screen.
 */
import type { ChatStore } from "./chat_store.ts";
import type { PreferenceBook } from "../ui/preferences.ts";
import type { LineEntry } from "./chat_entries.ts";
import type { Words } from "../ui/words/mod.ts";
import { effect } from "@preact/signals";
import { gist } from "./chat_words.ts";
import { fill } from "../ui/phrases.ts";
import { attempt } from "../../protocol/attempt.ts";

/** `isOpen`: the chat is in view. `onOpen`: a notification was pressed. */
export interface NoticeOptions {
  readonly book: PreferenceBook;
  readonly room: string;
  readonly words: () => Words;
  readonly isOpen: () => boolean;
  readonly onOpen: () => void;
}

const quietMs = 2_000;
const mostLetters = 120;

/** Notifies of new lines as the preferences say; returns its undo. */
export function watchChat(chat: ChatStore, options: NoticeOptions): () => void {
  let last = chat.latest.peek();
  let soundedAt = -Infinity;
  return effect(() => {
    const line = chat.latest.value;
    if (line === undefined || line === last) return;
    last = line;
    const { chatSound, chatNotices } = options.book.current.peek();
    if (chatNotices && document.hidden) notify(line, options);
    const isSeen = options.isOpen() && !document.hidden;
    if (!chatSound || isSeen || performance.now() - soundedAt < quietMs) return;
    soundedAt = performance.now();
    playTone();
  });
}

/** The text of a notification; for a private line only its author. */
export function noticeOf(
  line: LineEntry,
  { room, words }: { room: string; words: Words },
): { title: string; body: string } {
  const { name } = line;
  if (line.to !== undefined) return { title: fill(words.chat.noticePrivate, { name }), body: room };
  const letters = [...gist(line, words)];
  const isLong = letters.length > mostLetters;
  const body = isLong ? `${letters.slice(0, mostLetters).join("")}…` : letters.join("");
  return { title: `${name} · ${room}`, body };
}

function notify(line: LineEntry, { room, words, onOpen }: NoticeOptions): void {
  if (!isAllowed()) return;
  const { title, body } = noticeOf(line, { room, words: words() });
  try {
    // One notification per room: a new one replaces the last.
    const notice = new Notification(title, { body, tag: `parley-${room}` });
    notice.onclick = () => {
      globalThis.focus();
      onOpen();
      notice.close();
    };
  } catch {
    // Phone browsers require a service worker here; sound and title still work.
  }
}

/** Whether the browser allows notifications now; the person can change that at any time. */
export function isAllowed(): boolean {
  return attempt(() => Notification.permission) === "granted";
}

/** Asks for permission if needed. Must be called from a click. */
export async function mayNotify(): Promise<boolean> {
  if (attempt(() => Notification.permission) !== "default") return isAllowed();
  return await attempt(() => Notification.requestPermission()) === "granted";
}

let audio: AudioContext | undefined;

/** Plays two soft notes, synthesised rather than loaded. */
export function playTone(): void {
  try {
    audio ??= new AudioContext();
    const context = audio;
    void attempt(() => context.resume());
    const start = audio.currentTime;
    for (const [hertz, delay] of [[660, 0], [880, 0.11]] as const) {
      const tone = new OscillatorNode(audio, { type: "sine", frequency: hertz });
      const volume = new GainNode(audio, { gain: 0 });
      volume.gain.setTargetAtTime(0.09, start + delay, 0.01);
      volume.gain.setTargetAtTime(0, start + delay + 0.08, 0.05);
      tone.connect(volume).connect(audio.destination);
      tone.start(start + delay);
      tone.stop(start + delay + 0.5);
    }
  } catch {
    // No sound here; the counts in the bar and the title still work.
  }
}
