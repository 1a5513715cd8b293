// Drives a real Chromium with a virtual authenticator (WebDriver extension of WebAuthn) through the
// pages: makes a first passkey from a link, signs out, signs in with it, confirms, makes a second one.
// Then it walks the pages of an administrator. axe looks at every page, at two widths.
// Arguments: address of the site, token of a link, folder for pictures ("" for none).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import assert from "node:assert/strict";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const [, , address, token, pictures] = process.argv;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await (await browser.newContext({ locale: "fr-FR", viewport: { width: 1100, height: 1200 } })).newPage();
const problems = [];
page.on("pageerror", (e) => problems.push(String(e)));
page.on("console", (m) => m.type() === "error" && problems.push(`${m.text()} ${m.location().url}`));
// Looks at the page as it stands: axe finds nothing, nothing scrolls sideways on a phone.
async function look(name) {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  for (const width of [1100, 320]) {
    await page.setViewportSize({ width, height: 1200 });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" ")}`), [], `${name} at ${width}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 1, `${name} scrolls sideways by ${over} px at ${width}`);
  }
  await page.setViewportSize({ width: 1100, height: 1200 });
}

const cdp = await page.context().newCDPSession(page);
await cdp.send("WebAuthn.enable");
const authenticator = (options) =>
  cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, ...options },
  });
const first = await authenticator({});

await page.goto(`${address}/fr/connexion/lien?token=${token}`);
await look("link");
await page.getByRole("button", { name: "Me connecter" }).click();
await page.getByRole("heading", { name: "Mon compte" }).waitFor();
assert.ok(await page.getByText("Vous pouvez lire ; pour agir").first().isVisible().catch(() => false) || (await page.content()).includes("pour agir, enregistrez"));
await look("account-read-only");
await page.getByLabel("Nom de la clé").fill("Téléphone");
await page.getByRole("button", { name: "Enregistrer une clé d’accès" }).click();
await page.getByRole("link", { name: "Téléphone" }).waitFor();
assert.ok(!(await page.content()).includes("pour agir, enregistrez"), "still read only after the passkey");
await look("account");

await page.getByRole("button", { name: "Se déconnecter" }).click();
await page.goto(`${address}/fr/connexion?back=/fr/mon-compte`);
await look("sign-in");
await page.getByRole("button", { name: "Utiliser ma clé d’accès" }).click();
await page.getByRole("heading", { name: "Mon compte" }).waitFor();

await page.goto(`${address}/fr/connexion?back=/fr/mon-compte`);
assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Confirmez que c’est bien vous");
await page.getByRole("button", { name: "Utiliser ma clé d’accès" }).click();
await page.getByText("votre identité est confirmée").waitFor();

// The same device is told that it has a key; another one makes a second.
await page.getByRole("button", { name: "Enregistrer une clé d’accès" }).click();
await page.getByText("Cet appareil a déjà une clé").waitFor();
await cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: first.authenticatorId });
await authenticator({ transport: "usb" });
await page.getByLabel("Nom de la clé").fill("Clé du bureau");
await page.getByRole("button", { name: "Enregistrer une clé d’accès" }).click();
await page.getByRole("link", { name: "Clé du bureau" }).waitFor();

for (const [name, path] of Object.entries({ demo: "/fr/demonstration", register: "/en/register", gone: `/fr/connexion/lien?token=${token}`, erase: "/fr/mon-compte/effacement" })) {
  await page.goto(address + path);
  await look(name);
}

await page.goto(`${address}/fr/demonstration`);
await page.getByRole("button", { name: "Entrer comme Dominique" }).click();
await page.goto(`${address}/fr/reglages/comptes`);
await look("accounts");
await page.getByRole("link", { name: "Camille Roux" }).last().click();
await page.getByRole("heading", { name: "Décider" }).waitFor();
await look("one-account");
await page.goto(`${address}/fr/reglages/securite`);
await look("security");
await page.goto(`${address}/fr/reglages/annuaire`);
await look("directory");
const staff = "Matricule;Nom;Prénom;Courriel;Unité;Fonction;Quotité;Depuis\nA1;Weil;Ada;ada@ville.fr;DPE;Cheffe de projet;80;01/09/2017\n";
for (const [name, text] of Object.entries({ "directory-defects": staff.replace("DPE", "DRH"), "directory-preview": staff })) {
  await page.goto(`${address}/fr/reglages/annuaire`);
  await page.locator("input[type=file]").setInputFiles({ name: "agents.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Voir ce qui changerait" }).click();
  await page.getByRole("heading", { name: "agents.csv" }).waitFor();
  await look(name);
}
await page.getByRole("button", { name: "Appliquer" }).click();
await page.getByText("L’annuaire est appliqué").waitFor();

assert.deepEqual(problems.filter((p) => !p.includes("410")), []);
await browser.close();
