/** How the media of a connection travels, read from its statistics. */

interface Entry {
  readonly id: string;
  readonly type: string;
  readonly selected?: boolean;
  readonly nominated?: boolean;
  readonly state?: string;
  readonly selectedCandidatePairId?: string;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: string;
}

/** `relayed` when either end of the selected pair is a TURN relay. */
export function pathOf(report: RTCStatsReport): "unknown" | "direct" | "relayed" {
  const entries = new Map<string, Entry>(report);
  const pair = selectedPair([...entries.values()], entries);
  const ends = [pair?.localCandidateId, pair?.remoteCandidateId]
    .map((id) => id === undefined ? undefined : entries.get(id)?.candidateType);
  if (ends.includes("relay")) return "relayed";
  return ends[0] === undefined ? "unknown" : "direct";
}

function selectedPair(
  list: readonly Entry[],
  entries: ReadonlyMap<string, Entry>,
): Entry | undefined {
  const transport = list.find(({ selectedCandidatePairId }) => selectedCandidatePairId);
  if (transport?.selectedCandidatePairId) return entries.get(transport.selectedCandidatePairId);
  // Firefox has no transport entry; it marks the pair itself.
  const pairs = list.filter(({ type }) => type === "candidate-pair");
  return pairs.find(({ selected }) => selected) ??
    pairs.find(({ nominated, state }) => nominated && state === "succeeded");
}
