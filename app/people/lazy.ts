/** What the people's views load late. */
import { useModule } from "../ui/use_module.ts";

/** The views that only owners need. */
export type OwnerViews = typeof import("./late.ts");

/** Loads them when a person becomes an owner; undefined again when they no longer are one. */
export function useOwnerViews(owns: boolean): OwnerViews | undefined {
  const late = useModule(() => import("./late.ts"), owns);
  return owns ? late : undefined;
}

/** With the first invitation that is drawn. */
export const loadQrCode = () => import("./QrCode.tsx");
