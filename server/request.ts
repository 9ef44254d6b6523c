/** Values that routes read from a request. */
import { canonicalAddress } from "../signaling/mod.ts";

/**
 * The address of the connection, never of a header; client_address.ts finds the client behind
 * proxies. An IPv4 client of a dual-stack socket has its IPv4 address here.
 */
export function remoteAddress({ remoteAddr }: Pick<Deno.ServeHandlerInfo, "remoteAddr">): string {
  const address = "hostname" in remoteAddr ? remoteAddr.hostname : "127.0.0.1";
  return canonicalAddress(address) ?? address;
}

/** The room name in a path, if the router decoded it or not; a decoded name has no percent sign. */
export function decodedRoom(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
