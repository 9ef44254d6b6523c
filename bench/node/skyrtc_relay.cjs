/** The npm package skyrtc, as its manual starts it. */

const { createServer } = require("node:http");

// The package prints a line for every new client.
const print = console.log;
console.log = () => {};
const server = createServer((_, response) => response.end("ok"));
// Without a listener, the first message to a client that just left would end the process.
require("skyrtc").listen(server).rtc.on("error", () => {});
server.listen(0, () => print(`http://localhost:${server.address().port}`));
