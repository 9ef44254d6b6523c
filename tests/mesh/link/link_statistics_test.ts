import { figuresOf } from "../../../mesh/link/statistics.ts";
import { assertEquals } from "../../assert.ts";

function statistics(candidateType: string): Map<string, object> {
  return new Map(Object.entries({
    T: { id: "T", type: "transport", selectedCandidatePairId: "P" },
    P: { id: "P", type: "candidate-pair", localCandidateId: "L", remoteCandidateId: "R" },
    L: { id: "L", type: "local-candidate", candidateType: "host" },
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
