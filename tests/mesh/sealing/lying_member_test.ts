// Somebody with the link who lies about certificates, and a server that has connections itself.

import { assert, assertEquals } from "../../assert.ts";
import type { Line } from "../../evil/lying_server.ts";
import { type Intruder, manInTheMiddle } from "../../evil/signal_lies.ts";
import type { PeerId } from "../../../protocol/mod.ts";
import { FakeCertificate } from "../link/fake_certificate.ts";
import { FakeConnection } from "../link/fake_connection.ts";
import { microtasks } from "../link/fake_tasks.ts";
import { ownCertificate } from "../town_person.ts";
import { SealedTown } from "./sealed_town.ts";

const three = ["ann", "bob", "cid"];
const alarm = { kind: "alarm", alarm: "fingerprint" } as const;

/** Bob lies to both others from the start. */
async function lied(lie: (sealed: SealedTown) => void): Promise<SealedTown> {
  const sealed = new SealedTown(three);
  lie(sealed);
  sealed.liar.liedAt = 0;
  for (const name of three) await sealed.join(name);
  await sealed.run(5);
  return sealed;
}

/** Changes the SDP that a connection makes. */
function describesAs(fake: FakeConnection, change: (sdp: string) => string): void {
  const honest = Object.getOwnPropertyDescriptor(FakeConnection.prototype, "localDescription")?.get;
  Object.defineProperty(fake, "localDescription", {
    get() {
      const description: RTCSessionDescriptionInit | null = honest?.call(fake);
      return description && { ...description, sdp: change(description.sdp ?? "") };
    },
  });
}

async function expectAlarms(sealed: SealedTown): Promise<void> {
  for (const name of ["ann", "cid"]) {
    sealed.expectDoubt(name, "bob", { trust: alarm, ms: 5_000, wasVerified: true });
  }
  sealed.expectTrust("ann", "cid");
  await sealed.close();
}

Deno.test("SDP whose fingerprint is not the hello's: an alarm, and no media", async () => {
  const sealed = await lied((sealed) => {
    const { fingerprint } = ownCertificate();
    sealed.person("bob").certificate = () => ({ ...ownCertificate(), fingerprint });
  });
  await expectAlarms(sealed);
});

const other = new FakeCertificate().fingerprint;
const descriptions: readonly [string, (sdp: string) => string][] = [
  ["two fingerprints in one SDP", (sdp) => `${sdp}a=fingerprint:sha-256 ${other}\r\n`],
  ["SDP without a fingerprint", (sdp) => sdp.replace(/^a=fingerprint.*\r\n/m, "")],
  ["SDP with keys that a server can read", (sdp) => `${sdp}a=crypto:1 AES inline:key\r\n`],
  ["SDP without DTLS", (sdp) => sdp.replace(/^a=setup.*\r\n/m, "")],
];
for (const [name, change] of descriptions) {
  Deno.test(`${name}: an alarm, and no media`, async () => {
    const sealed = await lied((sealed) => {
      sealed.person("bob").disguise = (fake) => describesAs(fake, change);
    });
    await expectAlarms(sealed);
  });
}

Deno.test("a weak digest in the hello and in the SDP: an alarm, and no media", async () => {
  const weak = (text: string) => text.replace("sha-256 ", "md5 ");
  const sealed = await lied((sealed) => {
    const bob = sealed.person("bob");
    bob.certificate = () => {
      const own = ownCertificate();
      return { ...own, fingerprint: weak(own.fingerprint) };
    };
    bob.disguise = (fake) => describesAs(fake, weak);
  });
  await expectAlarms(sealed);
});

Deno.test("a browser that does not hold the other end to the SDP: an alarm, and no media", async () => {
  const der = new FakeCertificate().der.buffer;
  const sctp = { transport: { getRemoteCertificates: () => [der] } };
  const sealed = await lied((sealed) => {
    const ann = sealed.person("ann");
    ann.disguise = (fake) => Object.defineProperty(fake, "sctp", { get: () => sctp, set() {} });
  });
  for (const name of ["bob", "cid"]) {
    sealed.expectDoubt("ann", name, { trust: alarm, ms: 5_000, wasVerified: true });
  }
  sealed.expectTrust("bob", "cid");
  await sealed.close();
});

Deno.test("a description of another certificate over the link: an alarm, and no new connection", async () => {
  const sealed = await lied(() => {});
  sealed.expectTrust(...three);
  const [before] = sealed.person("ann").living();
  const { sdp: honest = "" } = before?.remoteDescription ?? {};
  const sdp = honest.replace(/(a=fingerprint:\S+) \S+/, `$1 ${other}`);
  const description = { type: "offer", sdp, exchange: 99 };
  const message = { type: "signal", signal: { kind: "description", description } };
  sealed.liar.liedAt = sealed.clock.now();
  for (const { channel } of sealed.person("bob").living()) channel?.send(JSON.stringify(message));
  await sealed.run(2);
  await expectAlarms(sealed);
});

/** Offers each victim a connection that it makes itself. */
class FakeIntruder implements Intruder {
  readonly connections: FakeConnection[] = [];

  async meet(victim: Line, as: PeerId): Promise<void> {
    const fake = new FakeConnection();
    this.connections.push(fake);
    for (const kind of ["audio", "video"] as const) fake.addTransceiver(kind);
    void fake.setLocalDescription();
    await fake.tasks.drain();
    const { sdp = "" } = fake.localDescription ?? {};
    const description = { type: "offer", sdp, exchange: 1 } as const;
    victim.tell({ type: "signal", from: as, signal: { kind: "description", description } });
  }

  receive({ signal }: Parameters<Intruder["receive"]>[0]): void {
    if (signal.kind !== "description") return;
    for (const fake of this.connections) void fake.setRemoteDescription(signal.description);
  }
}

for (const moment of ["from the start", "in a call"]) {
  Deno.test(`a man in the middle ${moment} gets no answer and no media`, async () => {
    const sealed = new SealedTown(three);
    const intruder = new FakeIntruder();
    const lie = manInTheMiddle(intruder);
    if (moment === "from the start") lie.install(sealed.liar, sealed.liar);
    for (const name of three) await sealed.join(name);
    if (moment !== "from the start") {
      sealed.expectTrust(...three);
      lie.install(sealed.liar, sealed.liar);
      for (const name of ["ann", "bob"]) sealed.person(name).turn("screen", true);
    }
    await sealed.run(2);
    await microtasks();
    await sealed.run(10);
    assertEquals(intruder.connections.length, 2);
    for (const fake of intruder.connections) {
      await fake.tasks.drain();
      assertEquals(fake.currentRemote, null);
    }
    const trust = { kind: "alarm", alarm: "unsealed" } as const;
    sealed.expectDoubt("ann", "bob", { trust, wasVerified: true });
    sealed.expectDoubt("bob", "ann", { trust, wasVerified: true });
    sealed.expectTrust("ann", "cid");
    sealed.expectTrust("bob", "cid");
    assert(sealed.town.people.every(({ fakes }) => fakes.length > 0));
    await sealed.close();
  });
}
