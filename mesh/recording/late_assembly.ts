/** The code that makes files of tracks, half a megabyte: loaded when the first one is saved. */
export const loadAssembly = () => import("./assembly/mod.ts");
