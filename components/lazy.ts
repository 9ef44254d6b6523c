/** Modules that are loaded when they are first used. */
import { useEffect, useState } from "preact/hooks";

const againMs = 2_000;

/**
 * The module once it is `wanted` and there. A load that fails is tried again as long as it is wanted; but Firefox never
 * forgets a failed one, so nothing should be wanted while the server is known to be away.
 */
export function useModule<T>(load: () => Promise<T>, wanted: boolean): T | undefined {
  const [loaded, setLoaded] = useState<{ readonly module: T }>();
  useEffect(() => {
    if (!wanted || loaded !== undefined) return;
    let closed = false;
    let timer: number | undefined;
    const attempt = () =>
      void load().then((module) => closed || setLoaded({ module }), () => {
        if (!closed) timer = setTimeout(attempt, againMs);
      });
    attempt();
    return () => {
      closed = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  return loaded?.module;
}
