/** Trust in words and icons. Pure. */
import type { Alarm, Doubt } from "../../mesh/mod.ts";
import type { IconName } from "../ui/IconShapes.tsx";
import { fill } from "../ui/phrases.ts";
import { lateWordsOf } from "../ui/words/late/trust.ts";
import type { Words } from "../ui/words/mod.ts";
import type { ShownTrust } from "./mod.ts";

/** The one thing to do about a peer who cannot be trusted. */
export type Remedy = "reload" | "copy-link" | "leave";

/** Why a peer gets neither picture nor sound; undefined: nothing stands against it. */
export function reasonOf(shown: ShownTrust): Alarm | Doubt | undefined {
  switch (shown.kind) {
    case "alarm":
      return shown.alarm;
    case "unverified":
      return shown.doubt;
    case "open":
    case "checking":
    case "verified":
    case "compared":
    case "differs":
      return undefined;
    default:
      return shown satisfies never;
  }
}

/** An alarm lasts until one of the two pages is loaded again: then it has new keys. */
const remedies: Readonly<Record<Alarm | Doubt, Remedy>> = {
  "no-hello": "reload",
  "wrong-secret": "copy-link",
  "unconfirmed": "reload",
  "altered": "reload",
  "replayed": "reload",
  "withheld": "reload",
  "unsealed": "leave",
  "fingerprint": "leave",
};

/** What to do about it. */
export function remedyOf(reason: Alarm | Doubt): Remedy {
  return remedies[reason];
}

/** What has happened, as one sentence. `name` may be empty: only verified people have one. */
export function reasonWords(
  reason: Alarm | Doubt,
  { name, words }: { name: string; words: Words },
): string {
  const { why } = lateWordsOf(words).trust;
  return fill(why[reason], { name: name || words.common.someone });
}

/** The shield of a peer. `class`: its colour. */
export function shieldOf(
  { kind }: ShownTrust,
): { readonly icon: IconName; readonly class: string } {
  switch (kind) {
    case "open":
    case "unverified":
      return { icon: "shield-off", class: "dim" };
    case "checking":
      return { icon: "shield-plain", class: "dim" };
    case "verified":
      return { icon: "shield", class: "dim" };
    case "compared":
      return { icon: "shield-user", class: "ok" };
    case "differs":
    case "alarm":
      return { icon: "shield-alert", class: "bad" };
    default:
      return kind satisfies never;
  }
}
