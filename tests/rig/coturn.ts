// Debian's TURN server, with the shared secret our server mints credentials from.

import { projectFolder } from "../../scripts/server_command.ts";
import { freePort } from "./free_port.ts";
import { waitFor } from "./wait_for.ts";

/** A running coturn; `await using` ends it. */
export interface Coturn extends AsyncDisposable {
  readonly port: number;
  /** A file with the shared secret, for --turn-secret-file. */
  readonly secretFile: string;
  /** Everything it wrote. */
  log(): Promise<string>;
}

/** Where it runs: on this machine's loopback, or in a network namespace with an address. */
export interface CoturnPlace {
  namespace?: string;
  address?: string;
  /** Set up by this file of deploy/ instead of with everything allowed. */
  config?: "turnserver.conf";
}

/** Starts coturn. `folder` is where a server with few permissions may read the secret. */
export async function startCoturn(
  folder = `${projectFolder}.parley`,
  { namespace, address = "127.0.0.1", config }: CoturnPlace = {},
): Promise<Coturn> {
  const port = namespace === undefined ? freePort() : 3478;
  const secret = crypto.randomUUID();
  await Deno.mkdir(folder, { recursive: true });
  const secretFile = `${folder}/turn-${crypto.randomUUID()}.secret`;
  const logFile = await Deno.makeTempFile({ suffix: ".turn.log" });
  await Deno.writeTextFile(secretFile, `${secret}\n`);
  const [program = "", ...before] = namespace === undefined
    ? ["turnserver"]
    : ["ip", "netns", "exec", namespace, "turnserver"];
  const given = { address, port, secret, logFile };
  const flags = config === undefined ? turnFlags(given) : await givenFlags(given, folder);
  const child = new Deno.Command(program, {
    args: [...before, ...flags],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const running = {
    port,
    secretFile,
    log: () => Deno.readTextFile(logFile).catch(() => ""),
    async [Symbol.asyncDispose]() {
      // It answers SIGTERM only after seconds.
      child.kill("SIGKILL");
      await child.status;
      await Promise.all([secretFile, logFile].map((file) => Deno.remove(file).catch(() => {})));
    },
  };
  try {
    await waitFor(() => canConnect(address, port), { what: "coturn to listen" });
    return running;
  } catch (error) {
    await running[Symbol.asyncDispose]();
    throw error;
  }
}

/** deploy/turnserver.conf with another port and the address of this machine. */
async function givenFlags(
  { address, port, secret, logFile }: Parameters<typeof turnFlags>[0],
  folder: string,
): Promise<string[]> {
  const text = await Deno.readTextFile(`${projectFolder}deploy/turnserver.conf`);
  const file = `${folder}/turnserver.conf`;
  await Deno.writeTextFile(
    file,
    text.replace(/^external-ip=.*$/m, "").replace(/^listening-port=.*$/m, `listening-port=${port}`)
      .replace(/^log-file=.*$/m, `log-file=${logFile}`),
  );
  const here = [`--listening-ip=${address}`, `--relay-ip=${address}`];
  return ["-c", file, ...here, `--static-auth-secret=${secret}`];
}

function turnFlags({ address, port, secret, logFile }: {
  address: string;
  port: number;
  secret: string;
  logFile: string;
}): string[] {
  return [
    "-n",
    `--listening-ip=${address}`,
    `--relay-ip=${address}`,
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
    // Both ends of a test call may be on this machine.
    "--allow-loopback-peers",
    "--verbose",
    `--log-file=${logFile}`,
    "--simple-log",
  ];
}

async function canConnect(hostname: string, port: number): Promise<boolean> {
  (await Deno.connect({ hostname, port })).close();
  return true;
}
