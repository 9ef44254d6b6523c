import type { Call } from "../call/mod.ts";
import { LinkOverlay } from "../links/views.ts";
import { Invitation } from "../people/views.ts";
import {
  PeerChips,
  ScreenExtras,
  SelfChips,
  StageLayer,
  type StageSlots,
  viewOf,
} from "../stage/views.ts";
import { ReactionsOver } from "../talk/views.ts";

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
    overPeer: ({ view, report }) => (
      <>
        <LinkOverlay
          peerId={view.peerId}
          name={view.peer.value.name}
          link={view.link.value}
          report={report}
          onRetry={() => call.retryLink(view.peerId)}
          onWhy={onWhy}
        />
        <PeerChips call={call} view={view} report={report} />
        <ReactionsOver call={call} peerId={view.peerId} />
      </>
    ),
    overSelf: (seat) => (
      <>
        <SelfChips call={call} selfId={selfId} inset={seat?.inset} />
        <ReactionsOver call={call} peerId={selfId} />
      </>
    ),
    overScreen: (tile) => <ScreenExtras call={call} {...tile} />,
    beside: (seat, again) => (
      <Invitation key="invitation" room={room} link={link} seat={seat} again={again} />
    ),
    overAll: (pager) => <StageLayer call={call} pager={pager} />,
  };
}
