import type { JSX } from "preact";
import { CopyLink } from "../ui/CopyLink.tsx";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useLateWords } from "../ui/late_words.ts";
import { shortHash } from "./program.ts";
import { useProgram } from "./use_program.ts";

/** Names the program of this site, so that people can compare it with a release. */
export function ProgramLine(): JSX.Element | null {
  const { program } = useLateWords();
  const hash = useProgram();
  if (hash === undefined) return null;
  return (
    <div class="program-line">
      <span title={hash}>{fill(program.line, { hash: shortHash(hash) })}</span>
      <CopyLink link={hash} class="quiet-key" label={program.copy} icon={<Icon name="copy" />}>
        {null}
      </CopyLink>
    </div>
  );
}
