import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { Words } from "../ui/words/mod.ts";
import { useBase } from "../ui/base.ts";
import { Icon } from "../ui/Icon.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../ui/words.ts";

/** Why joining fails, as far as a page can tell. */
export type Cause = Exclude<keyof Words["stuck"], "goesOn" | "now">;

/** Poll interval, timeout of one request, and the silence that counts as an answer; ms. */
const askMs = { again: 10_000, most: 8_000, silent: 1_500 };

/** The cause, from the server's answer to a handshake (see server/upgrade.ts) or a proxy's. */
export function causeOf({ status, type, headers }: Response): Cause {
  if (type === "opaqueredirect") return "strange";
  switch (status) {
    // A socket would open, so something blocks it. Older servers and some proxies do not answer
    // this.
    case 204:
    case 405:
    case 426:
      return "blocked";
    case 403:
      return "forbidden";
    case 404:
      return "missing";
    case 429:
      return "crowded";
    case 503:
      return headers.has("retry-after") ? "busy" : "away";
    default:
      return status > 500 && status !== 511 ? "away" : "strange";
  }
}

/** How long joining may take, ms; less if it started before this code loaded. */
const longMs = { first: 5_000, later: 10_000 };

/** Explains a join that takes too long, in place of the page before joining. */
export function JoinTrouble({ call, room }: { call: Call; room: string }): JSX.Element | null {
  const joins = call.room.state.value.kind === "joining" &&
    call.room.refused.value !== "rooms-rate" && call.owners.knocking === undefined;
  const [ms, setMs] = useState<number>(joins ? longMs.first : longMs.later);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!joins) return setMs(longMs.later);
    const timer = setTimeout(() => setLong(true), ms);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [joins]);
  return joins && isLong ? <Stuck call={call} room={room} /> : null;
}

/** Why joining fails, and what to do. It retries by itself. */
function Stuck({ call, room }: { call: Call; room: string }): JSX.Element | null {
  const { common, stuck, end } = useWords();
  const base = useBase();
  const [found, ask] = useCause(base);
  // The server's own answer counts more than the probe.
  const cause = call.room.refused.value === "overload" ? "busy" : found;
  if (cause === undefined) return null;
  const [title, line] = stuck[cause];
  return (
    <Notice
      key={cause}
      icon={<Icon name="alert" size={28} />}
      title={title}
      line={line}
      action={stuck.now}
      onAction={() => {
        call.showKeys(room);
        ask();
      }}
      also={
        <>
          <p role="status">{stuck.goesOn}</p>
          <a class="doctor-link" href={`${base}/doctor`} target="_blank" rel="noopener">
            {common.doctor}
          </a>
          <a class="quiet to-start" href={`${base}/`}>{end.toStart}</a>
        </>
      }
    />
  );
}

/** Polls, and asks at once when the browser is back online. */
function useCause(base: string): [cause: Cause | undefined, ask: () => void] {
  const [cause, setCause] = useState<Cause>();
  const [asked, setAsked] = useState(0);
  const ask = () => setAsked((count) => count + 1);
  useEffect(() => {
    const asking = new AbortController();
    const { signal } = asking;
    void whyNot(base, signal).then((cause) => signal.aborted || setCause(cause));
    const silent = setTimeout(() => setCause((known) => known ?? "unreachable"), askMs.silent);
    const again = setTimeout(ask, askMs.again);
    addEventListener("online", ask, { signal });
    addEventListener("offline", ask, { signal });
    return () => {
      asking.abort();
      clearTimeout(silent);
      clearTimeout(again);
    };
  }, [asked]);
  return [cause, ask];
}

async function whyNot(base: string, closed: AbortSignal): Promise<Cause> {
  if (!navigator.onLine) return "offline";
  try {
    const signal = AbortSignal.any([closed, AbortSignal.timeout(askMs.most)]);
    const question = { method: "POST", cache: "no-store", redirect: "manual", signal } as const;
    return causeOf(await fetch(`${base}/ws`, question));
  } catch {
    return "unreachable";
  }
}
