// Files made in a page and brought to it as a person would, under any name there is.

import type { Peer } from "../rig/mod.ts";

/** How a file comes in. `stage` and `chat` are where it is dropped. */
export type WayIn = "button" | "paste" | "stage" | "chat";

/** What the clipboard or the pointer carries. `at`: a selector of where it is let go. */
export interface Carried {
  readonly files: readonly { readonly name: string; readonly type?: string }[];
  /** By media type. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly at: string;
}

/** Chooses a small file made in the page. */
export async function bringFile(peer: Peer, way: WayIn, name: string): Promise<void> {
  if (way !== "button") {
    const at = { paste: "body", stage: "#stage", chat: ".chat-log" }[way];
    return void await carry(peer, way === "paste" ? "paste" : "drop", { files: [{ name }], at });
  }
  await peer.page.evaluate((name) => {
    const files = new DataTransfer();
    files.items.add(new File(["abc"], name));
    const input = document.querySelector<HTMLInputElement>('input[type="file"]');
    if (input === null) throw new Error("there is no file input");
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, name);
}

/** Pastes or drops; says whether the page took it, so that the browser does nothing with it. */
export async function carry(
  { page }: Peer,
  how: "paste" | "drop",
  carried: Carried,
): Promise<boolean> {
  return await page.evaluate(
    (how, { files, texts, at }) => {
      const data = new DataTransfer();
      for (const [type, text] of Object.entries(texts ?? {})) data.setData(type, text);
      for (const { name, type } of files) data.items.add(new File(["abc"], name, { type }));
      const init = { bubbles: true, cancelable: true };
      const target = document.querySelector(at);
      if (target === null) throw new Error(`there is no ${at}`);
      return !target.dispatchEvent(
        how === "paste"
          ? new ClipboardEvent("paste", { ...init, clipboardData: data })
          : new DragEvent("drop", { ...init, dataTransfer: data }),
      );
    },
    how,
    carried,
  );
}

/** Names of the files that wait to be offered. */
export function chosenFiles({ page }: Peer): Promise<string[]> {
  return page.$$eval(
    ".file-tray .file-name",
    (names) => names.map((name) => name.getAttribute("title") ?? ""),
  );
}
