/** The two ways to listen: the front door, which owns its sockets, and Deno's own server. */
import { type Arrival, FrontDoor, type Upgrade } from "./door/front_door.ts";
import type { Answer, ConnectionInfo, OpenPort, Transport } from "./listener.ts";

interface TransportOptions {
  readonly answer: Answer;
  readonly onError: (error: unknown) => Response;
}

interface DoorTransportOptions extends TransportOptions {
  readonly upgrade: (request: Request, arrival: Arrival) => Upgrade;
  readonly connectionsMost: (address: string) => number;
}

const alpnProtocols = ["h2", "http/1.1"];

/** Listens by a front door. */
export function doorTransport(options: DoorTransportOptions): Transport {
  const { answer, ...rest } = options;
  const door = new FrontDoor({
    ...rest,
    answer: (request, { remoteAddr, secure }, info) =>
      answer(secure ? encrypted(request) : request, connection(info, { remoteAddr, secure })),
  });
  return {
    open: ({ hostname, port, tls }) => {
      // Types know `reusePort` only with `--unstable-net`; a variable may have more than they know.
      const options = { hostname, port, alpnProtocols, reusePort: true };
      const listener = tls === undefined
        ? Deno.listen({ hostname, port })
        : Deno.listenTls({ ...options, ...tls });
      door.add(listener, { secure: tls !== undefined });
      const close = () => Promise.resolve(door.remove(listener));
      return { address: addressOf(listener), close };
    },
    finish: () => door.close(),
  };
}

/** Listens by `Deno.serve`. */
export function denoTransport({ answer, onError }: TransportOptions): Transport {
  return {
    open: ({ hostname, port, tls }): OpenPort => {
      const secure = tls !== undefined;
      const options = { hostname, port, onError, onListen: () => {} };
      const server = Deno.serve(
        tls === undefined ? options : { ...options, ...tls, reusePort: true },
        (request, info) =>
          answer(request, connection(info, { remoteAddr: info.remoteAddr, secure })),
      );
      return { address: server.addr, close: () => server.shutdown() };
    },
    finish: () => Promise.resolve(),
  };
}

/** The properties of Deno's object are getters of its class, so it cannot be spread. */
function connection(
  info: Deno.ServeHandlerInfo<Deno.NetAddr>,
  { remoteAddr, secure }: Arrival,
): ConnectionInfo {
  return {
    remoteAddr,
    secure,
    get completed() {
      return info.completed;
    },
  };
}

function addressOf({ addr }: Deno.Listener): Deno.NetAddr {
  if (!("hostname" in addr)) throw new TypeError("the listener is not one of TCP");
  return addr;
}

/**
 * The request as its client has sent it: the inner server has seen it without TLS. Deno upgrades no
 * copy of a request, hence `Object.create`.
 */
function encrypted(request: Request): Request {
  const url = request.url.replace(/^http:/, "https:");
  return Object.create(request, { url: { value: url } });
}
