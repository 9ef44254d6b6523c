/**
 * A minimal relay on Deno's WebSockets to compare with: it speaks just enough of the native dialect
 * for the bench, without checks, limits, timeouts, names and reconnects.
 */

interface Member {
  peerId: string;
  socket: WebSocket;
}

const rooms = new Map<string, Map<string, Member>>();

function accept(socket: WebSocket): void {
  const peerId = crypto.randomUUID();
  let room = new Map<string, Member>();
  let lines = 0;
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "signal") {
      const { to, signal } = message;
      room.get(to)?.socket.send(JSON.stringify({ type: "signal", from: peerId, signal }));
    } else if (message.type === "chat") {
      const line = { id: ++lines, ref: message.ref, from: peerId, name: "", text: message.text };
      tell(room, { type: "chat", line: { ...line, at: Date.now() } });
    } else if (message.type === "join") {
      room = rooms.get(message.room) ?? room;
      rooms.set(message.room, room);
      const roster = [...room.keys()].map((peerId) => ({ peerId }));
      tell(room, { type: "peer-joined", peer: { peerId } });
      room.set(peerId, { peerId, socket });
      socket.send(JSON.stringify({ type: "welcome", peerId, roster }));
    }
  };
  socket.onclose = () => {
    room.delete(peerId);
    tell(room, { type: "peer-left", peerId });
  };
}

function tell(room: Map<string, Member>, message: unknown): void {
  const frame = JSON.stringify(message);
  for (const { socket } of room.values()) {
    if (socket.readyState === WebSocket.OPEN) socket.send(frame);
  }
}

const server = Deno.serve({
  port: 0,
  onListen: ({ port }) => console.log(`http://localhost:${port}`),
}, (request) => {
  if (request.headers.get("upgrade") !== "websocket") return new Response("ok");
  const protocol = request.headers.get("sec-websocket-protocol") ?? "";
  const { socket, response } = Deno.upgradeWebSocket(request, { protocol });
  accept(socket);
  return response;
});

Deno.addSignalListener("SIGTERM", () => {
  server.shutdown();
  Deno.exit(0);
});
