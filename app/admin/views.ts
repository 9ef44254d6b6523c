/** The administration as a page. */
export { AdminPage } from "./AdminPage.tsx";
