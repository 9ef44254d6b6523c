/** What a call loads of talking after the first pictures. */

/** Screen sharing, reactions and hints. */
export const loadTalkStore = () => import("./talk_store.ts");

/** With the first own shared screen. */
export const loadOwnShare = () => import("./OwnShare.tsx");

/** When nothing has come from the own microphone for a while: finds out why, and tells it. */
export async function loadSilence() {
  const [view, store] = await Promise.all([
    import("./SilentMicrophone.tsx"),
    import("./silence_store.ts"),
  ]);
  return { ...view, ...store };
}
