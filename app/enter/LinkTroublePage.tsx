import type { JSX } from "preact";
import type { LinkTrouble } from "./link_fragment.ts";
import { useBase } from "../ui/base.ts";
import { Icon } from "../ui/Icon.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../ui/words.ts";
import { linkTroubleOf } from "../ui/words/late/link_trouble.ts";

/** Why a link to a sealed room is not followed: without its secret the room would be open. */
export function LinkTroublePage({ trouble }: { trouble: LinkTrouble }): JSX.Element {
  const { end } = useWords();
  const linkTrouble = linkTroubleOf(useWords());
  const [title, line] = {
    cut: [linkTrouble.sealed, linkTrouble.cutLead] as const,
    insecure: [linkTrouble.insecure, linkTrouble.insecureLead] as const,
  }[trouble];
  return (
    <Notice
      icon={<Icon name="link" size={28} />}
      title={title}
      line={line}
      action={end.toStart}
      href={`${useBase()}/`}
    />
  );
}
