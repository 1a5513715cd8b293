// A committee's whole life: the mission prepares a meeting, gathers visas by letter and on the page, an elected member
// withdraws from a matter, the quorum is lost and found, the committee votes and decides, the minutes are approved and
// published, the act leaves for the tool that signs it and comes back with its number and receipt.
import assert from "node:assert/strict";
import { clean, enter, letters, run } from "./city.mjs";
import { Deeds } from "./deeds.mjs";
import { keyboard, pointer } from "./hand.mjs";
import { even, walks } from "./walk.mjs";

const rows = [
  { lang: "fr", script: true, width: 1280, dark: false, hand: pointer, name: "in French, with a pointer" },
  { lang: "en", script: true, width: 320, dark: true, hand: pointer, name: "in English, at 320 px, in the dark" },
  { lang: "en", script: false, width: 1280, dark: false, hand: keyboard, name: "in English, without scripts, by keyboard" },
];

const question = "Généraliser la collecte guidée à toute la ville ?", other = "Choisir l’éditeur de l’application",
  third = "Dire aux riverains où sont les capteurs";
const report = "Note au comité : la collecte guidée";
const paper = (text) => ({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from(`${text}\n`) });

/** The people of a meeting: the mission that keeps it, its president, three directorates, a resident. */
class Committee extends Deeds {
  meeting(below = "") {
    const at = { hold: ["/tenue", "/sitting"], file: ["/dossier", "/file"], minutes: ["/proces-verbal", "/minutes"], "": ["", ""] }[below];
    return this.at(`/seances/${this.number}${at[0]}`, `/meetings/${this.number}${at[1]}`);
  }

  async prepare() {
    const page = (this.mission = await this.as("Sabine Lenoir"));
    await page.goto(this.at("/comites", "/committees"));
    await clean(page, "the committees");
    await page.goto(this.at("/comites/COPIL", "/committees/COPIL"));
    await clean(page, "the committee");
    await this.deed(page, "prepare", { day: "2018-04-04", place: "Hôtel de Ville", title: "Séance d’avril" });
    await this.done(page, "a meeting is prepared");
    await this.send(page, page.locator("section[aria-labelledby=meetings] li", { hasText: "Séance d’avril" }).getByRole("link"));
    this.number = page.url().match(/COPIL-2018-\d+/)[0];
    await clean(page, "an empty agenda");
  }

  // The question of the portfolio is put as it stands: nothing is typed again.
  async agenda() {
    const page = this.mission;
    await this.deed(page, "questions", { questions: [question], nature: "opinion" });
    await this.done(page, "a question is put");
    await this.deed(page, "add", { title: other, summary: "Trois offres ont été reçues.", minutes: "15" });
    await this.done(page, "an item is put");
    await this.deed(page, "add", { title: third, summary: "Une carte et un écriteau sur chaque conteneur.", project: "P-2016-2", minutes: "15" });
    await this.done(page, "an item about a project is put");
    const items = page.locator("ol.agenda .agenda-title a");
    assert.deepEqual((await items.allInnerTexts()).map(even), [question, other, third]);
    [this.item, this.second] = await items.evaluateAll((all) => all.map((a) => new URL(a.href).pathname));
  }

  async addPaper() {
    const page = this.mission;
    await page.goto(this.item);
    await this.deed(page, "paper", { file: paper("Première édition."), title: report });
    await this.done(page, "a paper is added");
    assert.match(await this.read(page, "ul.papers"), new RegExp(report));
  }

  async openCircuit() {
    const page = this.mission;
    await this.send(page, this.link(page, "councilweb.circuits"));
    await clean(page, "no circuit yet");
    await this.deed(page, "open", { code: "dossier", paper: report });
    await this.done(page, "a circuit is open");
    this.circuits = new URL(page.url()).pathname;
  }

