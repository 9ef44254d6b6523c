/** English, and the shape every other language must fill: a missing key there fails the type check. */
import { plurals } from "./plural.ts";

const count = plurals("en");
// The British list has no comma before the last "and".
const list = new Intl.ListFormat("en-GB", { type: "conjunction" });

const common = {
  locale: "en",
  product: "Parley",
  language: "Language",
  theme: "Theme",
  themeSystem: "Same as the system",
  themeLight: "Light",
  themeDark: "Dark",
  close: "Close",
  tryAgain: "Try again",
  copied: "Copied",
  copyLink: "Copy link",
  home: "Parley, to the start page",
  you: "you",
  selfName: (name: string) => `${name} (you)`,
  guest: "Guest",
};

const home = {
  headline: ["One link.", "You see and hear each other."],
  lead: "A video room for two to sixteen people. Nothing to install, no account.",
  newRoom: "Your new room",
  anotherName: "Another name",
  start: "Start a room",
  joinLabel: "Link or room name",
  joinHint: "Have a link or a room name? Put it here",
  join: "Join",
  joinBad: "That is neither a link nor a room name. Names are letters, digits, - and _.",
  visited: "Rooms visited from this browser",
  joinRoom: (room: string) => `Join ${room}`,
  forgetRoom: (room: string) => `Forget ${room}`,
  facts: ["Encrypted between browsers", "2–16 people", "Works as plain chat, too"],
};

const before = {
  about: "You are about to enter",
  name: "Your name",
  mirrored: "Mirrored for you only",
  preview: "Camera preview",
  camera: "Camera",
  microphone: "Microphone",
  speaker: "Speaker",
  unnamedDevice: (kind: string, number: number) => `${kind} ${number}`,
  defaultDevice: "As the system says",
  cameraOff: "Your camera is off",
  cameraStarting: "Starting the camera…",
  turnCamera: "Use the camera",
  turnMicrophone: "Use the microphone",
  blockedShort: "Blocked by the browser",
  missingShort: { camera: "No camera found", microphone: "No microphone found" },
  busyShort: { camera: "Camera is in use elsewhere", microphone: "Microphone is in use elsewhere" },
  insecureShort: "Not on an insecure page",
  brokenShort: { camera: "The camera does not start", microphone: "The microphone does not start" },
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
};

type Device = "camera" | "microphone";

const trouble = {
  refusedTitle: (what: Device | "both") =>
    `Your browser is not letting this page use the ${
      what === "both" ? "camera and the microphone" : what
    }`,
  missingTitle: (what: Device | "both") =>
    what === "both" ? "No camera and no microphone found" : `No ${what} found`,
  busyTitle: (what: Device | "both") =>
    `Another program is using the ${what === "both" ? "camera or the microphone" : what}`,
  insecureTitle: "Browsers allow camera and microphone on secure pages only",
  brokenTitle: (what: Device | "both") =>
    `The ${what === "both" ? "camera and the microphone do" : `${what} does`} not start`,
  refusedChromium:
    "Press the settings icon at the left of the address bar, allow it there, then try again.",
  refusedFirefox:
    "Press the crossed-out icon at the left of the address bar, remove the block, then try again.",
  refusedSafari:
    "Choose Settings for This Website in the Safari menu or under aA, allow it there, then try again.",
  refusedOther: "Allow it for this page in the browser's settings, then try again.",
  missing: "Plug one in and it is found by itself.",
  busy: "Close the other program or its tab, then try again.",
  insecure: "Open this page with https:// or as localhost.",
  broken: "Unplug it and plug it in again, or choose another one.",
  goOn: "You can also join without it and turn it on later.",
};

