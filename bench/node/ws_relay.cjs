/** The relay of bench/raw_relay.ts on Node with the npm package ws. */

const { createServer } = require("node:http");
const { randomUUID } = require("node:crypto");
const { WebSocketServer } = require("ws");

const rooms = new Map();

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
      const frame = JSON.stringify({ type: "chat", line: { ...line, at: Date.now() } });
      for (const member of room.values()) member.send(frame);
    } else if (message.type === "join") {
      room = rooms.get(message.room) ?? room;
      rooms.set(message.room, room);
      const roster = [...room.keys()].map((peerId) => ({ peerId }));
      room.set(peerId, socket);
      socket.send(JSON.stringify({ type: "welcome", peerId, roster }));
    }
  });
  socket.on("close", () => room.delete(peerId));
});
server.listen(0, () => console.log(`http://localhost:${server.address().port}`));
