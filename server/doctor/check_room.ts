/** A room of the doctor, joined as a page joins, to get the STUN and TURN servers of pages. */
import { type IceServer, parseServerMessage, SUBPROTOCOL } from "../../protocol/mod.ts";

const patienceMs = 8_000;

/**
 * A membership, which has ended when it is disposed of. While it lasts, credentials of the server's
 * own relay are valid.
 */
export interface CheckRoom extends AsyncDisposable {
  readonly iceServers: readonly IceServer[];
}

/**
 * Joins a new room of a site. Rejects with the server's reason if it lets nobody in. `client`: with
 * the certificates to trust; undefined: those of the system.
 */
export async function joinCheckRoom(url: string, client?: Deno.HttpClient): Promise<CheckRoom> {
  const { origin, pathname } = new URL(url);
  // The types of the DOM know no options. Deno sends no Origin unless it is given one.
  const socket: WebSocket = Reflect.construct(WebSocket, [
    `${origin}${pathname.replace(/\/$/, "")}/ws`,
    { protocols: [SUBPROTOCOL], headers: { origin }, client },
  ]);
  const { promise, resolve, reject } = Promise.withResolvers<readonly IceServer[]>();
  const timer = setTimeout(() => reject(new Error("no answer")), patienceMs);
  const room = `doctor-${crypto.randomUUID().slice(0, 8)}`;
  socket.onopen = () => socket.send(JSON.stringify({ type: "join", room, name: "Doctor" }));
  socket.onmessage = ({ data }) => {
    const read = parseServerMessage(String(data));
    if (!read.ok) return;
    if (read.message.type === "welcome") resolve(read.message.iceServers);
    if (read.message.type === "error") reject(new Error(`the server answers ${read.message.code}`));
  };
  socket.onerror = () => reject(new Error("the socket does not open"));
  const closed = Promise.withResolvers<void>();
  socket.onclose = ({ code }) => {
    reject(new Error(`the server closed the socket with ${code}`));
    closed.resolve();
  };
  const leave = () => {
    socket.close(1000);
    return closed.promise;
  };
  try {
    return { iceServers: await promise, [Symbol.asyncDispose]: leave };
  } catch (error) {
    socket.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
