import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** A tile whose connection is recovering: the last picture and the seconds since. */
export function ReconnectingLink({ name, since }: { name: string; since: number }): JSX.Element {
  const { link } = useWords();
  return (
    <div class="overlay overlay-reconnecting">
      <Icon name="spinner" size={28} class="spin" />
      <Seconds since={since} />
      <p>{fill(link.kept, { name })}</p>
    </div>
  );
}

/** Counts seconds since `since`, by performance.now(). */
function Seconds({ since }: { since: number }): JSX.Element {
  const { link } = useWords();
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((now - since) / 1000));
  return <strong>{fill(link.reconnecting, { seconds })}</strong>;
}
