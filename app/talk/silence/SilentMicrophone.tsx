/** Why the own microphone is not heard, and the remedy. Loaded when it has been silent for long. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../ui/Icon.tsx";
import { fill } from "../../ui/phrases.ts";
import type { Silence, SilenceStore, SilentCall } from "./silence_store.ts";
import { TalkPill } from "../TalkPill.tsx";
import { useWords } from "../../ui/words.ts";
import { type SilenceWords, silenceWordsOf } from "../../ui/words/late/silence.ts";

/** `Store`: finds out why. `heard`: the track from which a sound has come before. */
export interface SilentMicrophoneProps {
  readonly call: SilentCall;
  readonly Store: typeof SilenceStore;
  readonly heard: MediaStreamTrack | undefined;
}

/** A pill while it is silent. */
export function SilentMicrophone(
  { call, Store, heard }: SilentMicrophoneProps,
): JSX.Element | null {
  const words = silenceWordsOf(useWords());
  const [store, setStore] = useState<SilenceStore>();
  useEffect(() => {
    const opened = new Store(call, { heard });
    setStore(opened);
    return () => opened.close();
  }, [call]);
  const silence = store?.silence.value;
  const state = call.media.source("microphone").value;
  if (silence === undefined || state.kind !== "on") return null;
  const { other } = silence;
  const use = other && (() => void call.media.choose("microphone", other));
  return (
    <TalkPill
      icon={<Icon name="microphone-off" size={16} />}
      title={words.title}
      line={lineOf(silence, { words, own: state.track.label })}
      {...use && { action: words.use, onAction: use }}
      onClose={() => store?.dismiss()}
    />
  );
}

function lineOf(
  { kind, other }: Silence,
  { words, own }: { words: SilenceWords; own: string },
): string {
  const label = own || words.unnamed;
  if (other !== undefined) return fill(words.elsewhere, { other: other.label || words.unnamed });
  return fill(kind === "muted" ? words.muted : words.dead, { label });
}