  // What the pages of the circuit say: how many are asked, have agreed, have refused.
  async visas(status) {
    const page = this.mission;
    await page.goto(this.circuits);
    return page.locator("section[aria-labelledby^=c-] ol.stack > li > ul > li .tag", { hasText: new RegExp(`^${this.t(`council.visa.status.${status}`)}$`) }).count();
  }

  async toVisa(page) {
    await page.goto(this.at("/mes-visas", "/my-sign-offs"));
    await this.send(page, page.locator("main tbody").getByRole("link", { name: question }));
  }

  // The directorate in charge refuses: the circuit comes back to whoever opened it.
  async refusal() {
    const page = await this.as("Sandrine Leclerc");
    await page.goto(this.at("/mes-visas", "/my-sign-offs"));
    await clean(page, "my visas");
    await this.toVisa(page);
    await clean(page, "a visa that is asked");
    await this.set(page, this.form(page, "refused"), "text", "Le coût de la maintenance manque.");
    await this.deed(page, "refused");
    await this.done(page, "a visa is refused");
    await page.context().close();
    assert.equal(await this.visas("refused"), 1);
    await this.says(this.mission, "council.circuit.status.returned");
    await clean(this.mission, "a circuit that came back");
  }

  // The paper is amended: the new edition is what is asked about from now on.
  async newEdition() {
    const page = this.mission;
    [this.old] = await this.letters();
    await page.goto(this.item);
    await this.deed(page, "paper", { file: paper("Seconde édition, avec la maintenance."), title: report, thread: report });
    await this.done(page, "a second edition");
    await page.goto(this.circuits);
    await this.says(page, "council.circuit.edition", { edition: 2 });
    await this.says(page, "council.circuit.status.open");
    assert.equal(await this.visas("asked"), 1, "the visa is asked anew");
    await clean(page, "a circuit on a second edition");
  }

