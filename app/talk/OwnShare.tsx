import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { TalkStore } from "./talk_store.ts";
import type { Words } from "../ui/words/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { counted } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/**
 * `track`: the shared screen; `keys`: those that every tile has; `talk`: undefined until loaded;
 * `others`: how many see it; `motion`: it is sent for motion, otherwise for text.
 */
export interface OwnShareProps {
  readonly talk: TalkStore | undefined;
  readonly others: number;
  readonly motion: boolean;
  readonly track: MediaStreamTrack;
  readonly keys: JSX.Element;
}

/** The controls over the own shared screen: what is shared, text or motion, change and stop. */
export function OwnShare(props: OwnShareProps): JSX.Element {
  const { talk, others, motion, track, keys } = props;
  const { room, talk: words, common } = useWords();
  const paused = usePaused(track);
  const { one, with: company } = sharedWords(track, words);
  return (
    <>
      <div class="chips">
        <span class="chip">
          <Icon name="share" size={16} />
          <span class="chip-words">
            {others === 0 ? one : counted(company, { count: others, locale: common.locale })}
          </span>
        </span>
        {keys}
      </div>
      {paused && (
        <div class="share-paused" role="status">
          <strong>{words.paused}</strong>
          <span>{words.pausedWhy}</span>
        </div>
      )}
      <div class="share-strip" role="group" aria-label={one}>
        <BestFor talk={talk} motion={motion} />
        {talk?.shareSound !== undefined && (
          <button
            type="button"
            class="strip-key"
            aria-pressed={talk.shareSound}
            title={words.sound}
            onClick={() => talk.setShareSound(!talk.shareSound)}
          >
            {talk.shareSound
              ? <Icon name="speaker" size={16} />
              : <Icon name="speaker-off" size={16} class="bad" />}
            <span class="strip-words">{words.sound}</span>
          </button>
        )}
        <button
          type="button"
          class="strip-key"
          title={words.changeWhy}
          onClick={() => talk?.share()}
        >
          <Icon name="change" size={16} />
          <span class="strip-words">{words.change}</span>
        </button>
        <button type="button" class="strip-stop" onClick={() => talk?.stopSharing()}>
          {room.stopSharing}
        </button>
      </div>
    </>
  );
}

function BestFor({ talk, motion }: Pick<OwnShareProps, "talk" | "motion">): JSX.Element {
  const { talk: words } = useWords();
  const choose = (wanted: boolean) => void talk?.setMotion(wanted);
  return (
    <>
      <span class="strip-label" id="best-for">{words.bestFor}</span>
      <div class="strip-choice" role="group" aria-labelledby="best-for">
        <button type="button" aria-pressed={!motion} onClick={() => choose(false)}>
          <Icon name="text" size={16} />
          <span class="strip-words">{words.text}</span>
        </button>
        <button type="button" aria-pressed={motion} onClick={() => choose(true)}>
          <Icon name="motion" size={16} />
          <span class="strip-words">{words.motion}</span>
        </button>
      </div>
    </>
  );
}

/** Whether the shared window delivers no frames: minimised, or on another desktop. */
function usePaused(track: MediaStreamTrack): boolean {
  const [paused, setPaused] = useState(track.muted);
  useEffect(() => {
    const look = () => setPaused(track.muted);
    look();
    track.addEventListener("mute", look);
    track.addEventListener("unmute", look);
    return () => {
      track.removeEventListener("mute", look);
      track.removeEventListener("unmute", look);
    };
  }, [track]);
  return paused;
}

/** By `displaySurface` of the Screen Capture specification; without it, a screen. */
function sharedWords(track: MediaStreamTrack, { share }: Words["talk"]) {
  const { displaySurface } = track.getSettings();
  if (displaySurface === "window") return share.window;
  return displaySurface === "browser" ? share.browser : share.monitor;
}
