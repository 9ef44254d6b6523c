import { type Context, HttpError, page, type PageProps } from "fresh";
import { Head } from "fresh/runtime";
import type { JSX } from "preact";
import { preferredLanguage } from "../app/ui/language.ts";
import { AdminIsland } from "../islands/AdminIsland.tsx";
import type { State } from "../server/parley.ts";

/** Without an admin token this is a 404 like every unknown path. */
export const handler = {
  GET({ state }: Context<State>) {
    if (state.parley.secrets.admin === undefined) throw new HttpError(404);
    return page();
  },
};

/** The page `/admin`. It holds no data: it requests everything with the token. */
export default function Admin({ config, req }: PageProps): JSX.Element {
  return (
    <div class="page notranslate">
      <Head>
        <title>Parley · admin</title>
        <meta name="robots" content="noindex" />
      </Head>
      <AdminIsland
        language={preferredLanguage(req.headers.get("accept-language"))}
        base={config.basePath}
      />
    </div>
  );
}
