/**
 * How a picture is encoded, and whose turn it is to change a sender's parameters. Invariants: a
 * sender's parameters are read and written by one at a time, since a browser refuses what was
 * written between (webrtc-pc 5.2); nothing here rejects.
 */

/** The part of RTCRtpSender that is used. */
export interface RuledSender extends Pick<RTCRtpSender, "getParameters" | "setParameters"> {
  readonly track: { readonly contentHint: string } | null;
}

/** How a picture goes out. */
export interface SenderRule {
  /** Nothing is sent while it is false. */
  readonly active: boolean;
  /** How many times smaller than captured, at least 1. */
  readonly scaleResolutionDownBy: number;
  /** Bit/s at most. */
  readonly maxBitrate: number;
  readonly maxFramerate: number;
  /**
   * A MIME type; left out: the browser's own choice. Where it was not negotiated, or the browser
   * cannot choose, so too.
   */
  readonly codec?: string | undefined;
}

/**
 * Bit/s to each person: pages of text change seldom and then at once; 4 Mbit/s carry 1080p30 of a
 * film.
 */
const rules: Readonly<Record<string, SenderRule>> = {
  detail: { active: true, scaleResolutionDownBy: 1, maxBitrate: 2_500_000, maxFramerate: 15 },
  motion: { active: true, scaleResolutionDownBy: 1, maxBitrate: 4_000_000, maxFramerate: 30 },
};

/**
 * What gives way first where there is not enough for all. A camera's rule has a size that its bits
 * suffice for: a browser that shrinks pictures by itself does so before our scale, starts small,
 * and comes back seldom (Chromium: 68 lines of 270).
 */
const preferences: Readonly<Record<string, RTCDegradationPreference>> = {
  "": "maintain-resolution",
  detail: "maintain-resolution",
  motion: "maintain-framerate",
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

/**
 * Brings a sender in line with the rule that holds when its turn comes, or else with that of its
 * track's hint; one that is in line already is left alone, and so is a camera without a rule. The
 * rule is asked for as late as that because calls that wait for late code may overtake each other,
 * and the last write has to be the newest.
 */
export function keepToRule(
  sender: RuledSender,
  current: () => SenderRule | undefined = () => undefined,
): Promise<void> {
  return inTurn(sender, async () => {
    const rule = current() ?? rules[sender.track?.contentHint ?? ""];
    if (rule === undefined) return;
    try {
      await write(sender, rule);
    } catch (error) {
      // The rest of a rule counts for more than its codec.
      if (rule.codec === undefined) throw error;
      await write(sender, { ...rule, codec: undefined });
    }
  });
}

async function write(sender: RuledSender, { codec: mimeType, ...limits }: SenderRule) {
  const parameters = sender.getParameters();
  const { encodings, codecs } = parameters;
  if (encodings.length === 0) return;
  // Some browsers leave the list out.
  const codec = codecs?.find((it) => it.mimeType === mimeType);
  if (encodings.every((encoding) => isInLine(encoding, { ...limits, codec: codec?.mimeType }))) {
    return;
  }
  for (const encoding of encodings) {
    Object.assign(encoding, limits, codec && { codec });
    if (codec === undefined) delete (encoding as ChosenCodec).codec;
  }
  const preference = preferences[sender.track?.contentHint ?? ""];
  if (preference !== undefined) parameters.degradationPreference = preference;
  await sender.setParameters(parameters);
}

/** Which types do not know yet (webrtc-extensions, 2024). */
type ChosenCodec = { codec?: { readonly mimeType: string } };

/** Browsers leave out what is as by default. */
function isInLine(encoding: RTCRtpEncodingParameters, rule: SenderRule): boolean {
  const { codec } = encoding as RTCRtpEncodingParameters & ChosenCodec;
  return codec?.mimeType === rule.codec && (encoding.active ?? true) === rule.active &&
    (encoding.scaleResolutionDownBy ?? 1) === rule.scaleResolutionDownBy &&
    encoding.maxBitrate === rule.maxBitrate && encoding.maxFramerate === rule.maxFramerate;
}
