import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { Badge } from "../ui/Badge.tsx";
import { BarKey } from "../ui/BarKey.tsx";
import { Icon } from "../ui/Icon.tsx";
import { callPairs } from "./call_pairs.ts";
import { counted } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** The number of pairs in the room that cannot connect. */
export function brokenPairs(call: Call, selfId: string): number {
  return callPairs(call, selfId).filter(({ state }) => state === "failed").length;
}

/** Opens the Connections view; its red badge counts the pairs of the room that cannot connect. */
export function LinksKey({ call, selfId, open, onPress, id, class: name }: {
  readonly call: Call;
  readonly selfId: string;
  readonly open: boolean;
  readonly onPress: () => void;
  readonly id?: string;
  readonly class?: string;
}): JSX.Element {
  const { links, common } = useWords();
  const broken = brokenPairs(call, selfId);
  return (
    <BarKey
      id={id}
      class={`links-key ${name ?? ""}`}
      icon={
        <>
          <Icon name="links" size={22} />
          <Badge count={broken} tone="danger" />
        </>
      }
      caption={links.key}
      tone={open ? "on" : "plain"}
      expanded={open}
      note={broken > 0
        ? counted(links.brokenPairs, { count: broken, locale: common.locale })
        : undefined}
      shortcut="links"
      onPress={onPress}
    />
  );
}
