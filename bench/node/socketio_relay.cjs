/** The relay with the rooms and messages of socket.io. */

const { createServer } = require("node:http");
const { Server } = require("socket.io");

const server = createServer((_, response) => response.end("ok"));
const io = new Server(server, { transports: ["websocket"], serveClient: false });
io.on("connection", (socket) => {
  let room = "";
  let lines = 0;
  socket.on("join", (name) => {
    room = name;
    const roster = [...io.sockets.adapter.rooms.get(name) ?? []];
    socket.join(name);
    socket.emit("welcome", { peerId: socket.id, roster });
  });
  socket.on("signal", ({ to, signal }) => io.to(to).emit("signal", { from: socket.id, signal }));
  socket.on("chat", ({ ref, text }) => {
    const line = { id: ++lines, ref, from: socket.id, name: "", text, at: Date.now() };
    io.to(room).emit("chat", line);
  });
});
server.listen(0, () => console.log(`http://localhost:${server.address().port}`));
