// The archive of separate tracks, read by the system's own program.

import { zipFiles } from "../../../../mesh/recording/assembly/zip.ts";
import { assertEquals } from "../../../assert.ts";

/** Checks each checksum and unpacks. */
async function unzip(archive: string, folder: string): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command("unzip", {
    args: ["-qq", archive, "-d", folder],
    // Names are UTF-8.
    env: { LC_ALL: "C.UTF-8" },
  }).output();
  const text = new TextDecoder();
  assertEquals([success, text.decode(stdout), text.decode(stderr)], [true, "", ""]);
}

Deno.test("an archive of tracks is unpacked with every byte, name and time", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parley-zip-" });
  try {
    const files = new Map([
      ["1 Ann microphone.webm", Uint8Array.from({ length: 300_000 }, (_, index) => index * 7)],
      ["2 李雷 camera.mp4", Uint8Array.of(0, 255, 80, 75, 3, 4)],
      ["chat.txt", new Uint8Array()],
    ]);
    const archive = await zipFiles(
      [...files].map(([name, bytes]) => ({ name, content: new Blob([bytes]) })),
      new Date(2026, 4, 3, 18, 4, 31),
    );
    await Deno.writeFile(`${folder}/tracks.zip`, archive.stream());
    await unzip(`${folder}/tracks.zip`, `${folder}/out`);
    const names = await Array.fromAsync(Deno.readDir(`${folder}/out`), ({ name }) => name);
    assertEquals(names.toSorted(), [...files.keys()].toSorted());
    for (const [name, bytes] of files) {
      assertEquals(await Deno.readFile(`${folder}/out/${name}`), bytes, name);
      const { mtime } = await Deno.stat(`${folder}/out/${name}`);
      // In steps of two seconds.
      assertEquals(mtime, new Date(2026, 4, 3, 18, 4, 30), name);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
