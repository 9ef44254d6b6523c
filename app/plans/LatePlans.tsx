import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { attempt } from "../../protocol/attempt.ts";
import { loadLateSheet } from "../ui/late_sheet.ts";
import { useModule } from "../ui/use_module.ts";
import { loadPlanBook, loadPlans } from "./lazy.ts";
import type { PlanBook } from "./mod.ts";

/** What the page knows of rooms. */
export interface PlansProps {
  /** The link of a room, from the top of its site, with the secret if this browser has it. */
  readonly linkOf: (room: string) => string;
  /** Makes the secret of a new room, if this browser can seal. */
  readonly onPlan: (room: string) => void;
  readonly newName: () => string;
}

/** Planned rooms and own rooms, once they are loaded. */
export function LatePlans(props: PlansProps): JSX.Element | null {
  const views = useModule(loadPlans, true);
  const store = useModule(loadPlanBook, true);
  const [book, setBook] = useState<PlanBook>();
  useEffect(() => {
    if (store === undefined) return;
    // Blocked: plans live as long as the page.
    const storage = attempt(() => localStorage);
    const made = new store.PlanBook({ storage });
    const refresh = () => made.refresh();
    addEventListener("storage", refresh);
    void loadLateSheet().then(() => setBook(made));
    return () => removeEventListener("storage", refresh);
  }, [store]);
  if (views === undefined || book === undefined) return null;
  return <views.PlansSection {...props} book={book} />;
}
