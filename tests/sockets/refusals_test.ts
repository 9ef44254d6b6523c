// What a client sees of every refusal. Before the handshake is done: the HTTP status. Afterwards:
// the close code, its reason, and the message before it.

import { closeCode, closeReason, errorCodes, isClosing, serverLimits } from "../../protocol/mod.ts";
import { assert, assertEquals } from "../assert.ts";
import { withFolder } from "./folder.ts";
import { RawSocket } from "./raw_socket.ts";
import { closings, Place, setPressure } from "./refusals.ts";
import { SignallingServer, transport } from "./signalling_server.ts";

const reasons = errorCodes.filter(isClosing);

Deno.test("every close code of the protocol has a row in the table", () => {
  assertEquals(Object.keys(closings).sort(), reasons.toSorted());
});

for (const reason of reasons) {
  const row = closings[reason];
  if (row === undefined || row === "never sent") continue;
  Deno.test(`a client sees ${closeCode(reason)} when it is refused as "${reason}"`, () =>
    withFolder(async (stateDir) => {
      await using server = new SignallingServer({ stateDir, ...row.config });
      using place = new Place(server);
      const { code, ...seen } = await row.provoke(place);
      const most = transport === "deno" ? row.overDeno : undefined;
      if (most !== undefined) return assert(most.includes(code), `${code}`);
      assertEquals([code, closeReason(code)], [closeCode(reason), reason]);
      assertEquals(seen, {
        reason: reason === "left" ? "" : reason,
        error: row.told ? reason : undefined,
      });
    }));
}

/** The changes of a handshake that get it a status. Loopback is trusted to name another address. */
const handshakes: Readonly<Record<number, readonly Record<string, string | undefined>[]>> = {
  400: [
    { Connection: "keep-alive" },
    { "Sec-WebSocket-Key": "short" },
    { "Sec-WebSocket-Key": undefined },
    { Host: "a b" },
  ],
  403: [{ Origin: "http://evil.example" }, { Origin: undefined }, { Origin: "null" }],
  405: [{ ":method": "POST" }, { ":method": "get" }],
  426: [{ "Sec-WebSocket-Version": "8" }, { "Sec-WebSocket-Version": undefined }],
  429: [{ "X-Forwarded-For": "192.0.2.1" }],
  431: [{ "X-Long": "*".repeat(transport === "own" ? 20_000 : 600_000) }],
  503: [{ "X-Forwarded-For": "192.0.2.2" }],
};

Deno.test("every HTTP status that refuses a handshake has a row in the table", async () => {
  const root = new URL("../../", import.meta.url);
  const files = ["signaling/shell/gate.ts", "server/upgrade.ts"];
  for await (const { name } of Deno.readDir(new URL("server/door", root))) {
    files.push(`server/door/${name}`);
  }
  const declared = new Set<number>();
  const places = /(?:\bstatus(?::| =)|\brefuse\(\w+,) ([45]\d\d(?: \| \d{3})*)/g;
  for (const file of files) {
    const source = await Deno.readTextFile(new URL(file, root));
    for (const [, list = ""] of source.matchAll(places)) {
      for (const status of list.split(" | ")) declared.add(Number(status));
    }
  }
  assertEquals([...declared].sort(), Object.keys(handshakes).map(Number));
});

for (const [status, all] of Object.entries(handshakes)) {
  Deno.test(`a client whose handshake is refused sees ${status}, and the end of the connection`, async () => {
    await using server = new SignallingServer({ allowOrigin: [], trustProxy: ["loopback"] });
    const taken: RawSocket[] = [];
    while (status === "429" && taken.length < serverLimits.unjoinedPerAddress) {
      taken.push(await RawSocket.ask(server.port, { "X-Forwarded-For": "192.0.2.1" }));
    }
    if (status === "503") setPressure(server, "critical");
    for (const changes of all) {
      using socket = await RawSocket.ask(server.port, changes);
      assertEquals(`${socket.status}`, status, JSON.stringify(changes).slice(0, 100));
    }
    for (const socket of taken) socket.tear();
  });
}
