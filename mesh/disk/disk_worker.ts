/**
 * The worker in which files are written where pages cannot (Safari before 26). It imports nothing,
 * and does nothing in a page. Invariant: bytes go to a file with another name, which
 * gets its own when it is whole.
 */
/** The address of this module, for `new Worker`. */
export const address = import.meta.url;

/** `path`: folders from the root. `file`: its path and name, joined with slashes. */
export type DiskRequest =
  | { readonly kind: "open"; readonly path: readonly string[]; readonly name: string }
  | {
    readonly kind: "write";
    readonly file: string;
    readonly data: Uint8Array<ArrayBuffer>;
    /** Bytes from the start of the file. */
    readonly position: number;
  }
  | { readonly kind: "close" | "abort"; readonly file: string };

/** `failure`: the name of the error, if the request failed. */
export interface DiskAnswer {
  readonly id: number;
  readonly failure: string | undefined;
}

/** Not in TypeScript's library for pages. */
interface SyncAccessHandle {
  write(data: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}
type SyncFileHandle = FileSystemFileHandle & {
  createSyncAccessHandle(): Promise<SyncAccessHandle>;
  move(name: string): Promise<void>;
};

interface OpenFile {
  readonly handle: SyncFileHandle;
  readonly access: SyncAccessHandle;
  readonly folder: FileSystemDirectoryHandle;
  readonly name: string;
}

const unfinished = ".part";

/** Writes files as a page requests. */
class DiskWorker {
  readonly #files = new Map<string, OpenFile>();

  async handle(request: DiskRequest): Promise<void> {
    if (request.kind === "open") return await this.#open(request);
    const file = this.#files.get(request.file);
    if (file === undefined) {
      if (request.kind === "abort") return;
      throw new Error(`${request.file} is not open`);
    }
    if (request.kind === "write") {
      const { data, position } = request;
      const written = file.access.write(data, { at: position });
      // A full disk may also show as fewer bytes.
      if (written < data.byteLength) throw new DOMException("no room", "QuotaExceededError");
      return;
    }
    this.#files.delete(request.file);
    if (request.kind === "close") file.access.flush();
    file.access.close();
    if (request.kind === "close") await file.handle.move(file.name);
    else await file.folder.removeEntry(`${file.name}${unfinished}`);
  }

  async #open({ path, name }: Extract<DiskRequest, { kind: "open" }>): Promise<void> {
    let folder = await navigator.storage.getDirectory();
    for (const each of path) folder = await folder.getDirectoryHandle(each, { create: true });
    const entry = await folder.getFileHandle(`${name}${unfinished}`, { create: true });
    const handle = entry as SyncFileHandle;
    const access = await handle.createSyncAccessHandle();
    access.truncate(0);
    this.#files.set([...path, name].join("/"), { handle, access, folder, name });
  }
}

if (!("document" in globalThis)) {
  const worker = new DiskWorker();
  addEventListener("message", ({ data }: MessageEvent<{ id: number; request: DiskRequest }>) => {
    const answer = (failure?: string) => {
      postMessage({ id: data.id, failure } satisfies DiskAnswer);
    };
    worker.handle(data.request).then(
      () => answer(),
      (error: unknown) => answer(error instanceof Error ? error.name : "Error"),
    );
  });
}
