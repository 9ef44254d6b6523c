import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { attempt } from "../../protocol/attempt.ts";
import { useModule } from "../ui/use_module.ts";
import { loadPlanBook, loadPlans } from "./lazy.ts";
import type { PlanBook } from "./mod.ts";
import type { PlansProps } from "./plans_props.ts";

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
    setBook(made);
    return () => removeEventListener("storage", refresh);
  }, [store]);
  if (views === undefined || book === undefined) return null;
  return <views.PlansSection {...props} book={book} />;
}
