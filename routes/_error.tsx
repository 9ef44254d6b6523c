import { HttpError, type PageProps } from "fresh";
import { Head } from "fresh/runtime";
import type { JSX } from "preact";
import { preferredLanguage } from "../app/ui/language.ts";
import { NoticeIsland } from "../islands/NoticeIsland.tsx";
import { readAddress } from "../server/addresses.ts";

/** The page for a 404 or a failure; it offers the room that a misspelt address may mean. */
export default function Failure({ error, config, req }: PageProps): JSX.Element {
  const missing = error instanceof HttpError && error.status < 500;
  const meant = readAddress(new URL(req.url), config.basePath);
  return (
    <div class="page notranslate">
      <Head>
        <title>Parley</title>
      </Head>
      <NoticeIsland
        language={preferredLanguage(req.headers.get("accept-language"))}
        base={config.basePath}
        about={missing ? "not-found" : "broken"}
        offer={missing && meant.kind === "offer"
          ? { room: meant.room, href: meant.location }
          : undefined}
      />
    </div>
  );
}
