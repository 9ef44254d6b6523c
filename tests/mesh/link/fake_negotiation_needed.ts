/** "Check if negotiation is needed", webrtc-pc 4.7.3, rule by rule. */
import {
  type FakeDescription,
  intersected,
  reversed,
  type Section,
  sends,
} from "./fake_description.ts";
import type { FakeTransceiver } from "./fake_transceiver.ts";

interface Negotiable {
  readonly currentLocal: FakeDescription | null;
  readonly currentRemote: FakeDescription | null;
  readonly channels: readonly string[];
  readonly replacedUfrag: string | null;
  getTransceivers(): readonly FakeTransceiver[];
}

export function negotiationIsNeeded(connection: Negotiable): boolean {
  const { currentLocal: local, currentRemote: remote, channels, replacedUfrag } = connection;
  if (replacedUfrag !== null) return true;
  if (channels.length > 0 && !local?.sections.some(({ kind }) => kind === "application")) {
    return true;
  }
  return connection.getTransceivers().some((transceiver) => {
    const own = local?.sections.find(({ mid }) => mid === transceiver.mid);
    const other = remote?.sections.find(({ mid }) => mid === transceiver.mid);
    if (local === null || own === undefined || other === undefined) return true;
    return differs(transceiver, { own, other, type: local.type });
  });
}

function differs(
  { direction, sender }: FakeTransceiver,
  { own, other, type }: { own: Section; other: Section; type: "offer" | "answer" },
): boolean {
  if (sends(direction) && sends(own.direction) && String(own.streams) !== String(sender.streams)) {
    return true;
  }
  return type === "offer"
    ? direction !== own.direction && direction !== reversed(other.direction)
    : intersected(direction, other.direction) !== own.direction;
}
