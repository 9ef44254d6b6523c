import type { JSX } from "preact";
import type { Call, PreferenceBook, Wish } from "../state/mod.ts";
import { IS_BROWSER } from "fresh/runtime";
import { useEffect, useState } from "preact/hooks";
import type { Purpose } from "./BeforeJoining.tsx";
import { Icon } from "./Icon.tsx";
import { useModule } from "./later.ts";
import { useWords } from "./words.ts";

/** How a person comes in. */
export interface Entrance {
  readonly name: string;
  readonly wish: Wish;
  readonly purpose: Purpose;
}

/** `call` is undefined on the server and until the browser has made it. */
export interface EnteringPageProps {
  readonly room: string;
  readonly call: Call | undefined;
  readonly book: PreferenceBook;
  readonly joinsAtOnce: boolean;
  readonly onJoin: (entrance: Entrance) => void;
}

const load = () => import("./BeforeJoining.tsx");
const loadStuck = () => import("./Stuck.tsx");
/** When joining takes too long, ms; what says why is fetched before, while there still is a network. */
const longMs = { fetch: 5_000, tell: 10_000 };
const loadWaiting = () => import("./Waiting.tsx");

/** Its page is in the server's answer, so its code must be there with ours; a link that joins at once needs none. */
const loaded = IS_BROWSER && new URLSearchParams(location.search).get("join") === "1"
  ? undefined
  : await load();

/** The way in: choices, or a moment's wait where the link already chose. */
export function EnteringPage(props: EnteringPageProps): JSX.Element | null {
  const { call, room } = props;
  const refused = call?.room.refused.value === "rooms-rate";
  const knocking = call?.owners.knocking !== undefined;
  const isLong = useLong(
    call?.room.state.value.kind === "joining" && !refused && !knocking,
    longMs.tell,
  );
  const stuck = useModule(loadStuck, useLong(true, longMs.fetch));
  const waits = props.joinsAtOnce && !refused;
  const module = useModule(load, !waits && loaded === undefined) ?? loaded;
  const waiting = useModule(loadWaiting, knocking);
  if (call && waiting && knocking) return <waiting.Waiting call={call} room={room} />;
  const page = waits
    ? <Joining room={room} />
    : module && <module.BeforeJoining {...props} refused={refused} />;
  if (call && stuck && isLong) return <stuck.Stuck call={call} room={room}>{page}</stuck.Stuck>;
  return page ?? null;
}

/** Whether something has been so for `ms`. */
function useLong(isSo: boolean, ms: number): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isSo) return;
    const timer = setTimeout(() => setLong(true), ms);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isSo]);
  return isLong;
}

/** A moment's wait on the way in. */
export function Joining({ room }: { room: string }): JSX.Element {
  const { before } = useWords();
  return (
    <main class="entering">
      <div role="status">
        <Icon name="spinner" size={28} class="spin" />
        <h1>{before.joining}</h1>
        <p class="room-name" translate={false}>{room}</p>
      </div>
    </main>
  );
}
