import { readTracks } from "../../../mesh/recording/recorded_track.ts";
import { trackFileName } from "../../../mesh/recording/track_names.ts";
import type { RecordingFolder } from "../../../mesh/recording/recording_disk.ts";
import { assertEquals } from "../../assert.ts";

const since = 1_800_000_000_000;
const day = 86_400_000;

const file = (text: string) => new File([text], "file");

/** A folder with one track of each description, each of one piece. */
function folderOf(descriptions: readonly unknown[]) {
  const files = new Map<string, File>();
  descriptions.forEach((description, index) => {
    const track = { owner: `${index}`.padStart(32, "0"), slot: "microphone", from: since } as const;
    files.set(trackFileName({ ...track, index: undefined }), file(JSON.stringify(description)));
    files.set(trackFileName({ ...track, index: 0 }), file("sound"));
  });
  // readTracks looks at the start only.
  const about = { since } as RecordingFolder["about"];
  return {
    about,
    names: () => Promise.resolve([...files.keys()]),
    read: (name: string) => Promise.resolve(files.get(name) ?? file("")),
  };
}

Deno.test("a description that would make a film of years places no track", async () => {
  const description = { name: "Bob", type: "audio/webm", offset: 5, lasted: 1_000 };
  const tracks = await readTracks(folderOf([
    description,
    { ...description, offset: -2 * day },
    { ...description, offset: 2 * day },
    { ...description, lasted: 400 * day },
    { ...description, lasted: -1 },
    "{",
  ]));
  assertEquals(tracks.map(({ owner, at }) => [owner, at]), [["0".repeat(32), since + 5]]);
});
