import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { BarKey } from "../ui/BarKey.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";
import { hasScreens } from "../ui/this_browser.ts";

/** Starts and stops screen sharing. */
export function ShareKey({ call, class: name }: { call: Call; class?: string }): JSX.Element {
  const { room, talk: words, owners } = useWords();
  const on = call.media.source("screen").value.kind === "on";
  const talk = call.talk.value;
  const isReserved = !call.owners.may("screen");
  return (
    <BarKey
      class={name}
      icon={on ? <Icon name="share-off" size={22} /> : <Icon name="share" size={22} />}
      caption={on ? words.stop : room.share}
      label={on ? room.stopSharing : room.share}
      tone={on ? "on" : "plain"}
      disabled={talk === undefined || isReserved}
      note={isReserved ? owners.shareReserved : undefined}
      shortcut="share"
      onPress={() => on ? talk?.stopSharing() : talk?.share()}
    />
  );
}

/** Whether this browser can share a screen; phones cannot. */
export function canShare(): boolean {
  return hasScreens();
}
