import { useContext, useEffect, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { DeviceList } from "../../mesh/mod.ts";
import { loadDeviceWords } from "./lazy.ts";
import { LateImportContext } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";

const shownMs = 6_000;

/** What was just connected or disconnected, for six seconds. */
export function useDeviceNews(call: Call | undefined): string | undefined {
  const words = useWords();
  const lateImport = useContext(LateImportContext);
  const [news, setNews] = useState<string>();
  useEffect(() => {
    if (call === undefined) return;
    let closed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let known = call.media.devices.peek();
    const unsubscribe = call.media.devices.subscribe(async (devices) => {
      const before = known;
      known = devices;
      if (idsOf(before) === "" || idsOf(before) === idsOf(devices)) return;
      const { changesInWords } = await lateImport(loadDeviceWords);
      const said = changesInWords([before, devices], words);
      if (said === undefined || closed) return;
      setNews(said);
      clearTimeout(timer);
      timer = setTimeout(() => setNews(undefined), shownMs);
    });
    return () => {
      closed = true;
      unsubscribe();
      clearTimeout(timer);
    };
  }, [call, words]);
  return news;
}

/** A string that is equal for equal device lists; "" while the browser hides them. */
function idsOf(devices: DeviceList): string {
  return Object.values(devices).flat().map(({ deviceId }) => deviceId).join("");
}
