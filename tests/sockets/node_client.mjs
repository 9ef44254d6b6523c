// A WebSocket client of Node: `node node_client.mjs MODULE URL PROTOCOL`, with the module of the
// package "ws" or "undici". It carries out the commands that come as lines of JSON, and prints what
// it sees as such lines.

import { Buffer } from "node:buffer";
import { subscribe } from "node:diagnostics_channel";
import process from "node:process";
import { createInterface } from "node:readline";

const [module, url, protocol] = process.argv.slice(2);
const { WebSocket, ping } = await import(module);
const see = (seen) => console.log(JSON.stringify(seen));
const socket = new WebSocket(url, [protocol]);

socket.addEventListener("open", () => see({ open: [socket.protocol, socket.extensions] }));
socket.addEventListener("message", ({ data }) => see({ text: data }));
socket.addEventListener("close", ({ code, reason }) => {
  see({ closed: [code, reason] });
  process.exit();
});
socket.addEventListener("error", ({ message }) => see({ error: message }));
if (ping === undefined) socket.on("pong", (payload) => see({ pong: String(payload) }));
else subscribe("undici:websocket:pong", ({ payload }) => see({ pong: String(payload) }));

function carryOut([does, ...values]) {
  switch (does) {
    case "send":
      return values.forEach((text) => socket.send(text));
    case "send binary":
      return socket.send(new TextEncoder().encode(values[0]));
    case "send fragments":
      return values.forEach((part, index) =>
        socket.send(part, { fin: index === values.length - 1 })
      );
    case "ping":
      return ping === undefined ? socket.ping(values[0]) : ping(socket, Buffer.from(values[0]));
    case "close":
      return socket.close(...values);
    default:
      throw new Error(`unknown command ${does}`);
  }
}

for await (const line of createInterface({ input: process.stdin })) carryOut(JSON.parse(line));
