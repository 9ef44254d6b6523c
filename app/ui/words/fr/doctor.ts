/** The French words of the page /doctor. */
import type * as english from "../en/doctor.ts";
import type { Spoken } from "../plurals.ts";

/** Only that page has them. */
export const doctor: Spoken<"fr", typeof english.doctor> = {
  title: "Vérification des appels",
  lead:
    "Vérifie ce qu’il faut à un appel dans ce navigateur et sur ce réseau. Personne d’autre ne vous voit ni ne vous entend.",
  again: "Vérifier à nouveau",
  copy: "Copier le rapport",
  summary: {
    running: "Vérification…",
    good: "Tout va bien. Les appels devraient fonctionner d’ici.",
    poor:
      "Les appels fonctionnent d’ici, mais pas avec tout le monde ou pas au mieux. Voyez ci-dessous que faire.",
    bad: "Les appels ne peuvent pas fonctionner d’ici. Voyez ci-dessous que faire.",
  },
  verdict: {
    open: "Non vérifié",
    running: "Vérification",
    good: "Bon",
    poor: "Peut mieux faire",
    bad: "Ne fonctionne pas",
  },
  page: {
    title: "Page sécurisée",
    good: "Cette page est sécurisée, elle peut donc utiliser la caméra et le micro.",
    bad:
      "Les navigateurs n’autorisent la caméra et le micro que sur des pages sécurisées. Ouvrez ce site avec https:// ; son opérateur peut l’activer avec --tls-self-signed ou --acme-domain.",
  },
  server: {
    title: "Connexion au serveur",
    running: "Ouverture d’une connexion…",
    good: "Le serveur répond ; la connexion a pris {ms} ms.",
    noSocket:
      "Les pages se chargent, mais la connexion permanente (WebSocket) ne s’ouvre pas. Un proxy ou un pare-feu la bloque : l’opérateur du serveur trouvera les réglages du proxy dans docs/deploy.md et peut exécuter « parley doctor ».",
    noServer: "Le serveur ne répond plus. Assurez-vous d’être en ligne, puis vérifiez à nouveau.",
    busy: "Le serveur répond, mais n’admet personne pour l’instant. Réessayez dans une minute.",
  },
  meeting: {
    title: "Appels dans ce navigateur",
    running: "Connexion de deux extrémités dans ce navigateur…",
    good: "Deux extrémités dans ce navigateur se sont connectées.",
    unsupported:
      "Ce navigateur ne prend pas en charge les appels (WebRTC), ou une extension ou une règle les a désactivés. Utilisez un Chrome, Edge, Firefox ou Safari récent.",
    noPath:
      "Deux extrémités dans ce navigateur n’ont pas pu se connecter. La cause habituelle est une extension, un VPN ou une règle qui cache les adresses ; désactivez-le pour ce site.",
  },
  stun: {
    title: "Accès à Internet",
    running: "Demande de l’adresse publique…",
    good: "Ce réseau laisse sortir les appels par UDP.",
    none:
      "Le serveur n’indique aucun serveur STUN : des personnes sur des réseaux différents ne pourront peut-être pas se connecter. Pour l’opérateur : démarrez-le sans --no-turn, ou indiquez-en un avec --ice-servers ou --turn-urls.",
    bad:
      "Pas de réponse par UDP. Un pare-feu le bloque, les appels ont donc besoin d’un relais par TCP ou TLS ; voir ci-dessous.",
  },
  relay: {
    elsewhere: "{rung} ({host})",
    none: "Relais",
    noneLine:
      "Le serveur n’offre pas de relais : deux personnes sur des réseaux stricts ne peuvent pas se connecter. Pour l’opérateur : démarrez-le sans --no-turn, ou indiquez un relais avec --turn-urls et --turn-secret-file.",
    open: "En attente de la vérification précédente.",
    running: "Envoi d’un message par le relais…",
    good: "Un message est revenu par le relais en {ms} ms.",
    noRelay:
      "Le relais est injoignable par {transport} d’ici. Si une autre voie fonctionne, les appels l’utilisent.",
    untrusted:
      "Il faut un certificat reconnu par les navigateurs ; un certificat auto-signé ne suffit pas, même si vous l’avez accepté pour cette page.",
    refused:
      "Le relais refuse les identifiants. Pour l’opérateur : le secret de --turn-secret-file doit être celui du relais, et les deux horloges doivent être justes.",
    noPath:
      "Le relais répond, mais ne transmet rien. Pour l’opérateur : ses ports média sont fermés, ou il refuse sa propre adresse ; exécutez « parley doctor ».",
    unsupported: "Ce navigateur ne peut pas utiliser ce relais.",
  },
  devices: {
    title: "Caméra et micro",
    line:
      "Le navigateur demandera l’autorisation. Ce qu’ils voient et entendent reste sur cette page.",
    action: "Tester la caméra et le micro",
    camera: "Caméra",
    cameraGood: "Vous devriez vous voir : {width} × {height}.",
    microphone: "Micro",
    microphoneGood: "Dites quelque chose : les barres devraient bouger.",
    preview: "Votre caméra",
  },
};
