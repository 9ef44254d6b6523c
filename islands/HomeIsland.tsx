import "../components/shared.ts";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { JSX } from "preact";
import { BaseContext } from "../components/base.ts";
import { Home } from "../components/Home.tsx";
import { PageHeader } from "../components/PageHeader.tsx";
import { PageWords } from "../components/PageWords.tsx";
import { useShell } from "../components/use_shell.ts";
import { WordsContext } from "../components/words.ts";
import type { Language } from "../state/i18n/mod.ts";
// Not from state/mod.ts: bundlers would put all of it into what every page loads.
import { Page } from "../state/page.ts";
import { browserStorage } from "../state/preferences.ts";
import { pastedLine, readPasted } from "../state/pasted.ts";
import { randomRoomName } from "../state/room_names.ts";

/** `language`: what the server took from the browser's header. `base`: see components/base.ts. */
export interface HomeIslandProps {
  readonly language: Language;
  readonly base: string;
}

/** The home page's live part. */
export function HomeIsland({ language, base }: HomeIslandProps): JSX.Element {
  const page = useMemo(() => new Page(language, browserStorage()), []);
  const [newRoom, setNewRoom] = useState("");
  useEffect(() => {
    setNewRoom(randomRoomName());
    return page.show(document.documentElement);
  }, []);
  useShell(base);
  const open = (room: string) => location.assign(`${base}/r/${encodeURIComponent(room)}`);
  const home = () => new URL(`${base}/`, location.href).href;
  const join = (text: string) => {
    const pasted = readPasted(text, home());
    const [link, ...others] = pasted.kind === "links" ? pasted.links : [];
    // Only to where there is no doubt, and never to another server unasked.
    if (link?.sure && link.host === undefined && others.length === 0) location.assign(link.href);
    return pasted;
  };
  return (
    <BaseContext.Provider value={base}>
      <WordsContext.Provider value={page.words.value}>
        <PageWords language={language} />
        <PageHeader
          language={page.language.value}
          theme={page.theme.value}
          onLanguage={(chosen) => page.book.change({ language: chosen })}
          onTheme={(theme) => page.book.change({ theme })}
        />
        <Home
          newRoom={newRoom}
          visits={page.book.current.value.visits}
          now={Date.now()}
          onAnother={() => setNewRoom(randomRoomName())}
          onStart={() => open(newRoom === "" ? randomRoomName() : newRoom)}
          onJoin={join}
          onPaste={(clipboard) => pastedLine(clipboard, home())}
          onForget={(room) => page.book.forget(room)}
        />
      </WordsContext.Provider>
    </BaseContext.Provider>
  );
}
