/** Makes video senders send a key frame, which decoders need after a loss. */
import { inTurn } from "../link/sender_rules.ts";

/** The part of RTCRtpSender that is used. */
export interface PictureSender extends Pick<RTCRtpSender, "getParameters" | "setParameters"> {
  readonly track: { readonly kind: string } | null;
}

/**
 * Makes each video sender stop and start again, which makes it send a key frame; no browser lets a
 * page request one directly. Never rejects.
 */
export async function sendWholePicture(senders: readonly PictureSender[]): Promise<void> {
  await Promise.all(senders.filter(({ track }) => track?.kind === "video").map(restart));
}

/** If it fails, the receiver requests the key frame itself, some seconds later. */
function restart(sender: PictureSender): Promise<void> {
  return inTurn(sender, async () => {
    if (await setActive(sender, false)) await setActive(sender, true);
  });
}

/** Returns whether anything has changed. */
async function setActive(sender: PictureSender, active: boolean): Promise<boolean> {
  const parameters = sender.getParameters();
  const changing = parameters.encodings.filter((encoding) => encoding.active !== active);
  for (const encoding of changing) encoding.active = active;
  if (changing.length > 0) await sender.setParameters(parameters);
  return changing.length > 0;
}
