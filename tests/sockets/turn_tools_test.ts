// The relay as clients of other projects see it: coturn's programs, and werift.

import { RTCPeerConnection } from "werift";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { freePort } from "../rig/free_port.ts";
import { RelayServer } from "./relay_server.ts";
import type { Granted } from "./turn_client.ts";

/** A program that has ended. */
interface Ran {
  readonly code: number;
  readonly output: string;
}

async function run(program: string, args: readonly string[]): Promise<Ran> {
  const command = new Deno.Command(program, { args: [...args], stdout: "piped", stderr: "piped" });
  const child = command.spawn();
  // coturn's client waits for ever for an answer that does not come.
  const late = setTimeout(() => child.kill("SIGKILL"), 60_000);
  const { code, stdout, stderr } = await child.output();
  clearTimeout(late);
  const decoder = new TextDecoder();
  return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** Starts coturn's echo server on an address of loopback; `await using` ends it. */
function startEcho(address: string) {
  const port = freePort();
  const child = new Deno.Command("turnutils_peer", {
    args: ["-p", String(port), "-L", address],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  return {
    flags: ["-e", address, "-r", String(port)],
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.status;
    },
  };
}

/** Runs coturn's client with credentials in the form of its REST API; five messages a session. */
function runClient(
  { port, granted: { username, password } }: { port: number; granted: Granted },
  flags: readonly string[],
): Promise<Ran> {
  const user = ["-p", String(port), "-u", username, "-w", password];
  return run("turnutils_uclient", [...user, "-n", "5", ...flags]);
}

/** Messages that the sessions of a client have sent, and that came back to them. */
function counted({ output }: Ran): { sent: number; received: number } {
  const [, sent, received] =
    /start_mclient: tot_send_msgs=(\d+), tot_recv_msgs=(\d+)/.exec(output) ?? [];
  return { sent: Number(sent), received: Number(received) };
}

Deno.test("coturn's client relays over UDP, TCP and TLS, by channels and by indications", async () => {
  await using relay = await RelayServer.start([
    "--tls-self-signed",
    "--turn-allow-peers",
    "loopback",
  ]);
  await using echo = startEcho("127.0.0.1");
  await using echo6 = startEcho("::1");
  await using ann = await relay.join();
  const place = { port: relay.port, granted: ann.granted };
  // -c: without a second port; -s: by indications; -y: from client to client; -G: each request
  // more than once; -x: an IPv6 address; -Z: both families; -D: channels padded over UDP too.
  const hasIpv6 = Deno.networkInterfaces().some(({ address }) => /^[23f]/.test(address));
  const ways: Record<string, readonly string[]> = {
    "UDP, by channels": [...echo.flags, "127.0.0.1"],
    "UDP, by indications": [...echo.flags, "-s", "127.0.0.1"],
    "UDP, client to client": ["-y", "-c", "-m", "4", "127.0.0.1"],
    "UDP, requests repeated": [...echo.flags, "-G", "-c", "127.0.0.1"],
    "UDP, padded": ["-y", "-c", "-D", "127.0.0.1"],
    "UDP to IPv6": ["-y", "-c", "::1"],
    ...hasIpv6 && { "an IPv6 address": [...echo6.flags, "-x", "-c", "::1"] },
    "TCP, by channels": ["-t", ...echo.flags, "127.0.0.1"],
    "TCP, by indications": ["-t", "-s", ...echo.flags, "127.0.0.1"],
    "TCP, client to client": ["-t", "-y", "-c", "127.0.0.1"],
    "TLS, by channels": ["-t", "-S", "-c", ...echo.flags, "127.0.0.1"],
    "TLS, by indications": ["-t", "-S", "-s", "-c", ...echo.flags, "127.0.0.1"],
  };
  await Promise.all(
    Object.entries(ways).map(async ([what, flags]) => {
      const ran = await runClient(place, flags);
      const { sent, received } = counted(ran);
      assertEquals([what, ran.code, sent > 0], [what, 0, true], ran.output);
      // This client takes what one read of TLS gives for one message, and loses the others.
      if (flags.includes("-S")) assert(received > 0, `${what}: ${ran.output}`);
      else assertEquals([what, received], [what, sent], ran.output);
    }),
  );
  relay.expectNoFaults();
});

Deno.test("coturn's clients are told where they come from, and are refused without a right", async () => {
  await using relay = await RelayServer.start();
  await using ann = await relay.join();
  const { port } = relay;
  for (const address of ["127.0.0.1", "::1"]) {
    const { output } = await run("turnutils_stunclient", ["-p", String(port), address]);
    assertStringIncludes(output, `UDP reflexive addr: ${address}:`);
  }
  const special = await runClient({ port, granted: ann.granted }, [
    ...["-c", "-e", "10.0.0.1", "127.0.0.1"],
  ]);
  assert(special.code !== 0);
  assertMatch(special.output, /error 403/);
  const wrong = { ...ann.granted, password: "wrong" };
  const refused = await runClient({ port, granted: wrong }, ["-y", "127.0.0.1"]);
  assertMatch(refused.output, /Cannot complete Allocation/);
});

for (const transport of ["udp", "tcp"]) {
  const name = `two programs with werift connect through the relay only, over ${transport}`;
  // werift leaves timers behind.
  Deno.test(name, { sanitizeOps: false, sanitizeResources: false }, async () => {
    await using relay = await RelayServer.start();
    await using ann = await relay.join();
    const { username, password } = ann.granted;
    const urls = `turn:127.0.0.1:${relay.port}?transport=${transport}`;
    const connections = Array.from(
      { length: 2 },
      () =>
        new RTCPeerConnection({
          iceServers: [{ urls, username, credential: password }],
          iceTransportPolicy: "relay",
        }),
    );
    const [caller, called] = connections;
    assert(caller && called);
    const channel = caller.createDataChannel("chat");
    called.onDataChannel.subscribe((there) =>
      there.onMessage.subscribe((text) => there.send(`${text} back`))
    );
    const isOpen = new Promise<void>((resolve) =>
      channel.stateChanged.subscribe((state) => state === "open" && resolve())
    );
    const heard = new Promise((resolve) => channel.onMessage.subscribe(resolve));
    await caller.setLocalDescription(await caller.createOffer());
    await called.setRemoteDescription(await gathered(caller));
    await called.setLocalDescription(await called.createAnswer());
    await caller.setRemoteDescription(await gathered(called));
    await isOpen;
    channel.send("there and");
    assertEquals(await heard, "there and back");
    await Promise.all(connections.map((connection) => connection.close()));
  });
}

/** The description of a connection once it has all its candidates, which are those of the relay. */
async function gathered(connection: RTCPeerConnection) {
  await new Promise<void>((resolve) => {
    const look = () => connection.iceGatheringState === "complete" && resolve();
    connection.iceGatheringStateChange.subscribe(look);
    look();
  });
  const description = connection.localDescription;
  assert(description, "a description");
  const candidates = description.sdp.match(/^a=candidate:.*$/gm) ?? [];
  assert(candidates.length > 0 && candidates.every((line) => line.includes(" typ relay ")));
  return description;
}
