// Speech recognition as Chromium has it on computers with the language installed.

import type { Peer } from "./peer.ts";

/** Runs in the page: its browser recognises speech on the device, which is what `hear` says. */
export function recogniseLocally(): void {
  const speech: { running: number; hear?: (text: string, isFinal: boolean) => void } = {
    running: 0,
  };
  class Recognition extends EventTarget {
    processLocally = false;
    lang = "";
    static available = () => Promise.resolve("downloadable");
    static install = () => Promise.resolve(true);
    start(track: unknown): void {
      if (!(track instanceof MediaStreamTrack) || !this.processLocally) throw new Error("cloud");
      speech.running++;
      speech.hear = (transcript, isFinal) => {
        const results = [Object.assign([{ transcript }], { isFinal })];
        this.dispatchEvent(Object.assign(new Event("result"), { results, resultIndex: 0 }));
      };
    }
    abort(): void {
      speech.running--;
      this.dispatchEvent(new Event("end"));
    }
  }
  Object.defineProperty(Recognition.prototype, "processLocally", { value: false, writable: true });
  Reflect.set(globalThis, "SpeechRecognition", Recognition);
  Reflect.set(globalThis, "speech", speech);
}

/** Lets the page's recogniser hear a text; `isFinal`: it no longer changes. */
export function hear({ page }: Peer, text: string, isFinal: boolean): Promise<void> {
  return page.evaluate(
    (text, isFinal) => Reflect.get(globalThis, "speech").hear(text, isFinal),
    text,
    isFinal,
  );
}
