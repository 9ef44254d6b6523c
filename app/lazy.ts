/** What the page of a room loads late; what a feature loads is in its own lazy.ts. */

/** While the person looks at the page before joining, or while a link joins. */
export const loadRoom = () => import("./room/Room.tsx");

/** With the room, if its link has a secret. */
export const loadSealedRoom = () => import("../mesh/sealing/sealed_room.ts");

/** Loaded with the room, so that a person without network can still read why. */
export const loadLateRoom = () => import("./room/late.ts");

/** If another page shows this one. */
export const loadEmbedding = () => import("./call/embedded.ts");

/** If there may be files that a page has left on the disk. */
export const loadKeptFiles = () => import("../mesh/files/kept_files.ts");

/** With the first sign that a person is about to join. */
export const loadWarmSocket = () => import("../mesh/signaling/warm_socket.ts");
