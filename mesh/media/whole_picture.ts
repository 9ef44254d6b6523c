/** Makes video senders begin anew with a whole picture, which decoders need after a loss. */
import { inTurn } from "../link/sender_rules.ts";

/** The part of RTCRtpSender that is used. */
export interface PictureSender extends Pick<RTCRtpSender, "getParameters" | "setParameters"> {
  readonly track: { readonly kind: string } | null;
}

/**
 * A sender that stops for an instant begins with a key frame; no browser lets a page ask for one
 * directly.
 */
export async function sendWholePicture(senders: readonly PictureSender[]): Promise<void> {
  await Promise.all(senders.filter(({ track }) => track?.kind === "video").map(beginAnew));
}

/** Where that fails, because the connection is closed, the picture comes by itself, only later. */
function beginAnew(sender: PictureSender): Promise<void> {
  return inTurn(sender, async () => {
    if (await setActive(sender, false)) await setActive(sender, true);
  });
}

/** False when it was so already. */
async function setActive(sender: PictureSender, active: boolean): Promise<boolean> {
  const parameters = sender.getParameters();
  const changing = parameters.encodings.filter((encoding) => encoding.active !== active);
  for (const encoding of changing) encoding.active = active;
  if (changing.length > 0) await sender.setParameters(parameters);
  return changing.length > 0;
}
