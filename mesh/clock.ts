/** Time as an outside fact, so that a test can own it. */

/** Where the time comes from. */
export interface Clock {
  /** Milliseconds that never jump back; only differences mean something. */
  now(): number;
  /** Milliseconds since the epoch, for times that are shown. */
  date(): number;
  /** Runs `callback` once after `ms`; the returned function takes that back. */
  after(ms: number, callback: () => void): () => void;
}

/** The browser's own time. */
export const browserClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
