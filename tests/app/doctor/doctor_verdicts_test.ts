import { assert, assertEquals } from "../../assert.ts";
import {
  deviceRows,
  networkRows,
  reportText,
  verdictOf,
} from "../../../app/doctor/doctor_verdicts.ts";
import type { DoctorReport, RelayCheck } from "../../../app/doctor/doctor_store.ts";
import { languages, ownWords, wordsOf } from "../../../app/ui/words/mod.ts";

const words = { own: ownWords(wordsOf("en"), "doctor"), states: wordsOf("en").links.state };
const fresh: DoctorReport = {
  secure: true,
  server: { kind: "open" },
  meeting: { kind: "open" },
  stun: { kind: "open" },
  relays: undefined,
  camera: { kind: "open" },
  microphone: { kind: "open" },
};
/** A way to the server's own relay. */
function way(transport: RelayCheck["transport"], finding: RelayCheck["finding"]): RelayCheck {
  return { url: "turn:here", transport, place: "here", finding };
}
const well: DoctorReport = {
  ...fresh,
  server: { kind: "good", ms: 12.4, iceServers: [] },
  meeting: { kind: "good", ms: 1 },
  stun: { kind: "good" },
  relays: [way("udp", { kind: "good", ms: 3.6 })],
};

/** Verdicts by key, the server's and the relay's lines aside. */
function verdicts(report: DoctorReport): string {
  return networkRows(report, words).map(({ key, verdict }) => `${key}: ${verdict}`).join(", ");
}

Deno.test("before anything was looked at nothing is claimed", () => {
  assertEquals(
    verdicts(fresh),
    "page: good, server: running, meeting: running, stun: open, relay: open",
  );
  assertEquals(verdictOf(networkRows(fresh, words)), "running");
});

Deno.test("the worst finding is the verdict, but only once all have been looked at", () => {
  const of = (part: Partial<DoctorReport>) => verdictOf(networkRows({ ...well, ...part }, words));
  assertEquals(of({}), "good");
  assertEquals(of({ stun: { kind: "no-answer" } }), "poor");
  assertEquals(of({ relays: [] }), "poor");
  assertEquals(of({ relays: [way("tls", { kind: "running" })] }), "running");
  assertEquals(of({ relays: [way("tls", { kind: "no-relay" })] }), "poor");
  assertEquals(of({ relays: [way("tls", { kind: "refused" })] }), "bad");
  assertEquals(of({ server: { kind: "no-socket" } }), "bad");
  assertEquals(of({ meeting: { kind: "no-path" } }), "bad");
  assertEquals(of({ secure: false }), "bad");
});

Deno.test("figures are in the lines, and the transport by its name", () => {
  const lines = networkRows(well, words).map(({ title, line }) => `${title}: ${line}`).join("\n");
  assert(lines.includes("12 ms") && lines.includes("Relayed by this server: A message"));
  assert(lines.includes("in 4 ms"));
  const relay: RelayCheck = {
    url: "turns:turn.example.org:5349?transport=tcp",
    transport: "tls",
    place: "elsewhere",
    finding: { kind: "no-relay" },
  };
  const [row] = networkRows({ ...well, relays: [relay] }, words).slice(-1);
  assertEquals(row?.title, "Relayed over TLS (turn.example.org:5349)");
  assert(row?.line.startsWith("The relay cannot be reached over TLS from here"), row?.line);
});

Deno.test("a way to a relay that does not work is no trouble while a better one does", () => {
  const of = (...relays: RelayCheck[]) => {
    const rows = networkRows({ ...well, relays }, words);
    return [verdictOf(rows), ...rows.slice(-relays.length).map(({ verdict }) => verdict)];
  };
  const good = { kind: "good", ms: 1 } as const;
  const gone = { kind: "no-relay" } as const;
  const [udp, tcp] = [way("udp", good), way("tcp", good)];
  assertEquals(of(udp, tcp, way("tls", gone)), ["good", "good", "good", "poor"]);
  assertEquals(of(udp, way("tcp", { kind: "no-path" })), ["good", "good", "bad"]);
  assertEquals(of(way("udp", gone), tcp), ["poor", "poor", "good"], "calls may lag");
  assertEquals(of(way("udp", gone), way("tcp", gone)), ["poor", "poor", "poor"]);
  const rows = networkRows({ ...well, relays: [udp, way("tls", gone)] }, words);
  assert(rows.at(-1)?.line.includes("self-signed"), rows.at(-1)?.line);
});

Deno.test("devices are rows once they were tried, with this browser's way out", () => {
  const own = {
    words: wordsOf("en"),
    own: words.own,
    browser: { userAgent: "Firefox/140", touch: false },
  };
  assertEquals(deviceRows(fresh, own), []);
  const failed = { kind: "failed", failure: "denied" } as const;
  const [camera] = deviceRows({ ...fresh, camera: failed }, own);
  assertEquals(camera?.verdict, "bad");
  assert(camera?.line.includes("crossed-out icon"), camera?.line);
});

Deno.test("every finding has words in every language, with nothing left to fill in", () => {
  const server = ["no-socket", "no-server", "open", "running"] as const;
  const meeting = ["unsupported", "no-relay", "refused", "no-path", "open"] as const;
  const stun = ["good", "no-answer", "none", "running"] as const;
  for (const language of languages) {
    const own = ownWords(wordsOf(language), "doctor");
    const said = { own, states: wordsOf(language).links.state };
    const reports: DoctorReport[] = [
      well,
      { ...fresh, secure: false },
      { ...fresh, server: { kind: "refused", reason: "off" } },
      ...server.map((kind) => ({ ...fresh, server: { kind } })),
      ...stun.map((kind) => ({ ...fresh, stun: { kind } })),
      ...meeting.map((kind) => ({
        ...fresh,
        meeting: { kind },
        relays: [way("tcp", { kind })],
      })),
    ];
    for (const report of reports) {
      const text = reportText(networkRows(report, said), { words: own, browser: "B" });
      assert(!/undefined|\{\w+\}/.test(text) && text.endsWith("\nB"), text);
    }
  }
});
