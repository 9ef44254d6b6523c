import type { JSX } from "preact";
import { IS_BROWSER } from "fresh/runtime";
import type { EnteringPageProps } from "./join_choices.ts";
import type { Call } from "../call/mod.ts";
import type { RoomLink } from "../inside/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import type { Page } from "../ui/page.ts";
import { loadBeforeJoining, loadEnteringInside, loadWaiting } from "./lazy.ts";
import { useDelay, useModule } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";

/**
 * The server renders the page before joining, so its code must load with ours, unless the link
 * joins at once.
 */
const loaded = IS_BROWSER && new URLSearchParams(location.search).get("join") === "1"
  ? undefined
  : await loadBeforeJoining();

/**
 * The header of every page but the call. `waits`: the link joins at once, and nothing but the short
 * wait is shown.
 */
export function EnteringHeader({ page, call, waits }: {
  page: Page;
  call: Call | undefined;
  waits: boolean;
}): JSX.Element | null {
  const isShown = !waits || isRefused(call) || call?.owners.knocking !== undefined;
  const module = useBeforeJoining(isShown);
  return module === undefined || !isShown ? null : <module.PageHeader page={page} />;
}

function useBeforeJoining(wanted: boolean) {
  return useModule(loadBeforeJoining, wanted && loaded === undefined) ?? loaded;
}

function isRefused(call: Call | undefined): boolean {
  return call?.room.refused.value === "rooms-rate";
}

/** The page before joining, or a short wait if the link joins at once. */
export function EnteringPage(props: EnteringPageProps): JSX.Element | null {
  const refused = isRefused(props.call);
  const waits = props.joinsAtOnce && !refused;
  const module = useBeforeJoining(!waits);
  const waiting = useModule(loadWaiting, props.call?.owners.knocking !== undefined);
  if (waiting !== undefined && props.call?.owners.knocking !== undefined) {
    return <waiting.Waiting call={props.call} room={props.room} />;
  }
  if (waits) return <Joining room={props.room} />;
  return module === undefined ? null : (
    <module.BeforeJoining
      {...props}
      refused={refused}
      inside={<Inside room={props.room} secret={props.call?.secret.value} call={props.call} />}
    />
  );
}

/** The way to the person's own picture goes first, ms. */
const insideMs = 250;

function Inside(link: RoomLink & Pick<EnteringPageProps, "call">): JSX.Element {
  const { entering } = useWords();
  const later = useDelay(insideMs);
  const module = useModule(loadEnteringInside, later);
  return module === undefined
    ? <div class="inside" role="status">{entering.looking}</div>
    : <module.EnteringInside {...link} />;
}

/** Shown while joining. */
export function Joining({ room }: { room: string }): JSX.Element {
  const { before } = useWords();
  return (
    <main class="entering notranslate" translate={false}>
      <div role="status">
        <Icon name="spinner" size={28} class="spin" />
        <h1>{before.joining}</h1>
        <p class="room-name" dir="auto" translate={false}>{room}</p>
      </div>
    </main>
  );
}
