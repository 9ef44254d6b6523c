/** The page's side of disk_worker.ts: requests, each with one answer. */
import { attempt } from "../../protocol/attempt.ts";
import { lateImport } from "../late_import.ts";
import type { DiskAnswer, DiskRequest } from "./disk_worker.ts";

/** Sends a request; resolves when it is carried out. */
export type RequestDisk = (request: DiskRequest) => Promise<void>;

let started: Promise<RequestDisk> | undefined;

/** Starts the worker of this page, once. */
export function startDiskWorker(): Promise<RequestDisk> {
  return started ??= start();
}

async function start(): Promise<RequestDisk> {
  const { address } = await lateImport(() => import("./disk_worker.ts"));
  const worker = new Worker(trusted(address), { type: "module" });
  const waiting = new Map<number, PromiseWithResolvers<void>>();
  let count = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<DiskAnswer>) => {
    const answered = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.failure === undefined) answered?.resolve();
    else answered?.reject(new DOMException("the disk worker failed", data.failure));
  });
  worker.addEventListener("error", () => {
    started = undefined;
    for (const { reject } of waiting.values()) reject(new Error("the disk worker has ended"));
    waiting.clear();
  });
  return (request) => {
    const answered = Promise.withResolvers<void>();
    const id = count++;
    waiting.set(id, answered);
    worker.postMessage({ id, request });
    return answered.promise;
  };
}

/** The part of Trusted Types that is used; TypeScript does not know it yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => string };
}

/** The address of the worker, under a policy that allows no other. */
function trusted(address: string): string {
  const trustedTypes: TrustedTypes | undefined = Reflect.get(globalThis, "trustedTypes");
  const rules = { createScriptURL: () => address };
  const policy = attempt(() => trustedTypes?.createPolicy("parley-disk", rules));
  return policy?.createScriptURL(address) ?? address;
}
