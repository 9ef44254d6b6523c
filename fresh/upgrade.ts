// Invariants
// 1. `Deno.upgradeWebSocket` is the last thing here that can fail: whatever throws after it would
//    end the whole listener.
// 2. No callback's exception leaves this file: an uncaught one would end the process.

import { HttpError } from "./http_error.ts";
import { logError } from "./log.ts";

/** What happens on a socket; each may be async. */
export interface SocketHandlers {
  open?(socket: WebSocket): unknown;
  message?(socket: WebSocket, event: MessageEvent): unknown;
  close?(socket: WebSocket, code: number, reason: string): unknown;
  error?(socket: WebSocket, event: Event): unknown;
}

/** Upgrades the request to a socket; throws HttpError 400 when it does not ask for one. */
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
