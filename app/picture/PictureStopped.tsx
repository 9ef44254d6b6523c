import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { useOwnPicture } from "./use_picture.ts";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";
import { ownPictureWordsOf } from "../ui/words/late/own_picture.ts";

const stylesOf = {
  room: { box: "pill talk-pill", more: "pill-more", key: "pill-key" },
  before: { box: "trial trial-failed", more: undefined, key: "secondary small" },
} as const;

/** Turns the camera off if its picture has stopped, says why, and lets the person choose. */
export function PictureStopped({ call, place }: {
  call: Call;
  place: "room" | "before";
}): JSX.Element | null {
  const words = ownPictureWordsOf(useWords());
  const own = useOwnPicture(call);
  const why = own?.stopped;
  useEffect(() => void (why && call.devices.turn("camera", false)), [why]);
  if (own === undefined || why === undefined) return null;
  const { blur, setBlur } = own;
  const styles = stylesOf[place];
  const turnOn = () => call.devices.turn("camera", true);
  return (
    <div class={styles.box} role="alert">
      {place === "room" && <Icon name="video-off" size={16} />}
      <span>
        <strong>{blur === "off" ? words.turnBroken : words.stopped[why]}</strong>{" "}
        <span class={styles.more}>{words.stoppedLine}</span>
      </span>
      <button type="button" class={styles.key} onClick={turnOn}>{words.again}</button>
      {blur !== "off" && (
        <button
          type="button"
          class={styles.key}
          onClick={() => void setBlur("off").then(turnOn)}
        >
          {words.show}
        </button>
      )}
    </div>
  );
}
