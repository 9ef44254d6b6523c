import type { PageProps } from "fresh";
import { asset } from "fresh/runtime";
import type { JSX } from "preact";
import { IconShapes } from "../app/ui/IconShapes.tsx";
import { preferredLanguage } from "../app/ui/language.ts";
import { lateSheetRel } from "../app/ui/late_sheet.ts";
import { directionOf } from "../app/ui/words/languages.ts";
import { wordsId, wordsOf } from "../app/ui/words/mod.ts";
import { atRoom, roomName, subprotocols } from "../protocol/mod.ts";
import { decodedRoom } from "../server/request.ts";

/** The stylesheet of each route; all others have the common one. See scripts/stylesheets.ts. */
const sheets: Readonly<Record<string, string>> = {
  "/r/:room": "room",
  "/admin": "desk",
  "/doctor": "desk",
};

/** The document around every page. */
export default function Document(
  { Component, config, params, req, route, url }: PageProps,
): JSX.Element {
  const language = preferredLanguage(req.headers.get("accept-language"));
  const file = (path: string) => asset(config.basePath + path);
  const sheet = sheets[route ?? ""] ?? "styles";
  const lateSheet = sheet === "room" ? "room_late" : undefined;
  const room = roomName(decodedRoom(params.room ?? ""));
  const joinsAtOnce = room !== undefined && url.searchParams.get("join") === "1";
  const socket = joinsAtOnce && {
    "data-socket": atRoom(`${config.basePath}/ws`, room),
    "data-subprotocols": subprotocols.join(" "),
  };
  const { home, admin, doctor, ...words } = wordsOf(language);
  const own = { "/": { home }, "/admin": { admin }, "/doctor": { doctor } }[route ?? ""];
  const data = JSON.stringify({ ...words, ...own });
  return (
    <html lang={language} dir={directionOf(language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f5f3ee" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#111716" />
        <script src={file("/boot.js")} {...socket} />
        <link rel="icon" type="image/svg+xml" href={file("/favicon.svg")} />
        <link rel="apple-touch-icon" href={file("/icons/apple-touch.png")} />
        <link rel="manifest" href={file(`/manifest.${language}.webmanifest`)} />
        <link rel="stylesheet" href={file(`/${sheet}.css`)} />
        {lateSheet !== undefined && <link rel={lateSheetRel} href={file(`/${lateSheet}.css`)} />}
      </head>
      <body>
        <IconShapes />
        <Component />
        <script
          type="application/json"
          id={wordsId}
          lang={language}
          // As a text node, each of its many quotes would be six bytes; "<" could end the element.
          dangerouslySetInnerHTML={{ __html: data.replaceAll("<", "\\u003c") }}
        />
      </body>
    </html>
  );
}
