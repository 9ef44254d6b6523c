/** The page that finds out what works from this browser. */
export { DoctorPage } from "./DoctorPage.tsx";
