import { useEffect, useMemo } from "preact/hooks";
import type { JSX } from "preact";
import { AdminPage } from "../app/admin/views.ts";
import { PageHeader } from "../app/ui/PageHeader.tsx";
import { PageShell } from "../app/ui/PageShell.tsx";
import { AdminStore } from "../app/admin/mod.ts";
import { type Language, ownWords } from "../app/ui/words/mod.ts";
import { Page } from "../app/ui/page.ts";
import { browserStorage } from "../app/ui/preferences.ts";

/** The refresh interval of a visible page, ms. */
const everyMs = 5_000;

/** The administration in the browser. */
export function AdminIsland({ language, base }: {
  language: Language;
  base: string;
}): JSX.Element {
  const page = useMemo(() => new Page(language, browserStorage()), []);
  const admin = useMemo(() => newAdmin(base), []);
  useEffect(() => {
    void admin.refresh();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void admin.refresh();
    }, everyMs);
    const undo = page.show(document.documentElement);
    return () => {
      clearInterval(timer);
      undo();
    };
  }, []);
  return (
    <PageShell page={page} base={base} header={<PageHeader page={page} />}>
      <AdminPage
        place={admin.place.value}
        trouble={admin.trouble.value}
        nodes={admin.nodes.value}
        words={ownWords(page.words.value, "admin")}
        onEnter={(token) => void admin.enter(token)}
        onLeave={() => admin.leave()}
        onOpen={(room) => void admin.open(room)}
        onRemove={(room, whom) => void admin.remove(room, whom)}
        onClose={(room) => void admin.close(room)}
        onDrain={() => void admin.drain()}
      />
    </PageShell>
  );
}

/** The server renders the sign-in form; only the browser knows whether this tab is signed in. */
function newAdmin(base: string): AdminStore {
  const isHere = typeof document !== "undefined";
  return new AdminStore({
    base,
    storage: isHere ? tabStorage() : undefined,
    fetch: (...given) => fetch(...given),
  });
}

function tabStorage(): Storage | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}
