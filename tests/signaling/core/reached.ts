// Counts what random scripts have reached, so that a test can check that it was enough.

/** A generator that reaches nothing proves nothing. */
export interface Reached {
  joins: number;
  moves: number;
  relays: number;
  lines: number;
  privates: number;
  edits: number;
  history: number;
  leaves: number;
  resumes: number;
  replaced: number;
  lost: number;
  full: number;
  refusals: number;
  hands: number;
  reactions: number;
  ownerKeys: number;
  locked: number;
  takenOut: number;
  knocks: number;
  admitted: number;
  muteRequests: number;
  passwords: number;
  notOwner: number;
  sealedJoins: number;
  sealedResumes: number;
  sealed: number;
  unsealed: number;
  linkChanged: number;
  cards: number;
  hellos: number;
  sealedLines: number;
  notes: number;
  doors: number;
  lateDoors: number;
  sealedKnocks: number;
  oldLinks: number;
  takenIds: number;
  continued: number;
  claims: number;
  takenOver: number;
}

export const nothingReached = (): Reached => ({
  joins: 0,
  moves: 0,
  relays: 0,
  lines: 0,
  privates: 0,
  edits: 0,
  history: 0,
  leaves: 0,
  resumes: 0,
  replaced: 0,
  lost: 0,
  full: 0,
  refusals: 0,
  hands: 0,
  reactions: 0,
  ownerKeys: 0,
  locked: 0,
  takenOut: 0,
  knocks: 0,
  admitted: 0,
  muteRequests: 0,
  passwords: 0,
  notOwner: 0,
  sealedJoins: 0,
  sealedResumes: 0,
  sealed: 0,
  unsealed: 0,
  linkChanged: 0,
  cards: 0,
  hellos: 0,
  sealedLines: 0,
  notes: 0,
  doors: 0,
  lateDoors: 0,
  sealedKnocks: 0,
  oldLinks: 0,
  takenIds: 0,
  continued: 0,
  claims: 0,
  takenOver: 0,
});
