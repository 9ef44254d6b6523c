/** What the home page loads of plans, after everything else. */

/** The views. */
export const loadPlans = () => import("./PlansSection.tsx");

/** What is planned and owned. */
export const loadPlanBook = () => import("./plans_store.ts");