const room = {
  people: (n: number) => count(n, { one: "# person", other: "# people" }),
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
  microphoneSettings: "Microphone and speaker",
  cameraSettings: "Choose a camera",
  noDevices: "Nothing to choose from",
  blocked: (what: Device) => `The ${what} is blocked. Press for the way out.`,
  raiseHand: "Raise hand",
  lowerHand: "Lower hand",
  handRaised: "Hand raised",
  isSpeaking: "is speaking",
  isMuted: "muted",
  cameraIsOff: "camera off",
  screenOf: (name: string) => `${name}’s screen`,
  yourScreen: "Your screen",
  youShare: "You share your screen",
  tapToHear: "Tap to hear the others",
  tapToHearWhy: "The browser keeps pages silent until you press something.",
  inviteTitle: "You are the first one here",
  inviteLead: "Whoever opens this link comes straight in.",
  inviteLink: "Link to this room",
  copyTheLink: "Copy the link",
  unread: (n: number) => count(n, { one: "# new line", other: "# new lines" }),
  callTime: "Time in the call",
  online: "in the room",
};

const link = {
  direct: "Direct",
  relayed: "Relayed",
  connecting: "Connecting…",
  reconnecting: (seconds: number) => `Reconnecting… ${seconds} s`,
  kept: (name: string) => `Last picture kept. ${name} is still in the room.`,
  away: (name: string) => `${name} lost the server and is coming back.`,
  failed: (name: string) => `You and ${name} cannot connect`,
  noAnswer: "The other browser did not answer. Chat still reaches everybody.",
  noPath: "One of your networks blocks direct calls and there is no relay. Chat still works.",
  broken: "The connection broke. Chat still reaches everybody.",
  reconnectingNow: "Reconnecting…",
  failedShort: "Cannot connect",
};

const chat = {
  title: "Chat",
  empty: "Lines written here reach everybody in the room. They are not kept.",
  message: "Message everyone",
  send: "Send",
  joined: (name: string) => `${name} joined`,
  left: (name: string) => `${name} left`,
  lost: (name: string) => `${name} was lost`,
  kicked: (name: string) => `${name} was removed`,
  serverLost: "Connection to the server lost",
  serverBack: "Connection to the server is back",
  waiting: "Waiting to be sent",
  delivered: "Delivered",
  refused: "Not sent: too many lines at once. Wait a moment and write it again.",
  newLines: (n: number) => count(n, { other: "# new" }),
  newBelow: (n: number) => count(n, { one: "# new line below", other: "# new lines below" }),
  tooLong: (over: number) =>
    count(over, { one: "# character too long", other: "# characters too long" }),
  says: (name: string, text: string) => `${name}: ${text}`,
};

const pill = {
  reconnecting: "Reconnecting… your call goes on",
  waiting: "Lines you write now are sent once you are back.",
  shareFailed: "The screen could not be shared.",
  roomsRate: "Too many new rooms from your network. Wait a minute.",
};

const end = {
  left: (minutes: number) =>
    minutes < 1
      ? "You left the room"
      : count(minutes, { one: "You left after # minute", other: "You left after # minutes" }),
  stillThere: (names: readonly string[]) =>
    `${list.format(names)} ${names.length === 1 ? "is" : "are"} still there.`,
  nobodyThere: "Nobody is in the room now.",
  rejoin: "Rejoin",
  full: "This room is full",
  fullLead: "You can come in as soon as somebody leaves.",
  locked: "This room is locked",
  lockedLead: "Somebody inside has to unlock it.",
  password: "This room needs a password",
  passwordLead: "Ask the people who sent you the link.",
  replaced: "You are in this call in another tab",
  replacedLead: "Only one tab takes part, so this one stepped back.",
  useThisTab: "Use this tab instead",
  kicked: "You were removed from the room",
  kickedLead: "Somebody with the right to do so took you out.",
  banned: "You cannot enter this room",
  bannedLead: "Somebody with the right to do so closed it to you.",
  version: "This page is older than the server",
  versionLead: "Loading it again brings the new one.",
  reload: "Load again",
  confused: "The server did not understand this page",
  confusedLead: "It stopped talking to it. Loading the page again mends that.",
  lost: "The call ended",
  lostLead: "The connection to the server cannot be had back.",
  toStart: "To the start page",
  badRoom: "No room can have this name",
  badRoomLead: "Names are 1 to 64 letters, digits, - or _.",
  notFound: "There is nothing at this address",
  notFoundLead: "The link may be cut short or misspelt.",
  broken: "Something broke on our side",
  brokenLead: "It has been noted. Trying again often helps.",
};

/** The English catalogue. */
export const en = { common, home, before, trouble, room, link, chat, pill, end };
