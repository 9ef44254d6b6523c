/**
 * How a screen is encoded, by the hint its track carries, and whose turn it is to change a sender's parameters.
 * Invariants: a sender's parameters are read and written by one at a time, since a browser refuses what was written
 * between (webrtc-pc 5.2); nothing here rejects.
 */

/** The part of RTCRtpSender that is used. */
export interface RuledSender extends Pick<RTCRtpSender, "getParameters" | "setParameters"> {
  readonly track: { readonly contentHint: string } | null;
}

interface Rule {
  readonly maxBitrate: number;
  readonly maxFramerate: number;
  readonly degradationPreference: RTCDegradationPreference;
}

/** Bit/s to each person: pages of text change seldom and then at once; 4 Mbit/s carry 1080p30 of a film. */
const rules: Readonly<Record<string, Rule>> = {
  detail: {
    maxBitrate: 2_500_000,
    maxFramerate: 15,
    degradationPreference: "maintain-resolution",
  },
  motion: {
    maxBitrate: 4_000_000,
    maxFramerate: 30,
    degradationPreference: "maintain-framerate",
  },
};

const turns = new WeakMap<object, Promise<void>>();

/** Runs `work` after all earlier work on the same sender. */
export function inTurn(sender: object, work: () => Promise<void>): Promise<void> {
  const turn = (turns.get(sender) ?? Promise.resolve()).then(work).catch(() => {
    // The connection is closed, or not negotiated yet: the next round of negotiation asks again.
  });
  turns.set(sender, turn);
  return turn;
}

/** Brings a screen's sender in line with the rule for its track; a sender that is in line already is left alone. */
export function keepToRule(sender: RuledSender): Promise<void> {
  return inTurn(sender, async () => {
    const rule = rules[sender.track?.contentHint ?? ""];
    const parameters = sender.getParameters();
    if (rule === undefined || parameters.encodings.length === 0) return;
    const { degradationPreference, ...limits } = rule;
    const isInLine = parameters.encodings.every((encoding) =>
      encoding.maxBitrate === limits.maxBitrate && encoding.maxFramerate === limits.maxFramerate
    );
    if (isInLine) return;
    for (const encoding of parameters.encodings) Object.assign(encoding, limits);
    parameters.degradationPreference = degradationPreference;
    await sender.setParameters(parameters);
  });
}
