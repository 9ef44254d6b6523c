/** The relay of bench/raw_relay.ts on Node with the npm package ws. */

const { createServer } = require("node:http");
const { randomUUID } = require("node:crypto");
const { WebSocketServer } = require("ws");

const rooms = new Map();

function tell(room, message) {
  const frame = JSON.stringify(message);
  for (const socket of room.values()) socket.send(frame);
}

const server = createServer((_, response) => response.end("ok"));
new WebSocketServer({ server }).on("connection", (socket) => {
  const peerId = randomUUID();
  let room = new Map();
  let lines = 0;
  socket.on("message", (data) => {
    const message = JSON.parse(data.toString());
    if (message.type === "signal") {
      const { to, signal } = message;
      room.get(to)?.send(JSON.stringify({ type: "signal", from: peerId, signal }));
    } else if (message.type === "chat") {
      const line = { id: ++lines, ref: message.ref, from: peerId, name: "", text: message.text };
      tell(room, { type: "chat", line: { ...line, at: Date.now() } });
    } else if (message.type === "join") {
      room = rooms.get(message.room) ?? room;
      rooms.set(message.room, room);
      const roster = [...room.keys()].map((peerId) => ({ peerId }));
      tell(room, { type: "peer-joined", peer: { peerId } });
      room.set(peerId, socket);
      socket.send(JSON.stringify({ type: "welcome", peerId, roster }));
    }
  });
  socket.on("close", () => {
    room.delete(peerId);
    tell(room, { type: "peer-left", peerId });
  });
});
server.listen(0, () => console.log(`http://localhost:${server.address().port}`));
