/** The verdict and words for each finding. Pure. */
import type { DoctorReport } from "./doctor_store.ts";
import type { DoctorWords } from "../ui/words/doctor.ts";
import type { Words } from "../ui/words/mod.ts";
import { fill } from "../ui/phrases.ts";
import { explain, type Trouble } from "../devices/views.ts";

/** `poor`: calls work, but not with everyone. */
export type Verdict = "open" | "running" | "good" | "poor" | "bad";

/** One row of the page. */
export interface Row {
  readonly key: string;
  readonly verdict: Verdict;
  readonly title: string;
  readonly line: string;
}

type Said = Pick<Row, "verdict" | "line">;

const transports = { udp: "UDP", tcp: "TCP", tls: "TLS" } as const;

/** All checks but the devices, in their order. */
export function networkRows(report: DoctorReport, words: DoctorWords): Row[] {
  const { secure } = report;
  return [
    {
      key: "page",
      title: words.page.title,
      verdict: secure ? "good" : "bad",
      line: secure ? words.page.good : words.page.bad,
    },
    { key: "server", title: words.server.title, ...ofServer(report, words) },
    { key: "meeting", title: words.meeting.title, ...ofMeeting(report, words) },
    { key: "stun", title: words.stun.title, ...ofStun(report, words) },
    ...relayRows(report, words),
  ];
}

function ofServer({ server }: DoctorReport, { server: said }: DoctorWords): Said {
  switch (server.kind) {
    case "good":
      return { verdict: "good", line: fill(said.good, { ms: Math.round(server.ms) }) };
    case "no-socket":
      return { verdict: "bad", line: said.noSocket };
    case "no-server":
      return { verdict: "bad", line: said.noServer };
    case "refused":
      return { verdict: "bad", line: said.busy };
    default:
      return { verdict: "running", line: said.running };
  }
}

function ofMeeting({ meeting }: DoctorReport, { meeting: said }: DoctorWords): Said {
  switch (meeting.kind) {
    case "good":
      return { verdict: "good", line: said.good };
    case "unsupported":
      return { verdict: "bad", line: said.unsupported };
    case "open":
    case "running":
    case "none":
      return { verdict: "running", line: said.running };
    default:
      return { verdict: "bad", line: said.noPath };
  }
}

function ofStun({ stun }: DoctorReport, { stun: said, relay }: DoctorWords): Said {
  switch (stun.kind) {
    case "good":
      return { verdict: "good", line: said.good };
    case "none":
      return { verdict: "poor", line: said.none };
    case "no-answer":
      return { verdict: "poor", line: said.bad };
    case "running":
      return { verdict: "running", line: said.running };
    default:
      return { verdict: "open", line: relay.open };
  }
}

function relayRows({ relays }: DoctorReport, { relay: said }: DoctorWords): Row[] {
  if (relays === undefined) {
    return [{ key: "relay", title: said.none, verdict: "open", line: said.open }];
  }
  if (relays.length === 0) {
    return [{ key: "relay", title: said.none, verdict: "poor", line: said.noneLine }];
  }
  return relays.map(({ transport, finding }, index) => {
    const named = { transport: transports[transport] };
    const key = `relay ${index}`;
    const title = fill(said.title, named);
    switch (finding.kind) {
      case "good": {
        const line = fill(said.good, { ms: Math.round(finding.ms) });
        return { key, title, verdict: "good", line };
      }
      case "running":
        return { key, title, verdict: "running", line: said.running };
      case "open":
      case "none":
        return { key, title, verdict: "open", line: said.open };
      case "no-relay":
        return { key, title, verdict: "poor", line: fill(said.noRelay, named) };
      case "refused":
        return { key, title, verdict: "bad", line: said.refused };
      case "no-path":
        return { key, title, verdict: "bad", line: said.noPath };
      default:
        return { key, title, verdict: "poor", line: said.unsupported };
    }
  });
}

/** Camera and microphone, after their test; `browser` selects the remedies. */
export function deviceRows(
  report: DoctorReport,
  { words, own, browser }: {
    words: Words;
    own: DoctorWords;
    browser: Pick<Trouble, "userAgent" | "touch">;
  },
): Row[] {
  const { devices } = own;
  return (["camera", "microphone"] as const).flatMap((key): Row[] => {
    const finding = report[key];
    const title = devices[key];
    if (finding.kind === "open" || finding.kind === "none") return [];
    if (finding.kind === "running") {
      return [{ key, title, verdict: "running", line: own.verdict.running }];
    }
    if (finding.kind === "failed") {
      const { failure } = finding;
      const { title: what, line } = explain({ failure, missing: key, ...browser }, words);
      return [{ key, title, verdict: "bad", line: `${what}. ${line}` }];
    }
    const { width = 0, height = 0 } = finding.track.getSettings();
    const line = key === "camera"
      ? fill(devices.cameraGood, { width, height })
      : devices.microphoneGood;
    return [{ key, title, verdict: "good", line }];
  });
}

/** The worst verdict, once all checks are done. */
export function verdictOf(rows: readonly Row[]): "running" | "good" | "poor" | "bad" {
  const has = (verdict: Verdict) => rows.some((row) => row.verdict === verdict);
  if (has("bad")) return "bad";
  if (has("running") || has("open")) return "running";
  return has("poor") ? "poor" : "good";
}

/** The page as text, to send to the server's operator. */
export function reportText(
  rows: readonly Row[],
  { words, browser }: { words: DoctorWords; browser: string },
): string {
  const lines = rows.map(({ verdict, title, line }) =>
    `${words.verdict[verdict]}: ${title}. ${line}`
  );
  return [...lines, browser].join("\n");
}
