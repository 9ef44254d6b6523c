import { useEffect, useState } from "preact/hooks";

/** The components of later_parts.ts, once they are loaded. */
export type LaterParts = typeof import("./later_parts.ts");

/** The later parts, loaded when they are first `wanted`; undefined until they are here. */
export function useLaterParts(wanted: boolean): LaterParts | undefined {
  const [parts, setParts] = useState<LaterParts>();
  useEffect(() => {
    // Offline before they were ever loaded: what was opened stays closed, and the next click tries again.
    if (wanted && parts === undefined) void import("./later_parts.ts").then(setParts, () => {});
  }, [wanted, parts]);
  return parts;
}