  async letters() {
    const found = await letters(this.city, "sandrine.leclerc@valmont.example", /\/(visa|sign-off)\//);
    return found.map((m) => m.match(/http:\/\/localhost:\d+\/(?:fr\/visa|en\/sign-off)\/[\w-]+/)[0]);
  }

  // The directorate gives its visa from the second letter; opening the link gives nothing.
  async visaByLetter() {
    let link;
    for (let n = 0; n < 80 && !link; n++) {
      link = (await this.letters()).find((l) => l !== this.old);
      if (!link) await new Promise((next) => setTimeout(next, 250));
    }
    assert.ok(link, "the second letter left");
    for (let n = 0; n < 3; n++) assert.equal((await fetch(link)).status, 200, "a scanner opens the link");
    assert.equal(await this.visas("agreed"), 0, "opening the link gave no visa");
    const page = await this.visit();
    const here = (l) => l.replace(/\/(fr\/visa|en\/sign-off)\//, this.at("/visa/", "/sign-off/"));
    await page.goto(here(this.old));
    assert.equal(await this.form(page, "agreed").count(), 0, "the letter about the first edition serves no more");
    await clean(page, "a letter that serves no more");
    await page.goto(here(link));
    await clean(page, "the letter of a visa");
    await this.deed(page, "agreed");
    await this.done(page, "thanks for the visa");
    await page.goto(here(link));
    assert.equal(await this.form(page, "agreed").count(), 0, "the link served once");
    await page.context().close();
    assert.equal(await this.visas("agreed"), 1);
  }

  // One directorate signs off what it ticks, another opens what it is asked, the elected member is last.
  async visasOnThePage() {
    let page = await this.as("Leïla Haddad");
    await page.goto(this.at("/mes-visas", "/my-sign-offs"));
    await this.hand.tick(page, page.locator("main tbody tr", { hasText: question }).locator("input[type=checkbox]"));
    await this.send(page, this.form(page, "batch").locator("button").last());
    await clean(page, "the visas to confirm");
    await this.deed(page, "confirm");
    await this.done(page, "visas given");
    assert.equal(await page.locator("main tbody tr", { hasText: question }).count(), 0, "what was given no longer waits");
    await page.context().close();
    page = await this.as("Gilles Ferrand");
    await this.toVisa(page);
    await this.deed(page, "agreed");
    await this.done(page, "an opinion is given");
    await page.context().close();
    assert.equal(await this.visas("agreed"), 3);
    page = this.member = await this.as("Nadia Belkacem");
    await this.toVisa(page);
    await this.deed(page, "agreed");
    await this.done(page, "the elected member signs off");
    await this.mission.goto(this.circuits);
    await this.says(this.mission, "council.circuit.status.agreed");
  }

  async convene() {
    const page = this.mission;
    await page.goto(this.second);
    await this.deed(page, "paper", { file: paper("Les trois offres."), title: "Les trois offres" });
    this.offers = await page.locator("ul.papers").getByRole("link", { name: "Les trois offres" }).getAttribute("href");
    await page.goto(this.meeting());
    await this.deed(page, "convene");
    await this.done(page, "the meeting is convened");
    await this.send(page, page.locator("main").getByRole("link", { name: this.t("councilweb.file"), exact: true }));
    assert.match(await this.read(page), new RegExp(report));
    await clean(page, "the file of the meeting");
    const [mail] = await letters(this.city, "nadia.belkacem@valmont.example", new RegExp(this.number));
    assert.ok(mail, "the members are convened by letter");
  }

  // Whoever withdraws from a matter no longer reads it, while another member does.
  async recusal() {
    const page = this.member;
    await page.goto(this.second);
    assert.match(await this.read(page), /Trois offres ont été reçues/);
    await this.deed(page, "interest", { event: "recuse", nature: 1 });
    await clean(page, "withdrawn from a matter");
    for (const address of [this.second, this.meeting(), this.meeting("file"), this.meeting("hold")]) {
      await page.goto(address);
      const text = even(await page.content());
      for (const hidden of ["Trois offres ont été reçues", "Les trois offres"]) assert.ok(!text.includes(hidden), `${address} tells ${hidden}`);
      await clean(page, `${address}, for whoever withdrew`);
    }
    const cookies = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
    const refused = await fetch(new URL(this.offers, this.city.address), { headers: { cookie: cookies }, redirect: "manual" });
    assert.ok([403, 404].includes(refused.status), `the paper: ${refused.status}`);
    const reader = await this.as("Leïla Haddad");
    await reader.goto(this.second);
    assert.match(await this.read(reader), /Trois offres ont été reçues/);
    await reader.context().close();
  }

  // The meeting is brought forward to today, and opens once enough are in the room.
  async sitting() {
    const page = this.mission;
    await page.goto(this.meeting());
    await this.deed(page, "move", { day: "2018-03-12", urgency: "Le marché finit demain." });
    await this.done(page, "the meeting is brought forward");
    await page.goto(this.meeting("hold"));
    await clean(page, "before the sitting");
    await this.deed(page, "arrive", { members: ["Nadia Belkacem", "Sandrine Leclerc", "Leïla Haddad"] });
    await this.deed(page, "open");
    await clean(page, "too few to open");
    assert.equal(await page.locator(".error-summary").count(), 1, "no sitting without quorum");
    await this.deed(page, "arrive", { members: ["Claire Delmas"] });
    await this.deed(page, "open");
    await this.done(page, "the sitting is open");
    await this.says(page, "councilweb.quorum.met");
  }

  async quorum() {
    const page = this.mission;
    await this.deed(page, "leave", { members: ["Claire Delmas"] });
    await this.done(page, "the quorum is lost");
    await this.says(page, "councilweb.quorum.lost");
    await this.says(page, "councilweb.suspended");
    await this.deed(page, "resume");
    assert.equal(await page.locator(".error-summary").count(), 1, "nothing goes on without quorum");
    await this.deed(page, "arrive", { members: ["Claire Delmas"] });
    await this.deed(page, "resume");
    await this.done(page, "the quorum is found");
    await this.says(page, "councilweb.quorum.met");
  }

  async vote() {
    const page = this.mission;
    await this.deed(page, "debate", { debate: "Mme Untel demande le coût de la maintenance." });
    await this.deed(page, "ballot");
    await clean(page, "a vote is open");
    const voices = page.locator("table.vote-grid tbody tr");
    for (let n = 0; n < (await voices.count()); n++) await this.hand.tick(page, voices.nth(n).locator(`input[value=${n === 1 ? "against" : "for"}]`));
    await this.deed(page, "count");
    await this.done(page, "a vote is counted");
    assert.match(await this.read(page, "section.ballot"), /3.*1.*0/);
    await this.says(page, "councilweb.result.adopted", {}, "section.ballot");
  }

  async toThird(page) {
    await page.goto(this.meeting("hold"));
    await this.send(page, page.locator("nav.sitting-agenda").getByRole("link", { name: third }));
  }

  // The president pronounces; none of the six answers is left empty.
  async decision() {
    await this.toThird(this.mission);
    await this.deed(this.mission, "ballot", { motion: "Publier la carte des capteurs" });
    const voices = this.mission.locator("table.vote-grid tbody tr");
    for (let n = 0; n < (await voices.count()); n++) await this.hand.tick(this.mission, voices.nth(n).locator("input[value=for]"));
    await this.deed(this.mission, "count");
    const page = this.member;
    await enter(page, "Nadia Belkacem", this.lang);
    await page.goto(this.meeting("hold"));
    await this.send(page, page.locator("nav.sitting-agenda").getByRole("link", { name: question }));
    await this.deed(page, "decide", { motive: "L’essai est concluant." });
    await this.done(page, "an opinion is given");
    await this.toThird(page);
    await clean(page, "the sitting, as the president sees it");
    await this.set(page, this.form(page, "decide"), "motive", "Chacun doit savoir ce qui est mesuré devant chez soi.");
    await this.set(page, this.form(page, "decide"), "what1", "Poser les écriteaux");
    await this.set(page, this.form(page, "decide"), "unit1", 1);
    await this.deed(page, "decide", { due1: "2018-06-30" });
    assert.equal(await page.locator(".error-summary").count(), 1, "for whom is not answered");
    await clean(page, "a decision that lacks an answer");
    await this.deed(page, "decide", { for: [this.t("councilweb.segment.residents")] });
    await this.done(page, "a decision is taken");
    const decision = page.locator("section.decision");
    assert.match(await this.read(page, "section.decision"), /D-2018-\d+.*Publier la carte des capteurs/);
    assert.equal(await decision.locator("dl.six dt").count(), 6);
    assert.match(await this.read(page, "section.decision"), /Poser les écriteaux/);
  }

  // The sitting ends; what was not dealt with waits; the minutes are written from what happened.
  async minutes() {
    const page = this.mission;
    await page.goto(this.meeting("hold"));
    await this.deed(page, "close");
    await this.done(page, "the sitting ends");
    await page.goto(this.meeting("minutes"));
    await this.deed(page, "draft");
    await this.done(page, "the minutes are drafted");
    const text = even((await page.locator("main textarea").evaluateAll((all) => all.map((e) => e.value))).join(" "));
    for (const told of ["Mme Untel demande", "Publier la carte des capteurs", "Généraliser à toute la ville"]) assert.ok(text.includes(told), `the minutes lack ${told}: ${text}`);
    await this.deed(page, "approve");
    await this.done(page, "the minutes are approved");
    const masked = page.locator(".mask-block", { hasText: "Mme Untel" }).locator("textarea");
    await this.hand.type(page, masked, "Mme Untel");
    await this.deed(page, "mask");
    await this.done(page, "a name is hidden");
    await this.deed(page, "publish", { reviewed: true });
    await this.done(page, "the minutes are published");
  }

  async publicPage() {
    const page = (this.resident = await this.visit());
    await page.goto(this.meeting());
    assert.match(await this.read(page), /Publier la carte des capteurs/);
    assert.ok(!(await page.content()).includes("Trois offres ont été reçues"));
    await clean(page, "the meeting, as everybody reads it");
    await page.goto(this.meeting("minutes"));
    assert.match(await this.read(page), /demande le coût de la maintenance/);
    assert.ok(!(await page.content()).includes("Untel"), "the hidden name is read outside");
    await clean(page, "the minutes, as everybody reads them");
  }

  // The act leaves for the tool that signs it, with its digest, and comes back with its number and its receipt.
  async formalAct() {
    const page = (this.registrar = await this.as("Claire Delmas"));
    await page.goto(this.at("/actes", "/formal-acts"));
    await clean(page, "the formal acts");
    const choose = page.locator("form.filters");
    await this.set(page, choose, "decision", third);
    await this.send(page, choose.locator("button").last());
    await clean(page, "the act that is proposed");
    assert.equal(await page.inputValue('[name="title"]'), third, "the object is known: it is not typed again");
    await this.deed(page, "prepare", { title: "Carte publique des capteurs", signatory: "Hélène Marchetti, maire de Valmont", matter_code: "8.4 Aménagement du territoire" });
    await this.done(page, "a formal act is prepared");
    this.formal = new URL(page.url()).pathname;
    await this.says(page, "council.formal.preview");
    await this.deed(page, "send");
    await this.done(page, "it leaves");
    const cookie = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
    const answer = await fetch(this.city.address + this.formal + this.at("/fichier", "/file").slice(3), { headers: { cookie } });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type"), /zip/);
    assert.equal(Buffer.from(await answer.arrayBuffer()).subarray(0, 2).toString(), "PK");
  }

  async returned() {
    const page = this.registrar, ref = this.formal.split("/").pop();
    const digest = (await page.locator("#formal-text ~ p code.digest, section[aria-labelledby=formal-text] code.digest").first().innerText()).trim();
    const back = (d) => ({ name: "retour.csv", mimeType: "text/csv", buffer: Buffer.from(
      `ref;empreinte;numéro;signé le;reçu le;AR;préfecture;mis en ligne le;url\r\n${ref};${d};2018-DEL-12;12/03/2018;12/03/2018;038-213800000-20180312-DEL12-DE;PREF038;12/03/2018;https://valmont.example/del/12\r\n`) });
    await page.goto(this.at("/actes", "/formal-acts"));
    await this.deed(page, "return", { file: back("a".repeat(64)) });
    await this.says(page, "council.return.refused");
    await clean(page, "a return with another digest");
    await page.goto(this.at("/actes", "/formal-acts"));
    await this.deed(page, "return", { file: back(digest) });
    await clean(page, "a return, before it is taken");
    await this.deed(page, "apply");
    await page.goto(this.formal);
    const clocks = await this.read(page, "section.block:has(> #clocks)");
    for (const day of this.lang === "fr" ? ["12 mars 2018", "14 mai 2018"] : ["12 March 2018", "14 May 2018"]) assert.ok(clocks.includes(day), `${day}: ${clocks}`);
    await this.deed(page, "publish", { reviewed: true });
    await this.done(page, "the act is published");
    await this.resident.goto(this.formal);
    assert.match(await this.read(this.resident), /2018-DEL-12/);
    await clean(this.resident, "the formal act, as everybody reads it");
  }

  async sound() {
    await this.city.stop();
    const told = await run("fsck", "--dir", this.city.dir);
    assert.equal(told.code, 0, told.text);
  }
}

walks("a committee", rows, Committee, ["prepare", "agenda", "addPaper", "openCircuit", "refusal", "newEdition", "visaByLetter",
  "visasOnThePage", "convene", "recusal", "sitting", "quorum", "vote", "decision", "minutes", "publicPage", "formalAct", "returned", "sound"]);
