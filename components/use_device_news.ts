import { useEffect, useState } from "preact/hooks";
import type { Call } from "../state/mod.ts";
import { deviceChanges } from "./device_changes.ts";
import { deviceSentence } from "./device_sentence.ts";
import { useWords } from "./words.ts";

const shownMs = 6_000;

/** What was just plugged in or pulled out, for six seconds. */
export function useDeviceNews(call: Call | undefined): string | undefined {
  const words = useWords();
  const [news, setNews] = useState<string>();
  useEffect(() => {
    if (call === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let known = call.media.devices.peek();
    const unsubscribe = call.media.devices.subscribe((devices) => {
      const said = deviceSentence(deviceChanges(known, devices), words);
      known = devices;
      if (said === undefined) return;
      setNews(said);
      clearTimeout(timer);
      timer = setTimeout(() => setNews(undefined), shownMs);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [call, words]);
  return news;
}
