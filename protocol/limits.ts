/** Every bound both sides agree on. Lengths are Unicode code points unless a name says bytes; times are milliseconds. */
export const limits = {
  /** One WebSocket frame, as UTF-8. */
  frameBytes: 64 * 1024,
  roomName: 64,
  personName: 32,
  chatText: 4_000,
  /** UTF-16 units, which is what an SDP (ASCII) is counted in. */
  sdp: 32 * 1024,
  candidate: 1024,
  /** Candidates said together: as many as fit into an envelope whatever they are. */
  candidatesTogether: 24,
  /** UTF-16 units of a signal in an envelope: an SDP of that length with its line ends as JSON writes them. */
  relayBody: 40 * 1024,
  peerId: 64,
  resumeToken: 1024,
  ownerKey: 1024,
  invite: 1024,
  password: 128,
  chatRef: 64,

  roomCapacityDefault: 8,
  /** A mesh: every member uploads to every other, so more would be a false promise. */
  roomCapacityMost: 16,
  /**
   * What a room keeps of its chat, in memory and while it has members: for those who come back after a loss, and for
   * newcomers where the policy allows. Private lines have the same bounds again, so that they push out no public ones.
   */
  recentChatLines: 200,
  /** Of one such set, each line counted as its JSON in UTF-8; the newest line is always kept. */
  recentChatBytes: 128 * 1024,
  recentChatMs: 24 * 60 * 60_000,

  firstMessageMs: 5_000,
  joinMs: 10_000,
  tickMs: 10_000,
  /** A client that saw no frame for this long treats its socket as dead. */
  silenceMs: 25_000,
  awayMs: 15_000,
  resumeTokenMs: 10 * 60_000,
  /** Since its owner was last in the room: each visit gives a new one. */
  ownerKeyMs: 90 * 24 * 60 * 60_000,
  inviteMs: 90 * 24 * 60 * 60_000,
  invitesPerRoom: 20,
  knocksPerRoom: 16,
  /** How many rooms without members have their rules kept, and for how long; the longest empty goes first. */
  emptyRoomsKept: 2_000,
  emptyRoomKeptMs: 90 * 24 * 60 * 60_000,
  /** The wait after a wrong password, doubled by each further one from the same address. */
  guessMs: 100,
  guessMsMost: 25_000,

  badMessages: 5,
  badMessagesWindowMs: 60_000,
  rateExcesses: 3,
  rateWindowMs: 10_000,
  /**
   * The dearest honest join: the last of 16 people calls 15, and finds 72 candidates for each: 12 addresses with UDP, TCP, what
   * STUN sees, and relays by UDP, TCP and TLS. Said one by one, with offers and ends, these are 1,110 signals.
   */
  signalBurst: 1_600,
  signalPerSecond: 100,
  /** So many messages a join counts for. */
  joinCost: 40,
  chatBurst: 10,
  chatPerSecond: 1,
  stateBurst: 4,
  statePerSecond: 2,
  reactionBurst: 5,
  reactionPerSecond: 1,
  /** Reports beyond this are kept and told later, the newest only. */
  reportBurst: 4,
  reportPerSecond: 0.5,
  roomsBurst: 5,
  roomsPerMinute: 5,

  /** Above this backlog a send is refused to a slow reader for what can be dropped, above the second it is cut. */
  backlogDropBytes: 256 * 1024,
  backlogCutBytes: 1024 * 1024,
  socketsPerAddress: 64,
  unjoinedPerAddress: 32,
} as const;

/** For signals past the rate, which the server delays. Apart from the rest, so that pages need not load it. */
export const delayLimits = {
  /** Of the burst, signals leave so many to other messages. Fewer than a join costs. */
  reserve: 30,
  /** A client that bundles nothing has three transports, and says 3,270 signals for the dearest join. */
  signals: 2_400,
  bytes: 1024 * 1024,
} as const;
