/** Trust in the people panel, the menu of a tile, and the Connections view. */
import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill, listed } from "../ui/phrases.ts";
import { useModule } from "../ui/use_module.ts";
import { useLateWords } from "../ui/late_words.ts";
import { useWords } from "../ui/words.ts";
import { loadSafetyWords } from "./lazy.ts";
import type { ShownTrust } from "./mod.ts";
import { useLeaving } from "./RemedyKey.tsx";
import { shieldOf } from "./trust_words.ts";

/** Whether there are safety words with a peer, or there will be in some seconds. */
function hasWords({ kind }: ShownTrust): boolean {
  return kind === "verified" || kind === "compared" || kind === "differs";
}

/** Opens the safety words with a person of the people panel. */
export function WordsKey({ call, peerId, name }: {
  call: Call;
  peerId: string;
  name: string;
}): JSX.Element | null {
  const { trust: words } = useLateWords();
  const trust = call.trust.value;
  if (trust === undefined) return null;
  const { shown } = trust.of(peerId);
  if (!hasWords(shown)) return null;
  const label = `${words.marks[shown.kind]}. ${fill(words.wordsWith, { name })}`;
  const { icon, class: color } = shieldOf(shown);
  return (
    <button
      type="button"
      class="quiet-key words-key"
      aria-label={label}
      aria-haspopup="dialog"
      title={label}
      onClick={() => trust.openWords(peerId)}
    >
      <Icon name={icon} class={color} />
    </button>
  );
}

/** The same as a row of a tile's menu. `then`: wraps what a press does, as the menu needs it. */
export function WordsRow({ call, peerId, then }: {
  call: Call;
  peerId: string;
  then: (run: () => void) => () => void;
}): JSX.Element | null {
  const { trust: words } = useLateWords();
  const trust = call.trust.value;
  if (trust === undefined || !hasWords(trust.of(peerId).shown)) return null;
  return (
    <button type="button" class="menu-row" onClick={then(() => trust.openWords(peerId))}>
      <Icon name="shield" />
      {words.words}
    </button>
  );
}

/** The open safety words, if any. */
export function OpenWords({ call }: { call: Call }): JSX.Element | null {
  const trust = call.trust.value;
  const peerId = trust?.comparing;
  const module = useModule(loadSafetyWords, peerId !== undefined);
  const onLeave = useLeaving(call);
  const view = call.room.peers.value.find((each) => each.peerId === peerId);
  if (trust === undefined || view === undefined || module === undefined) return null;
  return (
    <module.SafetyWords
      trust={trust}
      peerId={view.peerId}
      name={view.peer.value.name}
      onLeave={onLeave}
    />
  );
}

/** Whether a person is verified, in words; undefined while nothing is known. */
export function useTrustWords(call: Call, peerId: string): string | undefined {
  const { trust: words } = useLateWords();
  const kind = call.trust.value?.of(peerId).shown.kind;
  return kind === undefined || kind === "open" ? undefined : words.marks[kind];
}

/** One sentence about the whole room. */
export function TrustSection({ call }: { call: Call }): JSX.Element | null {
  const { trust: words } = useLateWords();
  const trust = call.trust.value;
  if (trust === undefined) return null;
  return (
    <section class="trust-section" aria-labelledby="trust-title">
      <h3 id="trust-title">
        <Icon name={trust.sealed ? "shield" : "shield-off"} />
        {trust.sealed ? words.sealedTitle : words.openTitle}
      </h3>
      <p>{trust.sealed ? words.sealedLine : words.openLine}</p>
    </section>
  );
}

/** The line of the Connections view that says with whom this person is verified. */
export function TrustRemark({ call }: { call: Call }): JSX.Element | null {
  const { common } = useWords();
  const { trust: words } = useLateWords();
  const trust = call.trust.value;
  const peers = call.room.peers.value;
  if (trust === undefined || peers.length === 0) return null;
  const others = peers.filter(({ peerId }) => {
    const { kind } = trust.of(peerId).shown;
    return kind !== "verified" && kind !== "compared";
  });
  const all = others.length === 0;
  const names = others.map(({ peer }) => peer.value.name || common.someone);
  return (
    <li class={`remark remark-trust remark-${all ? "direct" : "relayed"}`}>
      <Icon name={all ? "shield" : "shield-off"} class={all ? "good" : ""} />
      <div>
        <strong>
          {all
            ? words.allVerified
            : trust.sealed
            ? fill(words.notVerified, { names: listed(names, common.locale) })
            : words.openTitle}
        </strong>
        {(all || !trust.sealed) && <p>{all ? words.allVerifiedLine : words.openLine}</p>}
      </div>
    </li>
  );
}
