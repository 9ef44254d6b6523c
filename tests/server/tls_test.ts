// Encryption, with the real server as a program and a real TLS client.

import { assert, assertEquals, assertNotEquals } from "../assert.ts";
import {
  joinByLink,
  launchChromium,
  runServer,
  startServer,
  waitFor,
  waitForFullMesh,
} from "../rig/mod.ts";
import { type Certificate, certificateFacts } from "../../server/tls/certificate.ts";
import { type MachineNames, selfSigned } from "../../server/tls/self_signed.ts";

const machine: MachineNames = { names: ["localhost"], addresses: ["127.0.0.1"] };

async function makeCertificate(): Promise<Certificate> {
  return await selfSigned(undefined, () => machine).read();
}

/** A folder with a certificate and its key in it. */
class CertificateFolder implements AsyncDisposable {
  readonly path = Deno.makeTempDirSync();
  readonly flags = ["--tls-cert", `${this.path}/cert.pem`, "--tls-key", `${this.path}/key.pem`];

  async put({ cert, key }: Certificate): Promise<void> {
    await Deno.writeTextFile(`${this.path}/cert.pem`, cert);
    await Deno.writeTextFile(`${this.path}/key.pem`, key);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Deno.remove(this.path, { recursive: true });
  }
}

/** What a client that trusts only `cert` gets; undefined when the handshake fails. */
async function statusFor(url: string, cert: string): Promise<number | undefined> {
  using client = Deno.createHttpClient({ caCerts: [cert] });
  try {
    const response = await fetch(url, { client });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    assert(error instanceof TypeError, String(error));
    return undefined;
  }
}

Deno.test("a new certificate is in use after SIGHUP, and a socket that was open stays", async () => {
  await using folder = new CertificateFolder();
  const [first, second] = [await makeCertificate(), await makeCertificate()];
  await folder.put(first);
  await using server = await startServer({ args: [...folder.flags, "--allow-origin", "*"] });
  const health = `${server.url}/healthz`;
  assertEquals(await statusFor(health, first.cert), 200);
  assertEquals(await statusFor(health, second.cert), undefined);

  using client = Deno.createHttpClient({ caCerts: [first.cert] });
  // Deno's own second argument, which the DOM's types do not know.
  const socket = Reflect.construct(WebSocket, [`${server.url.replace("https", "wss")}/ws`, {
    client,
  }]);
  assert(socket instanceof WebSocket);
  await new Promise((open) => socket.onopen = open);
  const ended = new Promise((close) => socket.onclose = close);

  await folder.put({ ...second, key: first.key });
  server.child.kill("SIGHUP");
  await waitFor(() => server.output.includes("failed to read the new certificate"), {
    what: "a wrong key to be refused",
  });
  assertEquals(await statusFor(health, first.cert), 200);

  await folder.put(second);
  server.child.kill("SIGHUP");
  await waitFor(() => server.output.includes('"new certificate"'), { what: "the reload" });
  for (let i = 0; i < 20; i++) assertEquals(await statusFor(health, second.cert), 200);
  assertEquals(await statusFor(health, first.cert), undefined);
  assertEquals(socket.readyState, WebSocket.OPEN);
  const answered = new Promise<unknown>((got) => socket.onmessage = ({ data }) => got(data));
  socket.send("nonsense");
  assert(String(await answered).includes("error"));
  socket.close();
  await ended;
});

Deno.test("a call works over a self-signed certificate, which is kept", async () => {
  const folder = await Deno.makeTempDir();
  const args = ["--tls-self-signed", "--redirect-port", "0", "--state-dir", folder];
  {
    await using server = await startServer({ args });
    assert(/On your network: https:\/\/\d/.test(server.output), server.output);
    assert(/[▀▄█]{5}/.test(server.output), "a code to scan");
    await using chromium = await launchChromium({ flags: ["--ignore-certificate-errors"] });
    await using ann = await joinByLink(chromium, { server, room: "attic", name: "Ann" });
    await using bob = await joinByLink(chromium, { server, room: "attic", name: "Bob" });
    await waitForFullMesh([ann, bob]);
  }
  const kept = await Deno.readTextFile(`${folder}/self-signed.pem`);
  assertEquals((await Deno.stat(`${folder}/self-signed.key`)).mode! & 0o777, 0o600);
  {
    await using server = await startServer({ args });
    assertEquals(await statusFor(`${server.url}/healthz`, kept), 200);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a new address of the machine gets a new self-signed certificate", async () => {
  let now = machine;
  const source = selfSigned(undefined, () => now);
  const first = await source.read();
  assertEquals(await source.read(), first);
  assert(certificateFacts(first).names.includes("127.0.0.1"));
  now = { ...machine, addresses: ["127.0.0.1", "198.18.0.7"] };
  const second = await source.read();
  assertNotEquals(second.cert, first.cert);
  assert(certificateFacts(second).names.includes("198.18.0.7"));
  const years = (Date.parse(certificateFacts(second).validTo) - Date.now()) / (365 * 86_400_000);
  assert(years > 2 && years < 825 / 365, `${years}`);
});

Deno.test("http redirects to https on every path", async () => {
  await using folder = new CertificateFolder();
  await folder.put(await makeCertificate());
  await using server = await startServer({ args: [...folder.flags, "--redirect-port", "0"] });
  const port = await waitFor(() => /"redirectPort":(\d+)/.exec(server.output)?.[1], {
    what: "the port in the log",
  });
  const response = await fetch(`http://localhost:${port}/r/attic?name=Ann`, { redirect: "manual" });
  await response.body?.cancel();
  assertEquals(response.status, 308);
  assertEquals(response.headers.get("location"), `${server.url}/r/attic?name=Ann`);
});

Deno.test("invalid certificate files and a port in use are one line each", async () => {
  await using folder = new CertificateFolder();
  const args = [...folder.flags, "--port", "0"];
  const missing = await runServer({ args });
  assertEquals([missing.code, missing.output.startsWith("parley: --tls-cert: cannot read ")], [
    2,
    true,
  ]);
  await folder.put({ ...await makeCertificate(), key: (await makeCertificate()).key });
  const wrong = await runServer({ args });
  assertEquals(
    wrong.output,
    "parley: the key does not belong to the certificate; check --tls-key\n",
  );
  await folder.put({ cert: "x", key: "y" });
  const nonsense = await runServer({ args });
  assertEquals([nonsense.code, nonsense.output.trim().split("\n").length], [2, 1]);
  await folder.put(await makeCertificate());
  await using server = await startServer({ args: folder.flags });
  const { port } = new URL(server.url);
  const taken = await runServer({ args: [...folder.flags, "--port", port] });
  assertEquals(taken.code, 1);
  assert(taken.output.startsWith(`parley: port ${port} is in use`), taken.output);
});
