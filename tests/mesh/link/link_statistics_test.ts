import { figuresOf } from "../../../mesh/link/statistics.ts";
import { assertEquals } from "../../assert.ts";

function statistics(candidateType: string, local: object = {}): Map<string, object> {
  return new Map(Object.entries({
    T: { id: "T", type: "transport", selectedCandidatePairId: "P" },
    P: { id: "P", type: "candidate-pair", localCandidateId: "L", remoteCandidateId: "R" },
    L: { id: "L", type: "local-candidate", candidateType: "host", ...local },
    R: { id: "R", type: "remote-candidate", candidateType },
  }));
}

Deno.test("the path is that of the selected pair: relayed when either end is a relay", () => {
  assertEquals(figuresOf(statistics("relay")).path, "relayed");
  assertEquals(figuresOf(statistics("srflx")).path, "direct");
  assertEquals(figuresOf(new Map()).path, "unknown");
});

Deno.test("Firefox marks the selected pair itself", () => {
  const report = statistics("relay");
  report.delete("T");
  report.set("P", { ...report.get("P"), selected: true });
  assertEquals(figuresOf(report).path, "relayed");
});

Deno.test("an end without a relay does not know how the other one reaches its relay", () => {
  const relay = { candidateType: "relay", protocol: "udp", relayProtocol: "tls", url: "turns:a" };
  const own = figuresOf(statistics("host", relay));
  assertEquals([own.protocol, own.relay], ["tls", { protocol: "tls", url: "turns:a" }]);
  const other = figuresOf(statistics("relay", { protocol: "udp" }));
  assertEquals([other.path, other.protocol, other.relay], ["relayed", "unknown", undefined]);
  assertEquals(figuresOf(statistics("host", { protocol: "udp" })).protocol, "udp");
});
