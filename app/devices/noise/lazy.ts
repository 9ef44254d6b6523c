/** What the removal of noise loads late. */

/** With the first microphone from which noise is removed, or the switch for it. */
export const loadNoiseStore = () => import("./noise_store.ts");

/** With the first comparison of the own voice with noise and without. */
export const loadNoiseTrial = () => import("./noise_trial.ts");
