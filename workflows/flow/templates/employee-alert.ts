import { days, drawn, end, kitOf, ofEmployees, scoreAtMost } from "./kit.js";
import { inEnglish as en, inFrench as fr } from "./said.js";
import type { Template } from "./template.js";

/** Nothing of who answered, of what, or of when: the step after the wait says that there is something to read in the groups. */
const texts = {
  en: {
    when: "Low pulse of an employee",
    monday: "Until Monday, with the others",
    tell: "Tell the people team",
    tellText:
      "*The pulse has low answers since last week.* Read them in groups under Feedback, and look for what several say.",
    ask: "Is it on the agenda?",
    asked: "Will the pulse be spoken of this week?",
    askedText: `Approve once a conversation with the team is planned. Do not look for who answered.\n${en.run}`,
    remind: "Remind once",
    remindText: "*Nobody has planned a conversation about the pulse yet.* Silence after a question is an answer too.",
    planned: "conversation planned",
    open: "not planned",
  },
  fr: {
    when: "Baromètre bas d'un collègue",
    monday: "Jusqu'à lundi, avec les autres",
    tell: "Prévenir l'équipe RH",
    tellText:
      "*Le baromètre compte des réponses basses depuis la semaine dernière.* Lisez-les par groupes sous Retours, et cherchez ce que plusieurs disent.",
    ask: "Est-ce à l'ordre du jour ?",
    asked: "Parlera-t-on du baromètre cette semaine ?",
    askedText: `Approuvez une fois l'échange avec l'équipe prévu. Ne cherchez pas qui a répondu.\n${fr.run}`,
    remind: "Relancer une fois",
    remindText:
      "*Personne n'a encore prévu d'échange sur le baromètre.* Se taire après une question est aussi une réponse.",
    planned: "échange prévu",
    open: "rien de prévu",
  },
};

export const employeeAlert: Template = {
  id: "employee-alert",
  systems: ["slack"],
  metrics: ["nps"],
  ofEmployees: true,
  words: {
    en: {
      title: "Employee engagement alert",
      summary:
        "Tells the people team on Monday that the pulse has low answers, without who, what or when, and asks that it be spoken of.",
      rationale:
        "Colleagues go on answering as long as nobody is found out and something follows. So it waits until Monday, when one low answer stands among others, says nothing of the person, and asks for a conversation with the team instead of with one.",
      measure: "Whether a conversation was planned within the week, and the share who answer the next pulse.",
    },
    fr: {
      title: "Alerte sur l'engagement des collègues",
      summary:
        "Dit le lundi aux RH que le baromètre compte des réponses basses, sans qui, quoi ni quand, et demande qu'on en parle.",
      rationale:
        "On répond tant que personne n'est démasqué et que quelque chose suit. Le flux attend donc lundi, quand une réponse basse est parmi d'autres, ne dit rien de la personne et demande un échange avec l'équipe plutôt qu'avec quelqu'un.",
      measure: "Si un échange a été prévu dans la semaine, et la part qui répond au baromètre suivant.",
    },
  },
  draw: (house) => {
    const kit = kitOf(house);
    const t = texts[house.language];
    return drawn(
      [
        kit.when(t.when, { metrics: ["nps"], rows: [ofEmployees, scoreAtMost(6)] }),
        kit.until("monday", t.monday, "09:00", [1]),
        kit.post("tell", t.tell, { channel: "#people", text: t.tellText }),
        kit.ask("ask", t.ask, { channel: "#people", title: t.asked, text: t.askedText, expiresAfter: days(3) }),
        kit.post("remind", t.remind, { channel: "#people", text: t.remindText }),
        end("planned", t.planned),
        end("open", t.open),
      ],
      `feedback > monday, monday > tell, tell > ask, ask:approved > planned, ask:rejected > remind, ask:expired > remind,
       remind > open`,
    );
  },
};
