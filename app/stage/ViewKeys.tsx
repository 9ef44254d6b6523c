import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { BarKey } from "../ui/BarKey.tsx";
import { canOpenCallWindow, openCallWindow } from "./CallWindow.tsx";
import { canFillRoom, isRoomFull, toggleRoomFull } from "./fullscreen.ts";
import { Icon } from "../ui/Icon.tsx";
import { PicturesOfAll } from "./PictureChoice.tsx";
import { ViewChoice } from "./ViewChoice.tsx";
import type { ViewStore } from "./view_store.ts";
import { useWords } from "../ui/words.ts";

/** The view settings for the More menu. */
export function AllViewKeys({ call, view, onDone }: {
  call: Call;
  view: ViewStore;
  onDone: () => void;
}): JSX.Element {
  const words = useWords();
  const { stage } = words;
  const full = useRoomFull();
  const small = view.smallWindow.value?.kind === "call";
  return (
    <>
      <ViewChoice view={view} />
      <PicturesOfAll view={view} />
      <BarKey
        icon={<Icon name="picture" size={22} />}
        caption={stage.light}
        tone={call.light.value ? "on" : "plain"}
        pressed={call.light.value}
        onPress={() => call.setLight(!call.light.value)}
      />
      {canOpenCallWindow() && (
        <BarKey
          icon={<Icon name="small-window" size={22} />}
          caption={small ? stage.closeWindow : stage.smallWindow}
          onPress={() => {
            if (small) view.smallWindow.peek()?.close();
            else void openCallWindow(call, view, words);
            onDone();
          }}
        />
      )}
      {canFillRoom() && (
        <BarKey
          icon={full ? <Icon name="full-off" size={22} /> : <Icon name="full" size={22} />}
          caption={full ? stage.fullOff : stage.full}
          onPress={() => {
            void toggleRoomFull();
            onDone();
          }}
        />
      )}
    </>
  );
}

function useRoomFull(): boolean {
  const [full, setFull] = useState(isRoomFull);
  useEffect(() => {
    const look = () => setFull(isRoomFull());
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  return full;
}
