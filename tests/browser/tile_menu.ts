import { type Peer, waitFor } from "../rig/mod.ts";

/** Opens the menu of a tile as the Enter key does; one need not see the key for that. */
export async function openMenu({ page }: Peer, name: string): Promise<void> {
  const key = await waitFor(() => page.$(`[aria-label="Options for ${name}"]`), {
    what: `the key of ${name}'s menu`,
  });
  await key.focus();
  await page.keyboard.press("Enter");
  await waitFor(() => page.$(".tile-menu .menu-row"), { what: "the menu" });
}
