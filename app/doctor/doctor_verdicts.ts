/** The verdict and words for each finding. Pure. */
import type { DoctorReport, RelayCheck } from "./doctor_store.ts";
import type { DoctorWords, Words } from "../ui/words/mod.ts";
import { fill } from "../ui/phrases.ts";
import { explain, type Trouble } from "../devices/views.ts";

/** `poor`: calls work, but not with everyone or not at their best. */
export type Verdict = "open" | "running" | "good" | "poor" | "bad";

/** One row of the page. */
export interface Row {
  readonly key: string;
  readonly verdict: Verdict;
  readonly title: string;
  readonly line: string;
  /** A better way than this one works, so the summary leaves it out. */
  readonly isSpare?: boolean;
}

type Finding = Pick<Row, "verdict" | "line">;

const transports = { udp: "UDP", tcp: "TCP", tls: "TLS" } as const;

/** All checks but the devices, in their order. */
export function networkRows(
  report: DoctorReport,
  { own: words, states }: { own: DoctorWords; states: Words["links"]["state"] },
): Row[] {
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
    ...relayRows(report, { words: words.relay, states }),
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

function relayRows(
  { relays }: DoctorReport,
  { words, states }: { words: DoctorWords["relay"]; states: Words["links"]["state"] },
): Row[] {
  if (relays === undefined) {
    return [{ key: "relay", title: words.none, verdict: "open", line: words.open }];
  }
  if (relays.length === 0) {
    return [{ key: "relay", title: words.none, verdict: "poor", line: words.noneLine }];
  }
  const works = relays.map(({ finding }) => finding.kind === "good");
  return relays.map((relay, index) => ({
    key: `relay ${index}`,
    title: titleOf(relay, { words, states }),
    ...ofRelay(relay, words),
    // UDP is the best way, so without it calls are worse.
    isSpare: !works[index] && works.some(Boolean) && relay.transport !== "udp",
  }));
}

/** The words of the Connections view; of another server its address too. */
function titleOf(
  { url, transport, place }: RelayCheck,
  { words, states }: { words: DoctorWords["relay"]; states: Words["links"]["state"] },
): string {
  const rung = states[`${transport}-${place}`];
  const host = url.replace(/^turns?:|[?].*$/g, "");
  return place === "here" ? rung : fill(words.elsewhere, { rung, host });
}

function ofRelay({ transport, place, finding }: RelayCheck, words: DoctorWords["relay"]): Finding {
  switch (finding.kind) {
    case "good":
      return { verdict: "good", line: fill(words.good, { ms: Math.round(finding.ms) }) };
    case "running":
      return { verdict: "running", line: words.running };
    case "open":
    case "none":
      return { verdict: "open", line: words.open };
    case "no-relay": {
      const line = fill(words.noRelay, { transport: transports[transport] });
      const isWeb = transport === "tls" && place === "here";
      return { verdict: "poor", line: isWeb ? `${line} ${words.untrusted}` : line };
    }
    case "refused":
      return { verdict: "bad", line: words.refused };
    case "no-path":
      return { verdict: "bad", line: words.noPath };
    default:
      return { verdict: "poor", line: words.unsupported };
  }
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
  const has = (verdict: Verdict) => rows.some((row) => row.verdict === verdict && !row.isSpare);
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
