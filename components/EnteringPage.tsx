import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { cleanPersonName } from "../protocol/names.ts";
import type { Call, DeviceList, PreferenceBook, SourceState, Wish } from "../state/mod.ts";
import { IS_BROWSER } from "fresh/runtime";
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

/** Its page is in the server's answer, so its code must be there with ours; a link that joins at once needs none. */
const loaded = IS_BROWSER && new URLSearchParams(location.search).get("join") === "1"
  ? undefined
  : await load();

const starting: SourceState = { kind: "starting" };
const noDevices: DeviceList = { cameras: [], microphones: [], speakers: [] };

/** The way in: choices, or a moment's wait where the link already chose. */
export function EnteringPage(props: EnteringPageProps): JSX.Element | null {
  const { common, pill } = useWords();
  const { room, call, book } = props;
  const silence = useSignal(0);
  const quiet = useSignal(false);
  const [typed, setTyped] = useState<string>();
  // Many guests in one room should not all be called the same.
  const [number] = useState(() => 10 + Math.floor(Math.random() * 90));
  const suggestedName = call === undefined ? common.guest : `${common.guest} ${number}`;
  const refused = call?.room.refused.value;
  const refusal = refused === "rooms-rate" ? pill.roomsRate : undefined;
  const waits = props.joinsAtOnce && refusal === undefined;
  const module = useModule(load, !waits && loaded === undefined) ?? loaded;
  if (waits) return <Joining room={room} />;
  if (module === undefined) return null;
  const name = typed ?? book.current.value.name;
  const join = (wish: Wish, purpose: Purpose) => {
    const own = cleanPersonName(name);
    if (own !== undefined) book.change({ name: own });
    props.onJoin({ name: own ?? suggestedName, wish, purpose });
  };
  return (
    <module.BeforeJoining
      room={room}
      name={name}
      suggestedName={suggestedName}
      joining={call?.room.state.value.kind === "joining" && refusal === undefined}
      camera={call?.media.source("camera").value ?? starting}
      microphone={call?.media.source("microphone").value ?? starting}
      level={call?.media.level ?? silence}
      speaking={call?.media.speaking ?? quiet}
      devices={call?.media.devices.value ?? noDevices}
      speakerId={call?.media.speakerId.value ?? ""}
      canChooseSpeaker={call !== undefined && "setSinkId" in HTMLMediaElement.prototype}
      refused={refusal}
      onName={setTyped}
      onToggle={(source) => {
        const state = call?.media.source(source).value.kind;
        if (state === "on" || state === "starting") call?.media.stop(source);
        else call?.media.start(source);
      }}
      onRetry={() => call?.preview({ camera: true, microphone: true })}
      onChoose={(kind, choice) => call?.media.choose(kind, choice)}
      onJoin={join}
    />
  );
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
