import { useEffect, useMemo, useState } from "preact/hooks";
import type { JSX } from "preact";
import { Home } from "../app/home/views.ts";
import { LatePlans } from "../app/plans/views.ts";
import { PageHeader } from "../app/ui/PageHeader.tsx";
import { PageShell } from "../app/ui/PageShell.tsx";
import { roomLink } from "../app/ui/base.ts";
import { LateImportContext } from "../app/ui/use_module.ts";
import { useShell } from "../app/ui/use_shell.ts";
import type { Language } from "../app/ui/words/mod.ts";
// Not from app/mod.ts: bundlers would put all of it into the first script.
import { Page } from "../app/ui/page.ts";
import { browserStorage } from "../app/ui/preferences.ts";
import { pastedLine, randomRoomName, readPasted } from "../app/home/mod.ts";
import { lateImport, newSecret, sealsHere } from "../mesh/mod.ts";

/** `language`: chosen by the server from the request. `base`: see app/ui/base.ts. */
export interface HomeIslandProps {
  readonly language: Language;
  readonly base: string;
}

/** The home page's live part. */
export function HomeIsland(props: HomeIslandProps): JSX.Element {
  return (
    <LateImportContext.Provider value={lateImport}>
      <LiveHome {...props} />
    </LateImportContext.Provider>
  );
}

function LiveHome({ language, base }: HomeIslandProps): JSX.Element {
  const page = useMemo(() => new Page(language, browserStorage()), []);
  const [newRoom, setNewRoom] = useState("");
  useEffect(() => {
    setNewRoom(randomRoomName());
    return page.show(document.documentElement);
  }, []);
  useShell(base);
  const start = () => {
    const secret = sealsHere() ? newSecret() : undefined;
    location.assign(roomLink({ base, room: newRoom === "" ? randomRoomName() : newRoom, secret }));
  };
  const home = () => new URL(`${base}/`, location.href).href;
  const join = (text: string) => {
    const pasted = readPasted(text, home());
    const [link, ...others] = pasted.kind === "links" ? pasted.links : [];
    // Follows only unambiguous links, and never to another server unasked.
    if (link?.sure && link.host === undefined && others.length === 0) location.assign(link.href);
    return pasted;
  };
  return (
    <PageShell page={page} base={base} header={<PageHeader page={page} />}>
      <Home
        newRoom={newRoom}
        visits={page.book.current.value.visits.map(({ room, at }) => ({
          ...{ room, at },
          href: roomLink({ base, room, secret: page.keys.of(room).secret }),
        }))}
        now={Date.now()}
        onAnother={() => setNewRoom(randomRoomName())}
        onStart={start}
        onJoin={join}
        onPaste={(clipboard) => pastedLine(clipboard, home())}
        onForget={(room) => {
          page.keys.forget(room);
          page.book.forget(room);
        }}
      >
        <LatePlans
          linkOf={(room) => roomLink({ base, room, secret: page.keys.of(room).secret })}
          onPlan={(room) => {
            if (sealsHere() && JSON.stringify(page.keys.of(room)) === "{}") {
              page.keys.keep(room, { secret: newSecret() });
            }
          }}
          newName={randomRoomName}
        />
      </Home>
    </PageShell>
  );
}
