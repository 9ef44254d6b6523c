/** What two peers say to each other over their own data channel while a socket is away. Closed schemas, as on the wire. */
import {
  candidate,
  checked,
  description,
  limits,
  type Parsed,
  personName,
  readJson,
  type Rename,
  type SetState,
  type Signal,
} from "../protocol/mod.ts";
import * as is from "../protocol/schema.ts";

/** A signal for the receiver; as on the wire, but nobody stamps a sender on it. */
export interface DirectSignal {
  readonly type: "signal";
  readonly signal: Signal;
}

/** Everything a peer may say directly. */
export type PeerMessage = DirectSignal | SetState | Rename;

const signal = is.tagged<Signal>("kind", {
  description: is.object({ kind: is.oneOf("description"), description }),
  candidate: is.object({ kind: is.oneOf("candidate"), candidate }),
});
const state = is.object({
  microphone: is.boolean,
  camera: is.boolean,
  screen: is.boolean,
  hand: is.boolean,
});
const name = is.canonical(personName, `1 to ${limits.personName} characters`);

const peerMessage = is.tagged<PeerMessage>("type", {
  signal: is.object({ type: is.oneOf("signal"), signal }),
  state: is.object({ type: is.oneOf("state"), state }),
  rename: is.object({ type: is.oneOf("rename"), name }),
});

/** One frame from a peer; `frame` is whatever a data channel delivers. */
export function parsePeerMessage(frame: unknown): Parsed<PeerMessage> {
  if (typeof frame !== "string" || frame.length > limits.frameBytes) {
    return { ok: false, reason: `wanted text of at most ${limits.frameBytes} characters` };
  }
  return checked(peerMessage, readJson(frame));
}
