/** What the stage's views load late. */

/** Before its first use, so that menus open complete. */
export const loadMenus = () => import("./late.ts");

/** With the first strip that has pages. */
export const loadPager = () => import("./StripPager.tsx");

/** With the first shared screen. */
export const loadScreenExtras = () => import("./ScreenExtras.tsx");
