import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { PeerView } from "../room/mod.ts";
import { arrange, type Seated, seating, type Seats, type StageSize } from "./arrangement.ts";
import { PeerTile } from "./PeerTile.tsx";
import { ScreenTile } from "./ScreenTile.tsx";
import { SelfTile } from "./SelfTile.tsx";
import type { StageSlots } from "./slots.ts";
import { useWords } from "../ui/words.ts";

/** `selfId`: own peer id; `slots`: what lies on the tiles, once loaded. */
export interface StageProps {
  readonly call: Call;
  readonly selfId: string;
  readonly slots: StageSlots | undefined;
}

interface Screen {
  readonly of: string;
  readonly name: string | undefined;
  readonly track: MediaStreamTrack;
}

/** All tiles, each in its arranged seat. Tiles move and are never remounted. */
export function Stage({ call, selfId, slots }: StageProps): JSX.Element {
  const { room } = useWords();
  const [box, size] = useSize();
  const peers = call.room.peers.value;
  const screens = screensOf(call, { peers, selfId });
  const met = useRef(false);
  met.current ||= peers.length > 0;
  const alone = peers.length === 0 && screens.length === 0;
  const seated = seatedOf({ peers, screens, alone });
  // Until the slots are loaded, nothing is large and nobody hidden.
  const whole = size && slots?.view.arrange(seated, size, seating);
  const seats: Seats = whole?.seats ?? (size ? arrange(seated, size) : new Map());
  return (
    <main class="stage notranslate" tabIndex={-1} aria-label={room.stage} id="stage">
      <div
        class="stage-area"
        ref={box}
        onLoadedDataCapture={({ target }) => isOfOther(target) && call.joinTiming.pictured()}
      >
        {screens.map(({ of, name, track }) => (
          <ScreenTile
            key={`screen-${of}`}
            of={of}
            name={name}
            track={track}
            seat={seats.get(`screen-${of}`)}
            over={slots?.overScreen}
          />
        ))}
        {peers.map((view) => (
          <PeerTile
            key={view.peerId}
            view={view}
            seat={seats.get(view.peerId)}
            slots={slots}
          />
        ))}
        <SelfTile
          key="self"
          call={call}
          selfId={selfId}
          seat={seats.get("self")}
          over={slots?.overSelf}
        />
        {alone && slots?.beside(seats.get("invitation"), met.current)}
        {slots?.overAll(whole?.pager)}
      </div>
    </main>
  );
}

/** Screens first, the own tile last; a person alone gets the invitation. */
function seatedOf({ peers, screens, alone }: {
  peers: readonly PeerView[];
  screens: readonly Screen[];
  alone: boolean;
}): Seated[] {
  return [
    ...screens.map(({ of }): Seated => ({ key: `screen-${of}`, kind: "screen" })),
    ...peers.map(({ peerId }): Seated => ({ key: peerId, kind: "peer" })),
    { key: "self", kind: "self" },
    ...(alone ? [{ key: "invitation", kind: "invitation" } as const] : []),
  ];
}

function isOfOther(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-peer-id]") !== null;
}

function screensOf(
  call: Call,
  { peers, selfId }: { peers: readonly PeerView[]; selfId: string },
): Screen[] {
  const own = call.media.source("screen").value;
  const shared = peers.flatMap(({ peerId, peer, tracks }): Screen[] => {
    const track = tracks.screen.value;
    return track === null ? [] : [{ of: peerId, name: peer.value.name, track }];
  });
  return own.kind === "on"
    ? [...shared, { of: selfId, name: undefined, track: own.track }]
    : shared;
}

function useSize(): [box: { current: HTMLDivElement | null }, size: StageSize | undefined] {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<StageSize>();
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => {
      setSize({ width: element.clientWidth, height: element.clientHeight });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [box, size];
}
