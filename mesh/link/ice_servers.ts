/** ICE servers, from the wire's form to the browser's. */
import type { IceServer } from "../../protocol/mod.ts";

/** A copy, so that the browser cannot change the original. */
export function iceServer({ urls, ...rest }: IceServer): RTCIceServer {
  return { ...rest, urls: typeof urls === "string" ? urls : [...urls] };
}

/** Whether media can go through this server. */
export function isRelay({ urls }: IceServer): boolean {
  return [urls].flat().some((url) => /^turns?:/i.test(url));
}
