/**
 * Speech recognition on this device, by the Web Speech API with `processLocally`. Invariant: sound
 * never leaves the device; a browser that cannot promise that has no recogniser.
 */
import { attempt } from "../../protocol/attempt.ts";

/** Whether a language can be recognised on this device; as `SpeechRecognition.available()` says. */
export type Readiness = "available" | "downloadable" | "downloading" | "unavailable";

/** What one run of a recogniser listens to, and what it calls. */
export interface Listening {
  /** A BCP 47 tag. */
  readonly language: string;
  readonly track: MediaStreamTrack;
  /** Each text replaces the last one that was not final. */
  readonly onText: (text: string, isFinal: boolean) => void;
  /** Once, also after a stop. `error`: as in the Web Speech API; undefined: it just ended. */
  readonly onEnd: (error: string | undefined) => void;
}

/** Turns speech into text on this device. */
export interface Recogniser {
  readiness(language: string): Promise<Readiness>;
  /** Downloads what a language needs; whether it is there now. */
  install(language: string): Promise<boolean>;
  /** Returns what stops it. It never throws. */
  listen(listening: Listening): () => void;
}

/** The parts of the Web Speech API that TypeScript's library does not declare. */
interface LocalRecognition extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  processLocally: boolean;
  start(track: MediaStreamTrack): void;
  abort(): void;
}

interface LocalRecognitionClass {
  new (): LocalRecognition;
  available(options: LocalLanguages): Promise<Readiness>;
  install(options: LocalLanguages): Promise<boolean>;
}

interface LocalLanguages {
  readonly langs: readonly string[];
  readonly processLocally: true;
}

interface ResultEvent extends Event {
  readonly resultIndex: number;
  readonly results: ArrayLike<
    ArrayLike<{ readonly transcript: string }> & { readonly isFinal: boolean }
  >;
}

/** The browser's recogniser; undefined if it cannot recognise on the device. */
export function browserRecogniser(): Recogniser | undefined {
  const known = attempt(() =>
    Reflect.get(globalThis, "SpeechRecognition") ??
      Reflect.get(globalThis, "webkitSpeechRecognition")
  );
  if (!isLocal(known)) return undefined;
  const languages = (language: string): LocalLanguages => ({
    langs: [language],
    processLocally: true,
  });
  return {
    readiness: async (language) => {
      try {
        return await known.available(languages(language));
      } catch {
        return "unavailable";
      }
    },
    install: async (language) => {
      try {
        return await known.install(languages(language));
      } catch {
        return false;
      }
    },
    listen: (listening) => listen(known, listening),
  };
}

function isLocal(value: unknown): value is LocalRecognitionClass {
  return typeof value === "function" && "available" in value && "install" in value &&
    typeof value.prototype === "object" && value.prototype !== null &&
    "processLocally" in value.prototype;
}

function listen(Recognition: LocalRecognitionClass, listening: Listening): () => void {
  const { language, track, onText, onEnd } = listening;
  let error: string | undefined;
  let isOver = false;
  const end = () => {
    if (!isOver) onEnd(error);
    isOver = true;
  };
  const recognition = attempt(() => new Recognition());
  if (recognition === undefined) {
    error = "start";
    queueMicrotask(end);
    return () => {};
  }
  Object.assign(recognition, {
    lang: language,
    continuous: true,
    interimResults: true,
    processLocally: true,
  });
  recognition.addEventListener("result", (event) => {
    if (!isOver && isResult(event)) tellTexts(event, onText);
  });
  recognition.addEventListener("error", (event) => error = String(Reflect.get(event, "error")));
  recognition.addEventListener("end", end);
  try {
    recognition.start(track);
  } catch {
    error = "start";
    queueMicrotask(end);
  }
  return () => {
    attempt(() => recognition.abort());
    end();
  };
}

function isResult(event: Event): event is ResultEvent {
  return "results" in event && "resultIndex" in event;
}

/** Results before `resultIndex` have not changed; of the rest, the last ones may not be final. */
function tellTexts({ results, resultIndex }: ResultEvent, onText: Listening["onText"]): void {
  const news = Array.from(results).slice(resultIndex);
  for (const result of news) {
    if (result.isFinal) onText(textOf(result), true);
  }
  const open = news.filter(({ isFinal }) => !isFinal).map(textOf).join("");
  if (open !== "") onText(open, false);
}

function textOf(result: ArrayLike<{ readonly transcript: string }>): string {
  return result[0]?.transcript ?? "";
}
