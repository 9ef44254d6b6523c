/** Gives up the removal of noise when it must, and tells it; see extras/extra.ts. */
import type { ComponentType } from "preact";
import type { Call } from "../../../call/mod.ts";
import { type Extra, rememberExtra } from "../../../extras/views.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { loadNoiseStore } from "../lazy.ts";
import { removesMore, turnNoise } from "../turn_noise.ts";
import { TalkPill } from "../../../talk/views.ts";
import { useModule } from "../../../ui/use_module.ts";
import { useWords } from "../../../ui/words.ts";
import { noiseWordsOf } from "../../../ui/words/late/noise.ts";

/** Follows the call. */
export function open(call: Call): Extra {
  // Given up in an earlier call; the switch remembers it again.
  if (!removesMore(call)) rememberExtra("noise", false);
  const following = loadNoiseStore().then(({ ownNoise }) => ownNoise.follow(call));
  const View: ComponentType = () => <GivenUp call={call} />;
  return { View, close: () => void following.then((undo) => undo()) };
}

function GivenUp({ call }: { call: Call }) {
  const words = noiseWordsOf(useWords());
  const ownNoise = useModule(loadNoiseStore, true)?.ownNoise;
  const reason = ownNoise?.givenUp.value;
  if (ownNoise === undefined || reason === undefined) return null;
  return (
    <TalkPill
      icon={<Icon name="microphone" size={16} />}
      title={words.givenUp}
      line={words[reason]}
      action={words.again}
      onAction={() => void turnNoise(call, true)}
      onClose={() => ownNoise.dismiss()}
    />
  );
}
