import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { attempt } from "../../protocol/attempt.ts";

/** `onRefused`: the browser would not play without a gesture. */
export interface TrackVideoProps {
  readonly track: MediaStreamTrack | null;
  readonly label: string;
  readonly class?: string;
  readonly onRefused?: () => void;
}

/**
 * Plays one video track, muted: voices play elsewhere, so that a tile can move or unmount freely.
 */
export function TrackVideo({ track, label, class: name, onRefused }: TrackVideoProps): JSX.Element {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (video === null) return;
    video.srcObject = track === null ? null : new MediaStream([track]);
    // A rear camera is not mirrored; see .mirrored.
    video.dataset.facing = track?.getSettings().facingMode ?? "";
    if (track !== null) video.play().catch(refusal(onRefused));
  }, [track]);
  // Preact sets `muted` as a property; the attribute alone would not silence an element made by
  // script.
  return <video ref={element} class={name} aria-label={label} autoplay playsInline muted />;
}

/** Plays one audio track, invisible. */
export function TrackAudio({ track, speakerId, onRefused }: {
  track: MediaStreamTrack | null;
  speakerId: string;
  onRefused: () => void;
}): JSX.Element {
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const audio = element.current;
    if (audio === null) return;
    audio.srcObject = track === null ? null : new MediaStream([track]);
    if (track !== null) audio.play().catch(refusal(onRefused));
  }, [track]);
  useEffect(() => {
    const audio = element.current;
    // A speaker that was unplugged meanwhile is refused; the system default stays.
    if (audio !== null && "setSinkId" in audio) void attempt(() => audio.setSinkId(speakerId));
  }, [speakerId]);
  return <audio ref={element} autoplay />;
}

/** Only a refusal counts; a play() that a newer track interrupted does not. */
function refusal(onRefused: (() => void) | undefined): (error: unknown) => void {
  return (error) => {
    if (error instanceof DOMException && error.name === "NotAllowedError") onRefused?.();
  };
}
