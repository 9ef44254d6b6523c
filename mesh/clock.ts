/** The time, passed in so that a test can control it. */

/** Tells the time and runs callbacks later. */
export interface Clock {
  /** Milliseconds of a clock that never goes back; only differences are meaningful. */
  now(): number;
  /** Milliseconds since the epoch, for times that are shown. */
  date(): number;
  /** Runs `callback` once after `ms` milliseconds; the returned function cancels it. */
  after(ms: number, callback: () => void): () => void;
}

/** The browser's clock and timers. */
export const browserClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
