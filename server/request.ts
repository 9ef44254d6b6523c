/** What routes read from a request. */
import { canonicalAddress } from "../signaling/mod.ts";

/**
 * The address of the connection, never of a header; see client_address.ts for whom it stands for. An IPv4 client of a
 * socket that takes both families has its IPv4 address here.
 */
export function remoteAddress({ remoteAddr }: Pick<Deno.ServeHandlerInfo, "remoteAddr">): string {
  const address = "hostname" in remoteAddr ? remoteAddr.hostname : "127.0.0.1";
  return canonicalAddress(address) ?? address;
}

/** The name in an address, whether or not the router decoded it already; a decoded name holds no percent sign. */
export function decodedRoom(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
