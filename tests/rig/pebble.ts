// Debian's pebble: an ACME directory on this machine that validates for real. Its DNS resolves
// every name to this machine.

import { selfSigned } from "../../server/tls/self_signed.ts";
import { freePort } from "./free_port.ts";
import { waitFor } from "./wait_for.ts";

/** A running directory; `await using` ends it. */
export interface Pebble extends AsyncDisposable {
  readonly directory: string;
  /** PEM of what its own https must be trusted by. */
  readonly caFile: string;
  /** PEM of the root that signs what it issues. */
  root(): Promise<string>;
}

/**
 * Starts pebble. It validates on `httpPort`. `badNonces`: the percentage of good requests that it
 * refuses once; `ipv6`: names resolve to ::1 instead of 127.0.0.1.
 */
export async function startPebble(
  { httpPort, badNonces = 0, ipv6 = false }: {
    httpPort: number;
    badNonces?: number;
    ipv6?: boolean;
  },
): Promise<Pebble> {
  const folder = await Deno.makeTempDir();
  const machine = () => ({ names: ["localhost"], addresses: ["127.0.0.1"] });
  const { cert, key } = await selfSigned(undefined, machine).read();
  await Deno.writeTextFile(`${folder}/cert.pem`, cert);
  await Deno.writeTextFile(`${folder}/key.pem`, key);
  const [port, management, dns] = [freePort(), freePort(), freePort()];
  const pebble = {
    listenAddress: `127.0.0.1:${port}`,
    managementListenAddress: `127.0.0.1:${management}`,
    certificate: `${folder}/cert.pem`,
    privateKey: `${folder}/key.pem`,
    httpPort,
    tlsPort: freePort(),
    ocspResponderURL: "",
    externalAccountBindingRequired: false,
  };
  await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify({ pebble }));
  const { end } = spawn(folder, { dns, badNonces, ipv6 });
  using client = Deno.createHttpClient({ caCerts: [cert] });
  try {
    await waitFor(
      () => fetch(`https://localhost:${port}/dir`, { client }).then((answer) => answer.text()),
      { what: "pebble to answer" },
    );
  } catch (error) {
    await end();
    throw error;
  }
  return {
    directory: `https://localhost:${port}/dir`,
    caFile: `${folder}/cert.pem`,
    async root() {
      using client = Deno.createHttpClient({ caCerts: [cert] });
      return await (await fetch(`https://localhost:${management}/roots/0`, { client })).text();
    },
    [Symbol.asyncDispose]: end,
  };
}

/** The names' server and the directory. */
function spawn(
  folder: string,
  { dns, badNonces, ipv6 }: { dns: number; badNonces: number; ipv6: boolean },
) {
  const quiet = { stdin: "null", stdout: "null", stderr: "null" } as const;
  const names = new Deno.Command("pebble-challtestsrv", {
    args: [
      ...["-defaultIPv4", ipv6 ? "" : "127.0.0.1", "-defaultIPv6", ipv6 ? "::1" : ""],
      ...["-dns01", `127.0.0.1:${dns}`],
      ...[
        "-http01",
        "",
        "-https01",
        "",
        "-tlsalpn01",
        "",
        "-management",
        `127.0.0.1:${freePort()}`,
      ],
    ],
    ...quiet,
  }).spawn();
  const directory = new Deno.Command("pebble", {
    args: ["-config", `${folder}/config.json`, "-dnsserver", `127.0.0.1:${dns}`, "-strict"],
    env: { PEBBLE_VA_NOSLEEP: "1", PEBBLE_WFE_NONCEREJECT: String(badNonces) },
    ...quiet,
  }).spawn();
  const end = async () => {
    for (const child of [names, directory]) child.kill("SIGKILL");
    await Promise.all([names.status, directory.status]);
    await Deno.remove(folder, { recursive: true });
  };
  return { end };
}
