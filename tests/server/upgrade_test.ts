// Handshakes that Deno answers: what becomes of those whose client is gone.

import { createParley } from "../../server/parley.ts";
import { defaults } from "../../server/settings/command.ts";
import { LiveSettings } from "../../server/settings/live_settings.ts";
import { upgrade } from "../../server/upgrade.ts";
import { assertEquals } from "../assert.ts";

/** The part of Deno's socket that upgrade() listens to. */
class SilentSocket extends EventTarget {
  onopen = () => {};
  onclose = (_event: Partial<CloseEvent>) => {};
  onerror = (_event: Event) => {};
  onmessage = () => {};
  readyState = WebSocket.CONNECTING;
  close(): void {}
  send(): void {}
}

const handshake = new Request("http://127.0.0.1/ws", {
  headers: {
    "connection": "Upgrade",
    "upgrade": "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  },
});

Deno.test("a client that goes before its socket opens leaves no handshake behind", async () => {
  const { settings, reread } = defaults();
  const config = { ...settings.config, allowOrigin: ["*"] };
  const parley = createParley(new LiveSettings({ config }, reread));
  const sockets: SilentSocket[] = [];
  const { upgradeWebSocket } = Deno;
  Reflect.set(Deno, "upgradeWebSocket", () => {
    const socket = new SilentSocket();
    sockets.push(socket);
    return { socket, response: new Response(null, { status: 204 }) };
  });
  try {
    const client = parley.clientOf(handshake, "192.0.2.1");
    for (let count = 0; count < 3; count++) {
      assertEquals(upgrade(handshake, { ...parley, client }).status, 204);
    }
    const [failed, dropped, opened] = sockets;
    // Deno reports an error and nothing else if the connection is reset before the socket opens.
    failed?.onerror(new Event("error", { cancelable: true }));
    // One that was open gets its close after the error.
    dropped?.onopen();
    dropped?.onerror(new Event("error", { cancelable: true }));
    dropped?.onclose({ code: 0, wasClean: false });
    opened?.onopen();
    opened?.onclose({ code: 1000, wasClean: true });
    // It resolves when there is no socket and no handshake.
    await parley.hub.close();
    assertEquals(parley.hub.counts().sockets, 0);
  } finally {
    Reflect.set(Deno, "upgradeWebSocket", upgradeWebSocket);
    parley.rooms.flush();
    parley.webhooks.close();
    parley.metrics.close();
    parley.memory.close();
  }
});
