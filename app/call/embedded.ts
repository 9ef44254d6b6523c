/**
 * A room embedded in another page: reports events and accepts commands. Loaded only in a frame,
 * which the server allows to listed origins (frame-ancestors), so any parent is trusted.
 * Invariants:
 * 1 Commands only mute, stop the camera, leave, or write as the person. None turns a device on.
 * 2 Names and states are reported, chat lines are not.
 */
import type { effect } from "@preact/signals-core";
import * as is from "../../protocol/schema.ts";
import { checked } from "../../protocol/parse.ts";
import { limits } from "../../protocol/limits.ts";
import type { Call } from "./call.ts";

/** Commands of the embedding page. Nothing is reported before `hello`. */
type Command =
  | { readonly parley: "hello" }
  | { readonly parley: "mute" }
  | { readonly parley: "stop-camera" }
  | { readonly parley: "leave" }
  | { readonly parley: "chat"; readonly text: string };

const command: is.Check<Command> = is.tagged<Command>("parley", {
  hello: is.object({ parley: is.oneOf("hello") }),
  mute: is.object({ parley: is.oneOf("mute") }),
  "stop-camera": is.object({ parley: is.oneOf("stop-camera") }),
  leave: is.object({ parley: is.oneOf("leave") }),
  chat: is.object({ parley: is.oneOf("chat"), text: is.text({ least: 1, most: limits.chatText }) }),
});

/** The part of `window` that is used. */
export interface FramedWindow {
  readonly parent: unknown;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  removeEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

/** Sends to the embedding page. */
type Post = (message: unknown, origin: string) => void;

/**
 * Connects to the embedding page; returns its undo. `runs`: `effect` of the page's copy of the
 * library.
 */
export function embed(
  call: Call,
  { frame, post, runs }: { frame: FramedWindow; post: Post; runs: typeof effect },
): () => void {
  let origin: string | undefined;
  let stop = () => {};
  const handle = ({ source, origin: from, data }: MessageEvent) => {
    if (source !== frame.parent) return;
    const read = checked(command, data);
    if (!read.ok) return;
    if (read.message.parley !== "hello") return execute(call, read.message);
    origin = from;
    stop();
    stop = runs(() => {
      if (origin !== undefined) post(situation(call), origin);
    });
  };
  frame.addEventListener("message", handle);
  // Says only that the room is ready, which any embedding page may know.
  post({ parley: "ready" }, "*");
  return () => {
    stop();
    frame.removeEventListener("message", handle);
  };
}

function execute(call: Call, message: Exclude<Command, { parley: "hello" }>): void {
  switch (message.parley) {
    case "mute":
      if (call.room.state.peek().kind !== "idle") return call.setMuted(true);
      // Before joining, muting turns the microphone off until the person turns it on.
      return call.devices.turn("microphone", false);
    case "stop-camera":
      return call.devices.turn("camera", false);
    case "leave":
      return call.session.leave();
    case "chat":
      return void call.session.chat.send(message.text);
    default:
      message satisfies never;
  }
}

/** The complete state, reported as a whole. */
function situation({ room }: Call) {
  const state = room.state.value;
  const { state: self } = room.self.value;
  return {
    parley: "state",
    state: state.kind,
    reason: state.kind === "left" ? state.reason : null,
    microphone: self.microphone,
    camera: self.camera,
    people: room.peers.value.map(({ peerId, peer }) => ({ peerId, name: peer.value.name })),
  };
}
