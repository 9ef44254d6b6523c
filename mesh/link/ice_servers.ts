/** ICE servers, from the wire's form to the browser's. */
import type { IceServer } from "../../protocol/mod.ts";

/** A copy that nobody else holds. */
export function iceServer({ urls, ...rest }: IceServer): RTCIceServer {
  return { ...rest, urls: typeof urls === "string" ? urls : [...urls] };
}

/** Whether media can go through it. */
export function isRelay({ urls }: RTCIceServer): boolean {
  return [urls].flat().some((url) => /^turns?:/i.test(url));
}
