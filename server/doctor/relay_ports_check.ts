/** Checks whether packets from outside reach the ports that this server relays from. */
import { createSocket } from "node:dgram";
import { type Endpoint, familyOf } from "../turn/endpoint.ts";
import { methods } from "../turn/stun_message.ts";
import { bad, type Check, ok, skipped } from "./check.ts";
import { type Credentials, placeOf, type StunConnection, stunRequest } from "./stun.ts";

/** A datagram may be lost, so it is sent again, ms. */
const resendMs = 500;

/**
 * Sends to the relayed address of an allocation. `mapped`: this machine as the relay sees it;
 * `range`: the ports that the server relays from, or "none".
 */
export async function relayPortsCheck(
  connection: StunConnection,
  { credentials, relayed, mapped, range }: {
    credentials: Credentials;
    relayed: Endpoint;
    mapped: Endpoint;
    range: string;
  },
): Promise<Check> {
  const name = "relay ports";
  if (range === "none") return ok(name, "none: it relays only between people who both use it");
  const permitted = await connection.ask(
    stunRequest(methods.createPermission, { peers: [mapped], credentials }),
  );
  if (permitted.kind !== "success") {
    return skipped(
      name,
      "the relay denies the address of this machine; try it from another network",
    );
  }
  const socket = createSocket(familyOf(relayed.hostname) === "ipv4" ? "udp4" : "udp6");
  // An error is a packet that does not arrive.
  socket.on("error", () => {});
  const send = () => socket.send("parley doctor", relayed.port, relayed.hostname);
  const again = setInterval(send, resendMs);
  send();
  const arrived = await connection.next(({ kind, method }) =>
    kind === "indication" && method === methods.data
  ).then(() => true, () => false);
  clearInterval(again);
  socket.close();
  return arrived ? ok(name, `${placeOf(relayed)} can be reached`) : bad("warn", {
    name,
    seen: `${placeOf(relayed)} cannot be reached, so some people need a relay at both ends`,
    fix: `let UDP ${range} through in firewalls and Docker, or set --turn-ports none to need none`,
  });
}
