import type { PageProps } from "fresh";
import { asset } from "fresh/runtime";
import type { JSX } from "preact";
import { IconShapes } from "../components/IconShapes.tsx";
import { preferredLanguage } from "../components/language.ts";

/** The document around every page. */
export default function Document({ Component, req }: PageProps): JSX.Element {
  return (
    <html lang={preferredLanguage(req.headers.get("accept-language"))}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f5f3ee" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#111716" />
        <script src={asset("/boot.js")} />
        <link rel="icon" type="image/svg+xml" href={asset("/favicon.svg")} />
        <link rel="stylesheet" href={asset("/styles.css")} />
      </head>
      <body>
        <IconShapes />
        <Component />
      </body>
    </html>
  );
}
