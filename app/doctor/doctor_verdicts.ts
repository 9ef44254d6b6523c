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

type Finding = Pick<Row, "verdict" | "line">;

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

function ofServer({ server }: DoctorReport, { server: phrases }: DoctorWords): Finding {
  switch (server.kind) {
    case "good":
      return { verdict: "good", line: fill(phrases.good, { ms: Math.round(server.ms) }) };
    case "no-socket":
      return { verdict: "bad", line: phrases.noSocket };
    case "no-server":
      return { verdict: "bad", line: phrases.noServer };
    case "refused":
      return { verdict: "bad", line: phrases.busy };
    default:
      return { verdict: "running", line: phrases.running };
  }
}

function ofMeeting({ meeting }: DoctorReport, { meeting: phrases }: DoctorWords): Finding {
  switch (meeting.kind) {
    case "good":
      return { verdict: "good", line: phrases.good };
    case "unsupported":
      return { verdict: "bad", line: phrases.unsupported };
    case "open":
    case "running":
    case "none":
      return { verdict: "running", line: phrases.running };
    default:
      return { verdict: "bad", line: phrases.noPath };
  }
}

function ofStun({ stun }: DoctorReport, { stun: phrases, relay }: DoctorWords): Finding {
  switch (stun.kind) {
    case "good":
      return { verdict: "good", line: phrases.good };
    case "none":
      return { verdict: "poor", line: phrases.none };
    case "no-answer":
      return { verdict: "poor", line: phrases.bad };
    case "running":
      return { verdict: "running", line: phrases.running };
    default:
      return { verdict: "open", line: relay.open };
  }
}

function relayRows({ relays }: DoctorReport, { relay: phrases }: DoctorWords): Row[] {
  if (relays === undefined) {
    return [{ key: "relay", title: phrases.none, verdict: "open", line: phrases.open }];
  }
  if (relays.length === 0) {
    return [{ key: "relay", title: phrases.none, verdict: "poor", line: phrases.noneLine }];
  }
  return relays.map(({ transport, finding }, index) => {
    const named = { transport: transports[transport] };
    const key = `relay ${index}`;
    const title = fill(phrases.title, named);
    switch (finding.kind) {
      case "good": {
        const line = fill(phrases.good, { ms: Math.round(finding.ms) });
        return { key, title, verdict: "good", line };
      }
      case "running":
        return { key, title, verdict: "running", line: phrases.running };
      case "open":
      case "none":
        return { key, title, verdict: "open", line: phrases.open };
      case "no-relay":
        return { key, title, verdict: "poor", line: fill(phrases.noRelay, named) };
      case "refused":
        return { key, title, verdict: "bad", line: phrases.refused };
      case "no-path":
        return { key, title, verdict: "bad", line: phrases.noPath };
      default:
        return { key, title, verdict: "poor", line: phrases.unsupported };
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
