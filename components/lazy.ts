/** Modules that are loaded when they are first used. */
import { useEffect, useState } from "preact/hooks";

/** The module once it is `wanted` and there; a failed load is tried again the next time it is wanted. */
export function useModule<T>(load: () => Promise<T>, wanted: boolean): T | undefined {
  const [loaded, setLoaded] = useState<{ readonly module: T }>();
  useEffect(() => {
    if (!wanted || loaded !== undefined) return;
    let closed = false;
    // Without the network there is nothing to show; what was wanted can be asked for again.
    load().then((module) => closed || setLoaded({ module }), () => {});
    return () => {
      closed = true;
    };
  }, [wanted]);
  return loaded?.module;
}
