import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import type { PeerView } from "./room_store.ts";
import { ExtraTiles } from "../extras/views.ts";
import { extraLoaders } from "./extras/lazy.ts";
import { FlipKey, FlipRow } from "../devices/views.ts";
import { LinkOverlay, type LinkPair, pairWith, PathChip } from "../links/views.ts";
import { Invitation } from "../people/views.ts";
import {
  PeerChips,
  ScreenExtras,
  SelfChips,
  StageLayer,
  type StageSlots,
  viewOf,
} from "../stage/views.ts";
import { loadOwnShare } from "../talk/lazy.ts";
import { HandChip, type OwnShareProps, ReactionsOver } from "../talk/views.ts";
import { OpenWords, reasonOf, Shield, TrustOverlay, WordsRow } from "../trust/views.ts";
import { useModule } from "../ui/use_module.ts";

/** What other features show on the stage. `onWhy`: the person asks why a connection failed. */
export function stageSlots(
  call: Call,
  { selfId, room, link, onWhy }: {
    readonly selfId: string;
    readonly room: string;
    readonly link: string;
    readonly onWhy: () => void;
  },
): StageSlots {
  return {
    view: viewOf(call),
    overPeer: (view) => (
      <OverPeer call={call} selfId={selfId} view={view} link={link} onWhy={onWhy} />
    ),
    besideName: ({ peerId }) => <Shield call={call} peerId={peerId} />,
    overSelf: (seat) => (
      <>
        <SelfChips call={call} inset={seat?.inset}>
          {call.room.self.value.state.hand && <HandChip call={call} peerId={selfId} />}
          <FlipKey call={call} class="chip chip-key chip-shy" size={16} />
        </SelfChips>
        <ReactionsOver call={call} peerId={selfId} />
        <ExtraTiles call={call} loaders={extraLoaders} peerId={selfId} />
      </>
    ),
    overScreen: ({ own, ...tile }) => (
      <ScreenExtras
        call={call}
        {...tile}
        own={own && ((keys) => <OwnShare call={call} track={own} keys={keys} />)}
      />
    ),
    beside: (seat, again) => (
      <Invitation key="invitation" room={room} link={link} seat={seat} again={again} />
    ),
    overAll: (pager) => (
      <>
        <StageLayer
          call={call}
          pager={pager}
          ownRows={(then) => <FlipRow call={call} then={then} />}
          peerRows={(peerId, then) => <WordsRow call={call} peerId={peerId} then={then} />}
        />
        <OpenWords call={call} />
      </>
    ),
  };
}

interface OverPeerProps {
  readonly call: Call;
  readonly selfId: string;
  readonly view: PeerView;
  /** Of the room. */
  readonly link: string;
  readonly onWhy: () => void;
}

function OverPeer(props: OverPeerProps): JSX.Element {
  const { call, selfId, view } = props;
  const { peerId } = view;
  const pair = pairWith(call, [selfId, peerId]);
  const shown = call.trust.value?.of(peerId).shown;
  const doubted = shown !== undefined && reasonOf(shown) !== undefined;
  return (
    <>
      {doubted
        ? <TrustOverlay {...props} name={view.peer.value.name} shown={shown} />
        : <BrokenLink {...props} pair={pair} />}
      <PeerChips
        call={call}
        view={view}
        path={!doubted && view.link.value.kind === "connected" && <PathChip pair={pair} />}
        hand={view.peer.value.state.hand && <HandChip call={call} peerId={peerId} />}
      />
      <ReactionsOver call={call} peerId={peerId} />
      <ExtraTiles call={call} loaders={extraLoaders} peerId={peerId} />
    </>
  );
}

function BrokenLink({ call, view, pair, onWhy }: OverPeerProps & { pair: LinkPair }): JSX.Element {
  const { peerId } = view;
  return (
    <LinkOverlay
      peerId={peerId}
      name={view.peer.value.name}
      link={view.link.value}
      pair={pair}
      onRetry={() => call.session.links.retry(peerId)}
      onWhy={onWhy}
    />
  );
}

/** Until the controls are loaded, the keys alone. */
function OwnShare({ call, ...share }: Pick<OwnShareProps, "track" | "keys"> & {
  call: Call;
}): JSX.Element {
  const module = useModule(loadOwnShare, true);
  if (module === undefined) return <div class="chips">{share.keys}</div>;
  return (
    <module.OwnShare
      {...share}
      talk={call.talk.value}
      others={call.room.peers.value.length}
      motion={call.book.current.value.shareMotion}
    />
  );
}
