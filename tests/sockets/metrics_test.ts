// What a server tells of itself: to whom, and whether it is true.

import parsePrometheus from "parse-prometheus-text-format";
import { assert, assertEquals } from "../assert.ts";
import { RELAY_SUBPROTOCOL } from "../../protocol/mod.ts";
import { type RunningServer, startServer } from "../rig/mod.ts";
import { Client } from "./client.ts";

const token = "a-token-that-nobody-guesses";

/** One family of metrics as the parser gives it. */
interface Family {
  readonly name: string;
  readonly metrics: readonly {
    readonly value?: string;
    readonly labels?: Record<string, string>;
  }[];
}

async function withToken(run: (server: RunningServer) => Promise<void>): Promise<void> {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, `${token}\n`);
  try {
    await using server = await startServer({
      args: ["--admin-token-file", file, "--allow-origin", "*"],
    });
    await run(server);
  } finally {
    await Deno.remove(file);
  }
}

/** Status, text and headers of an answer; `shown` null: no token. */
async function ask(server: RunningServer, shown: string | null = token) {
  const headers = shown === null ? {} : { authorization: `Bearer ${shown}` };
  const answer = await fetch(`${server.url}/metrics`, { headers });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

async function families(server: RunningServer): Promise<readonly Family[]> {
  const read: Family[] = parsePrometheus((await ask(server)).text);
  return read;
}

/** The value of one metric; 0 where it was never counted. */
function valueOf(
  all: readonly Family[],
  name: string,
  labels: Record<string, string> = {},
): number {
  const found = all.find((family) => family.name === name)?.metrics.find((metric) =>
    Object.entries(labels).every(([label, value]) => metric.labels?.[label] === value)
  );
  return Number(found?.value ?? 0);
}

Deno.test("joins, signals, lines, refusals and bytes are counted, with gauges of the present state", () =>
  withToken(async (server) => {
    const url = server.url.replace("http", "ws");
    const connect = async (name: string) => {
      const client = new Client(`${url}/ws`, name === "Bob" ? [RELAY_SUBPROTOCOL] : []);
      await client.opened;
      client.say({ type: "join", room: "tea", name });
      await client.hear("welcome");
      return client;
    };
    const before = await families(server);
    const ann = await connect("Ann");
    const bob = await connect("Bob");
    const annId = String((await ann.hear("welcome")).peerId);
    const candidate = { candidate: "c", sdpMid: "0", sdpMLineIndex: 0, usernameFragment: null };
    bob.say({ type: "signal", to: annId, signal: { kind: "candidate", candidate } });
    bob.say(`relay ${annId}\n${JSON.stringify({ kind: "candidate", candidate })}`);
    bob.say({ type: "chat", ref: "r1", text: "hello" });
    bob.say({ type: "signal", to: "nobody", signal: { kind: "candidate", candidate } });
    bob.say("nonsense");
    await bob.allHeard();
    await ann.hear("chat");
    const after = await families(server);
    const gained = (name: string, labels = {}) =>
      valueOf(after, name, labels) - valueOf(before, name, labels);
    assertEquals(
      [
        gained("parley_rooms"),
        gained("parley_peers"),
        gained("parley_joins_total", { resumed: "false" }),
        gained("parley_signals_relayed_total"),
        gained("parley_messages_sent_total", { type: "signal" }),
        gained("parley_chat_lines_total"),
        gained("parley_messages_received_total", { type: "join" }),
        gained("parley_messages_received_total", { type: "none" }),
        gained("parley_messages_sent_total", { type: "chat" }),
        gained("parley_refusals_total", { code: "no-such-peer" }),
        gained("parley_refusals_total", { code: "bad-message" }),
      ],
      [1, 2, 2, 2, 2, 1, 2, 1, 2, 1, 1],
    );
    assert(gained("parley_sent_bytes_total") > gained("parley_received_bytes_total"));
    assertEquals(valueOf(after, "parley_faults"), 0);
    await Promise.all([ann.leave(), bob.leave()]);
  }));

Deno.test("every metric has a row in the manual, and every row a metric", () =>
  withToken(async (server) => {
    const manual = await Deno.readTextFile(new URL("../../docs/operating.md", import.meta.url));
    // Those of a cluster: tests/server/cluster/metrics_test.ts.
    const rows = [...manual.matchAll(/^\| `(parley_(?!cluster_)\w+)`/gm)]
      .map(([, name = ""]) => name);
    const names = (await families(server)).map(({ name }) => name);
    assertEquals(names.toSorted(), rows.toSorted());
  }));

Deno.test("without the token the metrics are refused, and guesses must wait", () =>
  withToken(async (server) => {
    assertEquals((await ask(server, null)).status, 401);
    assertEquals((await ask(server)).status, 200);
    const answers: Awaited<ReturnType<typeof ask>>[] = [];
    while (answers.at(-1)?.status !== 429 && answers.length < 20) {
      answers.push(await ask(server, `wrong-${answers.length}`));
    }
    const last = answers.at(-1);
    assertEquals([answers[0]?.status, last?.status, last?.text], [
      401,
      429,
      "the admin token is missing or wrong\n",
    ]);
    assert(Number(last?.headers.get("retry-after")) >= 1);
  }));

Deno.test("without the setting the path is a 404, and a short token is refused at the start", async () => {
  await using server = await startServer();
  for (const path of ["/metrics", "/api/v1/rooms"]) {
    const { status, body } = await fetch(server.url + path, {
      headers: { authorization: `Bearer ${token}` },
    });
    await body?.cancel();
    assertEquals([path, status], [path, 404]);
  }
  const ready = await fetch(`${server.url}/readyz`);
  assertEquals([ready.status, await ready.text()], [200, "ready\n"]);
});
