/** What the stage's views load late. */

/** With the first menu, or the first picture that is not received by choice. */
export const loadMenus = () => import("./late.ts");

/** With the first strip that has pages. */
export const loadPager = () => import("./StripPager.tsx");

/** With the first shared screen. */
export const loadScreenExtras = () => import("./ScreenExtras.tsx");
