import { useEffect, useMemo } from "preact/hooks";
import type { JSX } from "preact";
import { DoctorPage } from "../app/doctor/views.ts";
import { PageHeader } from "../app/ui/PageHeader.tsx";
import { PageShell } from "../app/ui/PageShell.tsx";
import { watchLevel } from "../mesh/mod.ts";
import { DoctorStore } from "../app/doctor/mod.ts";
import { type Language, ownWords } from "../app/ui/words/mod.ts";
import { Page } from "../app/ui/page.ts";
import { browserStorage } from "../app/ui/preferences.ts";
import { attempt } from "../app/ui/this_browser.ts";

/** The doctor's page in the browser. */
export function DoctorIsland({ language, base }: {
  language: Language;
  base: string;
}): JSX.Element {
  const page = useMemo(() => new Page(language, browserStorage()), []);
  const doctor = useMemo(() => newDoctor(base), []);
  useEffect(() => {
    void doctor.run();
    const undo = page.show(document.documentElement);
    return () => {
      undo();
      doctor.close();
    };
  }, []);
  return (
    <PageShell page={page} base={base} header={<PageHeader page={page} />}>
      <DoctorPage
        report={doctor.report}
        words={ownWords(page.words.value, "doctor")}
        onAgain={() => void doctor.run()}
        onTry={() => void doctor.tryDevices()}
        watch={watchLevel}
      />
    </PageShell>
  );
}

/** The server renders the page before any check, as if it were secure. */
function newDoctor(base: string): DoctorStore {
  const isHere = typeof document !== "undefined";
  return new DoctorStore({
    server: isHere ? location.origin + base : base,
    secure: !isHere || isSecureContext,
    mediaDevices: isHere ? attempt(() => navigator.mediaDevices) : undefined,
  });
}
