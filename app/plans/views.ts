/** The part of the home page about planned and owned rooms. */
export { LatePlans } from "./LatePlans.tsx";
