import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { StopReason } from "../../mesh/mod.ts";
import type { Call } from "../call/mod.ts";
import { loadOwnPicture } from "./lazy.ts";
import { useTreatment } from "./use_picture.ts";
import { Icon } from "../ui/Icon.tsx";
import { useModule } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";
import { ownPictureWordsOf } from "../ui/words/own_picture_words.ts";

const stylesOf = {
  room: { box: "pill talk-pill", key: "pill-key" },
  before: { box: "trial trial-failed", key: "secondary small" },
} as const;

/** Turns the camera off if its picture has stopped, says why, and lets the person choose. */
export function PictureStopped({ call, place }: {
  call: Call;
  place: "room" | "before";
}): JSX.Element | null {
  const words = ownPictureWordsOf(useWords());
  const { blur, setBlur } = useTreatment(call);
  const why = useStopReason(call);
  if (why === undefined) return null;
  const styles = stylesOf[place];
  const turnOn = () => call.devices.turn("camera", true);
  return (
    <div class={styles.box} role="alert">
      <Icon name="video-off" size={16} />
      <span>
        <strong>{blur === "off" ? words.turnBroken : words.stopped[why]}</strong>
        <span class="pill-more">{words.stoppedLine}</span>
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

/** Why the camera was turned off, until it is on again. */
function useStopReason(call: Call): StopReason | undefined {
  const why = useSignal<StopReason | undefined>(undefined);
  const late = useModule(loadOwnPicture, true);
  useEffect(() =>
    late?.ownPicture.stopped.subscribe((stopped) => {
      why.value = stopped;
      if (stopped !== undefined) call.devices.turn("camera", false);
    }), [late]);
  return why.value;
}
