/**
 * Sets how a sender encodes a picture. Invariants: changes of one sender's parameters run one after
 * another, because a browser rejects parameters that were read before another change (webrtc-pc
 * 5.2); no promise is rejected.
 */

/** The part of RTCRtpSender that is used. */
export interface RuledSender extends Pick<RTCRtpSender, "getParameters" | "setParameters"> {
  readonly track: { readonly contentHint: string } | null;
}

/** How a picture is sent. */
export interface SenderRule {
  /** False: nothing is sent. */
  readonly active: boolean;
  /** How many times smaller than captured, at least 1. */
  readonly scaleResolutionDownBy: number;
  /** Bit/s at most. */
  readonly maxBitrate: number;
  /** Frames per second at most. */
  readonly maxFramerate: number;
  /**
   * A MIME type. The browser chooses if it is left out, was not negotiated, or cannot be set.
   */
  readonly codec?: string | undefined;
}

/** By content hint. Text changes rarely, but at once; 4 Mbit/s are enough for a film at 1080p30. */
const rules: Readonly<Record<string, SenderRule>> = {
  detail: { active: true, scaleResolutionDownBy: 1, maxBitrate: 2_500_000, maxFramerate: 15 },
  motion: { active: true, scaleResolutionDownBy: 1, maxBitrate: 4_000_000, maxFramerate: 30 },
};

/**
 * What the browser keeps if it cannot send everything. A camera keeps its resolution, because its
 * rule already has a size that fits the bit rate; Chromium would shrink the picture before scaling
 * it and rarely enlarge it again.
 */
const preferences: Readonly<Record<string, RTCDegradationPreference>> = {
  "": "maintain-resolution",
  detail: "maintain-resolution",
  motion: "maintain-framerate",
};

const turns = new WeakMap<object, Promise<void>>();

/** Runs `work` after all earlier work on the same sender. Never rejects. */
export function inTurn(sender: object, work: () => Promise<void>): Promise<void> {
  const turn = (turns.get(sender) ?? Promise.resolve()).then(work).catch(() => {
    // The connection is closed, or not negotiated yet: the next round tries again.
  });
  turns.set(sender, turn);
  return turn;
}

/**
 * Sets a sender's parameters by the current rule, or else by the rule of its track's content hint.
 * A camera without a rule is left alone. The rule is read only when its turn comes, because calls
 * that wait for late code may overtake each other, and the newest rule must be the last one set.
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
      // The rest of the rule matters more than its codec.
      if (rule.codec === undefined) throw error;
      await write(sender, { ...rule, codec: undefined });
    }
  });
}

async function write(sender: RuledSender, { codec: mimeType, ...limits }: SenderRule) {
  const parameters = sender.getParameters();
  const { encodings, codecs } = parameters;
  if (encodings.length === 0) return;
  // Some browsers have no list of codecs.
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

/** A field of webrtc-extensions that TypeScript's library does not declare yet. */
type ChosenCodec = { codec?: { readonly mimeType: string } };

/** Browsers leave out fields that have their default values. */
function isInLine(encoding: RTCRtpEncodingParameters, rule: SenderRule): boolean {
  const { codec } = encoding as RTCRtpEncodingParameters & ChosenCodec;
  return codec?.mimeType === rule.codec && (encoding.active ?? true) === rule.active &&
    (encoding.scaleResolutionDownBy ?? 1) === rule.scaleResolutionDownBy &&
    encoding.maxBitrate === rule.maxBitrate && encoding.maxFramerate === rule.maxFramerate;
}
