import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { LeftPage as EndedPage } from "../end/views.ts";
import { LastLines } from "../extras/views.ts";
import type { LeftReason } from "../../mesh/mod.ts";
import { extraLoaders } from "./extras/lazy.ts";

/** The page after the visit, with what an extra knows about its end. */
export function LeftPage({ call, reason }: { call: Call; reason: LeftReason }): JSX.Element {
  return (
    <EndedPage
      call={call}
      reason={reason}
      said={(line) => (
        <LastLines call={call} loaders={extraLoaders} reason={reason} otherwise={line} />
      )}
    />
  );
}
