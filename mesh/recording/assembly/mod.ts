export { alignTrack } from "./aligned_track.ts";
export { makeFilm } from "./film.ts";
export { zipFiles } from "./zip.ts";
