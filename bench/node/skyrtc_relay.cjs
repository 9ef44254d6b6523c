// The origin's own npm package, as its manual starts it.

const { createServer } = require("node:http");

// It prints something for every newcomer.
const say = console.log;
console.log = () => {};
const server = createServer((_, response) => response.end("ok"));
require("skyrtc").listen(server);
server.listen(0, () => say(`http://localhost:${server.address().port}`));
