// Takes the pictures of docs/tour.md from a city that has just been told, in the order of the tour:
//
//   make -s build && node test/e2e/pictures.mjs docs/pictures
//
// The city lives on a fixed day. Its hour ticks and its keys are its own, so that two runs differ by a few
// characters; what varies most is masked.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { enter, letters, open, visit } from "./city.mjs";

const wide = { width: 1200, height: 900 }, phone = { width: 375, height: 812 };
const collecte = "/fr/projets/P-2016-2";

/** What each picture needs: who looks, with what in hand, and what is done before the shot. */
export const shots = [
  { name: "accueil", as: "resident", look: wide, go: (page) => page.goto("/fr/") },
  { name: "qui-decide-2013", as: "resident", look: { ...wide, height: 1000 }, go: (page) => ask(page, "2013-06-01") },
  { name: "qui-decide-2018", as: "resident", look: wide, go: (page) => ask(page, "2018-03-12") },
  { name: "projet", as: "Sabine Lenoir", look: wide, go: (page) => page.goto(collecte) },
  { name: "parts", as: "Sabine Lenoir", look: wide, go: parts },
  { name: "mur", as: "Sabine Lenoir", look: wide, go: wall },
  { name: "mur-trois-colonnes", as: "Sabine Lenoir", look: { ...wide, height: 700 }, go: three },
  { name: "difference", as: "Sabine Lenoir", look: { ...wide, height: 620 }, go: difference },
  { name: "dossier", as: "Sabine Lenoir", look: { ...wide, height: 1100 }, go: file },
  { name: "a-faire", as: "Gilles Ferrand", look: wide, go: (page) => page.goto("/fr/a-faire") },
  { name: "lettre", as: "nobody", look: wide, go: letter },
  { name: "mes-arbitrages", as: "Nadia Belkacem", look: phone, go: (page) => page.goto("/fr/mes-arbitrages") },
  { name: "repondre", as: "Nadia Belkacem", look: phone, go: answer },
  { name: "relire", as: "Nadia Belkacem", look: phone, go: (page) => page.getByRole("button", { name: "Relire avant de décider" }).click() },
  { name: "decision", as: "resident", look: wide, go: decision },
  { name: "preuve", as: "resident", look: wide, go: proof },
  { name: "pourquoi-pas-nous", as: "resident", look: { ...wide, height: 1100 }, go: (page) => page.goto("/fr/participer/V-2017-1/lots/toute-la-ville/projets/03") },
  { name: "seance", as: "Sabine Lenoir", look: wide, go: meeting },
  { name: "strategie", as: "resident", look: { ...wide, height: 1000 }, go: (page) => page.goto("/fr/strategie") },
  { name: "passation", as: "Sabine Lenoir", look: { ...wide, height: 1000 }, go: (page) => page.goto("/fr/passations/T-2017-1") },
];

/** Takes every picture into a folder. */
export async function take(folder, browser) {
  mkdirSync(folder, { recursive: true });
  const city = await open({ browser });
  const people = new Map();
  try {
    for (const shot of shots) {
      const page = people.get(shot.as) ?? (await someone(city, shot));
      people.set(shot.as, page);
      await page.setViewportSize(shot.look);
      await shot.go(page, city, people);
      await page.evaluate(() => document.activeElement?.blur());
      await page.waitForLoadState("networkidle");
      await page.screenshot({ path: join(folder, `${shot.name}.png`), animations: "disabled", scale: "css",
        mask: [page.locator(".who-foot p"), page.locator("code")], maskColor: "#e9e5db" });
    }
  } finally {
    await city.close();
  }
}

async function someone(city, shot) {
  const page = await visit(city, shot.look);
  if (/ /.test(shot.as)) await enter(page, shot.as);
  return page;
}

async function ask(page, day) {
  await page.goto(`/fr/qui-decide?what=portfolio.arbitration.decide&amount=180000&date=${day}&about=P-2016-2`);
  await page.locator(".who-answer").evaluate((e) => e.scrollIntoView({ block: "start" }));
  await page.evaluate(() => scrollBy(0, -90));
}

