/** Counts what simulations have reached, so that they cannot become meaningless unnoticed. */

/** How often each thing happened. */
export interface Reached {
  joins: number;
  resumes: number;
  /** Resumes in a room that another node has taken over. */
  takeovers: number;
  lines: number;
  privates: number;
  signals: number;
  /** Frames whose home was another node than that of their socket. */
  remote: number;
  bans: number;
  knocks: number;
}

/** Nothing yet. */
export function nothingReached(): Reached {
  return {
    ...{ joins: 0, resumes: 0, takeovers: 0, lines: 0, privates: 0, signals: 0 },
    ...{ remote: 0, bans: 0, knocks: 0 },
  };
}
