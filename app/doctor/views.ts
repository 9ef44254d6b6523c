/** The doctor's page in the browser. */
export { DoctorPage } from "./DoctorPage.tsx";
