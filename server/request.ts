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

/** The token in `Authorization: Bearer TOKEN` (RFC 6750); undefined: there is none. */
export function bearerOf({ headers }: Pick<Request, "headers">): string | undefined {
  return /^Bearer +([\w.~+/=-]+)$/i.exec(headers.get("authorization") ?? "")?.[1];
}

/** The body as text; undefined: it has more than `most` bytes, of which no more are kept. */
export async function bodyText(
  { body }: Pick<Request, "body">,
  most: number,
): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > most) return undefined;
    parts.push(part);
  }
  return await new Blob(parts.map((part) => part.slice())).text();
}
