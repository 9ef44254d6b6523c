/**
 * Listens to what a data channel receives: strings, ArrayBuffers, or anything else that a foreign
 * page sends. Chromium (seen in 156) may report a message while the channel is still "connecting",
 * and an answer would then be lost: such a message is held back until the channel is open. Listen
 * to `open` before.
 */
export function listenInOrder(
  channel: RTCDataChannel,
  received: (data: unknown) => void,
  signal: AbortSignal,
): void {
  channel.addEventListener("message", ({ data }) => {
    if (channel.readyState !== "connecting") return received(data);
    channel.addEventListener("open", () => received(data), { once: true, signal });
  }, { signal });
}
