/** Parses what clients send. Only servers need it, so that no page loads it. */
import {
  capacity,
  card,
  chatText,
  count,
  door,
  hello,
  linkReports,
  name,
  noName,
  password,
  peerId,
  reaction,
  ref,
  right,
  role,
  room,
  sealedText,
  signal,
  state,
} from "./fields.ts";
import { limits, serverLimits } from "./limits.ts";
import { markMessages } from "./marks_checks.ts";
import type { ClientMessage, Join } from "./messages.ts";
import { moveMessages } from "./moves_checks.ts";
import { checked, type Parsed, readJson } from "./parse.ts";
import { powerMessages } from "./powers_checks.ts";
import * as is from "./schema.ts";

const clientMessage = is.tagged<ClientMessage>("type", {
  join: joinOf(is.object({ type: is.oneOf("join"), room, name: is.either(noName, name) }, {
    state,
    sealed: is.object({
      hello,
      card,
      door,
      peerId: is.matching(/^[\da-f]{32}$/, "32 hexadecimal digits"),
    }),
    resume: is.text({ most: limits.resumeToken }),
    followed: is.object({ epoch: count, revision: count }),
    ownerKey: is.text({ most: limits.ownerKey }),
    invite: is.text({ most: limits.invite }),
    password,
  })),
  leave: is.object({ type: is.oneOf("leave") }),
  signal: is.object({ type: is.oneOf("signal"), to: peerId, signal }),
  chat: is.object({ type: is.oneOf("chat"), ref, text: chatText }, { to: peerId, answers: ref }),
  edit: is.object({ type: is.oneOf("edit"), ref, text: is.nullable(chatText) }),
  state: is.object({ type: is.oneOf("state"), state }),
  rename: is.object({ type: is.oneOf("rename"), name }),
  react: is.object({ type: is.oneOf("react"), reaction }),
  report: is.object({ type: is.oneOf("report"), links: linkReports }),
  "set-rules": is.object({ type: is.oneOf("set-rules") }, {
    locked: is.boolean,
    knocking: is.boolean,
    password,
    chat: right,
    screen: right,
    files: right,
    capacity,
  }),
  remove: is.object({ type: is.oneOf("remove"), peerId, ban: is.boolean }),
  "answer-knock": is.object({
    type: is.oneOf("answer-knock"),
    knockId: peerId,
    admit: is.boolean,
  }),
  "mute-all": is.object({ type: is.oneOf("mute-all") }),
  "make-invite": is.object({
    type: is.oneOf("make-invite"),
    role,
    lifetimeMs: is.integer({ least: 60_000, most: serverLimits.inviteMs }),
  }),
  "revoke-invite": is.object({ type: is.oneOf("revoke-invite"), inviteId: count }),
  "close-room": is.object({ type: is.oneOf("close-room") }),
  card: is.object({ type: is.oneOf("card"), card }),
  hello: is.object({ type: is.oneOf("hello"), hello, card }),
  "sealed-line": is.object({
    type: is.oneOf("sealed-line"),
    ref,
    text: sealedText(limits.sealedLine),
  }),
  note: is.object({ type: is.oneOf("note"), note: sealedText(limits.note) }),
  "change-door": is.object({ type: is.oneOf("change-door"), from: door, to: door }),
  ...moveMessages,
  ...powerMessages,
  ...markMessages,
  ping: is.object({ type: is.oneOf("ping") }),
});

/** A sealed join has neither name nor state, an open one has a name. */
function joinOf(check: is.Check<Join>): is.Check<Join> {
  return (value, path) => {
    const join = check(value, path);
    const isSealed = join.sealed !== undefined;
    if (isSealed !== (join.name === "")) is.fail(`${path}.name`, "a name, or sealed");
    if (isSealed && join.state !== undefined) is.fail(`${path}.state`, "no such field");
    return join;
  };
}

/** Parses one frame from a client, in the native dialect. */
export function parseClientMessage(frame: string): Parsed<ClientMessage> {
  return checked(clientMessage, readJson(frame));
}
