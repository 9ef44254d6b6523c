// The relay as the process runs it, with a worker that fails when the test wants it.

import { assert, assertEquals } from "../../assert.ts";
import { iceProvider } from "../../../signaling/mod.ts";
import { Log } from "../../../server/log.ts";
import { TurnService } from "../../../server/turn/turn_service.ts";
import { waitFor } from "../../rig/wait_for.ts";
import { type Granted, RelayClient } from "../../sockets/turn_client.ts";

const site = { hostname: "localhost", port: undefined };

/** A running service. */
class Rig implements Disposable {
  readonly lines: string[] = [];
  readonly service: TurnService;

  constructor(
    { worker = "./failing_worker.ts", ...options }: {
      worker?: string;
      silenceMs?: number;
      streamsMost?: () => number;
    } = {},
  ) {
    const log = new Log((bytes) => {
      this.lines.push(new TextDecoder().decode(bytes));
      return Promise.resolve(bytes.length);
    });
    this.service = new TurnService(log, {
      worker: new URL(worker, import.meta.url),
      ...options,
    });
    this.service.start({
      hosts: ["127.0.0.1"],
      port: 0,
      isAnyPort: true,
      publicAddresses: [],
      range: undefined,
      bytesPerSecond: undefined,
      allowPeers: [],
      udp: { port: 1_024, isLocal: true },
      tcp: undefined,
      secure: false,
    });
  }

  /** How often the log has these words. */
  logged(words: string): number {
    return this.lines.join("").split(words).length - 1;
  }

  /** How often a worker was ready. */
  get starts(): number {
    return this.logged('"relaying"');
  }

  async started(times: number): Promise<void> {
    await waitFor(() => this.starts >= times, { what: `start ${times} of the worker` });
  }

  /** Credentials as a page gets them. */
  grant(peerId: string): Granted {
    const { secret } = this.service;
    const own = { urlsFor: () => ["turn:x"], secret, lifetimeMs: 60_000 };
    const provider = iceProvider(() => ({ fixed: [], relays: [own] }));
    const [{ username = "", credential: password = "" } = {}] = provider.serversFor(
      { peerId, site },
      Date.now(),
    );
    return { username, password };
  }

  get port(): number {
    return Number(this.service.urlsFor(site)[0]?.split(":").at(-1));
  }

  [Symbol.dispose](): void {
    this.service.stop();
  }
}

Deno.test("a worker that no longer answers is started again, with the same members", async () => {
  using rig = new Rig({ silenceMs: 4_000 });
  const { service } = rig;
  service.admit("ann");
  service.admit("hang");
  await rig.started(1);
  const granted = rig.grant("ann");
  using before = RelayClient.overUdp(rig.port);
  await before.relayed(granted);
  service.revoke("hang");
  await rig.started(2);
  // Her page has the same credentials, and makes a new allocation with them.
  using after = RelayClient.overUdp(rig.port);
  await after.relayed(granted);
  assert(rig.logged("the worker that relays has failed") >= 1);
});

for (const failure of ["throw", "reject"]) {
  Deno.test(`a fault of the worker (${failure}) is logged, and people are relayed on`, async () => {
    using rig = new Rig();
    rig.service.admit("ann");
    rig.service.admit(failure);
    await rig.started(1);
    using client = RelayClient.overUdp(rig.port);
    const relayed = await client.relayed(rig.grant("ann"));
    rig.service.revoke(failure);
    await waitFor(() => rig.logged("failed to relay") === 1, { what: "the fault in the log" });
    assertEquals(await client.permit(relayed), undefined);
    assertEquals(rig.starts, 1);
  });
}

Deno.test("a worker that cannot be loaded is tried again, and the log says so", async () => {
  using rig = new Rig({ worker: "./missing_worker.ts" });
  await waitFor(() => rig.logged("the worker that relays has failed") >= 2, {
    what: "two tries in the log",
  });
});

Deno.test("credentials count for members only, and with the key of this process", async () => {
  using rig = new Rig();
  using other = new Rig();
  await rig.started(1);
  rig.service.admit("ann");
  using client = RelayClient.overUdp(rig.port);
  assertEquals(await client.allocate(rig.grant("bob")), 401);
  assertEquals(await client.allocate(other.grant("ann")), 401);
  await client.relayed(rig.grant("ann"));
});

Deno.test("an address has a number of streams without allocations, and any with them", async () => {
  using rig = new Rig({ streamsMost: () => 2 });
  rig.service.admit("ann");
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let released = 0;
  const connect = async () => {
    const client = await RelayClient.overTcp(listener.addr.port);
    const stream = await listener.accept();
    const arrival = { remoteAddr: stream.remoteAddr, secure: false };
    const release = () => released++;
    void rig.service.take({ stream, early: new Uint8Array(), arrival, release });
    return client;
  };
  const granted = rig.grant("ann");
  using first = await connect();
  using _second = await connect();
  using third = await connect();
  assertEquals(await third.next(), undefined, "it is closed");
  assertEquals(released, 2, "the others have a place here, and no longer at the door");
  await first.relayed(granted);
  // The answer may come before the place is free; the second stream has its own for 10 s.
  await waitFor(async () => {
    using fourth = await connect();
    return await fourth.relayed(granted).catch(() => undefined);
  }, { what: "a place", timeout: 7_000 });
});

Deno.test("a service that was never started has no addresses and stops", () => {
  const service = new TurnService(new Log());
  service.admit("ann");
  assertEquals([service.isStarted, service.urlsFor(site), service.counts], [false, [], undefined]);
  service.revoke("ann");
  service.stop();
});
