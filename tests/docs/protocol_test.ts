import { assert, assertEquals } from "../assert.ts";
import { closeCode, errorCodes, parseServerMessage } from "../../protocol/mod.ts";
import { parseClientMessage } from "../../protocol/parse_client.ts";
import { parseLateMessage } from "../../protocol/parse_late.ts";
import { closeReason } from "../../protocol/codes.ts";
import { Skyrtc } from "../../signaling/dialects/skyrtc.ts";

const manual = await Deno.readTextFile(new URL("../../docs/protocol.md", import.meta.url));

function examples(kind: string): string[] {
  const fence = new RegExp("^```json " + kind + "\\n([\\s\\S]*?)^```$", "gm");
  return [...manual.matchAll(fence)].map(([, body = ""]) => body);
}

function typesOf(texts: string[]): string[] {
  return [
    ...new Set(texts.map((text) => {
      const { type, eventName } = JSON.parse(text);
      return String(type ?? eventName);
    })),
  ].toSorted();
}

Deno.test("every client message has an example in the manual, and all of them parse", () => {
  for (const text of examples("client")) {
    const parsed = parseClientMessage(text);
    assert(parsed.ok, `${text}\n${parsed.ok ? "" : parsed.reason}`);
  }
  assertEquals(typesOf(examples("client")), [
    "answer-knock",
    "ask-attendance",
    "ask-marks",
    "cancel-move",
    "card",
    "change-door",
    "chat",
    "claim-move",
    "close-room",
    "delete-line",
    "edit",
    "hello",
    "join",
    "leave",
    "lend",
    "make-invite",
    "mark",
    "mute-all",
    "mute-one",
    "note",
    "offer-move",
    "pin",
    "ping",
    "react",
    "remove",
    "remove-for",
    "rename",
    "report",
    "revoke-invite",
    "sealed-line",
    "set-end",
    "set-hours",
    "set-right",
    "set-rules",
    "signal",
    "state",
  ]);
});

Deno.test("every server message has an example in the manual, and all of them parse", () => {
  for (const text of examples("server")) {
    const parsed = parseServerMessage(text);
    const isKnown = parsed.ok || parseLateMessage(text).ok;
    assert(isKnown, `${text}\n${parsed.ok ? "" : parsed.reason}`);
  }
  assertEquals(typesOf(examples("server")), [
    "attendance",
    "chat",
    "door-changed",
    "ended",
    "ending",
    "error",
    "hands",
    "ice-servers",
    "invites",
    "knocking",
    "knocks",
    "lines-deleted",
    "marks",
    "move-offered",
    "move-parcel",
    "move-refused",
    "move-taken",
    "mute-request",
    "note",
    "outside-hours",
    "owner-key",
    "peer-away",
    "peer-back",
    "peer-changed",
    "peer-hello",
    "peer-joined",
    "peer-left",
    "peer-report",
    "pinned",
    "powers",
    "reaction",
    "removed-for",
    "rules",
    "signal",
    "tick",
    "times",
    "welcome",
  ]);
});

Deno.test("every SkyRTC event a client may send has an example that is understood", () => {
  for (const text of examples("skyrtc")) {
    assert(new Skyrtc("Guest").decode(text).ok, text);
  }
  assertEquals(typesOf(examples("skyrtc")), [
    "__answer",
    "__chat",
    "__ice_candidate",
    "__join",
    "__offer",
  ]);
});

Deno.test("the manual's table names every error code, and every close code with it", () => {
  for (const code of errorCodes) assert(manual.includes(`\`${code}\``), `${code} is not explained`);
  for (let code = 1000; code < 5000; code++) {
    const reason = closeReason(code);
    if (reason === undefined) continue;
    const range = code >= 4502 && code <= 4515 ? "4502–4515" : String(closeCode(reason));
    assert(manual.includes(range), `${reason} has no ${code}`);
  }
});
