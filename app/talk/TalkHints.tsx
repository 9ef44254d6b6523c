import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { loadSilence } from "./silence/lazy.ts";
import { fill } from "../ui/phrases.ts";
import { usePushToTalk } from "./push_to_talk.ts";
import { TalkAnnouncer } from "./TalkAnnouncer.tsx";
import { TalkPill } from "./TalkPill.tsx";
import { useModule } from "../ui/use_module.ts";
import { useQuiet } from "./silence/use_quiet.ts";
import { useWords } from "../ui/words.ts";
import { matches } from "../ui/this_browser.ts";

/** Hints about the own voice and hand, and announcements of others' hands and reactions. */
export function TalkHints({ call }: { call: Call }): JSX.Element {
  const { room, talk: words, owners } = useWords();
  useEffect(() => void call.loadTalk(), [call]);
  const held = usePushToTalk(call);
  const talk = call.talk.value;
  const { quiet, heard } = useQuiet(call);
  const silence = useModule(loadSilence, quiet);
  const silencer = call.room.peers.value.find(({ peerId }) => peerId === call.mutedBy.value);
  const hasKeys = matches("(hover: hover)");
  return (
    <>
      {held && (
        <TalkPill
          icon={<Icon name="microphone" size={16} />}
          title={words.held}
          line={words.heldWhy}
          tone="live"
        />
      )}
      {talk?.unheard.value && (
        <TalkPill
          icon={<Icon name="microphone-off" size={16} />}
          title={words.unheard}
          line={hasKeys ? words.unheardWhy : words.unheardShort}
          action={room.unmute}
          onAction={() => call.setMuted(false)}
          onClose={() => talk.dismissUnheard()}
        />
      )}
      {silencer !== undefined && (
        <TalkPill
          icon={<Icon name="microphone-off" size={16} />}
          title={fill(owners.mutedBy, { name: silencer.peer.value.name })}
          line={owners.mutedByLine}
          action={room.unmute}
          onAction={() => call.setMuted(false)}
          onClose={() => call.dismissMutedBy()}
        />
      )}
      {talk?.handForgotten.value && (
        <TalkPill
          icon={<Icon name="hand" size={16} />}
          title={words.handForgotten}
          action={words.lowerHand}
          onAction={() => call.toggleHand()}
        />
      )}
      {silence && (
        <silence.SilentMicrophone call={call} Store={silence.SilenceStore} heard={heard.current} />
      )}
      <TalkAnnouncer call={call} />
    </>
  );
}
