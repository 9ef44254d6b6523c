/** Modules that are loaded when they are first used. */
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { loadLateWords } from "./words/late/late_catalogue.ts";

/** Runs an import(), retrying until it succeeds. */
export type LateImport = <Module>(load: () => Promise<Module>) => Promise<Module>;

/** The late import of this page. */
export const LateImportContext = createContext<LateImport>((load) => load());

/** The module, once it is `wanted` and loaded, with its words. */
export function useModule<Module>(
  load: () => Promise<Module>,
  wanted: boolean,
): Module | undefined {
  const lateImport = useContext(LateImportContext);
  const [loaded, setLoaded] = useState<{ readonly module: Module }>();
  useEffect(() => {
    if (!wanted || loaded !== undefined) return;
    let closed = false;
    void lateImport(load).then(async (module) => {
      await loadLateWords(lateImport);
      if (!closed) setLoaded({ module });
    });
    return () => void (closed = true);
  }, [wanted]);
  return loaded?.module;
}

/** Whether `ms` have passed since the first render. */
export function useDelay(ms: number): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms);
    return () => clearTimeout(timer);
  }, []);
  return isOver;
}
