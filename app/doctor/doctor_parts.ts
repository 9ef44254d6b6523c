/** What the doctor's page uses of this folder. Not in mod.ts, so that no other page loads it. */
export { type DeviceFinding, type DoctorReport, DoctorStore } from "./doctor_store.ts";
export { type DoctorWords, doctorWords } from "../ui/words/doctor.ts";
export type { Words } from "../ui/words/mod.ts";
