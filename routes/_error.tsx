import { HttpError, type PageProps } from "fresh";
import { Head } from "fresh/runtime";
import type { JSX } from "preact";
import { preferredLanguage } from "../components/language.ts";
import { NoticeIsland } from "../islands/NoticeIsland.tsx";

/** Nothing here, or something broke: said in words, with a way out. */
export default function Failure({ error, config, req }: PageProps): JSX.Element {
  const missing = error instanceof HttpError && error.status < 500;
  return (
    <div class="page notranslate">
      <Head>
        <title>Parley</title>
      </Head>
      <NoticeIsland
        language={preferredLanguage(req.headers.get("accept-language"))}
        base={config.basePath}
        about={missing ? "not-found" : "broken"}
      />
    </div>
  );
}
