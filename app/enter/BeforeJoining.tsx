import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { cleanPersonName } from "../../protocol/names.ts";
import type { SourceState } from "../../mesh/mod.ts";
import type { Wish } from "../devices/mod.ts";
import { LevelMeter, Preview, useReturns } from "../devices/views.ts";
import type { EnteringPageProps, Purpose } from "./join_choices.ts";
import { Icon } from "../ui/Icon.tsx";
import { useDelay } from "../ui/use_module.ts";
import { Pickers } from "./Pickers.tsx";
import { useWords } from "../ui/words.ts";

export { PageHeader } from "../ui/PageHeader.tsx";

/** `refused`: the server has not admitted us yet. `inside`: who is there already. */
export interface BeforeJoiningProps extends EnteringPageProps {
  readonly refused: boolean;
  readonly inside: JSX.Element;
}

/** The delay that lets the own picture load first, ms. */
const insideMs = 250;

const starting: SourceState = { kind: "starting" };

function comesOn({ kind }: SourceState): boolean {
  return kind === "on" || kind === "starting";
}

/** The page before joining: own picture and sound, who is inside, and the ways to join. */
export function BeforeJoining(props: BeforeJoiningProps): JSX.Element {
  const { before, pill } = useWords();
  const { room, call, refused } = props;
  // After the own picture shows, or fails to show soon.
  const later = useDelay(insideMs);
  const camera = call?.media.source("camera").value ?? starting;
  const microphone = call?.media.source("microphone").value ?? starting;
  const wish = { camera: comesOn(camera), microphone: comesOn(microphone) };
  const [name, field] = useName(props);
  const join = (wish: Wish, purpose: Purpose) => props.onJoin({ name: name(), wish, purpose });
  // The server closes idle sockets soon, so each hover or focus asks again.
  const expect = () => call?.warm();
  useEffect(() => void (later && expect()), [later]);
  return (
    <main class="before notranslate" translate={false}>
      <OwnPicture call={call} camera={camera} microphone={microphone} />
      <form
        class="before-form"
        onPointerOver={expect}
        onFocusIn={expect}
        onKeyDown={expect}
        onSubmit={(event) => {
          event.preventDefault();
          join(wish, "talk");
        }}
      >
        <p class="caption">{before.about}</p>
        <h1 class="room-name" dir="auto" translate={false}>{room}</h1>
        <TrustLine call={call} />
        {field}
        <Pickers call={call} camera={camera} microphone={microphone} />
        {refused && <p class="field-error" role="alert">{pill.roomsRate}</p>}
        <WaysIn
          wish={wish}
          joining={call?.room.state.value.kind === "joining" && !refused}
          onJoin={join}
        />
        {/* At the end for the Tab key; the style sheet shows the people under the room's name. */}
        {props.inside}
      </form>
    </main>
  );
}

/** Who can listen; empty on the server, which does not know the secret of the link. */
function TrustLine({ call }: Pick<BeforeJoiningProps, "call">): JSX.Element {
  const { before } = useWords();
  if (call === undefined) return <p class="before-trust" />;
  const isSealed = call.secret.value !== undefined;
  return (
    <p class="before-trust">
      {isSealed ? <Icon name="shield" size={16} /> : <Icon name="shield-plain" size={16} />}
      {isSealed ? before.sealed : before.open}
    </p>
  );
}

/** The own picture and sound, with their switches. */
function OwnPicture({ call, camera, microphone }: {
  call: BeforeJoiningProps["call"];
  camera: SourceState;
  microphone: SourceState;
}): JSX.Element {
  const silence = useSignal(0);
  const quiet = useSignal(false);
  const asks = useReturns(call);
  const toggle = (source: "camera" | "microphone", state: SourceState) =>
    call?.devices.turn(source, !comesOn(state));
  return (
    <div class="before-self">
      <Preview
        camera={camera}
        microphone={microphone}
        asks={asks}
        secret={call?.secret.value}
        onCamera={() => toggle("camera", camera)}
        onMicrophone={() => toggle("microphone", microphone)}
        onRetry={() => call?.devices.retry()}
      />
      <LevelMeter
        level={call?.media.level ?? silence}
        speaking={call?.media.speaking ?? quiet}
        microphone={microphone.kind}
      />
    </div>
  );
}

/** The name to join with, remembered on use, and its field. */
function useName({ call, book }: BeforeJoiningProps): [name: () => string, field: JSX.Element] {
  const { before, common } = useWords();
  const [typed, setTyped] = useState<string>();
  // So that guests of one room have different names.
  const [number] = useState(() => 10 + Math.floor(Math.random() * 90));
  const suggested = call === undefined ? common.guest : `${common.guest} ${number}`;
  const value = typed ?? book.current.value.name;
  const name = () => {
    const own = cleanPersonName(value);
    // An untouched field may be older than the name another tab has stored.
    if (own !== undefined && typed !== undefined) book.change({ name: own });
    return own ?? suggested;
  };
  const field = (
    <label class="labelled">
      {before.name}
      <input
        class="field"
        type="text"
        dir="auto"
        name="name"
        autocomplete="nickname"
        maxLength={64}
        placeholder={suggested}
        value={value}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
    </label>
  );
  return [name, field];
}

function WaysIn({ wish, joining, onJoin }: {
  wish: Wish;
  joining: boolean;
  onJoin: (wish: Wish, purpose: Purpose) => void;
}): JSX.Element {
  const { before } = useWords();
  const withDevices = wish.camera
    ? (wish.microphone ? before.joinBoth : before.joinCamera)
    : (wish.microphone ? before.joinMicrophone : before.joinListen);
  return (
    <div class="ways-in">
      <button type="submit" class="primary big" disabled={joining}>
        {joining ? before.joining : withDevices}
      </button>
      {wish.camera && (
        <button
          type="button"
          class="secondary"
          aria-label={before.joinWithoutCamera}
          disabled={joining}
          onClick={() => onJoin({ ...wish, camera: false }, "talk")}
        >
          <Icon name="video-off" />
          {before.withoutCamera}
        </button>
      )}
      {!wish.camera && wish.microphone && (
        <button
          type="button"
          class="secondary"
          disabled={joining}
          onClick={() => onJoin({ camera: false, microphone: false }, "talk")}
        >
          <Icon name="microphone-off" />
          {before.joinListen}
        </button>
      )}
      <button
        type="button"
        class="secondary"
        disabled={joining}
        onClick={() => onJoin({ camera: false, microphone: false }, "write")}
      >
        <Icon name="chat" />
        {before.textOnly}
      </button>
    </div>
  );
}
