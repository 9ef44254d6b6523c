/**
 * Upgrades requests to WebSockets.
 * Invariants:
 * 1 `Deno.upgradeWebSocket` is the last step that can fail: an exception after it would end the
 *   listener.
 * 2 No exception of a callback leaves this file: an uncaught one would end the process.
 */
import { HttpError } from "./http_error.ts";
import { logError } from "./log.ts";

/** Callbacks for the events of a socket; each may be async. */
export interface SocketHandlers {
  open?(socket: WebSocket): unknown;
  message?(socket: WebSocket, event: MessageEvent): unknown;
  close?(socket: WebSocket, code: number, reason: string): unknown;
  error?(socket: WebSocket, event: Event): unknown;
}

/** Upgrades the request to a socket; throws HttpError 400 if the request is not a handshake. */
export function upgradeBare(
  req: Request,
  options?: Deno.UpgradeWebSocketOptions,
): Deno.WebSocketUpgrade {
  if (req.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    throw new HttpError(400, "Expected a WebSocket upgrade request");
  }
  try {
    return Deno.upgradeWebSocket(req, options);
  } catch (cause) {
    throw new HttpError(400, "Not a valid WebSocket upgrade request", { cause });
  }
}

/** As `upgradeBare`, with the callbacks attached and guarded. */
export function upgradeManaged(
  req: Request,
  handlers: SocketHandlers,
  options?: Deno.UpgradeWebSocketOptions,
): Response {
  const { socket, response } = upgradeBare(req, options);
  const guard = (run: () => unknown) => {
    const failed = (error: unknown) => {
      logError("A socket callback failed", error);
      if (socket.readyState === WebSocket.OPEN) socket.close(1011);
    };
    try {
      const result = run();
      if (result instanceof Promise) result.catch(failed);
    } catch (error) {
      failed(error);
    }
  };
  socket.onopen = () => guard(() => handlers.open?.(socket));
  socket.onmessage = (event) => guard(() => handlers.message?.(socket, event));
  socket.onclose = ({ code, reason }) => guard(() => handlers.close?.(socket, code, reason));
  socket.onerror = (event) => guard(() => handlers.error?.(socket, event));
  return response;
}
