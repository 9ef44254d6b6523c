// Connections that end by a reset (RST), as those of a killed phone do. Deno can only reset a
// connection with unread bytes, so this is a program of Node.

const program = `
const net = require("node:net");
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { port, bytes, until, pauses } = JSON.parse(line);
  let heard = "";
  let isOver = false;
  const socket = net.connect(port, "127.0.0.1", () => socket.write(Buffer.from(bytes, "base64"), tell));
  if (pauses) socket.pause();
  socket.on("data", (part) => { heard += part.toString("latin1"); tell(); });
  for (const event of ["error", "close"]) socket.on(event, () => end("ended"));
  function tell() { if (heard.includes(until)) end("reset"); }
  function end(word) {
    if (isOver) return;
    isOver = true;
    socket.resetAndDestroy();
    console.log(word);
  }
});
`;

/** What a connection does before its reset. */
export interface Act {
  readonly port: number;
  /** What it sends. */
  readonly bytes: Uint8Array;
  /** The reset waits for this text; "": only until the bytes are sent. */
  readonly until?: string;
  /** Nothing is read. */
  readonly pauses?: boolean;
}

/** Makes connections and resets them. `using` ends it. */
export class Resetter implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #output: ReadableStreamDefaultReader<string>;
  #read = "";

  constructor() {
    this.#child = new Deno.Command("node", {
      args: ["-e", program],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#output = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Resolves once the connection was reset; rejects if the other side was faster. */
  async reset({ port, bytes, until = "", pauses = false }: Act): Promise<void> {
    const line = JSON.stringify({ port, bytes: bytes.toBase64(), until, pauses });
    await this.#input.write(new TextEncoder().encode(line + "\n"));
    while (!this.#read.includes("\n")) {
      const { value, done } = await this.#output.read();
      if (done) throw new Error("node has ended");
      this.#read += value;
    }
    const [word] = this.#read.split("\n", 1);
    this.#read = this.#read.slice(this.#read.indexOf("\n") + 1);
    if (word !== "reset") throw new Error("the server ended the connection before its reset");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close();
    await this.#output.cancel();
    this.#child.kill("SIGKILL");
    await this.#child.status;
  }
}
