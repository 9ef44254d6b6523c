/** ICE servers, from the wire's form to the browser's. */
import type { IceServer } from "../../protocol/mod.ts";

/** A copy, so that the browser cannot change the original. */
export function iceServer({ urls, ...rest }: IceServer): RTCIceServer {
  return { ...rest, urls: typeof urls === "string" ? urls : [...urls] };
}
