/** The two ways to listen: the front door, which owns its sockets, and Deno's own server. */
import type { DoorOptions } from "./door/door_options.ts";
import { FrontDoor } from "./door/front_door.ts";
import type { Arrival } from "./door/inner_server.ts";
import type { Answer, ConnectionInfo, OpenPort, Transport } from "./listener.ts";

interface TransportOptions {
  readonly answer: Answer;
  readonly onError: (error: unknown) => Response;
}

interface DoorTransportOptions
  extends TransportOptions, Pick<DoorOptions, "upgrade" | "stun" | "connectionsMost"> {}

/** Listens by a front door. */
export function doorTransport(options: DoorTransportOptions): Transport {
  const { answer, ...rest } = options;
  const door = new FrontDoor({
    ...rest,
    answer: (request, { remoteAddr, secure }, info) =>
      answer(asSent(request, { secure }), connection(info, { remoteAddr, secure })),
  });
  return {
    open: ({ hostname, port, tls }) => {
      // Types know `reusePort` only with `--unstable-net`; a variable may have more than they know.
      const options = { hostname, port, reusePort: tls !== undefined };
      const listener = Deno.listen(options);
      try {
        door.add(listener, tls);
      } catch (error) {
        listener.close();
        throw error;
      }
      const close = () => Promise.resolve(door.remove(listener));
      return { address: listener.addr, close };
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

/**
 * The request with the scheme of its client's connection: the inner server has seen it without TLS,
 * and the target of a request may name any scheme. Deno upgrades no copy of a request, hence
 * `Object.create`.
 */
function asSent(request: Request, { secure }: { secure: boolean }): Request {
  const scheme = secure ? "https:" : "http:";
  if (request.url.startsWith(scheme)) return request;
  return Object.create(request, { url: { value: request.url.replace(/^https?:/, scheme) } });
}
