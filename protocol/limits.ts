/**
 * The limits of the protocol: `limits` are those that clients know, too; the others are separate,
 * so that pages need not load them. Lengths are Unicode code points unless a name says bytes or a
 * comment says otherwise; names in `Ms` are milliseconds.
 */

/** Those that client and server share. */
export const limits = {
  /** One WebSocket frame, as UTF-8. */
  frameBytes: 64 * 1024,
  roomName: 64,
  personName: 32,
  chatText: 4_000,
  /** UTF-16 units; an SDP is ASCII. */
  sdp: 32 * 1024,
  candidate: 1024,
  /** Candidates in one signal: as many of the longest as fit into an envelope. */
  candidatesTogether: 24,
  /**
   * UTF-16 units of a signal in an envelope: the longest SDP, with its line ends escaped in JSON,
   * sealed.
   */
  relayBody: 56 * 1024,
  /** Of sealed texts, base64url digits. */
  door: 43,
  hello: 1024,
  card: 1024,
  note: 8 * 1024,
  /** The longest line as UTF-8, padded. */
  sealedLine: 24 * 1024,
  peerId: 64,
  resumeToken: 1024,
  ownerKey: 1024,
  invite: 1024,
  password: 128,
  chatRef: 64,

  /** In a mesh every member uploads to every other, so more members would not work. */
  roomCapacityMost: 16,
  /**
   * Chat lines that a room keeps in memory while it has members: for members who resume, and for
   * newcomers if the policy allows it. Private lines have a second set of the same bounds, so that
   * they do not displace public ones.
   */
  recentChatLines: 200,

  firstMessageMs: 5_000,
  /** A client that receives no frame for this long treats its socket as dead. */
  silenceMs: 25_000,
  invitesPerRoom: 20,
  knocksPerRoom: 16,

  /**
   * The most signals of an honest join: the last of 16 people calls 15 and finds 72 candidates for
   * each call: 12 addresses with UDP, TCP, what STUN reports, and relays by UDP, TCP and TLS. Sent
   * one by one, with offers and ends, these are 1,110 signals.
   */
  signalBurst: 1_600,
  signalPerSecond: 100,
  chatBurst: 10,
  chatPerSecond: 1,
  reactionBurst: 5,

  /** Above this backlog droppable messages are left out for a slow reader. */
  backlogDropBytes: 256 * 1024,
} as const;

/** Those of the server alone. */
export const serverLimits = {
  roomCapacityDefault: 8,
  /**
   * Bytes of the lines that a room keeps, as the JSON of its lines in UTF-8; the newest line is
   * always kept.
   */
  recentChatBytes: 128 * 1024,
  recentChatMs: 24 * 60 * 60_000,

  joinMs: 10_000,
  tickMs: 10_000,
  awayMs: 15_000,
  resumeTokenMs: 10 * 60_000,
  inviteMs: 90 * 24 * 60 * 60_000,
  /** Counts from the owner's last join: each welcome brings a new key. */
  ownerKeyMs: 90 * 24 * 60 * 60_000,
  /**
   * How many rooms without members are kept, and how long; the longest empty is forgotten first.
   */
  emptyRoomsKept: 2_000,
  emptyRoomKeptMs: 90 * 24 * 60 * 60_000,
  /** The wait after a wrong password; each further one from the same address doubles it. */
  guessMs: 100,
  guessMsMost: 25_000,

  badMessages: 5,
  badMessagesWindowMs: 60_000,
  rateExcesses: 3,
  rateWindowMs: 10_000,
  /** How many messages a join counts as. */
  joinCost: 40,
  /** How many messages a `hello` or a `change-door` counts as: all members are sent it. */
  helloCost: 10,
  /** Reactions to lines, pins, and questions for them. */
  markBurst: 20,
  markPerSecond: 2,
  stateBurst: 4,
  statePerSecond: 2,
  /** Of the reports beyond this rate, the newest is sent later. */
  reportBurst: 4,
  reportPerSecond: 0.5,
  /** Reactions and reports of a member of a sealed room, which the server cannot tell apart. */
  noteBurst: 10,
  notePerSecond: 2,
  reactionPerSecond: 1,
  roomsBurst: 5,
  roomsPerMinute: 5,

  /** Above this backlog a slow reader is cut. */
  backlogCutBytes: 1024 * 1024,
  socketsPerAddress: 64,
  /** TCP connections, those of pages included: a browser has up to six beside its socket. */
  connectionsPerAddress: 256,
  unjoinedPerAddress: 32,
  /**
   * Streams to the relay without an allocation: when a server comes back, each of 16 people behind
   * one address calls 15 others by TCP and by TLS at once.
   */
  turnStreamsPerAddress: 512,
} as const;

/** Limits of signals past the rate, which the server delays. */
export const delayLimits = {
  /** How much of the burst signals leave to other messages. Less than the cost of a join. */
  reserve: 30,
  /**
   * A client without bundling has three transports, and sends 3,270 signals for the largest join.
   */
  signals: 2_400,
  bytes: 1024 * 1024,
} as const;