async function parts(page) {
  await page.goto(collecte);
  await page.locator("[id^=part-]").first().evaluate((e) => e.closest("section").scrollIntoView({ block: "start" }));
}

async function wall(page) {
  await page.goto("/fr/mur");
  await page.locator(".tabs").first().evaluate((e) => e.scrollIntoView({ block: "start" }));
  await page.evaluate(() => scrollBy(0, -20));
}

async function three(page) {
  await page.goto("/fr/mur?by=sponsor&q=collecte");
  await page.locator(".board").evaluate((e) => e.scrollIntoView({ block: "start" }));
  await page.evaluate(() => scrollBy(0, -90));
}

// A board is kept and photographed, a card moves, the board is photographed again.
async function difference(page) {
  await page.goto("/fr/mur?by=stage");
  await page.locator("#deed-board > summary").click();
  await page.locator("#deed-board [name=name]").fill("COPIL ville intelligente");
  await page.locator("#deed-board form").getByRole("button").click();
  await page.waitForURL(/board=/);
  const board = page.url();
  await photograph(page, board, "COPIL du 12 mars, avant");
  await page.goto(board);
  const card = page.locator("[data-card]", { has: page.getByRole("link", { name: "Consommation des bâtiments municipaux" }) });
  await card.locator("select").selectOption("tested");
  await Promise.all([page.waitForEvent("domcontentloaded"), card.getByRole("button").click()]);
  await photograph(page, board, "COPIL du 12 mars, après");
  await page.getByRole("button", { name: "Comparer" }).click();
  await page.waitForURL(/comparer/);
}

async function photograph(page, board, title) {
  await page.goto(board);
  await page.locator("#deed-snapshot > summary").click();
  await page.locator("#deed-snapshot [name=title]").fill(title);
  await page.locator("#deed-snapshot form").getByRole("button").click();
  await page.waitForURL(/photos/);
}

// As it leaves the printer.
async function file(page) {
  await page.goto("/fr/mur/dossier");
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => scrollTo(0, 0));
}

async function letter(page, city) {
  const [mail] = await letters(city, "gilles.ferrand@valmont.example", /\/part\//);
  await page.goto(mail.match(/\/fr\/part\/[\w-]+/)[0]);
}

async function answer(page) {
  await page.goto("/fr/arbitrages/A-2016-1");
  await page.locator("#decide input[name=chosen]").first().check();
  await page.locator("#decide textarea[name=why]").fill("Les deux hypothèses de l’essai sont tenues, et la voirie accepte le secteur est.");
  await page.locator("#decide").evaluate((e) => e.scrollIntoView({ block: "start" }));
}

async function decision(page, city, people) {
  const member = people.get("Nadia Belkacem");
  await Promise.all([member.waitForEvent("domcontentloaded"), member.getByRole("button", { name: "Je décide" }).click()]);
  await page.goto(collecte);
  await page.locator("article.decision summary").click();
  await page.locator("#decisions").evaluate((e) => e.scrollIntoView({ block: "start" }));
  await page.evaluate(() => scrollBy(0, -30));
}

async function proof(page) {
  await page.goto("/fr/journal");
  const act = page.locator("article.act").first();
  await act.locator("summary").click();
  await act.getByRole("link", { name: "Adresse permanente" }).or(act.locator(".folded > p a")).first().click();
  for (let n = 0; n < 90 && !(await page.locator("a[download]").count()); n++) {
    await new Promise((next) => setTimeout(next, 1000));
    await page.reload();
  }
}

// On the screen again, after the file that was printed.
async function meeting(page) {
  await page.emulateMedia({ media: null });
  await page.goto("/fr/seances/COPIL-2018-2");
  await page.locator("#agenda").evaluate((e) => e.scrollIntoView({ block: "start" }));
  await page.evaluate(() => scrollBy(0, -40));
}

if (process.argv[1] === new URL(import.meta.url).pathname) await take(process.argv[2] ?? "docs/pictures");
