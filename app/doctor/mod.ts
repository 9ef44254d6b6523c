/** What the self-check has found out. */
export { DoctorStore } from "./doctor_store.ts";
