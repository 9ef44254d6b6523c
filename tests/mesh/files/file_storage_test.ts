// BrowserStorage over fakes of the browser's interfaces; tests/browser/ uses the real ones.

import {
  BrowserStorage,
  memoryBytes,
  type StoragePlatform,
} from "../../../mesh/files/browser_storage.ts";
import { sniff } from "../../../mesh/files/picture.ts";
import { SinkError } from "../../../mesh/files/sink.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";

/** A fake file: written bytes become its content when the stream is closed. */
class PaperHandle {
  content: Blob;
  removed = false;
  aborted = false;
  readonly #written: Blob[] = [];

  constructor(readonly name: string, { content = "", failsAt = Infinity } = {}) {
    this.content = new Blob([content]);
    this.#failsAt = failsAt;
  }

  readonly #failsAt: number;

  getFile(): Promise<File> {
    return Promise.resolve(new File([this.content], this.name));
  }

  createWritable() {
    return Promise.resolve({
      write: (block: Uint8Array<ArrayBuffer>) => {
        if (this.#written.length >= this.#failsAt) {
          return Promise.reject(new DOMException("full", "QuotaExceededError"));
        }
        this.#written.push(new Blob([block]));
        return Promise.resolve();
      },
      close: () => {
        this.content = new Blob(this.#written);
        return Promise.resolve();
      },
      abort: () => {
        this.aborted = true;
        return Promise.resolve();
      },
    });
  }

  remove(): Promise<void> {
    this.removed = true;
    return Promise.resolve();
  }

  get asReal(): FileSystemFileHandle {
    return this as unknown as FileSystemFileHandle;
  }
}

/** The private folder of the page. */
function paperFolder() {
  const handles = new Map<string, PaperHandle>();
  const folder = {
    getFileHandle: (name: string) => {
      const handle = handles.get(name) ?? new PaperHandle(name);
      handles.set(name, handle);
      return Promise.resolve(handle);
    },
    removeEntry: (name: string) => Promise.resolve(void handles.delete(name)),
  };
  return { handles, folder: () => Promise.resolve(folder as unknown as FileSystemDirectoryHandle) };
}

function storageOf(platform: Partial<StoragePlatform>): BrowserStorage {
  const room = () => Promise.resolve(undefined);
  return new BrowserStorage({ ask: undefined, folder: undefined, room, ...platform });
}

const wanted = { id: "transfer-1", name: "a.pdf", size: 3 };
const bytes = Uint8Array.of(1, 2, 3);

Deno.test("where the browser can ask, the file is where the person wants it", async () => {
  const handle = new PaperHandle("my own name.pdf");
  const asked: string[] = [];
  const { handles, folder } = paperFolder();
  const storage = storageOf({
    folder,
    ask: (name) => {
      asked.push(name);
      return Promise.resolve(handle.asReal);
    },
  });
  const sink = await storage.open(wanted);
  await sink?.write(bytes);
  const stored = await sink?.finish();
  assertEquals([stored?.place, stored?.file.name], ["chosen", "my own name.pdf"]);
  assertEquals(await handle.content.bytes(), bytes);
  assertEquals([asked, handles.size], [["a.pdf"], 0]);
});

Deno.test("a person who closes the question gets no file, and a browser that does not ask uses its own disk", async () => {
  const { handles, folder } = paperFolder();
  const refusing = (name: string) =>
    storageOf({ folder, ask: () => Promise.reject(new DOMException("no", name)) });
  assertEquals(await refusing("AbortError").open(wanted), undefined);
  assertEquals(handles.size, 0);
  const sink = await refusing("SecurityError").open(wanted);
  await sink?.write(bytes);
  assertEquals((await sink?.finish())?.place, "kept");
  assertEquals(handles.size, 1);
});

Deno.test("what was stopped is removed, but never a file that was there before", async () => {
  for (const [content, removed] of [["", true], ["older work", false]] as const) {
    const handle = new PaperHandle("a.pdf", { content });
    const sink = await storageOf({ ask: () => Promise.resolve(handle.asReal) }).open(wanted);
    await sink?.write(bytes);
    await sink?.discard();
    await sink?.discard();
    assertEquals([handle.aborted, handle.removed], [true, removed]);
    assertEquals(await handle.content.text(), content);
  }
  const { handles, folder } = paperFolder();
  const sink = await storageOf({ folder }).open(wanted);
  await sink?.write(bytes);
  await sink?.discard();
  assertEquals(handles.size, 0);
});

Deno.test("a lack of room is noticed before the first byte", async () => {
  const { handles, folder } = paperFolder();
  const storage = storageOf({ folder, room: () => Promise.resolve(2) });
  const error = await assertRejects(() => storage.open(wanted), SinkError);
  assertEquals([error.reason, handles.size], ["disk-full", 0]);
});

Deno.test("without a disk, small files are kept in memory and larger ones are rejected", async () => {
  const storage = storageOf({
    folder: () => Promise.reject(new DOMException("", "SecurityError")),
  });
  const sink = await storage.open({ ...wanted, size: memoryBytes });
  const block = bytes.slice();
  await sink?.write(block);
  // The transfer reuses the memory of a written block.
  block.fill(9);
  const stored = await sink?.finish();
  assertEquals(await stored?.file.bytes(), bytes);
  const error = await assertRejects(
    () => storage.open({ ...wanted, size: memoryBytes + 1 }),
    SinkError,
  );
  assertEquals(error.reason, "no-storage");
});

Deno.test("a picture is kept without a question, and its type is by its bytes", async () => {
  const { folder } = paperFolder();
  const ask = () => Promise.reject(new Error("nobody is asked about a picture"));
  const heads: [string, string][] = [
    ["\x89PNG\r\n\x1a\n....", "image/png"],
    ["\xff\xd8\xff\xe0", "image/jpeg"],
    ["GIF89a", "image/gif"],
    ["RIFF....WEBPVP8 ", "image/webp"],
    ["....ftypavif", "image/avif"],
    ["<svg xmlns=", "application/octet-stream"],
    ["<html>", "application/octet-stream"],
    ["", "application/octet-stream"],
  ];
  for (const [head, type] of heads) {
    const content = Uint8Array.from(head, (character) => character.charCodeAt(0));
    const id = `transfer ${type} ${head.length}`;
    const sink = await storageOf({ ask, folder }).open({ id, name: "a.PNG", size: content.length });
    assert(sink);
    await sink.write(content);
    assertEquals((await sink.finish()).file.type, type, head);
    assertEquals(sniff(content) ?? "application/octet-stream", type);
  }
});
