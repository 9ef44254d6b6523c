// The origin's own npm package, as its manual starts it.

const { createServer } = require("node:http");

// It prints something for every newcomer.
const say = console.log;
console.log = () => {};
const server = createServer((_, response) => response.end("ok"));
// Without a listener for it, the first message to somebody who has just left would end the process.
require("skyrtc").listen(server).rtc.on("error", () => {});
server.listen(0, () => say(`http://localhost:${server.address().port}`));
