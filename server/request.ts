/** What routes read from a request. */

/** The address of the connection, never of a header; see client_address.ts for whom it stands for. */
export function remoteAddress({ remoteAddr }: Pick<Deno.ServeHandlerInfo, "remoteAddr">): string {
  return "hostname" in remoteAddr ? remoteAddr.hostname : "127.0.0.1";
}

/** The name in an address, whether or not the router decoded it already; a decoded name holds no percent sign. */
export function decodedRoom(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
