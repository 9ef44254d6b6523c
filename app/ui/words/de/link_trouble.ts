/** The German words about links to sealed rooms that lead nowhere. */
import type * as english from "../en/link_trouble.ts";
import type { Spoken } from "../plurals.ts";

/** Links to sealed rooms that lead nowhere. */
export const linkTrouble: Spoken<"de", typeof english.linkTrouble> = {
  sealed: "Dieser Link ist unvollständig",
  sealedLead: "Der Teil nach # fehlt. Bitten Sie die einladende Person um den ganzen Link.",
  unsealed: "Ein anderer Raum hat jetzt diesen Namen",
  unsealedLead: "Er wurde ohne Ihren Link geöffnet, also ist niemand darin verifiziert.",
  newRoom: "Neuen Raum starten",
  linkChanged: "Der Link zu diesem Raum hat sich geändert",
  linkChangedLead: "Bitten Sie jemanden im Raum um den neuen Link.",
  cutLead: "Etwas vom Teil nach # fehlt. Bitten Sie die einladende Person um den ganzen Link.",
  insecure: "Dieser Link erfordert eine sichere Seite",
  insecureLead:
    "Links mit einem Teil nach # funktionieren nur über https. Öffnen Sie ihn mit https:// statt http://.",
};
