import "./shared.ts";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Call, Words } from "../state/mod.ts";
import { useBase } from "./base.ts";
import { DoctorLink } from "./DoctorLink.tsx";
import { Icon } from "./Icon.tsx";
import { Notice } from "./Notice.tsx";
import { useWords } from "./words.ts";

/** Why there is no way in, as far as a page can find out. */
export type Cause = Exclude<keyof Words["stuck"], "goesOn" | "now">;

/** How often it is asked, how long one question may take, and when no answer is an answer; ms. */
const askMs = { again: 10_000, most: 8_000, silent: 1_500 };

/** What the server says to a handshake (see server/upgrade.ts), or what stands between says in its place. */
export function causeOf({ status, type, headers }: Response): Cause {
  if (type === "opaqueredirect") return "strange";
  switch (status) {
    // A socket would be given; an older server knows the question as little as a proxy may let it pass.
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

/** Joining takes too long: why, in words, and ways out. It goes on by itself. Until something is known, `children`. */
export function Stuck({ call, room, children }: {
  call: Call;
  room: string;
  children: ComponentChildren;
}): JSX.Element {
  const { stuck, end } = useWords();
  const base = useBase();
  const [found, ask] = useCause(base);
  // What the server itself says counts more than what is found out about it.
  const cause = call.room.refused.value === "overload" ? "busy" : found;
  if (cause === undefined) return <>{children}</>;
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
          <DoctorLink />
          <a class="quiet to-start" href={`${base}/`}>{end.toStart}</a>
        </>
      }
    />
  );
}

/** Asks again and again, and when the browser says that the network is back. */
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
  const signal = AbortSignal.any([closed, AbortSignal.timeout(askMs.most)]);
  try {
    const question = { method: "POST", cache: "no-store", redirect: "manual", signal } as const;
    return causeOf(await fetch(`${base}/ws`, question));
  } catch {
    return "unreachable";
  }
}
