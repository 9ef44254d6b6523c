import { assertEquals, assertStringIncludes } from "../assert.ts";
import { Log } from "../../server/log.ts";
import { RoomsFile } from "../../server/rooms_file.ts";
import type { KeptRules } from "../../signaling/mod.ts";

const rules: KeptRules = {
  founded: 1,
  locked: false,
  knocking: true,
  password: "",
  chat: "everyone",
  screen: "owners",
  files: "everyone",
  capacity: 4,
  invites: [{ inviteId: 0, role: "member", expires: 9 }],
  invitesMade: 1,
  reserved: false,
};

/** A new folder, and the lines of the log. */
async function scene(
  run: (folder: string, logged: () => string, log: Log) => Promise<void> | void,
) {
  const folder = await Deno.makeTempDir();
  let text = "";
  const log = new Log((bytes) => {
    text += new TextDecoder().decode(bytes);
    return Promise.resolve(bytes.length);
  });
  try {
    await run(folder, () => text, log);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("kept rules are read again, the rooms that emptied first come first", () =>
  scene((folder, logged, log) => {
    const file = new RoomsFile(folder, log);
    assertEquals(file.rooms, []);
    file.keep("full", { ...rules, door: "d" });
    file.keep("late", { ...rules, emptySince: 20 });
    file.keep("early", { ...rules, emptySince: 10 });
    file.keep("gone", rules);
    file.keep("gone", undefined);
    file.flush();
    const again = new RoomsFile(folder, log).rooms;
    assertEquals(again.map(([room]) => room), ["early", "late", "full"]);
    assertEquals(again[2], ["full", { ...rules, door: "d" }]);
    assertEquals(logged(), "");
  }));

Deno.test("a room that an older version could name and this one cannot costs no other room its rules", () =>
  scene((folder, logged, log) => {
    const rooms = ["tea", "\u3164", "x".repeat(65), "会议室"].map((room) => ({ room, rules }));
    Deno.writeTextFileSync(`${folder}/rooms.json`, JSON.stringify({ rooms }));
    assertEquals(new RoomsFile(folder, log).rooms.map(([room]) => room), ["tea", "会议室"]);
    assertEquals(logged(), "");
  }));

Deno.test("an invalid file is one line in the log, and no rooms are kept", () =>
  scene((folder, logged, log) => {
    Deno.writeTextFileSync(`${folder}/rooms.json`, '{"rooms":[{"room":"tea"}]}');
    assertEquals(new RoomsFile(folder, log).rooms, []);
    assertStringIncludes(logged(), "failed to read the rules of rooms");
    assertStringIncludes(logged(), "rooms.json");
  }));

Deno.test("a read-only folder is one line in the log for all attempts", () =>
  scene((folder, logged, log) => {
    const file = new RoomsFile(`${folder}/missing`, log);
    for (let n = 0; n < 3; n++) {
      file.keep("tea", { ...rules, founded: n });
      file.flush();
    }
    assertEquals(logged().split("failed to write the rules of rooms").length - 1, 1);
    assertEquals(file.rooms.length, 1, "the process still knows it");
  }));

Deno.test("without a folder nothing is written or logged", () =>
  scene((_folder, logged, log) => {
    const file = new RoomsFile(undefined, log);
    file.keep("tea", rules);
    file.flush();
    assertEquals([file.rooms.length, logged()], [1, ""]);
  }));

Deno.test("a file that was set aside no longer has rooms, and its content is kept beside it", () =>
  scene((folder, logged, log) => {
    const file = new RoomsFile(folder, log);
    file.keep("tea", rules);
    file.flush();
    new RoomsFile(folder, log).setAside();
    assertEquals(new RoomsFile(folder, log).rooms, []);
    assertStringIncludes(Deno.readTextFileSync(`${folder}/rooms.json.imported`), '"tea"');
    new RoomsFile(folder, log).setAside();
    assertEquals(logged(), "");
  }));
