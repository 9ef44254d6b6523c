/** What a data channel reports, in the order in which a listener can act on it. */

/** What is called. */
export interface ChannelHandler {
  opened(): void;
  /** A string, an ArrayBuffer, or anything else that a foreign page sends. */
  received(data: unknown): void;
}

/**
 * Listens to a channel until `signal` is aborted. Chromium (seen in 156) may report a message while
 * the channel is still "connecting", and an answer would then be lost: such a message is held back
 * until the channel is open.
 */
export function listenInOrder(
  channel: RTCDataChannel,
  { opened, received }: ChannelHandler,
  signal: AbortSignal,
): void {
  const early: unknown[] = [];
  channel.addEventListener("open", () => {
    opened();
    for (const data of early.splice(0)) if (!signal.aborted) received(data);
  }, { signal });
  channel.addEventListener("message", ({ data }) => {
    if (channel.readyState === "connecting") early.push(data);
    else received(data);
  }, { signal });
}
