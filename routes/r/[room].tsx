import { type Context, page, type PageProps } from "fresh";
import { Head } from "fresh/runtime";
import type { JSX } from "preact";
import { preferredLanguage } from "../../app/ui/language.ts";
import { NoticeIsland } from "../../islands/NoticeIsland.tsx";
import { RoomIsland } from "../../islands/RoomIsland.tsx";
import { roomName } from "../../protocol/mod.ts";
import { decodedRoom } from "../../server/request.ts";

/** The canonical room name; undefined: the address holds no valid name. */
interface RoomData {
  readonly room: string | undefined;
}

/** Reads the name of the room; without a valid one the page is a notice with status 404. */
export const handler = {
  GET({ params }: Context<unknown>) {
    const room = roomName(decodedRoom(params.room ?? ""));
    return page<RoomData>({ room }, { status: room === undefined ? 404 : 200 });
  },
};

/**
 * What the island loads late and needs first; with fresh/head.ts it comes with the page. Only the
 * browser knows whether the link has a secret, so a link that joins at once brings the code of
 * sealed rooms too.
 */
const inRoom = ["app/room/Room.tsx", "mesh/sealing/sealed_room.ts"];
const before = ["app/enter/BeforeJoining.tsx"];

/** One room, from the page before joining to the page after leaving. */
export default function Room({ config, data, req, url }: PageProps<RoomData>): JSX.Element {
  const { basePath: base } = config;
  const language = preferredLanguage(req.headers.get("accept-language"));
  const { room } = data;
  const joinsAtOnce = url.searchParams.get("join") === "1";
  return (
    <div class="page">
      <Head>
        <title>{room === undefined ? "Parley" : `${room} · Parley`}</title>
        <meta name="robots" content="noindex" />
        {room !== undefined &&
          (joinsAtOnce ? inRoom : before).map((module) => (
            <link key={module} rel="late-module" href={module} />
          ))}
      </Head>
      {room === undefined
        ? <NoticeIsland language={language} base={base} about="bad-room" />
        : (
          <RoomIsland
            room={room}
            language={language}
            base={base}
            joinsAtOnce={joinsAtOnce}
          />
        )}
    </div>
  );
}
