/** The trust of a call, while its room is shown. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { useModule } from "../ui/use_module.ts";
import { loadTrustStore } from "./lazy.ts";
import type { TrustStore } from "./mod.ts";

/** Loads it into the call; undefined until then. */
export function useTrust(call: Call): TrustStore | undefined {
  const module = useModule(loadTrustStore, true);
  useEffect(() => {
    if (module === undefined) return;
    const trust = module.openTrust({ session: call.session, signal });
    call.trust.value = trust;
    return () => {
      trust.close();
      call.trust.value = undefined;
    };
  }, [module]);
  return call.trust.value;
}
