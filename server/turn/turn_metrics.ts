/** The counters of the relay for `/metrics`. */
import type { TallyView } from "../tally.ts";
import type { TurnCounts } from "./turn_counts.ts";

/** `counts()`: undefined if there is no relay yet. */
export function turnTallies(counts: () => TurnCounts | undefined): readonly TallyView[] {
  const view = (
    name: string,
    about: TallyView["about"],
    read: (counts: TurnCounts) => Readonly<Record<string, number>>,
  ): TallyView => ({
    name: `parley_turn_${name}`,
    about,
    entries: () => {
      const now = counts();
      return now === undefined ? [] : Object.entries(read(now));
    },
  });
  return [
    view(
      "allocations_total",
      { help: "Allocations of the relay" },
      ({ allocated }) => ({ "": allocated }),
    ),
    view(
      "bytes_total",
      { help: "Bytes relayed from and to clients", label: "rung" },
      ({ bytes }) => bytes,
    ),
    view(
      "joined_bytes_total",
      { help: "Bytes from one client of the relay to another" },
      ({ joined }) => ({ "": joined }),
    ),
    view(
      "drops_total",
      { help: "Packets that the relay dropped", label: "reason" },
      ({ drops }) => drops,
    ),
    view(
      "refusals_total",
      { help: "Requests that the relay refused", label: "code" },
      ({ refusals }) => refusals,
    ),
  ];
}
