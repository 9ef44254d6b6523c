import type { PageProps } from "fresh";
import { Head } from "fresh/runtime";
import type { JSX } from "preact";
import { HomeDrawing } from "../app/home/views.ts";
import { preferredLanguage } from "../app/ui/language.ts";
import { HomeIsland } from "../islands/HomeIsland.tsx";

/** The home page. */
export default function Home({ config, req }: PageProps): JSX.Element {
  return (
    <div class="home notranslate">
      <Head>
        <title>Parley</title>
      </Head>
      <HomeIsland
        language={preferredLanguage(req.headers.get("accept-language"))}
        base={config.basePath}
      />
      <HomeDrawing />
    </div>
  );
}
