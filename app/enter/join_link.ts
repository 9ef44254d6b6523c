/** What a link says about how to enter: `/r/<room>?name=Ann&join=1&camera=0&microphone=0`. */
import { cleanPersonName } from "../../protocol/names.ts";

/** How to join a room; `name` is undefined if the link has no valid one. */
export interface JoinLink {
  readonly name: string | undefined;
  /** Join at once, without the page before. */
  readonly join: boolean;
  readonly camera: boolean;
  readonly microphone: boolean;
  /** Media through a relay only. */
  readonly relay: boolean;
}

/** Reads the query of a page's address. Devices are on unless it says 0. */
export function readJoinLink(search: string): JoinLink {
  const query = new URLSearchParams(search);
  return {
    name: cleanPersonName(query.get("name") ?? ""),
    join: query.get("join") === "1",
    camera: query.get("camera") !== "0",
    microphone: query.get("microphone") !== "0",
    relay: query.get("relay") === "1",
  };
}
