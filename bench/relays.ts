/** The relays that are compared: Parley's own and Debian's coturn, with the same settings. */
import { createHmac } from "node:crypto";
import { joinCheckRoom } from "../server/doctor/check_room.ts";
import { selfSigned } from "../server/tls/self_signed.ts";
import { freePort, type RunningServer, startServer, waitFor } from "../tests/rig/mod.ts";
import type { RelayAccess } from "./turn_client.ts";

/** How a client reaches a relay. */
export type RelayTransport = RelayAccess["transport"];

/** A running relay on 127.0.0.1, which relays to 127.0.0.1; `await using` stops it. */
export interface Relay extends AsyncDisposable {
  readonly name: string;
  readonly pid: number;
  /** Credentials for `people`, each good for many allocations. */
  accesses(people: number, transport: RelayTransport): Promise<readonly RelayAccess[]>;
}

const here = "127.0.0.1";

/** A certificate for both relays, as files. */
export interface TestCertificate {
  readonly ca: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** Makes a certificate in a folder. */
export async function makeCertificate(folder: string): Promise<TestCertificate> {
  const { cert, key } = await selfSigned(undefined, () => ({ names: [], addresses: [here] }))
    .read();
  const [certFile, keyFile] = [`${folder}/cert.pem`, `${folder}/key.pem`];
  await Deno.writeTextFile(certFile, cert);
  await Deno.writeTextFile(keyFile, key);
  return { ca: cert, certFile, keyFile };
}

/** Starts Parley, which listens for all transports on one port; with a certificate for TLS too. */
export async function startParleyRelay(
  certificate?: TestCertificate,
): Promise<Relay & { readonly server: RunningServer }> {
  const tls = certificate === undefined
    ? []
    : ["--tls-cert", certificate.certFile, "--tls-key", certificate.keyFile];
  const given = ["--host", here, "--turn-allow-peers", "loopback", "--room-capacity", "16"];
  const server = await startServer({
    args: [...given, "--allow-origin", "*", ...tls],
    address: here,
  });
  const held = new AsyncDisposableStack();
  held.use(server);
  const ca = certificate?.ca;
  const client = ca === undefined ? undefined : held.use(Deno.createHttpClient({ caCerts: [ca] }));
  const port = Number(new URL(server.url).port);
  return {
    name: "Parley",
    pid: server.child.pid,
    server,
    async accesses(people, transport) {
      const joins = Array.from({ length: people }, () => joinCheckRoom(server.url, client));
      return (await Promise.all(joins)).map((room) => {
        const { iceServers } = held.use(room);
        const { username = "", credential: password = "" } = iceServers.find((server) =>
          server.username !== undefined
        ) ?? {};
        return { hostname: here, port, transport, username, password, ...ca && { ca } };
      });
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** Starts coturn. */
export async function startCoturnRelay(
  { ca, certFile, keyFile }: TestCertificate,
): Promise<Relay> {
  const [port, tlsPort] = [freePort(), freePort()];
  const secret = crypto.randomUUID();
  const child = new Deno.Command("turnserver", {
    args: [
      ...["-n", `--listening-ip=${here}`, `--relay-ip=${here}`],
      ...[`--listening-port=${port}`, `--tls-listening-port=${tlsPort}`],
      ...[`--cert=${certFile}`, `--pkey=${keyFile}`],
      ...["--use-auth-secret", `--static-auth-secret=${secret}`, "--realm=parley"],
      ...["--min-port=49152", "--max-port=65535", "--no-dtls", "--no-cli"],
      ...["--allow-loopback-peers", "--log-file=/dev/null", "--simple-log"],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  await waitFor(async () => {
    (await Deno.connect({ hostname: here, port: tlsPort })).close();
    return true;
  }, { what: "coturn to listen" });
  return {
    name: "coturn",
    pid: child.pid,
    accesses(people, transport) {
      const until = Math.floor(Date.now() / 1_000) + 3_600;
      return Promise.resolve(Array.from({ length: people }, (_, n) => {
        const username = `${until}:${n}`;
        const password = createHmac("sha1", secret).update(username).digest("base64");
        const at = transport === "tls" ? tlsPort : port;
        return { hostname: here, port: at, transport, ca, username, password };
      }));
    },
    async [Symbol.asyncDispose]() {
      // It answers SIGTERM only after seconds.
      child.kill("SIGKILL");
      await child.status;
    },
  };
}
