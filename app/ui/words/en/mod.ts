/**
 * English, and the shape of every other language: a missing key there fails the type check. Data
 * only, because the server writes it into the page. {name} is filled in, # becomes a count.
 * One word for each thing: a "link" is an address, a "connection" joins two people, a "room" is the
 * place, a "call" is what happens in it.
 */
import { admin } from "./admin.ts";
import { doctor } from "./doctor.ts";
import { door, linkKeys, owners } from "./owners.ts";
import {
  chat,
  entering,
  files,
  invite,
  links,
  shortcuts,
  stage,
  talk,
  toasts,
  wayOut,
} from "./panels.ts";
import type { AnySpoken } from "../plurals.ts";

const common = {
  // The language, as in languages.ts.
  tag: "en",
  // Selects the format of times, lists and plurals.
  locale: "en-GB",
  product: "Parley",
  someone: "Someone",
  language: "Language",
  theme: "Theme",
  themeSystem: "System",
  themeLight: "Light",
  themeDark: "Dark",
  close: "Close",
  tryAgain: "Try again",
  unloaded: "This page is still loading. If nothing happens, reload it.",
  copied: "Copied",
  copyLink: "Copy link",
  home: "Parley home page",
  selfName: "{name} (you)",
  guest: "Guest",
  doctor: "Run a call check",
};

const home = {
  headline: ["One link.", "You see and hear each other."],
  lead: "A video room for two to sixteen people. Nothing to install, no account.",
  newRoom: "Your new room",
  anotherName: "Another name",
  start: "Start a room",
  joinLabel: "Link or room name",
  joinHint: "Have a link or a room name? Enter it here",
  join: "Join",
  joinBad: "This is not a link or a room name. Room names use letters, digits, - and _.",
  joinNoRoom: "This is not a link to a room. Room links contain /r/ and the room name.",
  joinElsewhere: "This link leads to another server, {host}.",
  openThere: "Open it there",
  joinWhich: "This text contains more than one room. Which one?",
  joinRoomAt: "Open {room} on {host}",
  visited: "Recent rooms in this browser",
  forgetRoom: "Forget {room}",
  facts: ["Encrypted between browsers", "2–16 people", "Works as plain chat too"],
};

const before = {
  about: "You are about to join",
  name: "Your name",
  mirrored: "Mirrored for you only",
  preview: "Camera preview",
  camera: "Camera",
  microphone: "Microphone",
  speaker: "Speaker",
  unnamedDevice: "{kind} {number}",
  defaultDevice: "System default",
  cameraOff: "Your camera is off",
  cameraStarting: "Starting the camera…",
  turnCamera: "Use camera",
  turnMicrophone: "Use microphone",
  blockedShort: "Blocked by the browser",
  missingShort: { camera: "No camera found", microphone: "No microphone found" },
  busyShort: { camera: "Camera is in use elsewhere", microphone: "Microphone is in use elsewhere" },
  insecureShort: "Requires a secure page",
  brokenShort: {
    camera: "The camera could not start",
    microphone: "The microphone could not start",
  },
  heard: "We can hear you",
  unheard: "We hear nothing yet",
  listening: "Say something",
  microphoneOff: "Microphone is off",
  microphoneMissing: "No microphone",
  level: "Microphone level",
  joinBoth: "Join with camera and microphone",
  joinCamera: "Join with camera",
  joinMicrophone: "Join with microphone",
  joinListen: "Join and listen",
  withoutCamera: "Without camera",
  joinWithoutCamera: "Join without camera",
  textOnly: "Text only",
  joining: "Joining…",
  sealed: "Only people with this link can see, hear or read you.",
  open: "Not verified: the server could listen in.",
};

const trouble = {
  refusedTitle: {
    camera: "Your browser is not letting this page use the camera",
    microphone: "Your browser is not letting this page use the microphone",
    both: "Your browser is not letting this page use the camera and the microphone",
  },
  missingTitle: {
    camera: "No camera found",
    microphone: "No microphone found",
    both: "No camera or microphone found",
  },
  busyTitle: {
    camera: "Another program is using the camera",
    microphone: "Another program is using the microphone",
    both: "Another program is using the camera or the microphone",
  },
  brokenTitle: {
    camera: "The camera could not start",
    microphone: "The microphone could not start",
    both: "The camera and the microphone could not start",
  },
  insecureTitle: "Camera and microphone require a secure page",
  refusedChromium: "Click the settings icon in the address bar, allow access, then try again.",
  refusedFirefox:
    "Click the crossed-out icon in the address bar, remove the block, then try again.",
  refusedSafari:
    "Choose Settings for This Website from the Safari menu or the aA menu, allow access, then try again.",
  refusedOther: "Allow access for this page in the browser’s settings, then try again.",
  missing: "Plug one in and it is detected automatically.",
  busy: "Close the other program or tab, then try again.",
  insecure: "Open this page with https:// or on localhost.",
  broken: "Unplug it and plug it back in, or choose another device.",
  goOn: "You can also join without it and turn it on later.",
};

