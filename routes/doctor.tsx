import type { PageProps } from "fresh";
import { Head } from "fresh/runtime";
import type { JSX } from "preact";
import { preferredLanguage } from "../app/ui/language.ts";
import { DoctorIsland } from "../islands/DoctorIsland.tsx";

/** The checks of `parley doctor` that run in a browser. */
export default function Doctor({ config, req }: PageProps): JSX.Element {
  return (
    <div class="page notranslate">
      <Head>
        <title>Parley · doctor</title>
        <meta name="robots" content="noindex" />
      </Head>
      <DoctorIsland
        language={preferredLanguage(req.headers.get("accept-language"))}
        base={config.basePath}
      />
    </div>
  );
}
