import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { TrackAudio } from "../ui/TrackVideo.tsx";
import { useWords } from "../ui/words.ts";

/** Everyone else's sound, outside the tiles. The page never plays own sound. */
export function Voices({ call }: { call: Call }): JSX.Element {
  const { room } = useWords();
  const [refused, setRefused] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const speakerId = call.media.speakerId.value;
  const play = () => {
    setRefused(false);
    for (const audio of box.current?.querySelectorAll("audio") ?? []) {
      if (audio.srcObject !== null) audio.play().catch(() => setRefused(true));
    }
  };
  const refuse = () => setRefused(true);
  return (
    <>
      <div ref={box} class="voices">
        {call.room.peers.value.map(({ peerId, tracks }) => (
          <div key={peerId} data-voice-of={peerId}>
            <TrackAudio track={tracks.microphone.value} speakerId={speakerId} onRefused={refuse} />
            <TrackAudio
              track={tracks["screen-audio"].value}
              speakerId={speakerId}
              onRefused={refuse}
            />
          </div>
        ))}
      </div>
      {refused && (
        <button type="button" class="primary big unlock" title={room.tapToHearWhy} onClick={play}>
          <Icon name="speaker" />
          {room.tapToHear}
        </button>
      )}
    </>
  );
}
