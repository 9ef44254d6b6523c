import type { JSX } from "preact";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { Seconds } from "./Seconds.tsx";
import { useWords } from "../ui/words.ts";

/** A tile whose connection is recovering: the last picture and the seconds since. */
export function ReconnectingLink({ name, since }: { name: string; since: number }): JSX.Element {
  const { link } = useWords();
  return (
    <div class="overlay overlay-reconnecting">
      <Icon name="spinner" size={28} class="spin" />
      <strong>
        <Seconds since={since} phrase={link.reconnecting} />
      </strong>
      <p>{fill(link.kept, { name })}</p>
    </div>
  );
}
