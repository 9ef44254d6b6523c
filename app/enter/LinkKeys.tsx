import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { Keys } from "../ui/key_ring.ts";
import type { LeftReason } from "../../mesh/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";

/**
 * The keys of a link; none: they are malformed. `opened`: it opened the page, which shows the
 * outcome itself.
 */
export interface OpenedLink {
  readonly keys: Keys;
  readonly opened: boolean;
}

/** The outcome of a link. */
type Outcome =
  | "kept"
  | "cameIn"
  | "nowOwner"
  | "alreadyIn"
  | "notOwner"
  | "locked"
  | "notOpened"
  | "unreadable";

/** The state in which a trial of keys began. */
interface Trial {
  readonly keys: Keys;
  readonly owned: boolean;
  readonly inside: boolean;
}

const troubles: readonly Outcome[] = ["notOwner", "locked", "notOpened", "unreadable"];
/** Refusals that a good key can lift. */
const openable: readonly LeftReason[] = ["locked", "password", "guesses", "refused"];
/** The server has answered by then, ms. */
const answerMs = 3_000;
const shownMs = 8_000;

/** The call and the room in which the keys are tried. */
interface LinkKeysProps {
  readonly call: Call;
  readonly room: string;
  readonly openedLink: OpenedLink;
}

/** Tries the keys of a link that is opened in an already open page, and shows the outcome. */
export function LinkKeys({ call, room, openedLink }: LinkKeysProps): JSX.Element {
  const { common, linkKeys } = useWords();
  const [outcome, setOutcome] = useOutcome(call, { room, openedLink });
  const isTrouble = outcome !== undefined && troubles.includes(outcome);
  useEffect(() => {
    if (outcome === undefined || isTrouble) return;
    const timer = setTimeout(() => setOutcome(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <div class="link-keys" role="status">
      {outcome !== undefined && (
        <div class={`pill toast toast-${isTrouble ? "warn" : "news"}`}>
          <Icon name={isTrouble ? "alert" : "key"} size={16} />
          <strong>{linkKeys[outcome]}</strong>
          <button
            type="button"
            class="pill-close"
            aria-label={`${common.close}: ${linkKeys[outcome]}`}
            onClick={() => setOutcome(undefined)}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      )}
    </div>
  );
}

function useOutcome(
  call: Call,
  { room, openedLink }: Omit<LinkKeysProps, "call">,
): [outcome: Outcome | undefined, setOutcome: (outcome: Outcome | undefined) => void] {
  const [outcome, setOutcome] = useState<Outcome>();
  const [answered, setAnswered] = useState<OpenedLink>();
  const late = answered === openedLink;
  const trial = useRef<Trial>();
  useEffect(() => {
    const { kind } = call.room.state.peek();
    const { keys, opened } = openedLink;
    trial.current = undefined;
    setOutcome(undefined);
    if (Object.keys(keys).length === 0) return setOutcome("unreadable");
    const inside = !opened && (kind === "joined" || kind === "reconnecting");
    trial.current = { keys, inside, owned: inside && call.owners.owns };
    if (!opened) call.showKeys(room, keys);
    if (kind === "idle" && !opened) setOutcome("kept");
    const timer = setTimeout(() => setAnswered(openedLink), answerMs);
    return () => clearTimeout(timer);
  }, [openedLink]);
  const { kind } = call.room.state.value;
  useEffect(() => {
    const now = trial.current && outcomeOf(call, { trial: trial.current, late });
    if (now === undefined) return;
    trial.current = undefined;
    if (now === "over" || (openedLink.opened && now === "cameIn")) return;
    setOutcome(now);
    // A bad key must not block a good one.
    if (now === "notOwner") call.showKeys(room);
  }, [openedLink, kind, call.owners.knocking, call.owners.owns, late]);
  return [outcome, setOutcome];
}

/** Undefined while the outcome is open. */
function outcomeOf(
  { room, owners }: Call,
  { trial: { keys, owned, inside }, late }: { trial: Trial; late: boolean },
): Outcome | "over" | undefined {
  const state = room.state.peek();
  switch (state.kind) {
    case "idle":
    case "reconnecting":
      return undefined;
    case "joining":
      return late && owners.knocking !== undefined ? "notOpened" : undefined;
    case "left":
      // A guest's invite never opens a locked room.
      if (state.reason === "locked" && keys.ownerKey === undefined) return "locked";
      return openable.includes(state.reason) ? "notOpened" : "over";
    case "joined":
      if (owners.owns && !owned) return "nowOwner";
      if (keys.ownerKey !== undefined && !owners.owns) return late ? "notOwner" : undefined;
      if (inside) return late ? "alreadyIn" : undefined;
      return "cameIn";
    default:
      return state satisfies never;
  }
}
