import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import type { OpenPanel } from "./open_panel.ts";
import { InvitePanel, PeoplePanel } from "../people/views.ts";
import { LinksPanel } from "../links/views.ts";

/** The panels that are mounted on each opening; the chat stays mounted. */
export interface SidePanelsProps {
  readonly call: Call;
  readonly selfId: string;
  readonly room: string;
  readonly link: string;
  readonly panel: OpenPanel;
  readonly onPanel: (panel: OpenPanel) => void;
  readonly onClose: () => void;
}

/** The open side panel, if any. */
export function SidePanels(props: SidePanelsProps): JSX.Element | null {
  const { call, selfId, room, link, panel, onPanel, onClose } = props;
  switch (panel) {
    case "people":
      return (
        <PeoplePanel
          call={call}
          selfId={selfId}
          link={link}
          onInvite={() => onPanel("invite")}
          onClose={onClose}
        />
      );
    case "invite":
      return <InvitePanel call={call} room={room} link={link} onClose={onClose} />;
    case "links":
      return <LinksPanel call={call} selfId={selfId} onClose={onClose} />;
    case "none":
    case "chat":
      return null;
    default:
      return panel satisfies never;
  }
}
