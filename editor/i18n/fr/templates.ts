import type { Strings } from "../strings.js";
import type { templates as en } from "../en/templates.js";

export const templates: Strings<typeof en> = {
  templates: {
    title: "Modèles",
    lead: "Des pratiques qui ferment la boucle, chacune un flux à publier tel quel ou à modifier d'abord.",
    start: "Partir d'un modèle",
    search: "Chercher un modèle",
    system: "Système",
    anySystem: "Tous les systèmes",
    metric: "Type d'avis",
    anyMetric: "Tous les types",
    employees: "Collègues",
    count_one: "{{count}} modèle",
    count_other: "{{count}} modèles",
    none: "Aucun modèle ne convient",
    noneText: "Retirez un filtre, ou écrivez la règle vous-même : une ligne de texte dessine un flux.",
    clear: "Tout afficher",
    why: "Pourquoi cela marche",
    measure: "Ce qu'il faut mesurer",
    needs: "Ce qu'il utilise",
    picture: "Image du flux",
    heard: "À l'écoute de",
    anySource: "Toute source",
    notConnected: "Pas encore de connexion {{system}}. Le flux est dessiné sans elle, vous la choisirez plus tard.",
    connect: "Connecter {{system}}",
    use: "Utiliser ce modèle",
    useText: "Crée un brouillon à vous. Rien ne s'exécute avant sa publication.",
    unknown: "Ce modèle n'existe pas",
    all: "Tous les modèles",
  },
};
