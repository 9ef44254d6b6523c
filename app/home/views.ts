/** The start page. */
export { Home } from "./Home.tsx";
export { HomeDrawing } from "./HomeDrawing.tsx";
