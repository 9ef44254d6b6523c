import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";

/** The components of later_parts.ts, once they are loaded. */
export type LaterParts = typeof import("./later_parts.ts");

/** How this page gets them. */
export const LaterContext = createContext<() => Promise<LaterParts>>(() => new Promise(() => {}));

/** The later parts, loaded when they are first `wanted`; undefined until they are here. */
export function useLaterParts(wanted: boolean): LaterParts | undefined {
  const load = useContext(LaterContext);
  const [parts, setParts] = useState<LaterParts>();
  useEffect(() => {
    if (wanted) void load().then(setParts);
  }, [wanted]);
  return parts;
}
