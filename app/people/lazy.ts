/** What the people's views load late. */
import { useModule } from "../ui/use_module.ts";

/** What only owners need. */
export type OwnerViews = typeof import("./late.ts");

/** Loads it for a person who becomes an owner; undefined again after they cease to be one. */
export function useOwnerViews(owns: boolean): OwnerViews | undefined {
  const late = useModule(() => import("./late.ts"), owns);
  return owns ? late : undefined;
}

/** With the first invitation that is drawn. */
export const loadQrCode = () => import("./QrCode.tsx");
