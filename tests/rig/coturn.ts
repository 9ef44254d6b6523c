// Debian's TURN server on this machine, with the shared secret our server mints credentials from.

import { waitFor } from "./wait_for.ts";

/** A running coturn; `await using` ends it. */
export interface Coturn extends AsyncDisposable {
  readonly port: number;
  /** A file with the shared secret, for --turn-secret-file. */
  readonly secretFile: string;
  /** Everything it wrote. */
  log(): Promise<string>;
}

/** Starts coturn on a free loopback port. `folder` is where a server with few permissions may read the secret. */
export async function startCoturn(folder: string): Promise<Coturn> {
  const port = freePort();
  const secret = crypto.randomUUID();
  await Deno.mkdir(folder, { recursive: true });
  const secretFile = `${folder}/turn-${port}.secret`;
  const logFile = await Deno.makeTempFile({ suffix: ".turn.log" });
  await Deno.writeTextFile(secretFile, `${secret}\n`);
  const child = new Deno.Command("turnserver", {
    args: [
      "-n",
      "--listening-ip=127.0.0.1",
      "--relay-ip=127.0.0.1",
      `--listening-port=${port}`,
      "--use-auth-secret",
      `--static-auth-secret=${secret}`,
      "--realm=rig",
      "--min-port=49200",
      "--max-port=49400",
      "--no-tls",
      "--no-dtls",
      "--no-cli",
      "--fingerprint",
      // Both ends of the test call are on this machine.
      "--allow-loopback-peers",
      "--verbose",
      `--log-file=${logFile}`,
      "--simple-log",
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const log = () => Deno.readTextFile(logFile).catch(() => "");
  await waitFor(() => canConnect(port), { what: "coturn to listen" });
  return {
    port,
    secretFile,
    log,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
      await Promise.all([secretFile, logFile].map((file) => Deno.remove(file).catch(() => {})));
    },
  };
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

async function canConnect(port: number): Promise<boolean> {
  (await Deno.connect({ hostname: "127.0.0.1", port })).close();
  return true;
}
