import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { useBase } from "../ui/base.ts";
import { CopyLink } from "../ui/CopyLink.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useLateWords } from "../ui/late_words.ts";
import { useWords } from "../ui/words.ts";
import type { Remedy } from "./trust_words.ts";

/** Leaves, and goes to where a person starts a room with a new link. */
export function useLeaving(call: Call): () => void {
  const base = useBase();
  return () => {
    call.session.leave();
    location.assign(`${base}/`);
  };
}

/** The key that does what helps. `link`: of this room. */
export function RemedyKey({ call, remedy, link, class: name }: {
  call: Call;
  remedy: Remedy;
  link: string;
  class: string;
}): JSX.Element {
  const { common } = useWords();
  const { trust: words } = useLateWords();
  const leave = useLeaving(call);
  switch (remedy) {
    case "reload":
      return (
        <button type="button" class={name} onClick={() => location.reload()}>{words.reload}</button>
      );
    case "copy-link":
      return (
        <CopyLink link={link} class={name} icon={<Icon name="link" size={16} />}>
          {common.copyLink}
        </CopyLink>
      );
    case "leave":
      return <button type="button" class={name} onClick={leave}>{words.leave}</button>;
    default:
      return remedy satisfies never;
  }
}
