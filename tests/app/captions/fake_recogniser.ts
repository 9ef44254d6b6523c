/** A recogniser that hears what a test says. */
import type { Listening, Readiness, Recogniser } from "../../../app/captions/recogniser.ts";

/** Each run in `runs`; a test speaks with `say` and ends a run with `end`. */
export class FakeRecogniser implements Recogniser {
  readonly runs: (Listening & { isStopped: boolean })[] = [];
  readonly installed: string[] = [];
  ready: Readiness = "available";
  installs = true;

  readiness(): Promise<Readiness> {
    return Promise.resolve(this.ready);
  }

  install(language: string): Promise<boolean> {
    this.installed.push(language);
    return Promise.resolve(this.installs);
  }

  listen(listening: Listening): () => void {
    const run = { ...listening, isStopped: false };
    this.runs.push(run);
    return () => {
      if (!run.isStopped) run.onEnd("aborted");
      run.isStopped = true;
    };
  }

  /** The run that is active. */
  get run(): Listening | undefined {
    return this.runs.findLast(({ isStopped }) => !isStopped);
  }

  say(text: string, isFinal = true): void {
    this.run?.onText(text, isFinal);
  }

  end(error?: string): void {
    const run = this.runs.at(-1);
    if (run === undefined) return;
    run.isStopped = true;
    run.onEnd(error);
  }
}
