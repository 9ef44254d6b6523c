import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { clockTime } from "../ui/clock.ts";
import { useWords } from "../ui/words.ts";

/** The call's duration, ticking. */
export function CallTime({ call }: { call: Call }): JSX.Element {
  const { room } = useWords();
  const since = call.joinedAt.value;
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span class="clock" role="timer" aria-label={room.callTime}>
      {clockTime(since === undefined ? 0 : now - since)}
    </span>
  );
}