const room = {
  people: { one: "# person", other: "# people" },
  stage: "People in the call",
  controls: "Call controls",
  mute: "Mute",
  unmute: "Unmute",
  stopVideo: "Stop video",
  startVideo: "Start video",
  share: "Share",
  stopSharing: "Stop sharing",
  hand: "Hand",
  chat: "Chat",
  peoplePanel: "People",
  leave: "Leave",
  more: "More",
  record: "Record",
  captions: "Captions",
  microphoneSettings: "Microphone and speaker",
  cameraSettings: "Camera settings",
  noDevices: "No devices found",
  handRaised: "Hand raised",
  isMuted: "muted",
  cameraIsOff: "camera off",
  screenOf: "{name}’s screen",
  yourScreen: "Your screen",
  tapToHear: "Tap to hear the others",
  tapToHearWhy: "Your browser blocks sound until you tap the page.",
  inviteTitle: "You are the first one here",
  inviteAgain: "You are the only one here",
  inviteLead: "Anyone with this link can join.",
  inviteLink: "Link to this room",
  copyTheLink: "Copy the link",
  unread: { one: "# new message", other: "# new messages" },
  callTime: "Call duration",
  online: "in the room",
  you: "You",
};

const link = {
  connecting: "Connecting…",
  reconnecting: "Reconnecting… {seconds} s",
  kept: "Showing the last picture. {name} is still in the room.",
  away: "{name} lost the server and is reconnecting.",
  failed: "You and {name} cannot connect",
  causes: {
    "no-answer": "The other browser did not respond. Chat still works.",
    "no-relay": "One of your networks blocks direct calls and there is no relay. Chat still works.",
    "relay-unreachable":
      "{name}’s network blocks direct calls and every way to the relay. Chat still works.",
    "no-path": "No route was found between your networks. Chat still works.",
    "broken": "The connection was lost. Chat still works.",
  },
  relayUnreachableHere:
    "Your network blocks direct calls and every way to the relay. Chat still works.",
  reconnectingNow: "Reconnecting…",
  failedShort: "Cannot connect",
};

const pill = {
  reconnecting: "Reconnecting… your call goes on",
  waiting: "Messages you write now are sent once you reconnect.",
  shareFailed: "The screen could not be shared.",
  roomsRate: "Too many new rooms from your network. Wait a minute.",
};

/** Joining takes too long: a heading and a line for each known cause. */
const stuck = {
  offline: ["You are offline", "You will join as soon as the network is back."],
  unreachable: [
    "The server is not responding",
    "Your network may be down, or the server may be temporarily unavailable.",
  ],
  forbidden: [
    "The server refuses calls from this address (403)",
    "Its operator can allow this address with --allow-origin, or have the proxy forward the Host header.",
  ],
  missing: [
    "There is no call server at this address (404)",
    "Its operator must configure the proxy to forward /ws to Parley.",
  ],
  crowded: [
    "Too many connections from your network (429)",
    "Close other tabs with calls, or wait until someone on your network leaves.",
  ],
  busy: ["The server is too busy right now (503)", "It will let you in as soon as it can."],
  away: [
    "The server is temporarily unavailable",
    "The proxy in front of it responds, so it is probably restarting.",
  ],
  blocked: [
    "The call connection is blocked",
    "Pages load, so something between you and the server blocks WebSocket: a proxy, a firewall or antivirus software. Another network may help.",
  ],
  strange: [
    "Something else answers instead of the server",
    "This happens on networks that ask you to sign in. Reload the page to see what they ask for.",
  ],
  now: "Try again now",
  goesOn: "This page keeps trying.",
} satisfies Record<string, string | [title: string, line: string]>;

const end = {
  leftSoon: "You left the room",
  left: { one: "You left after # minute", other: "You left after # minutes" },
  stillThere: { one: "{names} is still there.", other: "{names} are still there." },
  nobodyThere: "Nobody is in the room now.",
  rejoin: "Rejoin",
  again: "Try again",
  full: "This room is full",
  fullLead: "You can join as soon as someone leaves.",
  locked: "This room is locked",
  lockedLead: "Someone inside has to unlock it.",
  password: "This room needs a password",
  passwordLead: "Ask the person who sent you the link.",
  replaced: "You are in this call in another tab",
  replacedLead: "Only one tab can be in the call, so this one left.",
  useThisTab: "Use this tab instead",
  kicked: "You were removed from the room",
  kickedLead: "A room owner or an administrator removed you.",
  closed: "The room was closed",
  closedLead: "An owner of the room ended the call for everyone.",
  off: "This server is not accepting calls",
  offLead: "Its operator has closed it for now.",
  turnedAway: "You were not let in",
  turnedAwayLead: "An owner of the room declined your request.",
  guesses: "Too many wrong passwords",
  guessesLead: "Wait up to half a minute, then try again.",
  banned: "You cannot enter this room",
  bannedLead: "A room owner or an administrator has blocked you.",
  version: "This page is older than the server",
  versionLead: "Reload it to get the new version.",
  reload: "Reload",
  confused: "The server did not understand this page",
  confusedLead: "It closed the connection. Reloading the page fixes this.",
  lost: "The call ended",
  lostLead: "The connection to the server could not be restored.",
  toStart: "Go to the home page",
  joinRoom: "Join {room}",
  badRoom: "This is not a valid room name",
  badRoomLead: "Room names have 1 to 64 letters, digits, - or _.",
  meant: "Did you mean {room}?",
  meantLead: "This is not a room link. Something may have been added to it when it was shared.",
  notFound: "There is nothing at this address",
  notFoundLead: "The link may be incomplete or misspelt.",
  broken: "Something went wrong on our side",
  brokenLead: "The error has been logged. Trying again often helps.",
};

/** The English catalogue. */
export const words = {
  common,
  home,
  before,
  trouble,
  room,
  entering,
  wayOut,
  invite,
  link,
  links,
  chat,
  files,
  talk,
  pill,
  stuck,
  end,
  shortcuts,
  toasts,
  stage,
  owners,
  linkKeys,
  door,
  admin,
  doctor,
};

/** The shape of the other languages. */
export type English = typeof words;

/** All words of the pages in one language. */
export type Words = AnySpoken<English>;
