/** Modules that are loaded when they are first used. */
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";

/** Gives what an import() gives, however often it has to be tried. */
export type LateImport = <Module>(load: () => Promise<Module>) => Promise<Module>;

/** How this page imports late. */
export const LateImportContext = createContext<LateImport>((load) => load());

/** The module once it is `wanted` and there. */
export function useModule<Module>(
  load: () => Promise<Module>,
  wanted: boolean,
): Module | undefined {
  const lateImport = useContext(LateImportContext);
  const [loaded, setLoaded] = useState<{ readonly module: Module }>();
  useEffect(() => {
    if (!wanted || loaded !== undefined) return;
    let closed = false;
    void lateImport(load).then((module) => closed || setLoaded({ module }));
    return () => void (closed = true);
  }, [wanted]);
  return loaded?.module;
}

/** Everything that is loaded after the first pictures. */
export type LaterParts = typeof import("../room/later_parts.ts");

/** What owners need besides. */
export type OwnerParts = typeof import("../people/owner_parts.ts");

/** Undefined again for who owns nothing any more. */
export function useOwnerParts(owns: boolean): OwnerParts | undefined {
  const parts = useModule(() => import("../people/owner_parts.ts"), owns);
  return owns ? parts : undefined;
}

export function useLaterParts(wanted: boolean): LaterParts | undefined {
  return useModule(() => import("../room/later_parts.ts"), wanted);
}
