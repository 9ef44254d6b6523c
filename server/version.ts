/** The version of this program (semver). */
export const version = "0.1.0";
