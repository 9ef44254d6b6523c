import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { fill } from "../ui/phrases.ts";

/** Counts the seconds since `since`, by performance.now(), in a phrase with `{seconds}`. */
export function Seconds({ since, phrase }: { since: number; phrase: string }): JSX.Element {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <>{fill(phrase, { seconds: Math.max(0, Math.round((now - since) / 1000)) })}</>;
}
